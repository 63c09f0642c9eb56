"""A situation: what is known of the values that expressions read, where it is more than their types say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, assert_never

from ..node import Factory, field, frozen
from ..plan.expressions import Arithmetic, AsOfRead, ColumnRead, Constant, Expression, FieldRead, NumberRead, OutcomeRead, StageRead
from .possible import Numbers, Possible, meet, of_type

Read = FieldRead | NumberRead | StageRead | OutcomeRead | AsOfRead | ColumnRead


Answer = TypeVar("Answer")


@frozen
class Situation:
    """Known values by what is read; the rest is as its type says.

    A situation remembers what was asked in it: nested conditions ask the same again and again, which would take time exponential in their depth.
    """

    known: Mapping[tuple[str, ...], Possible]
    _answers: dict[tuple[str, int], tuple[Expression, object]] = field(default=Factory(dict), eq=False, repr=False)

    def remember(self, question: str, expression: Expression, answer: Callable[[], Answer]) -> Answer:
        """The answer to a question about an expression, found once."""
        key = (question, id(expression))
        if key not in self._answers:
            self._answers[key] = (expression, answer())
        return self._answers[key][1]  # type: ignore[return-value]

    def value_of(self, read: Read) -> Possible:
        """What the read value can be."""
        return self.known.get(key_of(read)) or of_type(read.type)

    def knowing(self, key: tuple[str, ...], value: Possible) -> Situation:
        """The situation with one more known value."""
        return Situation({**self.known, key: value})


def key_of(read: Read) -> tuple[str, ...]:
    """What is read, as a key."""
    match read:
        case FieldRead(name=name, part=part):
            return ("field", name, part)
        case NumberRead(path=path):
            return ("number", path)
        case StageRead():
            return ("stage",)
        case OutcomeRead(name=name):
            return ("outcome", name)
        case AsOfRead():
            return ("as of",)
        case ColumnRead(name=name, through=through):
            return ("column", name, through)
        case _:
            assert_never(read)


def restrict(expression: Expression, value: Possible, situation: Situation) -> Situation | None:
    """The situation in which the expression also lies in `value`; None where that cannot be.

    Only what an expression reads directly, or through sums and products with constants, becomes known.
    """
    match expression:
        case FieldRead() | NumberRead() | StageRead() | OutcomeRead() | AsOfRead() | ColumnRead():
            met = meet(situation.value_of(expression), value)
            return None if met is None else situation.knowing(key_of(expression), met)
        case Arithmetic(operator=operator, left=left, right=Constant(value=int() as constant)) if isinstance(value, Numbers) and value.given:
            inner = _undo(operator, value, constant)
            return situation if inner is None else restrict(left, inner, situation)
        case _:
            return situation


def _undo(operator: str, value: Numbers, constant: int) -> Numbers | None:
    """The interval of x where `x operator constant` lies in `value`; None where that says nothing."""
    if operator == "+":
        return Numbers(value.low - constant, value.high - constant, True, value.missing)
    if operator == "-":
        return Numbers(value.low + constant, value.high + constant, True, value.missing)
    if constant <= 0:
        return None
    low, high = -(-value.low // constant), value.high // constant
    return Numbers(low, high, low <= high, value.missing)
