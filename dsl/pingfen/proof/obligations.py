"""What every ruleset owes without any claim being written: the score within its scale, no number beyond 64 bits, no missing value that nobody handles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from ..analysis.scorecard import Outlook, survey
from ..analysis.situation import Situation
from ..plan.events import Aggregate, Aggregated, EventPlan, Rate
from ..plan.expressions import Expression, NumberRead
from ..plan.label import Label
from ..plan.quantity import INT64_HIGH, INT64_LOW, Numeric
from ..plan.ruleset import Claim, Plan
from ..reference import MissingReadError, Value, evaluate
from ..trial.outcome import Counterexample, Refutation
from .missing import unhandled
from .overflow import magnitude, wide_below, wide_expressions
from .verdict import NOT_REPLAYED, Verdict

if TYPE_CHECKING:
    from .solving import Answer

OVERFLOW = Verdict("no overflow", "no number leaves 64 bits", "overflow", "proved", "structure")
MISSING = Verdict("no unhandled missing value", "no missing value is met that nobody handles", "missing", "proved", "structure")
TOO_WIDE = Label(zh="事件数值的区间超出 64 位", en="an interval of the numbers made of events leaves 64 bits")


def scale_claim(plan: Plan) -> Claim | None:
    """That the score is within its scale; None without a score, or where the ruleset claims it, or more, itself."""
    scale, score = plan.record.scale, next((number for number in plan.record.numbers if number.kind == "score"), None)
    if scale is None or score is None or any(_says_scale(claim, plan) for claim in plan.claims):
        return None
    return Claim("score within its scale", "score within its scale", "within", NumberRead("score", score.type), scale.low, scale.high, "", "", None)


def _says_scale(claim: Claim, plan: Plan) -> bool:
    scale = plan.record.scale
    match claim:
        case Claim(form="within", target=NumberRead(path="score"), low=int() as low, high=int() as high, assuming=None) if scale is not None:
            return low >= scale.low and high <= scale.high
        case _:
            return False


def overflow_verdict(plan: Plan, seconds: float) -> Verdict:
    """No number of the second half, nor any made of events, leaves 64 bits."""
    if any(_wide_events(plan.events)):
        return evolve(OVERFLOW, state="unknown", reason=TOO_WIDE)
    verdict = OVERFLOW
    for wide in wide_expressions(plan.record, survey(plan.record)):
        from .solving import solve_outside

        answer = solve_outside(plan.record, wide.expression, wide.low, wide.high, seconds)
        verdict = _after(verdict, answer)
        if not answer.proved:
            break
    return verdict


def missing_verdict(plan: Plan, outlook: Outlook, seconds: float) -> Verdict:
    """No comparison, band, table or amount meets a missing value that nobody handles."""
    if not any(True for _ in unhandled(plan.record, outlook)):
        return MISSING
    from .solving import solve_fault

    answer = solve_fault(plan.record, seconds)
    if not answer.records:
        return _after(MISSING, answer)
    try:
        evaluate(plan.record, answer.records[0])
    except MissingReadError:
        return _refuted(MISSING, answer.records[0])
    return evolve(MISSING, state="unknown", method="solver", reason=NOT_REPLAYED)


def _after(verdict: Verdict, answer: Answer) -> Verdict:
    """The verdict with what z3 says of one more expression."""
    if answer.proved:
        return evolve(verdict, method="solver")
    if answer.records:
        return _refuted(verdict, answer.records[0])
    return evolve(verdict, state="unknown", method="solver", reason=answer.reason)


def _refuted(verdict: Verdict, record: dict[str, Value]) -> Verdict:
    counterexample = Counterexample("", (record,), (None,), (), "", ())
    return evolve(verdict, state="refuted", method="solver", refutations=(Refutation("", counterexample),))


def _wide_events(events: EventPlan) -> Iterator[object]:
    """What the intervals of columns and the declared numbers of rows do not show to stay within 64 bits."""
    nothing_known = Situation({})
    for table in events.tables:
        for column in table.columns:
            yield from wide_below(column.computed, nothing_known)
    rows = {table.name: table.rows_per_subject for table in events.tables}
    for metric in events.metrics:
        match metric.made:
            case Aggregated(aggregate=aggregate, scale=scale):
                yield from _wide_total(aggregate, rows, scale)
            case Rate(counted=counted, per=per, scale=scale):
                yield from (*_wide_total(counted, rows, scale), *_wide_total(per, rows, 1))
            case _:
                yield from wide_below(metric.made.value, nothing_known)


def _wide_total(aggregate: Aggregate, rows: dict[str, int], scale: int) -> Iterator[object]:
    yield from (wide for part in (aggregate.value, aggregate.weight, aggregate.condition, aggregate.counted) for wide in wide_below(part, Situation({})))
    summed = aggregate.form in ("sum", "mean")
    largest = _largest(aggregate.value) * _largest(aggregate.weight) if summed else 1
    total = rows[aggregate.table] * largest * scale if aggregate.form in ("sum", "mean", "share", "count", "distinct") else largest * scale
    if not INT64_LOW <= total <= INT64_HIGH:
        yield aggregate


def _largest(value: Expression | None) -> int:
    return 1 if value is None or not isinstance(value.type, Numeric) else magnitude(value, Situation({}))
