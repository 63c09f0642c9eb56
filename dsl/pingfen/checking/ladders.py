"""Checks ladders: one direction, strictly monotone limits, no row that nothing reaches, no value that falls in no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from ..diagnostics.diagnostic import Label
from ..plan.expressions import Arithmetic, Band, Bands, Constant, Expression, Lookup
from ..plan.quantity import Numeric
from ..syntax.expressions import LadderBlock, LadderRow
from .knowledge import Context
from .lookups import MOST_COMBINATIONS, keys_told_apart, value_at
from .quantities import range_text, spelled


def check_ladder(node: LadderBlock, ladder: Bands, places: int, context: Context) -> bool:
    """Whether the ladder is sound; mistakes are reported. `places` are those of the subject as it was made."""
    rows = [row for row in node.rows if row.operator not in ("none", "else")]
    if not _one_direction(rows, context):
        return False
    in_order = all(_monotone(rows, limits, ladder, context) for limits in _readings(ladder.rows))
    if not in_order or not rows:
        return in_order
    return _covered(node, rows, next(_readings(ladder.rows)), ladder, places, context) if _fixed(ladder) else _has_else(node, context)


def _fixed(ladder: Bands) -> bool:
    return all(isinstance(limit_of(row), Constant) for row in ladder.rows)


def _has_else(node: LadderBlock, context: Context) -> bool:
    if any(row.operator == "else" for row in node.rows):
        return True
    context.report("ranges-gap", node.span, value="?", subject=context.known.text(node.subject.span))
    return False


def limit_of(row: Band) -> Expression:
    """The one limit of a ladder's row."""
    limit = row.low if row.low is not None else row.high
    assert limit is not None
    return limit


def _readings(rows: tuple[Band, ...]) -> Iterator[list[int | None]]:
    """The limits of the rows, once for each combination of keys that the tables of the limits tell apart."""
    limits = [limit_of(row) for row in rows]
    keys = keys_told_apart([lookup for limit in limits if (lookup := _lookup_in(limit)) is not None])
    for texts in islice(product(*keys.values()), MOST_COMBINATIONS):
        yield [_limit_at(limit, dict(zip(keys, texts, strict=True))) for limit in limits]


def _lookup_in(limit: Expression) -> Lookup | None:
    match limit:
        case Lookup():
            return limit
        case Arithmetic(left=Lookup() as column):
            return column
        case _:
            return None


def _limit_at(limit: Expression, keys: Mapping[Expression, str | None]) -> int | None:
    """The limit that is read for some keys; None where the table gives none, or the limit is computed."""
    match limit:
        case Constant():
            return int(limit.value)
        case Lookup():
            found = value_at(limit, keys)
            return int(found.value) if isinstance(found, Constant) else None
        case Arithmetic(operator="*", left=Lookup() as column, right=Constant() as factor):
            found = value_at(column, keys)
            return int(found.value) * int(factor.value) if isinstance(found, Constant) else None
        case _:
            return None


def _one_direction(rows: list[LadderRow], context: Context) -> bool:
    for row in rows[1:]:
        if row.operator[0] != rows[0].operator[0]:
            labels = (Label(rows[0].span, "first"),)
            context.report("ladder-direction", row.span, labels=labels, row=context.known.text(row.span), operator=row.operator, other=rows[0].operator)
            return False
    return True


def _monotone(rows: list[LadderRow], limits: list[int | None], ladder: Bands, context: Context) -> bool:
    fine = True
    for index in range(1, len(rows)):
        before, here = limits[index - 1], limits[index]
        if before is None or here is None:
            continue
        rising = rows[index].operator[0] == "<"
        if before == here or (here > before) != rising:
            fine = False
            _report_order(rows, index, here, before, rising, ladder, context)
    return fine


def _report_order(rows: list[LadderRow], index: int, here: int, before: int, rising: bool, ladder: Bands, context: Context) -> None:
    kind = ladder.subject.type
    assert isinstance(kind, Numeric)
    known = context.known
    labels = (Label(rows[index - 1].span, "before"),)
    context.report(
        "ladder-order", rows[index].span, labels=labels, row=known.text(rows[index].span), limit=spelled(kind, here),
        before=spelled(kind, before), wanted="larger" if rising else "smaller", operator=rows[index].operator,
    )  # fmt: skip


def _covered(node: LadderBlock, rows: list[LadderRow], limits: list[int | None], ladder: Bands, places: int, context: Context) -> bool:
    """Walks the subject's range from row to row: what a row takes away is an end of what is left, and `else` takes the rest."""
    kind = ladder.subject.type
    assert isinstance(kind, Numeric)
    step = 10 ** (kind.places - places)
    low, high = kind.low, kind.high
    for row, limit in zip(rows, limits, strict=True):
        assert limit is not None
        first, last = taken(row.operator, limit, low, high, step)
        if first > last:
            first, last = taken(row.operator, limit, kind.low, kind.high, step)
            scale, covered = (range_text(kind), "") if first > last else ("", range_text(kind))
            context.report("row-never-reached", row.span, kind="ladder", row=context.known.text(row.span), scale=scale, range=covered)
        elif row.operator[0] == ">":
            high = first - step
        else:
            low = last + step
    if low > high or any(row.operator == "else" for row in node.rows):
        return True
    witness = spelled(kind, low if rows[0].operator[0] == ">" else high)
    context.report("ranges-gap", node.span, value=witness, subject=context.known.text(node.subject.span))
    return False


def taken(operator: str, limit: int, low: int, high: int, step: int) -> tuple[int, int]:
    """The values of `low .. high` (multiples of `step`) that a row takes, as the first and the last; the first is larger where it takes none."""
    match operator:
        case ">=":
            return max(low, -(-limit // step) * step), high
        case ">":
            return max(low, (limit // step + 1) * step), high
        case "<=":
            return low, min(high, limit // step * step)
        case _:
            return low, min(high, -(-limit // step) * step - step)
