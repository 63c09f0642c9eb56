"""The direction of every value where fields move, by structure alone: sums with positive weights, bands in order, slopes of curves, limits, roundings.

Nothing is searched and nothing is solved, so a question costs as much as a walk over the plan. Every motion that can occur is told; where structure does not
tell, both are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import assert_never

from ..analysis.evaluation import branches_of, numbers_of
from ..analysis.interval import curve_value
from ..analysis.scorecard import Outlook
from ..analysis.situation import Situation
from ..node import evolve
from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
    Band,
    Bands,
    BestOf,
    Cases,
    ColumnRead,
    Compare,
    Constant,
    Curve,
    Divided,
    DropMissing,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Substitute,
    Sum,
    TimeOfDay,
)
from ..plan.quantity import INT64_LOW
from ..plan.record import RecordPlan
from .conditions import truth_motion
from .dependence import Dependence
from .motion import ANY, LOOSE, RISING, STILL, Motion, joined, scaled, turned
from .record_direction import number_motion, outcome_motion
from .switching import Taken, Toward, switched, toward


class Mover:
    """Answers how values move between two records; `moves` says how the fields do that are not the same in both (a claim's field rises), `outlook` is what is
    known of both records."""

    def __init__(self, record: RecordPlan, moves: Mapping[str, Motion], outlook: Outlook, dependence: Dependence) -> None:
        self.record = record
        self.moves = moves
        self.outlook = outlook
        self._dependence = dependence
        self._numbers: dict[tuple[str, bool], Motion] = {}

    def stays(self, expression: Expression) -> bool:
        """Whether the expression reads nothing that moves."""
        return self.moves.keys().isdisjoint(self._dependence.of(expression))

    def key_stays(self, key: tuple[str, ...]) -> bool:
        """Whether a known value is the same in both records."""
        return self.moves.keys().isdisjoint(self._dependence.behind(key))

    def motion(self, expression: Expression, situation: Situation) -> Motion:
        """How the expression moves between two records in that situation."""
        return STILL if self.stays(expression) else _moving(expression, situation, self)

    def number(self, path: str, *, inside: bool) -> Motion:
        """How a number moves: `inside` both records are in a full stage."""
        key = (path, inside)
        if key not in self._numbers:
            self._numbers[key] = number_motion(self, path, inside)
        return self._numbers[key]

    def outcome(self, name: str, *, closed: bool = False) -> Motion:
        """How an outcome moves, before closing by linked entities or after it."""
        return outcome_motion(self, name, closed)


def _moving(expression: Expression, situation: Situation, mover: Mover) -> Motion:
    match expression:
        case FieldRead(part="", name=name):
            return mover.moves[name]
        case AsOfRead():
            return RISING
        case NumberRead(path=path):
            return mover.number(path, inside=("full stage",) in situation.known)
        case OutcomeRead(name=name):
            return mover.outcome(name)
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast():
            return truth_motion(expression, situation, mover)
        case Arithmetic() | Divided() | Extreme():
            return _computed(expression, situation, mover)
        case Cases() | Bands() | Curve() | Lookup():
            return _chosen(expression, situation, mover)
        case Sum() | BestOf():
            return _gathered(expression, situation, mover)
        case Constant() | Nothing():
            return STILL
        case FieldRead() | StageRead() | ColumnRead() | AnyRow() | MovedTo() | MonthOf() | TimeOfDay():
            return LOOSE
        case _:
            assert_never(expression)


def _computed(expression: Arithmetic | Divided | Extreme, situation: Situation, mover: Mover) -> Motion:
    first, second = (expression.numerator, expression.denominator) if isinstance(expression, Divided) else (expression.left, expression.right)
    left, right = mover.motion(first, situation), mover.motion(second, situation)
    match expression:
        case Arithmetic(operator="+") | Extreme():
            return joined([left, right])
        case Arithmetic(operator="-"):
            return joined([left, turned(right)])
        case Arithmetic():
            ends = numbers_of(first, situation), numbers_of(second, situation)
            return joined([scaled(left, ends[1].low, ends[1].high), scaled(right, ends[0].low, ends[0].high)])
        case Divided(step=step):
            top = numbers_of(first, situation)
            under = scaled(turned(right), top.low, top.high)
            moved = joined([left, under])
            return evolve(moved, steady=moved.steady and (right.still or numbers_of(second, situation).low > 0)) if step > 0 else LOOSE
        case _:
            assert_never(expression)


def _chosen(expression: Cases | Bands | Curve | Lookup, situation: Situation, mover: Mover) -> Motion:
    match expression:
        case Curve(subject=subject):
            return _curved(expression, mover.motion(subject, situation), situation)
        case Lookup(keys=keys):
            within = _within(expression, situation, mover)
            return within if all(mover.stays(key) for key in keys) else LOOSE
        case Cases():
            return _cases(expression, situation, mover)
        case Bands():
            return _banded(expression, situation, mover)
        case _:
            assert_never(expression)


def _curved(curve: Curve, subject: Motion, situation: Situation) -> Motion:
    """The curve's slope between the ends of what its subject can be."""
    ends = numbers_of(curve.subject, situation)
    if not ends.given or curve.step <= 0:
        return LOOSE
    places = [ends.low, *(x for x, _ in curve.points if ends.low < x < ends.high), ends.high]
    steps = list(pairwise(curve_value(curve, place) for place in places))
    rises, falls = any(last > first for first, last in steps), any(last < first for first, last in steps)
    return Motion((subject.up and rises) or (subject.down and falls), (subject.up and falls) or (subject.down and rises), subject.steady)


def _taken(expression: Cases | Bands | Lookup, situation: Situation) -> list[Taken]:
    return [Taken(branch.row, branch.value, branch.situation) for branch in branches_of(expression, situation) if branch.situation is not None]


def _within(expression: Cases | Bands | Lookup, situation: Situation, mover: Mover) -> Motion:
    """The motion where both records take the same branch."""
    return joined(mover.motion(branch.value, branch.situation) for branch in _taken(expression, situation))


def _cases(cases: Cases, situation: Situation, mover: Mover) -> Motion:
    """Of two rows that two records take, the earlier one's condition holds in one record alone, so it moved."""
    turning = {id(row): truth_motion(row.condition, situation, mover) for row in cases.rows}
    branches = _taken(cases, situation)
    ways: list[Toward] = [_way(turning[id(branch.row)]) if id(branch.row) in turning else "nowhere" for branch in branches]
    return joined([_within(cases, situation, mover), switched(branches, ways, cases.type, mover.key_stays)])


def _way(condition: Motion) -> Toward:
    return toward(condition, rising_is="earlier") if condition.steady else "anywhere"


def _banded(bands: Bands, situation: Situation, mover: Mover) -> Motion:
    subject = mover.motion(bands.subject, situation)
    limits = [limit for row in bands.rows for limit in (row.low, row.high) if limit is not None]
    branches = _taken(bands, situation)
    last = branches_of(bands, situation)[-1]
    given = branches[:-1] if bands.missing is not None and last.situation is not None else branches
    if not all(mover.stays(limit) for limit in limits):
        way: Toward = "anywhere"
    else:
        given, way = _in_order(bands, given, subject)
    motions = [_within(bands, situation, mover), switched(given, [way] * len(given), bands.type, mover.key_stays)]
    if not subject.steady:
        motions += [switched(branches, ["anywhere"] * len(branches), bands.type, mover.key_stays)]
    return joined(motions)


def _in_order(bands: Bands, branches: list[Taken], subject: Motion) -> tuple[list[Taken], Toward]:
    """The branches in an order over which a moving subject goes one way: a ladder's own, ranges by their written ends."""
    if bands.form == "ladder" and len({(row.low is None, row.high is None) for row in bands.rows}) == 1:
        return branches, toward(subject, rising_is="earlier" if bands.rows[0].low is not None else "later")
    lows = [_first_held(branch) for branch in branches]
    if bands.form == "ladder" or None in lows:
        return branches, "nowhere" if subject.still else "anywhere"
    ordered = [branch for _, branch in sorted(zip(lows, branches, strict=True), key=lambda entry: entry[0] or 0)]
    return ordered, toward(subject, rising_is="later")


def _first_held(branch: Taken) -> int | None:
    """The least number that a range holds, where it is written: of two ranges from the same end, the closed one stands first."""
    match branch.row:
        case Band(low=None, high=Constant()):
            return INT64_LOW
        case Band(low=Constant(value=int() as low), low_closed=closed):
            return low + (not closed)
        case _:
            return None


def _gathered(form: Sum | BestOf, situation: Situation, mover: Mover) -> Motion:
    lines = [mover.motion(NumberRead(line.path, form.type), situation) for line in form.lines]
    if isinstance(form, BestOf):
        together = joined(lines)
        return together if together.steady else LOOSE
    if not all(mover.stays(line.weight) for line in form.lines) or form.step <= 0:
        return LOOSE
    return _weighed(form, lines, situation)


def _weighed(form: Sum, lines: Sequence[Motion], situation: Situation) -> Motion:
    weights = [numbers_of(line.weight, situation) for line in form.lines]
    if form.relative and any(weight.low < 0 for weight in weights):
        return LOOSE
    together = joined(
        scaled(motion, weight.low * line.factor, weight.high * line.factor) for motion, weight, line in zip(lines, weights, form.lines, strict=True)
    )
    match form.missing:
        case None:
            return together
        case Substitute() | DropMissing():
            return together if together.steady else ANY if isinstance(form.missing, Substitute) else LOOSE
        case _:
            assert_never(form.missing)
