"""What happens to a value when one field comes from missing to its best value and all others stay: by structure, part by part.

A part that arrives may only lift a sum that drops what is missing if it stands no lower than every other line can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from attrs import evolve, frozen

from ..analysis.evaluation import branches_of, can_be, evaluate, numbers_of
from ..analysis.possible import ABSENT, Numbers
from ..analysis.rows import Branch
from ..analysis.scorecard import Outlook, survey
from ..analysis.situation import Situation
from ..analysis.traversal import walk
from ..plan.expressions import Arithmetic, Bands, BestOf, Cases, Constant, Curve, Divided, DropMissing, Expression, Extreme, FieldRead, NumberRead, Sum
from ..plan.quantity import Type
from ..plan.record import Adjustment, Number, RecordPlan
from .dependence import Dependence
from .switching import span


@frozen
class Arrival:
    """`down` where a value that is given before and after can fall; `ends` are those of a value that is given only after, None where there is none;
    `leaves` where a value that is given before may be missing after."""

    down: bool = False
    ends: tuple[int, int] | None = None
    leaves: bool = False


NOTHING = Arrival()
ANYTHING = Arrival(down=True, leaves=True)


def joined(arrivals: Sequence[Arrival]) -> Arrival:
    """Everything that one of them can do."""
    ends = [arrival.ends for arrival in arrivals if arrival.ends is not None]
    hull = (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None
    return Arrival(any(arrival.down for arrival in arrivals), hull, any(arrival.leaves for arrival in arrivals))


class Arrivals:
    """Answers for one field of a record plan that comes at the value `best`."""

    def __init__(self, record: RecordPlan, field: str, best: int, dependence: Dependence) -> None:
        self.record = record
        self.field = field
        self._dependence = dependence
        self._numbers = {number.path: number for number in record.numbers}
        key = ("field", field, "")
        self.before: Outlook = survey(record, Situation({key: ABSENT}))
        self.after: Outlook = survey(record, Situation({key: Numbers(best, best)}))
        self._known: dict[str, Arrival] = {}

    def stays(self, expression: Expression) -> bool:
        """Whether the expression does not depend on the field."""
        return self.field not in self._dependence.of(expression)

    def score_holds(self) -> bool:
        """Whether the score, where it is given before and after, is shown not to fall."""
        conditions = [row.condition for row in self.record.stages if row.condition is not None]
        return all(self.stays(condition) for condition in conditions) and self._stages_hold() and not self.number("score").down

    def _stages_hold(self) -> bool:
        """Whether the value that a stage gives by itself is shown not to fall; both records are in the same stage."""
        pairs = zip(self.before.stages, self.after.stages, strict=True)
        reached = [(row.value, old, new) for (row, old), (_, new) in pairs if not row.full and old is not None and new is not None]
        return all(value is None or not self._of_stage(value, old, new).down for value, old, new in reached)

    def _of_stage(self, value: Expression, before: Situation, after: Situation) -> Arrival:
        """What happens to a stage's value; of numbers it is known only how they are where parts and total are made."""
        if self.stays(value):
            return NOTHING
        return ANYTHING if any(isinstance(node, NumberRead | Sum | BestOf) for node in walk(value)) else self.of(value, before, after)

    def number(self, path: str) -> Arrival:
        """What happens to a number where parts and total are made."""
        if path not in self._known:
            self._known[path] = self._made(self._numbers[path])
        return self._known[path]

    def _made(self, number: Number) -> Arrival:
        if self.field not in self._dependence.behind(("number", number.path)):
            return NOTHING
        arrival = self.of(number.value, self.before.making, self.after.making)
        if not all(self._does_no_harm(step) for step in number.adjustments):
            return ANYTHING
        return arrival if arrival.ends is None else evolve(arrival, ends=_clamped(self._adjusted(number, arrival.ends), number))

    def _does_no_harm(self, step: Adjustment) -> bool:
        """Whether an adjustment is the same before and after, or one that lifts and did not hold, or one that lowers and does not hold any more."""
        amounts = [part for part in (step.amount, step.per) if part is not None]
        if not all(self.stays(part) for part in amounts):
            return False
        if step.condition is None or self.stays(step.condition):
            return True
        lifts = step.kind in ("bonus", "protect")
        return not can_be(step.condition, True, (self.before if lifts else self.after).making)

    def _adjusted(self, number: Number, ends: tuple[int, int]) -> tuple[int, int]:
        """What adjustments can make of a value that arrives."""
        low, high = ends
        for step in self.after.steps:
            if step.number.path != number.path or step.amount is None or not step.amount.given:
                continue
            match step.adjustment.kind:
                case "bonus":
                    high += step.amount.high
                case "deduct":
                    low -= step.amount.high
                case "protect":
                    high = max(high, step.amount.high)
                case "cap":
                    low = min(low, step.amount.low)
                case _:
                    assert_never(step.adjustment.kind)
        return low, high

    def of(self, expression: Expression, before: Situation, after: Situation) -> Arrival:
        """What happens to an expression."""
        if self.stays(expression):
            return NOTHING
        match expression:
            case NumberRead(path=path):
                return self.number(path)
            case FieldRead():
                return Arrival(ends=span(evaluate(expression, after), expression.type))
            case Bands() | Cases():
                return self._chosen(expression, before, after)
            case Curve(subject=subject) if isinstance(subject, FieldRead):
                return Arrival(ends=span(evaluate(expression, after), expression.type))
            case Arithmetic(operator="*", left=inner, right=Constant(value=int() as factor)) if factor > 0:
                return self._through(expression, inner, before, after)
            case Divided(numerator=inner, denominator=Constant(), step=step) if step > 0:
                return self._through(expression, inner, before, after)
            case Arithmetic(operator="+" | "-", left=inner, right=Constant()) | Extreme(left=inner, right=Constant()):
                return self._through(expression, inner, before, after)
            case Sum():
                return self._summed(expression)
            case BestOf(lines=lines):
                return joined([self.number(line.path) for line in lines]) if all(not self.number(line.path).leaves for line in lines) else ANYTHING
            case _:
                return ANYTHING

    def _through(self, expression: Expression, inner: Expression, before: Situation, after: Situation) -> Arrival:
        """A rising function of one value: what arrives is anything that the whole can be afterwards."""
        arrival = self.of(inner, before, after)
        return arrival if arrival.ends is None else evolve(arrival, ends=span(evaluate(expression, after), expression.type))

    def _chosen(self, choice: Bands | Cases, before: Situation, after: Situation) -> Arrival:
        firsts, lasts = branches_of(choice, before), branches_of(choice, after)
        moving = [self._can_move(choice, index) for index in range(len(firsts))]
        pairs = [
            (i, j) for i, first in enumerate(firsts) for j, last in enumerate(lasts) if first.situation and last.situation and (i == j or moving[min(i, j)])
        ]
        return joined([*self._steps(choice, pairs, firsts, lasts)])

    def _can_move(self, choice: Bands | Cases, index: int) -> bool:
        if isinstance(choice, Bands):
            return True
        return index < len(choice.rows) and not self.stays(choice.rows[index].condition)

    def _steps(self, choice: Bands | Cases, pairs: list[tuple[int, int]], firsts: list[Branch], lasts: list[Branch]) -> Iterator[Arrival]:
        for i, j in pairs:
            before, after = firsts[i].situation, lasts[j].situation
            assert before is not None
            assert after is not None
            yield self.of(firsts[i].value, before, after) if i == j else _between(firsts[i].value, before, lasts[j].value, after, choice.type)

    def _summed(self, form: Sum) -> Arrival:
        """A sum of lines: those that stay, and those that arrive."""
        lines = [self.number(line.path) for line in form.lines]
        if any(line.leaves or line.down for line in lines) or form.step <= 0 or not all(self.stays(line.weight) for line in form.lines):
            return ANYTHING
        arriving = [index for index, line in enumerate(lines) if line.ends is not None]
        if any(numbers_of(line.weight, self.after.making).low < 0 for line in form.lines):
            return ANYTHING
        match form.missing:
            case None:
                after = span(evaluate(form, self.after.making), form.type)
                return Arrival(ends=after if arriving else None)
            case DropMissing(parts=parts, weight_numerator=weight) if parts <= 1 and weight == 0:
                return self._dropping(form, lines, arriving)
            case _:
                return ANYTHING if arriving else NOTHING

    def _dropping(self, form: Sum, lines: Sequence[Arrival], arriving: list[int]) -> Arrival:
        """What arrives mixes with what was there; where nothing was, it stands alone."""
        others = [self._high(form, index) for index in range(len(lines)) if index not in arriving or self._may_be_given(form, index)]
        lows = [ends[0] * form.lines[index].factor for index in arriving if (ends := lines[index].ends) is not None]
        highs = [ends[1] * form.lines[index].factor for index in arriving if (ends := lines[index].ends) is not None]
        if not arriving:
            return NOTHING
        top = max((high for high in others if high is not None), default=min(lows))
        ends = _rounded(form, min(lows)), _rounded(form, max(highs))
        return Arrival(down=min(lows) < top, ends=ends)

    def _may_be_given(self, form: Sum, index: int) -> bool:
        return self._value(form, index, self.before).given

    def _high(self, form: Sum, index: int) -> int | None:
        value = self._value(form, index, self.before)
        return value.high * form.lines[index].factor if value.given else None

    def _value(self, form: Sum, index: int, outlook: Outlook) -> Numbers:
        return numbers_of(NumberRead(form.lines[index].path, form.type), outlook.making)


def _clamped(ends: tuple[int, int], number: Number) -> tuple[int, int]:
    low = ends if number.low is None else (max(ends[0], number.low), max(ends[1], number.low))
    return low if number.high is None else (min(low[0], number.high), min(low[1], number.high))


def _rounded(form: Sum, value: int) -> int:
    from ..arithmetic import divide

    return divide(value * form.scale, form.unit, form.mode) * form.step


def _between(first: Expression, before: Situation, last: Expression, after: Situation, kind: Type) -> Arrival:
    """From one branch to another."""
    old, new = evaluate(first, before), evaluate(last, after)
    old_ends, new_ends = (span(value, kind) if value.given else None for value in (old, new))
    leaves = old.given and new.missing
    if old_ends is None or new_ends is None:
        unclear = (old.given and old_ends is None) or (new.given and new_ends is None)
        return ANYTHING if unclear else Arrival(ends=new_ends, leaves=leaves)
    return Arrival(down=new_ends[0] < old_ends[1], ends=new_ends if old.missing else None, leaves=leaves)
