"""The border of an engine's tables: one query a table that finds the bad rows by column and reason, in the words of the border for files.

Each query gives rows (`column`, `reason`, `rows`, `total`, `value`, `key`): how many rows are bad for that reason, how many the table has in all, and the
keys and values of the first three of them by the bytes of the key. No rows means that every row is clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define
from sqlglot import exp

from ..plan.events import Table
from ..plan.ruleset import Plan
from . import clock
from .dialect import Dialect
from .naming import name_apart
from .readings import Reading, bad_of
from .stairs import named, with_needed
from .subjects import INPUTS, SUBJECTS, VALID_FROM, has_dated
from .trees import Tree, aliased, binary, cases, column, either, every, given, missing, null, relation, text
from .typed import SourceTable, TypedTable, data_names, open_typed, placeholder_of, put_sources, wanted_of

FIRST = 3


def build_validation(plan: Plan, spell: Dialect, sources: Mapping[str, SourceTable]) -> dict[str, exp.Select]:
    """The validation query of each table among `sources` (event tables, `subjects`, `inputs`). Raises UnfitColumnError."""
    wanted = wanted_of(plan)
    typed = {label: open_typed(plan.events, spell, label, source, wanted[label]) for label, source in sources.items()}
    validation = Validation(plan, spell, typed)
    return {label: _finished(validation, label, sources) for label in typed}


def _finished(validation: Validation, label: str, sources: Mapping[str, SourceTable]) -> exp.Select:
    """The bad rows counted by column and reason, the first of each kept."""
    stacked: exp.Query | None = None
    for part in validation.bad_rows(label):
        stacked = part if stacked is None else exp.Union(this=stacked, expression=part, distinct=False)
    spell = validation.spell
    if stacked is None:
        stacked = _bad(spell, validation.typed[label].stairs.top, text(""), text(""), null(), text("")).where(exp.Boolean(this=False))
    kind = [column("column"), column("reason")]
    rows = spell.narrowed(exp.Window(this=spell.total(column("weight")), partition_by=kind))
    order = exp.Order(expressions=[exp.Ordered(this=spell.by_bytes(column("key")), desc=False, nulls_first=False)])
    place = exp.Window(this=exp.RowNumber(), partition_by=[item.copy() for item in kind], order=order)
    ranked = exp.Select(expressions=[exp.Star(), aliased(rows, "rows"), aliased(place, "place")]).from_(relation("bad_rows"))
    items = [column(name) for name in ("column", "reason", "rows", "total", "value", "key")]
    first = binary(exp.LTE, column("place"), exp.Literal.number(FIRST))
    total = exp.Join(this=_total(spell, label).subquery("counted"), kind="CROSS")
    outer = exp.Select(expressions=items, joins=[total]).from_(relation("ranked"), copy=False).where(first)
    outer = outer.order_by(column("column"), column("reason"), column("place"))
    chain = [item for table in validation.typed.values() for item in table.stairs.chain()]
    tree = with_needed(outer, [*chain, named("bad_rows", stacked), named("ranked", ranked)]).copy()
    name_apart(tree, data_names(sources))
    put_sources(tree, sources)
    return tree


def _total(spell: Dialect, label: str) -> exp.Select:
    """How many rows a table has."""
    return exp.Select(expressions=[aliased(spell.narrowed(spell.count()), "total")]).from_(relation(placeholder_of(label)))


@define(eq=False)
class Validation:
    """The typed tables of one plan, and what makes their rows bad."""

    plan: Plan
    spell: Dialect
    typed: Mapping[str, TypedTable]

    def bad_rows(self, label: str) -> Iterator[exp.Select]:
        """Selects of bad rows (`column`, `reason`, `value`, `key`, `weight`: how many rows one stands for)."""
        if label == SUBJECTS:
            yield from self._bad_subjects()
        elif label == INPUTS:
            yield from self._bad_inputs()
        else:
            yield from self._bad_events(next(item for item in self.plan.events.tables if item.name == label))

    @property
    def subject(self) -> str:
        """The name of the subject's key."""
        return self.plan.record.subject.key

    def _bad_subjects(self) -> Iterator[exp.Select]:
        attributes = self.plan.record.subject.attributes
        table = self.typed[SUBJECTS]
        dated = has_dated(self.plan) and VALID_FROM in table.readings
        required = {item.name for item in attributes if not item.type.optional} | {self.subject, VALID_FROM}
        yield from self._bad_cells(SUBJECTS, self.subject, required)
        yield self._repeated(SUBJECTS, self.subject, "repeated-subject", [self.subject, VALID_FROM] if dated else [self.subject])
        for attribute in attributes if dated else ():
            if not attribute.dated and attribute.name in table.readings:
                yield self._differing(attribute.name)

    def _bad_inputs(self) -> Iterator[exp.Select]:
        fields = [item for item in self.plan.record.fields if item.kind == "input"]
        required = {item.name for item in fields if not item.type.optional}
        yield from self._bad_cells(INPUTS, self.subject, required | {self.subject})
        yield self._repeated(INPUTS, self.subject, "repeated-subject", [self.subject])
        if SUBJECTS in self.typed:
            yield self._without_partner(INPUTS, self.subject, "unknown-subject", SUBJECTS, self.subject)
        if required:
            yield from self._lacking()

    def _bad_events(self, table: Table) -> Iterator[exp.Select]:
        key = next(item.name for item in table.columns if item.role == "key")
        yield from self._bad_cells(table.name, key, {item.name for item in table.columns if not item.may_be_missing})
        yield from self._later_than_row(table, key)
        yield self._repeated(table.name, key, "duplicate-key", [key])
        yield self._too_many_in_all(table)
        for item in table.columns:
            if item.role == "subject":
                yield self._too_many(table, item.name)
                if SUBJECTS in self.typed:
                    yield self._without_partner(table.name, item.name, "unknown-subject", SUBJECTS, self.subject, key)
            if item.refers_to and item.name in self.typed[table.name].readings:
                other = next(other for other in self.plan.events.tables if other.name == item.refers_to)
                theirs = next(each.name for each in other.columns if each.role == "key")
                yield self._without_partner(table.name, item.name, "absent-reference", other.name, theirs, key)

    def _bad_cells(self, label: str, key: str, required: set[str]) -> Iterator[exp.Select]:
        table = self.typed[label]
        for name, reading in table.readings.items():
            checks = bad_of(table.raw[name], reading, optional=name not in required)
            reason = cases([(condition, text(said)) for said, condition in checks], null())
            bad = _bad(self.spell, table.stairs.top, text(name), reason, table.raw[name], self._key(label, key))
            if checks:
                yield bad.where(either(condition for _, condition in checks), copy=False)

    def _later_than_row(self, table: Table, key: str) -> Iterator[exp.Select]:
        """Required times and dates that are later than the row's `happens`."""
        typed = self.typed[table.name]
        happens = typed.readings[next(item.name for item in table.columns if item.role == "happens")]
        for item in table.columns:
            kind = getattr(item.type, "unit", "")
            plain = item.computed is None and item.role == "plain" and item.available == "required" and not item.type.optional
            if plain and kind in ("time", "date") and item.name in typed.readings:
                own = typed.readings[item.name]
                later = self._later(typed, own, happens) if kind == "time" else self._later_day(typed, own, happens)
                bad = _bad(self.spell, typed.stairs.top, text(item.name), text("later-than-row"), typed.raw[item.name], self._key(table.name, key))
                yield bad.where(every([given(own.value), given(happens.value), later]), copy=False)

    def _later(self, typed: TypedTable, one: Reading, other: Reading) -> Tree:
        if one.form == other.form != "seconds":
            seconds = [self.spell.seconds_of(item.value, item.form) for item in (one, other)]
            return every([binary(exp.GT, one.value, other.value), binary(exp.GT, *seconds)])
        return binary(exp.GT, self._seconds(typed, one), self._seconds(typed, other))

    def _later_day(self, typed: TypedTable, date: Reading, happens: Reading) -> Tree:
        local = typed.stairs.share(clock.local_of(self.spell, self.plan.events.zone, self._seconds(typed, happens)))
        return binary(exp.GT, date.value, clock.day_of(self.spell, local))

    def _seconds(self, typed: TypedTable, reading: Reading) -> Tree:
        return clock.seconds_of(self.spell, self.plan.events.zone, reading.value, reading.form, typed.stairs.share)

    def _repeated(self, label: str, name: str, reason: str, keys: Sequence[str]) -> exp.Select:
        """The values of `name` for which all of `keys` are there more than once, each for as many rows."""
        values = [self.typed[label].readings[key].value for key in keys]
        several = binary(exp.GT, exp.Count(this=exp.Star()), exp.Literal.number(1))
        counted = exp.Select(expressions=[aliased(values[0], "k"), aliased(self.spell.narrowed(self.spell.count()), "n")])
        grouped = counted.from_(relation(self.typed[label].stairs.top)).where(every(given(value) for value in values)).group_by(*values).having(several)
        return _counted(self.spell, grouped, text(name), text(reason))

    def _differing(self, attribute: str) -> exp.Select:
        """Subjects whose rows do not agree on an attribute that is not dated."""
        table, spell = self.typed[SUBJECTS], self.spell
        key, value = table.readings[self.subject].value, table.value(attribute)
        different = binary(exp.GT, spell.narrowed(spell.count(value, distinct=True)), exp.Literal.number(1))
        present, rows = spell.narrowed(spell.count(value)), spell.narrowed(spell.count())
        partly = every([binary(exp.GT, present, exp.Literal.number(0)), binary(exp.LT, present, rows)])
        counted = exp.Select(expressions=[aliased(key, "k"), aliased(rows.copy(), "n")]).from_(relation(table.stairs.top))
        grouped = counted.where(given(key)).group_by(key.copy()).having(either([different, partly]))
        return _counted(spell, grouped, text(self.subject), text("differing-attribute"))

    def _too_many_in_all(self, table: Table) -> exp.Select:
        """The table, where it has more rows than the ranges that were proved rest on; the value is the most that it may have."""
        more = binary(exp.GT, column("total"), exp.Literal.number(table.rows))
        items = {"column": text(""), "reason": text("too-many-rows"), "value": text(f"{table.rows:,}"), "key": text(""), "weight": column("total")}
        counted = _total(self.spell, table.name).subquery("counted")
        return exp.Select(expressions=[aliased(tree, alias) for alias, tree in items.items()]).from_(counted).where(more)

    def _too_many(self, table: Table, subject: str) -> exp.Select:
        """Subjects with more rows than the ranges that were proved rest on; the value is the most that one may have."""
        value = self.typed[table.name].readings[subject].value
        counted = exp.Select(expressions=[aliased(value, "k"), aliased(self.spell.narrowed(self.spell.count()), "n")])
        more = binary(exp.GT, self.spell.narrowed(self.spell.count()), exp.Literal.number(table.rows_per_subject))
        grouped = counted.from_(relation(self.typed[table.name].stairs.top)).where(given(value)).group_by(value.copy()).having(more)
        return _counted(self.spell, grouped, text(subject), text("too-many-rows-of-a-subject"), text(f"{table.rows_per_subject:,}"))

    def _without_partner(self, label: str, name: str, reason: str, other: str, theirs: str, key: str = "") -> exp.Select:
        """Rows whose value of `name` is no value of `theirs` in the other table."""
        table = self.typed[label]
        value, partner = table.readings[name].value, self.typed[other].readings[theirs].value
        keys = exp.Select(expressions=[aliased(self.spell.brought(partner), "partner")], distinct=exp.Distinct()).from_(relation(self.typed[other].stairs.top))
        bad = _bad(self.spell, table.stairs.top, text(name), text(reason), table.raw[name], self._key(label, key or name))
        condition = binary(exp.EQ, value, column("partner", "partners"))
        bad.append("joins", exp.Join(this=keys.subquery("partners"), side="LEFT", on=condition))
        return bad.where(every([given(value), missing(column("partner", "partners"))]), copy=False)

    def _lacking(self) -> Iterator[exp.Select]:
        """Subjects without a row of inputs, where an input is required: given ones, or those that events name."""
        named_by = [(label, name) for label, name in self._subject_columns() if name in self.typed[label].readings]
        for label, name in named_by:
            lacking = self._without_partner(label, name, "missing-inputs", INPUTS, self.subject)
            yield lacking if label == SUBJECTS else exp.Select(expressions=[exp.Star()], distinct=exp.Distinct()).from_(lacking.subquery("lacking"))

    def _subject_columns(self) -> list[tuple[str, str]]:
        if SUBJECTS in self.typed:
            return [(SUBJECTS, self.subject)]
        return [(table.name, item.name) for table in self.plan.events.tables for item in table.columns if item.role == "subject" and table.name in self.typed]

    def _key(self, label: str, name: str) -> Tree:
        return self.spell.text_of(self.typed[label].raw[name])


def _bad(spell: Dialect, top: str, name: Tree, reason: Tree, value: Tree, key: Tree) -> exp.Select:
    """One row for each bad row, without its condition."""
    shown = spell.text_of(value) if not isinstance(value, exp.Null) else exp.Cast(this=value, to=exp.DataType.build("TEXT"))
    items = {"column": name, "reason": reason, "value": shown, "key": key, "weight": spell.integer(1)}
    return exp.Select(expressions=[aliased(tree, alias) for alias, tree in items.items()]).from_(relation(top))


def _counted(spell: Dialect, grouped: exp.Select, name: Tree, reason: Tree, value: Tree | None = None) -> exp.Select:
    """One row for each key `k` that stands for `n` bad rows."""
    key = spell.text_of(column("k"))
    items = {"column": name, "reason": reason, "value": key.copy() if value is None else value, "key": key, "weight": column("n")}
    return exp.Select(expressions=[aliased(tree, alias) for alias, tree in items.items()]).from_(grouped.subquery("counted"))
