"""What a claim is about, as a function of a record: fast by the generated function, and the reference interpreter's word where it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from ..generated import Scorer, UnscorableError, build_scorer
from ..plan.expressions import Expression, NumberRead, OutcomeRead
from ..plan.quantity import Exact, Type, Words
from ..plan.record import RecordPlan
from ..reference import Evaluation, InterpretationError, MissingReadError, Value, evaluate
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene

Record = Mapping[str, Value]
Target = Callable[[Record], Value]
Rank = int | Fraction
OUTCOMES = {"closed": 0, "open": 1, "clear": 0, "applies": 1}


class Quick:
    """Targets by the generated function, built once for a plan; by the interpreter for a plan that cannot be generated."""

    def __init__(self, plan: RecordPlan) -> None:
        self.plan = plan
        self._scorer = _scorer_of(plan)
        self._exact = {field.name for field in plan.fields if isinstance(field.type, Exact)}
        self._names = tuple(field.name for field in plan.fields)

    def target(self, target: Expression) -> Target:
        """A claim's target as a function of a record."""
        scorer = self._scorer
        if scorer is None:
            return lambda record: sure_target(self.plan, target, record)
        index = scorer.outputs.index(_name(target))
        return lambda record: scorer(*self._arguments(record))[index]

    def _arguments(self, record: Record) -> list[Value]:
        if not self._exact:
            return [record[name] for name in self._names]
        return [each for name in self._names for each in (_pair(record[name]) if name in self._exact else (record[name],))]


def _scorer_of(plan: RecordPlan) -> Scorer | None:
    try:
        return build_scorer(plan)
    except UnscorableError:
        return None


def _pair(value: Value) -> tuple[Value, Value]:
    return value if isinstance(value, tuple) else (None, None)


def _name(target: Expression) -> str:
    match target:
        case NumberRead(path=path):
            return path
        case OutcomeRead(name=name):
            return name
        case _:
            raise InterpretationError("a claim is about a number or an outcome")


def sure_target(plan: RecordPlan, target: Expression, record: Record) -> Value:
    """The target by the reference interpreter; an outcome is the one after closing."""
    return read_target(evaluate(plan, record), target)


def read_target(evaluation: Evaluation, target: Expression) -> Value:
    """The target's value in a scorecard."""
    name = _name(target)
    return evaluation.numbers[name] if isinstance(target, NumberRead) else evaluation.outcomes[name]


def meets(plan: RecordPlan, assuming: Expression | None, record: Record) -> bool:
    """Whether a record meets what a claim assumes; one that reads a missing value does not."""
    if assuming is None:
        return True
    try:
        return holds(assuming, RecordScene(plan, record))
    except MissingReadError:
        return False


def rank_of(kind: Type, value: Value) -> Rank | None:
    """A value as something that is larger or smaller: closed is below open, tiers and choices in the order written; None has no rank."""
    match value:
        case None | (_, 0):
            return None
        case int():
            return int(value)
        case (int() as numerator, int() as denominator):
            return Fraction(numerator, denominator)
        case str():
            options = kind.options if isinstance(kind, Words) else ()
            return options.index(value) if value in options else OUTCOMES.get(value)
        case _:
            raise InterpretationError("a value has no rank")
