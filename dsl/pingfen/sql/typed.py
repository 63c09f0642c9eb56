"""Typed tables of an engine as relations of clean rows: what stands between its columns and the SQL of a plan, as named subqueries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, frozen
from sqlglot import exp

from ..plan.events import EventPlan
from ..plan.quantity import INT64_HIGH, INT64_LOW, Numeric, Type
from ..plan.ruleset import Plan
from . import clock
from .clean import CleanColumn, CleanTable
from .constants import BadConstantError, Years, constant_of
from .dialect import Dialect
from .emitted import said_of
from .expressions import absent
from .held import Held
from .readings import Reader, Reading, Reason
from .stairs import Stairs, named
from .subjects import INPUTS, SUBJECT, SUBJECTS, VALID_FROM, attribute_column, has_dated, input_column, subject_type
from .trees import Tree, aliased, binary, cases, column, relation, text, truth


@frozen
class SourceColumn:
    """Where a column of the ruleset comes from: a column of the engine and how that holds its values, or a constant text; `cast` as in a mapping file."""

    name: str
    held: Held
    constant: str | None = None
    cast: str | None = None


@frozen
class SourceTable:
    """A table of the engine, and its columns by the names of the ruleset; one that is not there reads as absent."""

    relation: exp.Table
    columns: Mapping[str, SourceColumn]


class UnfitColumnError(Exception):
    """A column whose type does not fit what the ruleset reads, or a constant that is no value of it, and the reason why."""

    def __init__(self, table: str, column: str, held: Held, wanted: Type, bad: tuple[Reason, str] | None = None) -> None:
        super().__init__(table, column)
        self.table, self.column, self.held, self.wanted, self.bad = table, column, held, wanted, bad


@define(eq=False)
class TypedTable:
    """One table of the engine: its raw columns as the first select of stairs, and the reading of each; `wanted` are the types of all that are read,
    `reader` what reads them."""

    label: str
    stairs: Stairs
    raw: Mapping[str, Tree]
    readings: Mapping[str, Reading]
    wanted: Mapping[str, Type]
    reader: Reader

    def value(self, name: str) -> Tree:
        """A clean value of its own, times in seconds; absent where the engine's table lacks the column. It may need one more step of the stairs."""
        reading = self.readings.get(name)
        if reading is None:
            return absent(self.wanted[name])
        return clock.seconds_of(self.reader.spell, self.reader.zone, reading.value, reading.form, self.stairs.share)

    def clean(self, codes: Mapping[str, str]) -> tuple[CleanTable, list[exp.CTE]]:
        """The clean relation, with the columns called by `codes`, and the subqueries that make it; a column that the engine's table lacks is absent."""
        name = f"clean_{self.label}"
        readings = {wanted: self.readings[wanted] if wanted in self.readings else Reading(absent(self.wanted[wanted])) for wanted in codes}
        select = exp.Select(expressions=[aliased(reading.value, codes[wanted]) for wanted, reading in readings.items()]).from_(relation(self.stairs.top))
        columns = {wanted: CleanColumn(codes[wanted], reading.form) for wanted, reading in readings.items()}
        return CleanTable(name, columns), [*self.stairs.chain(), named(name, select)]


def placeholder_of(label: str) -> str:
    """The name that stands for a table of the engine until the statement is whole, so that no subquery is taken for it."""
    return f"source of {label}"


def data_names(sources: Mapping[str, SourceTable]) -> tuple[str, ...]:
    """What the tables and columns of the data are called."""
    return tuple(name for source in sources.values() for name in (source.relation.name, *(each.name for each in source.columns.values())))


def _column_placeholder(label: str, name: str) -> str:
    """The same for a column of it, so that no column of the statement is taken for it."""
    return f"column {name} of {label}"


def put_sources(tree: exp.Expr, sources: Mapping[str, SourceTable]) -> None:
    """Put the engine's tables and their columns where their placeholders stand."""
    known = {placeholder_of(label): source.relation for label, source in sources.items()}
    for table in list(tree.find_all(exp.Table)):
        if table.name in known:
            table.replace(known[table.name].copy())
    own = {_column_placeholder(label, name): place.name for label, source in sources.items() for name, place in source.columns.items()}
    for each in tree.find_all(exp.Column):
        if each.name in own:
            each.this.set("this", own[each.name])


def open_typed(plan: EventPlan, spell: Dialect, label: str, source: SourceTable, wanted: Mapping[str, Type]) -> TypedTable:
    """A table's columns read. Raises UnfitColumnError."""
    stairs = Stairs(f"raw_{label}", exp.Select().from_(relation(placeholder_of(label))), {})
    reader = Reader(spell, stairs.share, plan.zone, plan.first_year, plan.last_year)
    raws: dict[str, Tree] = {}
    readings: dict[str, Reading] = {}
    for index, (name, kind) in enumerate(wanted.items()):
        place = source.columns.get(name)
        if place is None:
            continue
        code = f"v{index}_{label}"
        with said_of(f"{label}.{name}"):
            try:
                raws[name], reading = _read_column(reader, stairs, place, kind, code, _column_placeholder(label, name))
            except BadConstantError as bad:
                raise UnfitColumnError(label, name, place.held, kind, (bad.reason, place.constant or "")) from None
        if reading is None:
            raise UnfitColumnError(label, name, place.held, kind)
        readings[name] = reading
    if not stairs.first.expressions:  # constants alone: each row of the table is one nevertheless
        stairs.first.append("expressions", aliased(spell.integer(1), f"row_{label}"))
    return TypedTable(label, stairs, raws, readings, wanted, reader)


def _read_column(reader: Reader, stairs: Stairs, place: SourceColumn, kind: Type, code: str, own: str) -> tuple[Tree, Reading | None]:
    """A column or a constant as it is written, and how it is read."""
    if place.constant is not None:
        value = constant_of(place.constant, kind, place.cast, Years(reader.zone, reader.first_year, reader.last_year))
        return text(place.constant), None if value is None else Reading(_literal(reader.spell, value))
    stairs.first.append("expressions", aliased(column(own), code))
    stairs.heights[code] = 0
    return column(code), reader.read(column(code), place.held, kind, place.cast)


def _literal(spell: Dialect, value: int | str | bool) -> Tree:
    if isinstance(value, bool):
        return truth(value)
    return spell.integer(value) if isinstance(value, int) else spell.text_of(text(value))


def subjects_of(plan: Plan, spell: Dialect, table: TypedTable, as_of: int) -> exp.Select:
    """The relation `subjects` of clean attribute rows: of dated attributes the last row valid before D. The table's stairs are whole only then."""
    readings, attributes = table.readings, plan.record.subject.attributes
    key = readings[plan.record.subject.key].value
    dated = has_dated(plan) and VALID_FROM in readings
    since = readings[VALID_FROM].value if dated else None
    items = [aliased(key, SUBJECT)]
    for index, attribute in enumerate(attributes):
        value = table.value(attribute.name)
        if since is not None and attribute.dated:
            value = cases([(binary(exp.LT, since, spell.integer(as_of)), value)], None)
        items.append(aliased(spell.brought(value), attribute_column(index)))
    select = exp.Select(expressions=items).from_(relation(table.stairs.top))
    if since is None:
        return select
    # rows from D on come last by their value: an engine's setting may place NULL first, and sqlglot leaves out what it takes for the default
    known = cases([(binary(exp.LT, since, spell.integer(as_of)), since)], spell.integer(INT64_LOW))
    order = exp.Order(expressions=[exp.Ordered(this=known, desc=True, nulls_first=False)])
    place = exp.Window(this=exp.RowNumber(), partition_by=[key.copy()], order=order)
    ranked = select.select(aliased(place, "place"), copy=False)
    outer = [column(item.alias) for item in items]
    first = binary(exp.EQ, column("place"), exp.Literal.number(1))
    return exp.Select(expressions=outer).from_(ranked.subquery("ranked")).where(first)


def inputs_of(plan: Plan, spell: Dialect, table: TypedTable) -> exp.Select:
    """The relation `inputs` of clean input rows. The table's stairs are whole only then."""
    items = [aliased(table.readings[plan.record.subject.key].value, SUBJECT)]
    for index, field in enumerate(plan.record.fields):
        if field.kind == "input":
            items.append(aliased(spell.brought(table.value(field.name)), input_column(index)))
    return exp.Select(expressions=items).from_(relation(table.stairs.top))


def wanted_of(plan: Plan) -> dict[str, dict[str, Type]]:
    """The columns that the ruleset reads of event tables, `subjects` and `inputs`, with their types."""
    key = plan.record.subject.key
    kind = subject_type(plan)
    wanted = {table.name: {item.name: item.type for item in table.columns if item.computed is None} for table in plan.events.tables}
    attributes = plan.record.subject.attributes
    valid = {VALID_FROM: Numeric("date", 0, INT64_LOW, INT64_HIGH)} if has_dated(plan) else {}
    wanted[SUBJECTS] = {key: kind, **{item.name: item.type for item in attributes}, **valid}
    wanted[INPUTS] = {key: kind, **{item.name: item.type for item in plan.record.fields if item.kind == "input"}}
    return wanted


def chain_of(tables: Sequence[TypedTable]) -> list[exp.CTE]:
    """The subqueries that make the readings of tables."""
    return [item for table in tables for item in table.stairs.chain()]
