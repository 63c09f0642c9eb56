"""Parameters and assumed numbers: what may be given from outside, by name or by path, and checking it like source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..binding.scopes import ParameterScope, near
from ..binding.symbols import Symbols
from ..node import nodes_in
from ..plan.expressions import Constant
from ..plan.quantity import Numeric
from ..plan.ruleset import Assumption
from ..source import Span
from ..syntax.declarations import (
    AdjustmentLine,
    Compared,
    EffectiveHeader,
    GroupLine,
    MetricLine,
    NeedsClause,
    ParamLine,
    PartBlock,
    PeerLine,
    RecencyClause,
    TableBlock,
    WindowClause,
)  # fmt: skip
from ..syntax.expressions import (
    CaseBlock,
    CurveBlock,
    CurvePoint,
    DateLiteral,
    FlagLiteral,
    LadderBlock,
    LadderRow,
    NumberLiteral,
    RangeBlock,
    RangeRow,
    TextLiteral,
)  # fmt: skip
from . import expressions
from .declared import Written, at_places, end_of
from .given import Measure, ParameterRange
from .knowledge import Context, Knowledge
from .quantities import literal_unit, literal_value, range_text

CONSTANTS = ParameterScope()
UNITS = {
    "": "", "%": "%", "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "hour": "hour", "hours": "hour", "day": "day",
    "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month", "秒": "second", "分钟": "minute", "小时": "hour", "天": "day",
    "周": "week", "个月": "month",
}  # fmt: skip
NUMBER = re.compile(r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(%|[^\W\d]*)\s*")


def given_number(text: str, span: Span) -> NumberLiteral | None:
    """A number that was given from outside, as source would write it; it stands where it replaces."""
    found = NUMBER.fullmatch(text)
    if found is None or found[2] not in UNITS or len(text) > 40:
        return None
    return NumberLiteral(found[1], UNITS[found[2]], True, span)


Assumed = dict[str, NumberLiteral]


def assumed_numbers(symbols: Symbols) -> Assumed:
    """Every number that nobody published, by path; it may be given from outside."""
    found: Assumed = {}
    for owner, root in _owners(symbols):
        for slot, literal in _assumed_below(root, "", False):
            _add(found, f"{owner}.{slot}" if slot else owner, literal)
    return found


def _add(found: Assumed, path: str, literal: NumberLiteral) -> None:
    name, number = path, 2
    while name in found:
        name, number = f"{path}.{number}", number + 1
    found[name] = literal


def _owners(symbols: Symbols) -> Iterator[tuple[str, object]]:
    for name, lookup in symbols.lookups.items():
        yield name, lookup
    for name, table in symbols.tables.items():
        for row in table.columns:
            if row.computed is not None:
                yield f"{name}.{row.name.text}", row.computed
    for name, population in symbols.populations.items():
        yield name, population
    for name, field in symbols.fields.items():
        if isinstance(field, MetricLine | PeerLine | GroupLine):
            yield name, field
    if symbols.stages_block is not None:
        yield from ((f"stages.{line.name.text}", line) for line in symbols.stages_block.stages)
    if symbols.total is not None:
        yield "total", symbols.total
    for name, display in symbols.displays.items():
        yield name, display.value
    for name, outcome in symbols.outcomes.items():
        yield name, outcome
    for index, linked in enumerate(symbols.linked):
        yield f"linked.{index + 1}", linked
    yield from (("hide", hide) for hide in symbols.hidden)


def _assumed_below(node: object, slot: str, covered: bool) -> Iterator[tuple[str, NumberLiteral]]:
    """Assumed literals with the slot they stand in: `praise.weight`, `praise.2.limit`."""
    match node:
        case NumberLiteral():
            if node.assumed or covered:
                yield slot, node
        case tuple():
            for item in node:
                yield from _assumed_below(item, slot, covered)
        case PartBlock():
            yield from _assumed_part(node, slot, covered or node.assumed)
        case LadderBlock() | RangeBlock() | CaseBlock():
            for index, row in enumerate(node.rows):
                yield from _assumed_row(row, _inner(slot, str(index + 1)), covered or node.assumed)
        case CurveBlock():
            for index, point in enumerate(node.points):
                yield from _assumed_row(point, _inner(slot, str(index + 1)), covered or node.assumed)
            yield from _assumed_below(node.missing, _inner(slot, "none"), covered or node.assumed)
        case TableBlock():
            for index, line in enumerate(node.rows):
                for column, value in zip(node.columns, line.values, strict=False):
                    yield from _assumed_below(value, _inner(slot, f"{index + 1}.{column.text}"), covered or node.assumed)
        case AdjustmentLine():
            yield from _assumed_fields(node, _inner(slot, node.kind.replace(" ", "_")), covered, ("amount", "most", "condition"))
        case WindowClause():
            yield from _assumed_window(node, slot, covered)
        case RecencyClause():
            for index, row in enumerate(node.rows):
                yield from _assumed_below(row.limit, _inner(slot, f"recency.{index + 1}.limit"), covered or node.assumed)
                yield from _assumed_below(row.weight, _inner(slot, f"recency.{index + 1}"), covered or node.assumed)
        case Compared():
            yield from _assumed_below(node.share, _inner(slot, "top"), covered)
        case NeedsClause():
            yield from _assumed_below(node.count, _inner(slot, "needs"), covered)
        case _:
            yield from _assumed_elsewhere(node, slot, covered)


def _assumed_elsewhere(node: object, slot: str, covered: bool) -> Iterator[tuple[str, NumberLiteral]]:
    names = getattr(type(node), "__match_args__", ())
    for name in names:
        if name == "span":
            continue
        inner = _inner(slot, {"minimum": "at_least", "window": "window"}.get(name, "")) if isinstance(node, MetricLine | PeerLine) else slot
        yield from _assumed_below(getattr(node, name), inner, covered)


def _assumed_fields(node: object, slot: str, covered: bool, names: tuple[str, ...]) -> Iterator[tuple[str, NumberLiteral]]:
    for name in names:
        yield from _assumed_below(getattr(node, name), slot if name == "amount" else _inner(slot, name), covered)


def _assumed_part(node: PartBlock, slot: str, covered: bool) -> Iterator[tuple[str, NumberLiteral]]:
    yield from _assumed_below(node.weight, _inner(slot, "weight"), covered)
    yield from _assumed_below(node.value, slot, covered)
    yield from _assumed_below((node.low, node.high), _inner(slot, "within"), covered)
    yield from _assumed_below(node.missing, _inner(slot, "missing"), covered)
    for child in node.parts:
        yield from _assumed_below(child, _inner(slot, child.name.text), covered)
    yield from _assumed_below(node.adjustments, slot, covered)


def _assumed_window(node: WindowClause, slot: str, covered: bool) -> Iterator[tuple[str, NumberLiteral]]:
    yield from _assumed_below((node.length, *(step.length for step in node.longer), node.inside), slot, covered)
    yield from _assumed_below(node.lag, _inner(slot, "lag"), covered)
    for step in (node.enough, *(step.enough for step in node.longer)):
        yield from _assumed_below(None if step is None else step.least, _inner(slot, "at_least"), covered)


def _assumed_row(row: object, slot: str, covered: bool) -> Iterator[tuple[str, NumberLiteral]]:
    match row:
        case LadderRow():
            yield from _assumed_below(row.limit, _inner(slot, "limit"), covered)
            yield from _assumed_below(row.value, slot, covered)
        case RangeRow():
            yield from _assumed_below(row.low, _inner(slot, "low"), covered)
            yield from _assumed_below(row.high, _inner(slot, "high"), covered)
            yield from _assumed_below(row.value, slot, covered)
        case CurvePoint():
            yield from _assumed_below(row.at, _inner(slot, "at"), covered)
            yield from _assumed_below(row.value, slot, covered)
        case _:
            yield from _assumed_elsewhere(row, slot, covered)


def _inner(slot: str, name: str) -> str:
    return f"{slot}.{name}" if slot and name else slot or name


def apply(parameters: Mapping[str, str], known: Knowledge) -> None:
    """Puts what was given from outside in the place of parameters and assumed numbers; refuses unknown names and other units."""
    assumed = _without_total(assumed_numbers(known.symbols))
    for name, text in parameters.items():
        param = known.symbols.params.get(name)
        if param is not None:
            _replace_param(name, param, text, known)
        elif name in assumed:
            _replace(name, assumed[name], text, known, signed=False)
        else:
            alike = near(name, [*known.symbols.params, *assumed])
            known.report("unknown-parameter", Span(0, 0), name=name, near=" or ".join(f"`{other}`" for other in alike))


def _without_total(assumed: Assumed) -> Assumed:
    """Parts are named by their own path: `product.praise.weight`, not `total.product.praise.weight`."""
    return {name.removeprefix("total.") if name.removeprefix("total.") not in assumed else name: value for name, value in assumed.items()}


def _replace_param(name: str, param: ParamLine, text: str, known: Knowledge) -> None:
    value = param.value
    if isinstance(value, NumberLiteral):
        _replace(name, value, text, known, signed=True)
        return
    own = known.text(param.value.span)
    known.report("parameter-not-a-number", param.value.span, name=name, text=text, own=own, fixed=own, inexact="", foreign="")


def _replace(name: str, written: NumberLiteral, text: str, known: Knowledge, *, signed: bool) -> None:
    """An assumed number is not `signed`: a minus before it is the expression's around it, and stays."""
    literal, own = given_number(text, written.span), known.text(written.span)
    if literal is None or (literal.digits.startswith("-") and not signed):
        known.report("parameter-not-a-number", written.span, name=name, text=text, own=own, fixed="", inexact="", foreign="")
        return
    if literal_unit(literal) != literal_unit(written) or (literal.unit == "month") != (written.unit == "month"):
        right = literal_unit(literal)
        known.report("mixed-units", written.span, left=literal_unit(written), right=right, operator=name, left_text=own, right_text=text, remedy="")
        return
    if literal_value(literal)[1] > literal_value(written, keep_zeros=True)[1]:
        known.report("value-too-fine", written.span, text=text, places=literal_value(written, keep_zeros=True)[1])
        return
    known.literals[id(written)] = literal


def check_param(param: ParamLine, known: Knowledge) -> None:
    """Adds a parameter's constant to what is known; its value must lie within its ends."""
    name = param.name.text
    if not isinstance(param.value, NumberLiteral | DateLiteral | TextLiteral | FlagLiteral):
        known.report("not-written", param.value.span, text=known.text(param.value.span))
        return
    if isinstance(param.value, NumberLiteral) and known.literal(param.value).unit == "month":
        _check_months(param, known.literal(param.value), known)
        return
    made = expressions.elaborate(param.value, Context(known, CONSTANTS))
    if not isinstance(made, Constant):
        return
    known.params[name] = made
    if isinstance(made.type, Numeric) and param.low is not None and param.high is not None:
        _check_ends(param, made, made.type, known)


def _keep_range(name: str, literal: NumberLiteral, ends: tuple[Written, Written], known: Knowledge) -> None:
    """Keeps what the parameter may be given from outside; `literal` is its number as written, whatever was given."""
    unit = literal_unit(literal)
    measure: Measure = "%" if unit == "share" else "second" if unit == "duration" else "month" if literal.unit == "month" else ""
    shift = 2 if measure == "%" else 0
    written = literal_value(literal, keep_zeros=True)
    places = max(shift, *(places for _, places in (written, *ends)))
    low, high, own = (value * 10 ** (places - own) for value, own in (*ends, written))
    known.ranges[name] = ParameterRange(name, measure, places - shift, low, high, own)


def _check_months(param: ParamLine, value: NumberLiteral, known: Knowledge) -> None:
    """Months have no length, so their ends are months too."""
    within = [literal_value(known.literal(end), keep_zeros=True) for end in (param.low, param.high) if isinstance(end, NumberLiteral)]
    if isinstance(param.value, NumberLiteral) and len(within) == 2:
        _keep_range(param.name.text, param.value, (within[0], within[1]), known)
    for end, is_low in ((param.low, True), (param.high, False)):
        if end is None:
            continue
        if not isinstance(end, NumberLiteral) or known.literal(end).unit != "month":
            known.report("not-whole-days", end.span, text=known.text(end.span))
            return
        limit, months = literal_value(known.literal(end)), literal_value(value)
        beyond = months[0] * 10 ** limit[1] < limit[0] * 10 ** months[1] if is_low else months[0] * 10 ** limit[1] > limit[0] * 10 ** months[1]
        if beyond and param.low is not None and param.high is not None:
            ends = f"{known.text(param.low.span)} .. {known.text(param.high.span)}"
            known.report("parameter-out-of-range", param.value.span, name=param.name.text, text=_spelled(value), range=ends)


def _spelled(literal: NumberLiteral) -> str:
    """The number as English writes it, whatever the language of the keywords, so that the plan does not depend on it."""
    if literal.unit in ("", "%"):
        return f"{literal.digits}{literal.unit}"
    return f"{literal.digits} {literal.unit}" if literal.digits == "1" else f"{literal.digits} {literal.unit}s"


def _check_ends(param: ParamLine, made: Constant, kind: Numeric, known: Knowledge) -> None:
    assert param.low is not None
    assert param.high is not None
    low, high = end_of(param.low, kind.unit, known), end_of(param.high, kind.unit, known)
    if low is None or high is None:
        return
    places = max(kind.places, low[1], high[1])
    ends = at_places(low, places), at_places(high, places)
    value = int(made.value) * 10 ** (places - kind.places)
    if isinstance(param.value, NumberLiteral):
        _keep_range(param.name.text, param.value, (low, high), known)
    if ends[0] is not None and ends[1] is not None and not ends[0] <= value <= ends[1]:
        literal = known.literal(param.value) if isinstance(param.value, NumberLiteral) else None
        text = _spelled(literal) if literal else known.text(param.value.span)
        known.report(
            "parameter-out-of-range", param.value.span, name=param.name.text, text=text, range=range_text(Numeric(kind.unit, places, ends[0], ends[1]))
        )


def assumptions(known: Knowledge) -> tuple[Assumption, ...]:
    """Everything that nobody published, by path, with the text as written or given."""
    found: list[Assumption] = []
    for name, param in known.symbols.params.items():
        if param.assumed or any(isinstance(node, NumberLiteral) and node.assumed for node in nodes_in(param.value, without="span")):
            low = _text(param.low, known) if param.low is not None else ""
            high = _text(param.high, known) if param.high is not None else ""
            found.append(known.mark(Assumption(name, _text(param.value, known), low, high, True), param.span))
    effective = known.symbols.header.effective
    if isinstance(effective, EffectiveHeader) and effective.assumed:
        found.append(known.mark(Assumption("effective", known.statement(effective.span), "", "", False), effective.span))
    for path, literal in _without_total(assumed_numbers(known.symbols)).items():
        found.append(known.mark(Assumption(path, _text(literal, known), "", "", False), literal.span))
    return tuple(found)


def _text(node: object, known: Knowledge) -> str:
    if isinstance(node, NumberLiteral):
        return _spelled(known.literal(node))
    span = getattr(node, "span", Span(0, 0))
    return known.text(span).removesuffix("assumed").removesuffix("假定").strip()
