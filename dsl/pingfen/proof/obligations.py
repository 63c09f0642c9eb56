"""What every ruleset owes without any claim being written: the score within its scale, no number beyond 64 bits, no missing value that nobody handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ..analysis.scorecard import Outlook, survey
from ..plan.expressions import NumberRead
from ..plan.label import Label
from ..plan.ruleset import Claim, Plan
from ..reference import MissingReadError, Value, evaluate
from ..trial.outcome import Counterexample, Refutation
from .missing import unhandled
from .overflow import wide_expressions
from .totals import wide_events, wide_peers
from .verdict import NOT_REPLAYED, Verdict

if TYPE_CHECKING:
    from .solving import Answer

OVERFLOW = Verdict("no overflow", "no number leaves 64 bits", "overflow", "proved", "structure")
MISSING = Verdict("no unhandled missing value", "no missing value is met that nobody handles", "missing", "proved", "structure")
TOO_WIDE = Label(zh="事件数值的区间超出 64 位", en="an interval of the numbers made of events leaves 64 bits")
TOO_WIDE_ACROSS = Label(zh="各主体数值之和的区间超出 64 位", en="an interval of the numbers added up over subjects leaves 64 bits")


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
    """No number of the second half, nor any made of events or of several subjects, leaves 64 bits."""
    if any(True for _ in wide_events(plan.events)):
        return evolve(OVERFLOW, state="unknown", reason=TOO_WIDE)
    if any(True for _ in wide_peers(plan)):
        return evolve(OVERFLOW, state="unknown", reason=TOO_WIDE_ACROSS)
    verdict = OVERFLOW
    for wide in wide_expressions(plan.record, survey(plan.record)):
        from .solving import solve_outside

        answer = solve_outside(plan.record, wide, seconds)
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
