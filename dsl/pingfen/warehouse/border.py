"""The border: reads every source, checks every row, and leaves relations of clean rows; bad rows stop the run or go to the rejects.

A clean relation is called `clean_NAME` and holds its columns as `c0`, `c1`, ... in the order of the wanted ones, and the `file` of each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import Factory, define, evolve, frozen
from sqlglot import exp

from ..plan.events import EventPlan, Table
from ..plan.quantity import Words
from ..sql import clock
from ..sql.clean import CleanColumn, CleanTable
from ..sql.stairs import Stairs, with_needed
from ..sql.trees import Tree, aliased, binary, call, cases, column, either, every, filtered, given, missing, null, relation, text
from .cells import Check, Reader, Reading, bad_of, is_surely_read, reason_of
from .mapping import TableMapping
from .refusal import refuse, untrue_cell
from .rejects import Rejects
from .session import Session
from .sources import FILE, ROW, Source, open_source
from .tables import WantedColumn


@frozen
class Cell:
    """One column at the border: as written, as read, and what makes it bad."""

    wanted: WantedColumn
    raw: Tree
    reading: Reading
    bad: tuple[Check, ...]


@define(eq=False)
class BorderTable:
    """One source at the border."""

    label: str
    source: Source
    stairs: Stairs
    cells: Mapping[str, Cell]
    names: Mapping[str, str]
    conditions: list[tuple[str, str, Tree]] = Factory(list)
    rows: int = 0

    @property
    def clean(self) -> CleanTable:
        """What SQL of the plan reads."""
        columns = {name: CleanColumn(code, self.cells[name].reading.form if name in self.cells else "seconds") for name, code in self.names.items()}
        return CleanTable(f"clean_{self.label}", columns)

    def value(self, name: str) -> Tree:
        """A column as read."""
        return self.cells[name].reading.value


@define(eq=False)
class Border:
    """Opens and checks the sources of one run."""

    session: Session
    events: EventPlan
    rejects: Rejects
    keep_going: bool = False
    trusted: bool = False
    tables: dict[str, BorderTable] = Factory(dict)

    def open(self, label: str, origin: Any, wanted: Sequence[WantedColumn], mapping: TableMapping) -> BorderTable:
        """Open a source and read its columns. Raises RefusedDataError."""
        source = open_source(self.session, label, origin, [item.wanted for item in wanted], mapping, trusted=self.trusted)
        stairs = Stairs(f"b_{label}", exp.Select(expressions=[exp.Star()]).from_(relation(source.relation)), {})
        reader = Reader(self.session.spell, stairs, self.events.zone, self.events.first_year, self.events.last_year)
        cells = {item.name: _cell(reader, source, item, index, trusted=self.trusted) for index, item in enumerate(wanted) if item.name in source.kinds}
        names = {item.name: f"c{index}" for index, item in enumerate(wanted)}
        table = BorderTable(label, source, stairs, cells, names)
        self.tables[label] = table
        self._show_clean(table, wanted)
        return table

    def check_rows(self, table: BorderTable) -> None:
        """Count rows, and the bad ones by column and reason."""
        self.rejects.add_broken(table.label, table.source.broken)
        conditions = [*(check for cell in table.cells.values() for _, check in cell.bad), *(condition for _, _, condition in table.conditions)]
        counts = [exp.Count(this=exp.Star()), filtered(exp.Count(this=exp.Star()), either(conditions))]
        table.rows, bad = self.session.rows(self.over(table, counts))[0]
        if bad:
            self._reject(table)
        self.leave_out(table)

    def _reject(self, table: BorderTable) -> None:
        """Add the bad rows. First those of each kind are counted at once, for most kinds have none, and each statement costs."""
        kinds = [(name, reason_of(list(cell.bad)), either(check for _, check in cell.bad)) for name, cell in table.cells.items()]
        kinds += [(name, text(reason), condition) for reason, name, condition in table.conditions]
        counts = self.session.rows(self.over(table, [filtered(exp.Count(this=exp.Star()), condition) for _, _, condition in kinds]))[0]
        for (name, reason, condition), count in zip(kinds, counts, strict=True):
            if count:
                self.rejects.add(table.label, name, self.over(table, self._told(table.cells[name].raw, reason), condition))

    def check_bad(self, table: BorderTable, name: str, reason: str, bad: exp.Query) -> None:
        """Add the rows whose column `name`, as read, is among the values that `bad` selects as `k`."""
        if self.session.rows(exp.Select(expressions=[exp.Literal.number(1)]).from_(bad.subquery("b")).limit(1)):
            condition = exp.In(this=table.value(name), query=exp.Subquery(this=exp.Select(expressions=[column("k")]).from_(bad.subquery("b"))))
            self.rejects.add(table.label, name, self.over(table, self._told(table.cells[name].raw, text(reason)), condition))
            self.leave_out(table)

    def over(self, table: BorderTable, items: Iterable[exp.Expr], where: Tree | None = None) -> exp.Select:
        """A select over the source's rows."""
        select = exp.Select(expressions=list(items)).from_(relation(table.stairs.top))
        if where is not None:
            select.where(where, copy=False)
        return with_needed(select, table.stairs.chain())

    def leave_out(self, table: BorderTable) -> None:
        """Make the clean relation anew, without the rows that were rejected so far."""
        if self.keep_going and self.rejects.count_of(table.label):
            self._show_clean(table, [cell.wanted for cell in table.cells.values()])

    def _told(self, raw: Tree, reason: Tree) -> list[exp.Expr]:
        value = exp.Cast(this=raw, to=exp.DataType.build("TEXT"))
        return [aliased(column(FILE), FILE), aliased(column(ROW), ROW), aliased(value, "value"), aliased(reason, "reason")]

    def _show_clean(self, table: BorderTable, wanted: Sequence[WantedColumn]) -> None:
        items = []
        for name, code in table.names.items():
            if name in table.cells:
                items.append(aliased(table.value(name), code))
            else:
                kind = next(item.type for item in wanted if item.name == name) if any(item.name == name for item in wanted) else Words()
                items.append(aliased(exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT" if isinstance(kind, Words) else "BIGINT")), code))
        left = None if not self.keep_going else self.rejects.not_among(table.label)
        self.session.view(table.clean.relation, self.over(table, [*items, aliased(column(FILE), FILE)], left))


def _cell(reader: Reader, source: Source, wanted: WantedColumn, index: int, *, trusted: bool) -> Cell:
    raw = column(f"v{index}")
    kind = source.kinds[wanted.name]
    nested = source.nested.get(wanted.name)
    readable = raw if nested is None else reader.stairs.share(cases([(nested, null())], raw))
    reading = reader.read(readable, kind, wanted.type, source.casts.get(wanted.name))
    if reading is None:
        raise refuse("mismatched-column", table=source.label, column=wanted.name, kind=kind.lower(), wanted=_wanted_text(wanted))
    if nested is not None:
        reading = evolve(reading, checks=(("unreadable-cell", nested), *reading.checks))
    if trusted:
        reading = evolve(reading, value=_vouched(raw, reading.value, source, wanted))
    return Cell(wanted, raw, reading, tuple(bad_of(raw, reading, optional=wanted.optional)))


def _vouched(raw: Tree, value: Tree, source: Source, wanted: WantedColumn) -> Tree:
    """A value of a trusted table: where one is given and cannot be read, or is missing and must be given, reading it fails. Nothing is lost silently."""
    if is_surely_read(raw, value, source.kinds[wanted.name]) and (wanted.optional or wanted.name in source.given):
        return value
    absent = every([missing(value), given(raw)]) if wanted.optional else missing(value)
    return cases([(absent, call("error", text(untrue_cell(source.label, wanted.name))))], value)


def _wanted_text(wanted: WantedColumn) -> str:
    unit = getattr(wanted.type, "unit", None)
    return str(unit) if unit else {"Words": "text", "Truth": "flag"}.get(type(wanted.type).__name__, "number")


def later_than_row(border: Border, table: BorderTable, plan: Table) -> list[tuple[str, str, Tree]]:
    """Required times and dates that are later than the row's `happens`."""
    happens = next(item.name for item in plan.columns if item.role == "happens")
    own = table.cells[happens].reading
    found = []
    for item in plan.columns:
        kind = getattr(item.type, "unit", "")
        if item.computed is None and item.role == "plain" and item.available == "required" and not item.type.optional and kind in ("time", "date"):
            other = table.cells[item.name].reading
            later = _later(border, table, other, own) if kind == "time" else _later_day(border, table, other, own)
            found.append(("later-than-row", item.name, every([given(other.value), given(own.value), later])))
    return found


def _later(border: Border, table: BorderTable, one: Reading, other: Reading) -> Tree:
    spell = border.session.spell
    if one.form == other.form != "seconds":
        stamps = binary(exp.GT, one.value, other.value)
        return every([stamps, binary(exp.GT, spell.seconds_of(one.value, one.form), spell.seconds_of(other.value, other.form))])
    return binary(exp.GT, _seconds(border, table, one), _seconds(border, table, other))


def _later_day(border: Border, table: BorderTable, date: Reading, happens: Reading) -> Tree:
    share = table.stairs.share
    local = share(clock.local_of(border.session.spell, border.events.zone, _seconds(border, table, happens), share))
    return binary(exp.GT, date.value, clock.day_of(border.session.spell, local))


def _seconds(border: Border, table: BorderTable, reading: Reading) -> Tree:
    share = table.stairs.share
    counted = share(border.session.spell.seconds_of(reading.value, reading.form))
    return share(clock.instant_of(border.session.spell, border.events.zone, counted, share)) if reading.form == "local" else counted


def absent_references(table: BorderTable, reference: str, other: BorderTable, key: str) -> exp.Query:
    """Values of a reference column that are no key of the other table, as `k`."""
    own, theirs = table.clean, other.clean
    value = column(own.columns[reference].name, "a")
    joined = exp.Join(this=relation(theirs.relation, "b"), side="LEFT", on=binary(exp.EQ, value, column(theirs.columns[key].name, "b")))
    select = exp.Select(expressions=[aliased(value, "k")], distinct=exp.Distinct()).from_(relation(own.relation, "a"))
    select.append("joins", joined)
    return select.where(every([given(value), missing(column(theirs.columns[key].name, "b"))]), copy=False)


def repeated_keys(table: BorderTable, keys: Sequence[str], hashed: Tree | None = None) -> exp.Query:
    """Values of the first of `keys` for which all of `keys` are there more than once, compared by value, as `k`."""
    values = [table.value(name) for name in keys]
    select = exp.Select(expressions=[aliased(values[0], "k")]).from_(relation(table.stairs.top)).where(every(given(item) for item in values))
    if hashed is not None:
        select.where(hashed, copy=False)
    return with_needed(
        select.group_by(*values, copy=False).having(binary(exp.GT, exp.Count(this=exp.Star()), exp.Literal.number(1)), copy=False), table.stairs.chain()
    )
