"""What a change does to given shops: who crosses each gate, who moves between tiers, how the scores are spread before and after, who is hit hardest and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
from attrs import evolve, frozen

from ..plan.record import Gate, RecordPlan, Tier
from ..plan.ruleset import Plan
from ..warehouse.request import Request
from ..warehouse.run import score
from .causes import Cause, causes_of_rows

MOST_AFFECTED, MOST_PARTS, BINS = 50, 4, 25
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

    @property
    def change(self) -> Decimal | None:
        """How much the score changes."""
        return None if self.old is None or self.new is None else self.new - self.old


@frozen(repr=False)
class Crossing:
    """One gate or sanction: how many shops go from each outcome to each."""

    name: str
    counts: Mapping[tuple[str, str], int]


@frozen(repr=False)
class Migration:
    """One tier: how many shops go from each to each; `options` are both versions' tiers, lowest first, and "" for none."""

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
    """The effect on given data as of a date."""

    as_of: date
    subjects: int
    rises: int
    falls: int
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
    changes = [new_row["score"] - old_row["score"] for _, old_row, new_row in pairs if _given(old_row, new_row)]
    affected = _affected(old.record, new.record, pairs)
    whole = _whole_rows(tables, affected)
    return OnData(
        request.as_of,
        len(pairs),
        sum(change > 0 for change in changes),
        sum(change < 0 for change in changes),
        sum(changes, Decimal(0)) / len(changes) if changes else None,
        tuple(_crossings(old.record, new.record, pairs)),
        tuple(_migrations(old.record, new.record, pairs)),
        _spread(old.record, new.record, pairs),
        tuple(evolve(each, causes=causes_of_rows(old.record, new.record, *rows)) for each, rows in zip(affected, whole, strict=True)),
    )


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


def _given(*rows: Row) -> bool:
    return all(row.get("score") is not None for row in rows)


def _columns(plan: RecordPlan, kind: type[Gate] | type[Tier]) -> dict[str, str]:
    return {f"{outcome.kind if isinstance(outcome, Gate) else 'tier'}.{outcome.name}": outcome.name for outcome in plan.outcomes if isinstance(outcome, kind)}


def _crossings(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> list[Crossing]:
    shared = _columns(new, Gate).items() & _columns(old, Gate).items()
    return [
        Crossing(name, Counter((str(before[column]), str(after[column])) for _, before, after in pairs))
        for column, name in _columns(new, Gate).items()
        if (column, name) in shared
    ]


def _migrations(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> list[Migration]:
    shared = _columns(new, Tier).items() & _columns(old, Tier).items()
    options = {name: tuple(dict.fromkeys(["", *_options(old, name), *_options(new, name)])) for _, name in shared}
    return [
        Migration(name, options[name], Counter((before[column] or "", after[column] or "") for _, before, after in pairs))
        for column, name in _columns(new, Tier).items()
        if (column, name) in shared
    ]


def _options(plan: RecordPlan, name: str) -> tuple[str, ...]:
    tier = next(each for each in plan.outcomes if isinstance(each, Tier) and each.name == name)
    options: tuple[str, ...] = getattr(tier.type, "options", ())
    return options


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


def _affected(old: RecordPlan, new: RecordPlan, pairs: Pairs) -> list[Affected]:
    """The shops with an outcome or score that changes: the largest change of the score first, then those that gain or lose one, then by name."""
    outcomes = {**_columns(new, Gate), **_columns(new, Tier)}
    parts = [f"part.{number.path}" for number in new.numbers if number.kind == "part" and not number.parts]
    found = [_one(subject, before, after, outcomes, parts) for subject, before, after in pairs]
    hit = [each for each in found if each.old != each.new or each.outcomes]
    return sorted(hit, key=lambda each: (-abs(each.change or Decimal(0)), each.old == each.new, each.subject))[:MOST_AFFECTED]


def _one(subject: str, before: Row, after: Row, outcomes: Mapping[str, str], parts: Sequence[str]) -> Affected:
    moved = tuple(
        (name, str(before[column] or ""), str(after[column] or "")) for column, name in outcomes.items() if column in before and before[column] != after[column]
    )
    changed = [(name.removeprefix("part."), before.get(name), after.get(name)) for name in parts if before.get(name) != after.get(name)]
    changed.sort(key=lambda part: -abs((part[2] or Decimal(0)) - (part[1] or Decimal(0))))
    return Affected(subject, before.get("score"), after.get("score"), moved, tuple(changed[:MOST_PARTS]))
