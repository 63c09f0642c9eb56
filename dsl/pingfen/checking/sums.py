"""Checks sums of parts: weights that add to 100%, what happens where a line may be none, and the one rounding of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product as combinations
from math import gcd
from typing import assert_never

from ..arithmetic import divide
from ..diagnostics.diagnostic import Label
from ..node import evolve, frozen
from ..plan.expressions import BestOf, Constant, DropMissing, Expression, Line, Lookup, NumberRead, Substitute, Sum
from ..plan.quantity import Numeric, Unit
from ..plan.values import share_text
from ..source import Span
from ..syntax.declarations import PartBlock
from . import expressions, points
from .declared import at_places, end_of
from .knowledge import Context, Knowledge, Rounding
from .operators import common_unit
from .quantities import aligned, constant
from .references import number
from .rounding import branches_of, rounded
from .unify import report_mixed, report_possible_none


@frozen
class Weighed:
    """The weight of one line of a sum."""

    block: PartBlock
    weight: Expression


@frozen
class Share:
    """One line of a sum: its number and its weight."""

    block: PartBlock
    value: NumberRead
    weight: Expression


def sum_of(path: str, block: PartBlock, context: Context) -> Expression | None:
    """The value of a block of parts, rounded to its places."""
    lines = _lines(path, block, context)
    if lines is None:
        return None
    unit = _common_unit(lines, context)
    if unit is None:
        return None
    sample = constant(0, unit)
    rounding = points.rounding_for(path, block, sample, context)
    if rounding is None:
        return None
    if block.exact:
        finest = max(line.value.type.places for line in lines if isinstance(line.value.type, Numeric))
        rounding = Rounding(finest + (_weight_places(lines) if block.combine == "weights" else 0))
    if block.combine == "best of" and block.missing is not None:
        context.report("clause-of-best-of", block.missing.span)
        return None
    if block.combine == "best of":
        return _best(lines, unit, rounding, context)
    return _sum(block, lines, unit, rounding, context)


def _lines(path: str, block: PartBlock, context: Context) -> list[Share] | None:
    """The lines, or None where one of them is wrong; weights are looked at whatever is wrong with the numbers that they weigh."""
    single = len(block.parts) == 1 and block.parts[0].weight is None
    reads, weighed = [], []
    for child in block.parts:
        read = number(child.name.text if path == "total" else f"{path}.{child.name.text}", context)
        weight = _weight(block, child, single, context)
        reads += [read] if isinstance(read, NumberRead) else []
        weighed += [Weighed(child, weight)] if weight is not None else []
    if len(weighed) != len(block.parts):
        return None
    is_weighted = not single and block.combine not in ("sum", "best of")
    if (is_weighted and not _checked_weights(block, weighed, context)) or len(reads) != len(block.parts):
        return None
    return [Share(line.block, read, line.weight) for line, read in zip(weighed, reads, strict=True)]


def _weight(block: PartBlock, child: PartBlock, single: bool, context: Context) -> Expression | None:
    weighted = block.combine in ("weights", "weighted mean")
    if child.weight is None:
        if weighted and not single:
            context.report("weight-missing", child.name.span, name=child.name.text)
            return None
        return constant(1, "number")
    if not weighted:
        context.report("weight-not-used", child.weight.span, name=child.name.text, combine=block.combine)
        return None
    made = expressions.elaborate(child.weight, context)
    if made is None:
        return None
    kind = made.type
    if not isinstance(made, Constant | Lookup) or not isinstance(kind, Numeric):
        context.report("not-written", child.weight.span, text=context.known.text(child.weight.span))
        return None
    if kind.optional:
        report_possible_none(context.known.text(child.weight.span), child.weight.span, context)
        return None
    if kind.unit != "share" and not (block.combine == "weighted mean" and kind.unit == "number"):
        report_mixed(context, child.weight.span, kind.unit, child.name.span, "share", "weight")
        return None
    return made


def _weight_places(lines: Sequence[Weighed | Share]) -> int:
    return max(line.weight.type.places for line in lines if isinstance(line.weight.type, Numeric))


def _checked_weights(block: PartBlock, lines: Sequence[Weighed], context: Context) -> bool:
    """Whether the weights add to 100% (or are positive, for a weighted mean), in each row of their tables, that of a missing key included."""
    places = _weight_places(lines)
    tables = {line.weight.table: line.weight for line in lines if isinstance(line.weight, Lookup)}
    for choice in combinations(*(range(len(branches_of(lookup))) for lookup in tables.values())):
        rows = dict(zip(tables, choice, strict=True))
        weights = [_weight_in(line.weight, rows, places) for line in lines]
        if any(weight is None for weight in weights):
            continue
        if not _fine(block, lines, [weight for weight in weights if weight is not None], places, rows, context):
            return False
    return True


def _weight_in(weight: Expression, rows: dict[str, int], places: int) -> int | None:
    found = branches_of(weight)[rows[weight.table]] if isinstance(weight, Lookup) else weight
    return int(found.value) * 10 ** (places - _places(found)) if isinstance(found, Constant) else None


def _places(value: Expression) -> int:
    assert isinstance(value.type, Numeric)
    return value.type.places


def _fine(block: PartBlock, lines: Sequence[Weighed], weights: list[int], places: int, rows: dict[str, int], context: Context) -> bool:
    total = sum(weights)
    spans = [line.block.weight.span for line in lines if line.block.weight is not None]
    if any(weight < 0 for weight in weights) or (block.combine == "weighted mean" and any(weight <= 0 for weight in weights)):
        worst = min(range(len(weights)), key=weights.__getitem__)
        context.report("weight-not-positive", spans[worst], name=lines[worst].block.name.text)
        return False
    if block.combine == "weights" and total != 10**places:
        labels = tuple(Label(span, "weight") for span in spans)
        row = ", ".join(_row_text(lines, table, index) for table, index in rows.items())
        context.report("weights-not-whole", block.name.span, labels=labels, sum=share_text(total, places), row=row or f"`{block.name.text}`")
        return False
    return True


def _row_text(lines: Sequence[Weighed], table: str, index: int) -> str:
    lookup = next(line.weight for line in lines if isinstance(line.weight, Lookup) and line.weight.table == table)
    if index == len(lookup.rows):
        return f"`{table}` none"
    match = [text for text in lookup.rows[index].match if text is not None]
    return f"`{table}` " + (", ".join(f'"{text}"' for text in match) or "default")


def _common_unit(lines: list[Share], context: Context) -> Unit | None:
    units = [line.value.type.unit for line in lines if isinstance(line.value.type, Numeric)]
    found = units[0]
    for line, unit in zip(lines[1:], units[1:], strict=True):
        met = common_unit(found, unit) or ("score" if {found, unit} <= {"score", "points", "number", "count"} else None)
        if met is None:
            report_mixed(context, lines[0].block.name.span, units[0], line.block.name.span, unit, "sum")
            return None
        found = met
    return found


def _plan_lines(lines: list[Share]) -> tuple[tuple[Line, ...], int, int]:
    value_places = max(_places(line.value) for line in lines)
    weight_places = _weight_places(lines)
    made = tuple(
        Line(line.value.path, _weight_at(line.weight, weight_places), 10 ** (value_places - _places(line.value))) for line in lines
    )  # fmt: skip
    return made, value_places, weight_places


def _weight_at(weight: Expression, places: int) -> Expression:
    if not isinstance(weight, Lookup):
        return aligned(weight, places)
    rows = tuple(evolve(row, value=aligned(row.value, places)) for row in weight.rows)
    missing = aligned(weight.missing, places) if isinstance(weight.missing, Constant) else weight.missing
    kind = weight.type
    assert isinstance(kind, Numeric)
    factor = 10 ** (places - kind.places)
    return evolve(weight, rows=rows, missing=missing, type=Numeric(kind.unit, places, kind.low * factor, kind.high * factor, kind.optional))


def _best(lines: list[Share], unit: Unit, rounding: Rounding, context: Context) -> Expression | None:
    places = max(rounding.places if rounding.step == 1 else 0, *(_places(line.value) for line in lines))
    made = tuple(Line(line.value.path, constant(1, "number"), 10 ** (places - _places(line.value))) for line in lines)
    kinds = [(line.value.type, plan.factor) for line, plan in zip(lines, made, strict=True)]
    ends = [(kind.low * factor, kind.high * factor, kind.optional) for kind, factor in kinds if isinstance(kind, Numeric)]
    given = [low for low, _, optional in ends if not optional]
    low = max(given) if given else min(low for low, _, _ in ends)
    kind = Numeric(unit, places, low, max(high for _, high, _ in ends), not given)
    return rounded(BestOf(made, kind), rounding, context.known, lines[0].block.name.span)


def _sum(block: PartBlock, lines: list[Share], unit: Unit, rounding: Rounding, context: Context) -> Expression | None:
    known = context.known
    missing = _missing(block, lines, context)
    if missing is False:
        return None
    made, value_places, weight_places = _plan_lines(lines)
    weighted = block.combine in ("weights", "weighted mean") and not (len(lines) == 1 and lines[0].block.weight is None)
    form = block.combine if weighted else "sum"
    relative = form == "weighted mean" or isinstance(missing, DropMissing)
    below = value_places + (weight_places if weighted and not relative else 0)
    scale, unit_factor = 10**rounding.places, 10**below * rounding.step
    common = gcd(scale, unit_factor)
    scale, unit_factor = scale // common, unit_factor // common
    kind = _range(lines, made, unit, relative, missing, scale, unit_factor, rounding, known, block.name.span)
    if kind is None:
        return None
    return Sum(form, made, missing or None, relative, scale, unit_factor, rounding.mode, rounding.step, kind)  # type: ignore[arg-type]


def _range(
    lines: list[Share], made: tuple[Line, ...], unit: Unit, relative: bool, missing: DropMissing | Substitute | bool | None, scale: int, factor: int,
    rounding: Rounding, known: Knowledge, span: Span,
) -> Numeric | None:  # fmt: skip
    """The range of the rounded sum, once its numerator and divisor are shown to fit 64 bits."""
    ends = [_line_ends(line, plan, index, missing) for index, (line, plan) in enumerate(zip(lines, made, strict=True))]
    lowest = sum(min(w * low for w in weights) for low, _, weights in ends) * scale
    highest = sum(max(w * high for w in weights) for _, high, weights in ends) * scale
    heaviest = sum(max(weights) for _, _, weights in ends) * factor
    widest = max(sum(max(abs(low), abs(high)) * max(weights) for low, high, weights in ends) * scale, heaviest)
    if not known.fits(Numeric("number", 0, -widest, widest), span):
        return None
    optional = isinstance(missing, DropMissing) or (missing is None and any(line.value.type.optional for line in lines))
    if relative:
        low, high = (min(low for low, _, _ in ends) * scale, max(high for _, high, _ in ends) * scale)
    else:
        low, high = lowest, highest
    if isinstance(missing, DropMissing) and not any(line.value.type.optional for line in lines):
        optional = False
    first, last = (divide(end, factor, rounding.mode) * rounding.step for end in (low, high))
    return Numeric(unit, rounding.places, first, last, optional)


def _line_ends(line: Share, plan: Line, index: int, missing: DropMissing | Substitute | bool | None) -> tuple[int, int, tuple[int, int]]:
    kind, weight = line.value.type, plan.weight.type
    assert isinstance(kind, Numeric)
    assert isinstance(weight, Numeric)
    low, high = kind.low, kind.high
    if isinstance(missing, Substitute) and kind.optional:
        low, high = min(low, missing.values[index]), max(high, missing.values[index])
    return low * plan.factor, high * plan.factor, (weight.low, weight.high)


def _missing(block: PartBlock, lines: list[Share], context: Context) -> DropMissing | Substitute | bool | None:
    """What a line that is none does; None: the whole is none; False: a mistake (reported)."""
    possible = [line for line in lines if line.value.type.optional]
    clause = block.missing
    if clause is None:
        single = len(lines) == 1 and lines[0].block.weight is None
        if possible and not single:
            labels = tuple(Label(line.block.name.span, "part") for line in possible)
            names = ", ".join(f"`{line.block.name.text}`" for line in possible)
            context.report("missing-not-handled", block.name.span, labels=labels, names=names, sum=block.name.text or "total")
            return False
        return None
    match clause.policy:
        case "no score":
            return None
        case "drop":
            return _drop(block, lines, context)
        case "value":
            return _substitute(block, lines, context)
        case _:
            assert_never(clause.policy)


def _drop(block: PartBlock, lines: list[Share], context: Context) -> DropMissing | bool:
    clause = block.missing
    assert clause is not None
    if block.combine not in ("weights", "weighted mean"):
        context.report("drop-without-weights", clause.span)
        return False
    needs = clause.needs
    if needs is None:
        return DropMissing(1, 0, 1)
    if needs.unit == "half":
        return DropMissing((len(lines) + 1) // 2, 0, 1)
    made = expressions.elaborate(needs.count, context) if needs.count is not None else None
    kind = made.type if made is not None else None
    if not isinstance(made, Constant) or not isinstance(kind, Numeric):
        if made is not None and needs.count is not None:
            context.report("not-written", needs.count.span, text=context.known.text(needs.count.span))
        return False
    return _needed(kind, needs.unit == "weight", lines, needs.span, context)


def _needed(kind: Numeric, by_weight: bool, lines: list[Share], span: Span, context: Context) -> DropMissing | bool:
    most = 10**kind.places if by_weight else len(lines)
    if (by_weight and kind.unit != "share") or (not by_weight and (kind.places or kind.unit != "number")) or not 0 < kind.low <= most:
        context.report("count-out-of-range", span, text=context.known.text(span), most=len(lines))
        return False
    if not by_weight:
        return DropMissing(kind.low, 0, 1)
    common = gcd(kind.low, 10**kind.places)
    return DropMissing(1, kind.low // common, 10**kind.places // common)


def _substitute(block: PartBlock, lines: list[Share], context: Context) -> Substitute | bool:
    clause = block.missing
    assert clause is not None
    assert clause.value is not None
    end = end_of(clause.value, "points", context.known)
    if end is None:
        return False
    values = [at_places(end, _places(line.value)) for line in lines]
    if any(value is None for value in values):
        places = min(_places(line.value) for line in lines)
        context.report("value-too-fine", clause.value.span, text=context.known.text(clause.value.span), places=places)
        return False
    return Substitute(tuple(value for value in values if value is not None))
