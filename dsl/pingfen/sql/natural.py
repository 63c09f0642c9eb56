"""The columns of a result as people keep them: numbers as decimals with their places, dates as dates, reasons as a list, each column under its name.

It gives in the engine what `warehouse.result.shape` makes of fetched rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen
from sqlglot import exp

from ..plan.quantity import Exact, Numeric, Truth
from .apart import ANYWHERE, RESULT, Spaces
from .dialect import Dialect
from .limits import fitting_names
from .reasons import COLUMNS
from .remarks import harmless
from .scoring import Shown
from .trees import Tree, aliased, binary, call, cases, column, text

CONSTANTS = ("ruleset", "version", "digest", "as_of")
"""The columns that are the same in every row."""
PREFIXED = ("part", "display", "gate", "sanction", "tier", "metric", "input", "attribute", "peer", "group")


@frozen
class Forms:
    """How an engine writes a date of a day number, an instant of seconds, and the list of those texts that are given, each under a name while it is asked."""

    date: Callable[[Tree], Tree]
    instant: Callable[[Tree], Tree]
    given_texts: Callable[[Sequence[Tree], str], Tree]


@frozen
class Natural:
    """The columns of a result on an engine; `renamed` tells those that stand under a short name, because the engine does not take their own."""

    columns: tuple[exp.Alias, ...]
    renamed: Mapping[str, str]


Named = list[tuple[str, Tree]]


def natural_columns(spell: Dialect, shown: Sequence[Shown], constants: Mapping[str, str]) -> Natural:
    """The columns of a result over `r0`, `r1`, ... as `shown` says, then the reasons and the constants, which always have their own names."""
    forms = _FORMS.get(spell.name)
    own = [(name_of(item), column(item.column) if forms is None else _value(forms, item)) for item in shown if item.type is not None]
    last = _masks(shown) if forms is None else _lists(forms, spell, shown)
    last += [(name, text(value)) for name, value in constants_beside([name for name, _ in own], constants).items()]
    # where nothing else is tried, names are plain
    wanted = [name if forms is not None else name.replace(".", "_") for name, _ in own]
    called = fitting_names(spell.name, wanted, [name for name, _ in last])
    columns = [aliased(tree, short) for short, (_, tree) in zip(called, own, strict=True)]
    renamed = {full: short for (full, _), short, plain in zip(own, called, wanted, strict=True) if short != plain}
    if forms is None:
        _tell_places(columns, shown)
    _tell_names(columns, renamed)
    beside = [aliased(tree, name) for name, tree in last]
    if forms is None:
        _tell_bits(beside, [item for item in shown if item.type is None])
    return Natural((*columns, *beside), renamed)


def names_of_result(spell: Dialect, shown: Sequence[Shown]) -> tuple[str, ...]:
    """Every name that a column of the result may have."""
    own = [name_of(item) for item in shown if item.type is not None]
    wanted = [*own, *(name.replace(".", "_") for name in own)]
    beside = [*COLUMNS, *CONSTANTS, *(name for name, _ in _masks(shown))]
    return (*wanted, *fitting_names(spell.name, wanted), *beside, *(f"{name}_of_ruleset" for name in beside))


def constants_beside(names: Sequence[str], constants: Mapping[str, str]) -> dict[str, str]:
    """The columns that are the same in every row, under names that no other column has."""
    return {name if name not in (*names, *COLUMNS) else f"{name}_of_ruleset": value for name, value in constants.items()}


def lists_beside(names: Sequence[str]) -> dict[str, str]:
    """The columns that list reasons, under names that no other column has, and what of each reason they list."""
    return {name if name not in names else f"{name}_of_ruleset": what for name, what in COLUMNS.items()}


def _masks(shown: Sequence[Shown]) -> Named:
    """The sums of the reasons' bits."""
    masks = [item.column for item in shown if item.type is None]
    return [(f"reasons_{index + 1}" if index else "reasons", column(code)) for index, code in enumerate(masks)]


def _tell_places(columns: Sequence[exp.Alias], shown: Sequence[Shown]) -> None:
    """Say beside each whole number at which places it is."""
    for alias, item in zip(columns, shown, strict=False):
        if isinstance(item.type, Numeric | Exact):
            alias.add_comments([f"{item.type.unit}, {item.type.places} places" if item.part != "denominator" else "count"])


def _tell_bits(columns: Sequence[exp.Alias], masks: Sequence[Shown]) -> None:
    """Say beside each sum of bits which reason each bit is."""
    for alias, item in zip(columns, masks, strict=False):
        alias.add_comments([harmless("the sum of" + "".join(f"\n    {1 << bit} = {told.code} ({told.en})" for bit, told in enumerate(item.told)))])


def _tell_names(columns: Sequence[exp.Alias], renamed: Mapping[str, str]) -> None:
    """Say beside each short name what it stands for."""
    full = {short: name for name, short in renamed.items()}
    for alias in columns:
        if alias.alias in full:
            alias.add_comments([harmless(full[alias.alias])])


def name_of(item: Shown) -> str:
    """The name of a column of the result."""
    called = f"{item.kind}.{item.name}" if item.kind in PREFIXED else item.name
    return f"{called}.{item.part}" if item.part else called


def _value(forms: Forms, item: Shown) -> Tree:
    value = column(item.column)
    match item.type:
        case Numeric(unit="date"):
            return forms.date(value)
        case Numeric(unit="time"):
            return forms.instant(value)
        case Numeric(places=places) if places > 0:
            return _decimal(value, places)
        case Exact(places=places) if places > 0 and item.part == "numerator":
            return _decimal(value, places)
        case Truth():
            return exp.Cast(this=value, to=exp.DataType.build("BOOLEAN"))
        case _:
            return value


def _decimal(value: Tree, places: int) -> Tree:
    """A scaled integer with its point: a product of decimals keeps every digit."""
    unit = "0." + "1".rjust(places, "0")
    whole = exp.Cast(this=value, to=exp.DataType.build("DECIMAL(19, 0)"))
    product = binary(exp.Mul, whole, exp.Cast(this=text(unit), to=exp.DataType.build(f"DECIMAL({places + 1}, {places})")))
    return exp.Cast(this=product, to=exp.DataType.build(f"DECIMAL(19, {places})"))


def _lists(forms: Forms, spell: Dialect, shown: Sequence[Shown]) -> Named:
    """The lists of reasons: codes, and what they say."""
    names = [name_of(item) for item in shown if item.type is not None]
    spaces = Spaces()
    spaces.hold(RESULT, [*names_of_result(spell, shown), *(item.column for item in shown)])
    each = spaces.choose(ANYWHERE, "t")
    found = [(is_set, told) for item in shown for is_set, told in zip(_bits(spell, item), item.told, strict=True)]
    said = {name: [cases([(is_set, text(getattr(told, what)))], None) for is_set, told in found] for name, what in lists_beside(names).items()}
    return [(name, forms.given_texts(texts, each)) for name, texts in said.items()]


def _bits(spell: Dialect, item: Shown) -> list[Tree]:
    """Whether each bit is set."""
    found = []
    for bit in range(len(item.told)):
        shifted = spell.whole_quotient(column(item.column), spell.integer(1 << bit)) if bit else column(item.column)
        found.append(binary(exp.EQ, spell.remainder(shifted, spell.integer(2)), spell.integer(1)))
    return found


def _int(days: Tree) -> Tree:
    return exp.Cast(this=days, to=exp.DataType.build("INT"))


def _day_zero() -> Tree:
    return exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE"))


def _anonymous_list(items: Sequence[Tree]) -> exp.Array:
    return exp.Array(expressions=list(items))


def _texts(items: Sequence[Tree]) -> Tree:
    return exp.Cast(this=_anonymous_list(items), to=exp.DataType.build("ARRAY<TEXT>"))


def _not_missing(name: str) -> exp.Lambda:
    return _lambda(exp.Not(this=exp.Is(this=column(name), expression=exp.Null())), name)


def _lambda(tree: Tree, name: str) -> exp.Lambda:
    return exp.Lambda(this=tree, expressions=[exp.to_identifier(name)])


_FORMS: Mapping[str, Forms] = {
    "duckdb": Forms(
        lambda days: binary(exp.Add, _day_zero(), _int(days)),
        lambda seconds: call("make_timestamptz", binary(exp.Mul, seconds, exp.Literal.number(1_000_000))),
        lambda items, each: call("list_filter", exp.Cast(this=_anonymous_list(items), to=exp.DataType.build("TEXT[]", dialect="duckdb")), _not_missing(each)),
    ),
    "spark": Forms(
        lambda days: call("date_add", _day_zero(), _int(days)),
        lambda seconds: call("timestamp_seconds", seconds),
        lambda items, _: call("array_compact", _texts(items)),
    ),
    "postgres": Forms(
        lambda days: binary(exp.Add, _day_zero(), _int(days)),
        lambda seconds: call("to_timestamp", seconds),
        lambda items, _: call("array_remove", exp.Cast(this=_anonymous_list(items), to=exp.DataType.build("TEXT[]", dialect="postgres")), exp.Null()),
    ),
    "clickhouse": Forms(
        lambda days: call("addDays", call("toDate32", text("1970-01-01")), days),
        lambda seconds: call("toDateTime64", seconds, exp.Literal.number(0), text("UTC")),
        lambda items, each: call("arrayMap", _lambda(call("assumeNotNull", column(each)), each), _kept(items, each)),
    ),
}


def _kept(items: Sequence[Tree], each: str) -> Tree:
    listed = call("array", *items, call("toNullable", text("")))
    return call("arrayFilter", _lambda(binary(exp.NEQ, call("ifNull", column(each), text("")), text("")), each), listed)
