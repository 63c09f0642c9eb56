"""What a change does to given shops: who crosses each gate, who moves between tiers, how the scores are spread before and after, who is hit hardest and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
from attrs import evolve, frozen

from ..arithmetic import EXACT, decimal_of, divide
from ..plan.quantity import Words
from ..plan.record import Gate, RecordPlan, Tier
from ..plan.ruleset import Plan
from ..warehouse.request import Request
from ..warehouse.run import score
from .causes import Cause, causes_of_rows
from .effects import HIDDEN
from .lacking import Lack, lacks_of_row
from .standing import Standing, standings

MOST_AFFECTED, MOST_PARTS, BINS, MEAN_PLACES = 50, 4, 25, 2
Row = Mapping[str, Any]


@frozen(repr=False)
class Affected:
    """One shop: its score before and after, its outcomes that changed (name, before, after), the first of its parts whose points changed, the largest change
    first, and all causes, whose changes add up to that of the score."""

    subject: str
    old: Decimal | None
    new: Decimal | None
    outcomes: tuple[tuple[str, str, str], ...]
    parts: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    causes: tuple[Cause, ...] = ()
    lacks: tuple[tuple[Lack, ...], tuple[Lack, ...]] = ((), ())

    @property
    def change(self) -> Decimal | None:
        """How much the score changes, at the finer places of both."""
        return None if self.old is None or self.new is None else EXACT.subtract(Decimal(self.new), Decimal(self.old))


@frozen(repr=False)
class Crossing:
    """One gate or sanction: how many shops go from each outcome to each, "" being that of a version that has no such gate. Whether a score is shown is one too,
    of the shops with a score in both."""

    name: str
    counts: Mapping[tuple[str, str], int]


@frozen(repr=False)
class Migration:
    """One tier: how many shops go from each to each; `options` are both versions' tiers, lowest first, and "" for none, as of a version without the tier."""

    name: str
    options: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]


@frozen(repr=False)
class Spread:
    """Shops by score, in bins of equal width from `low` on, before and after; `without` have no score."""

    low: Decimal
    width: Decimal
    old: tuple[int, ...]
    new: tuple[int, ...]
    without: tuple[int, int]


@frozen(repr=False)
class OnData:
    """The effect on given data as of a date. `loses` and `gains` are the shops with a score before only, and after only; `rises`, `falls` and `mean`, the mean
    change to two more places than the scores have, are of those with one that is shown in both."""

    as_of: date
    subjects: int
    rises: int
    falls: int
    loses: int
    gains: int
    mean: Decimal | None
    crossings: tuple[Crossing, ...]
    migrations: tuple[Migration, ...]
    spread: Spread | None
    affected: tuple[Affected, ...]


def compare_on_data(old: Plan, new: Plan, digests: tuple[str, str], request: Request) -> OnData:
    """Both versions on the same events. Raises RefusedDataError where one of them refuses the data."""
    tables = [score(plan, digest, _request_of(other, request)).table for plan, other, digest in ((old, new, digests[0]), (new, old, digests[1]))]
    columns = [_wanted(table.column_names, plan.record) for table, plan in zip(tables, (old, new), strict=True)]
    before, after = ({str(row[names[0]]): row for row in table.select(names).to_pylist()} for table, names in zip(tables, columns, strict=True))
    pairs = [(subject, before[subject], after[subject]) for subject in before if subject in after]
    stands = [standings(plan.record, table) for plan, table in zip((old, new), tables, strict=True)]
    ways = [(stands[0][subject], stands[1][subject]) for subject, _, _ in pairs]
    scores = [(before.get("score"), after.get("score")) for _, before, after in pairs]
    changes = [EXACT.subtract(Decimal(last), Decimal(first)) for first, last in scores if first is not None and last is not None]
    passed = {subject for (subject, _, _), (first, last) in zip(pairs, ways, strict=True) if first != last}
    affected = _affected(old.record, new.record, pairs, passed)
    whole = _whole_rows(tables, affected)
    return OnData(
        request.as_of,
        len(pairs),
        sum(change > 0 for change in changes),
        sum(change < 0 for change in changes),
        sum(first != "none" and last == "none" for first, last in ways),
        sum(first == "none" and last != "none" for first, last in ways),
        _mean(changes),
        (*_crossings(old.record, new.record, pairs), *_hidings(old.record, new.record, ways)),
        tuple(_migrations(old.record, new.record, pairs)),
        _spread(old.record, new.record, pairs),
        tuple(_explained(each, old, new, *rows) for each, rows in zip(affected, whole, strict=True)),
    )


def _mean(changes: Sequence[Decimal]) -> Decimal | None:
    """The mean, rounded half away from zero to `MEAN_PLACES` more places than the changes have."""
    if not changes:
        return None
    places = MEAN_PLACES + max(-int(change.as_tuple().exponent) for change in changes)
    whole = sum(int(EXACT.scaleb(change, places)) for change in changes)
    return decimal_of(divide(whole, len(changes)), places)


def _explained(affected: Affected, old: Plan, new: Plan, before: Row, after: Row) -> Affected:
    lacks = lacks_of_row(old, before), lacks_of_row(new, after)
    return evolve(affected, causes=causes_of_rows(old.record, new.record, before, after), lacks=lacks)


def _whole_rows(tables: Sequence[Any], affected: Sequence[Affected]) -> Iterator[tuple[Row, Row]]:
    """Both results' rows of these shops, with every column."""
    wanted = {each.subject for each in affected}
    sides = []
    for table in tables:
        places = {subject: index for index, each in enumerate(table.column(0).to_pylist()) if (subject := str(each)) in wanted}
        sides.append(table.take(pa.array([places[each.subject] for each in affected], pa.int64())).to_pylist())
    yield from zip(*sides, strict=True)


def _request_of(other: Plan, request: Request) -> Request:
    """The request, in which tables that only the other version has are passed over."""
    return evolve(request, elsewhere=tuple(table.name for table in other.events.tables))


def _wanted(names: Sequence[str], plan: RecordPlan) -> list[str]:
    kinds = ("part.", "gate.", "sanction.", "tier.")
    return [names[0], *(name for name in names[1:] if name == "score" or name.startswith(kinds))]


Pairs = Sequence[tuple[str, Row, Row]]


def _columns(plan: RecordPlan, kind: type[Gate] | type[Tier]) -> dict[str, str]:
    """The column of each outcome, by its name."""
    return {outcome.name: f"{outcome.kind if isinstance(outcome, Gate) else 'tier'}.{outcome.name}" for outcome in plan.outcomes if isinstance(outcome, kind)}


def _both_columns(old: RecordPlan, new: RecordPlan, kind: type[Gate] | type[Tier]) -> dict[str, tuple[str, str]]:
    """The old and the new version's column of each outcome of either, "" where it has none; the new version's order, dropped ones last."""
    before, after = _columns(old, kind), _columns(new, kind)
    return {name: (before.get(name, ""), after.get(name, "")) for name in [*after, *(name for name in before if name not in after)]}


def _counted(columns: tuple[str, str], pairs: Pairs) -> Counter[tuple[str, str]]:
    first, last = columns
    return Counter((before.get(first) or "", after.get(last) or "") for _, before, after in pairs)


def _crossings(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> list[Crossing]:
    return [Crossing(name, _counted(columns, pairs)) for name, columns in _both_columns(old, new, Gate).items()]


def _hidings(old: RecordPlan, new: RecordPlan, ways: Sequence[tuple[Standing, Standing]]) -> Iterator[Crossing]:
    """How many scores are shown and are not, where one of the versions hides any."""
    if any("score" in rule.paths for plan in (old, new) for rule in plan.hidden):
        told = {"given": "clear", "hidden": "applies"}
        yield Crossing(f"{HIDDEN} score", Counter((told[first], told[last]) for first, last in ways if "none" not in (first, last)))


def _migrations(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> list[Migration]:
    return [
        Migration(name, tuple(dict.fromkeys(["", *_options(old, name), *_options(new, name)])), _counted(columns, pairs))
        for name, columns in _both_columns(old, new, Tier).items()
    ]


def _options(plan: RecordPlan, name: str) -> tuple[str, ...]:
    return next((each.type.options for each in plan.outcomes if isinstance(each, Tier) and each.name == name and isinstance(each.type, Words)), ())


def _spread(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> Spread | None:
    if old.scale is None or new.scale is None:
        return None
    ends = [(Decimal(scale.low).scaleb(-scale.places), Decimal(scale.high).scaleb(-scale.places)) for scale in (old.scale, new.scale)]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    width = (high - low) / BINS
    sides = [[row["score"] for row in rows] for rows in ([old_row for _, old_row, _ in pairs], [new_row for _, _, new_row in pairs])]
    counted = [Counter(min(int((value - low) / width), BINS - 1) for value in side if value is not None) for side in sides]
    old_bins, new_bins = (tuple(counts[index] for index in range(BINS)) for counts in counted)
    return Spread(low, width, old_bins, new_bins, (sides[0].count(None), sides[1].count(None)))


def _affected(old: RecordPlan, new: RecordPlan, pairs: Pairs, passed: Collection[str]) -> list[Affected]:
    """The shops with an outcome or score that changes: the largest change of the score first, then those that `passed` to another standing of it, then by
    name."""
    outcomes = {**_both_columns(old, new, Gate), **_both_columns(old, new, Tier)}
    parts = [f"part.{number.path}" for number in new.numbers if number.kind == "part" and not number.parts]
    found = [_one(subject, before, after, outcomes, parts) for subject, before, after in pairs]
    hit = [each for each in found if each.old != each.new or each.outcomes or each.subject in passed]
    return sorted(hit, key=lambda each: (-abs(each.change or Decimal(0)), each.subject not in passed, each.subject))[:MOST_AFFECTED]


def _one(subject: str, before: Row, after: Row, outcomes: Mapping[str, tuple[str, str]], parts: Sequence[str]) -> Affected:
    shared = {name: (before[first], after[last]) for name, (first, last) in outcomes.items() if first and last}
    moved = tuple((name, str(old or ""), str(new or "")) for name, (old, new) in shared.items() if old != new)
    changed = [(name.removeprefix("part."), before.get(name), after.get(name)) for name in parts if before.get(name) != after.get(name)]
    changed.sort(key=lambda part: -abs((part[2] or Decimal(0)) - (part[1] or Decimal(0))))
    return Affected(subject, before.get("score"), after.get("score"), moved, tuple(changed[:MOST_PARTS]))
