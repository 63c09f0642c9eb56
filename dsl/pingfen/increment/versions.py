"""Rows in all their versions: a row whose times become known later is read once for each stretch of dates on which it says the same.

A version is the row with what is not known yet already absent. On the date on which something becomes known the version before is taken back (`sign` -1) and
the new one added (`sign` 1), both `since` that date; so sums over versions are sums on every date.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field
from sqlglot import exp

from ..plan.events import Column, Table, Transitions
from ..plan.quantity import Numeric
from ..sql.clean import CleanTable
from ..sql.dialect import Dialect
from ..sql.stairs import Stairs, with_needed
from ..sql.trees import Tree, aliased, binary, cases, column, either, every, missing, relation
from .localdays import day_of_time

SINCE, SIGN = "known_since", "sign"


@define(eq=False)
class Versions:
    """The versions of the rows of one table on dates; `switches` are the columns that become known later, `happens` is when rows do."""

    spell: Dialect
    zone: Transitions
    table: Table
    clean: CleanTable
    switches: Sequence[str]
    dates: Sequence[int]
    stairs: Stairs = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.stairs = Stairs(f"v_{self.clean.relation}", exp.Select(expressions=[exp.Star()]).from_(relation(self.clean.relation)), {})

    def select(self) -> exp.Select:
        """All versions: the clean columns, `known_since` and `sign`."""
        first = self._version(self.spell.integer(self.dates[0]), 1, self.spell.integer(self.dates[0]))
        parts = [first.where(self._known(self.happens, self.spell.integer(self.dates[0])), copy=False)]
        for place, name in enumerate([self.happens, *self.switches]):
            parts += self._turned(place, name)
        united: exp.Query = parts[0]
        for part in parts[1:]:
            united = exp.Union(this=united, expression=part, distinct=False)
        return with_needed(exp.Select(expressions=[exp.Star()]).from_(united.subquery("u")), self.stairs.chain())

    @property
    def happens(self) -> str:
        """The time at which rows happen."""
        return next(item.name for item in self.table.columns if item.role == "happens")

    def _turned(self, place: int, name: str) -> list[exp.Select]:
        """The versions that end and begin where a column becomes known, unless an earlier one does on the same date."""
        day, one = self.day(name), self.spell.integer(1)
        since = self.stairs.share(binary(exp.Add, day, one))
        within = [binary(exp.GTE, day, self.spell.integer(self.dates[0])), binary(exp.LT, day, self.spell.integer(self.dates[-1]))]
        others = [self.day(other) for other in [self.happens, *self.switches][:place]]
        within += [either([missing(other), binary(exp.NEQ, other, day)]) for other in others]
        begun = self._version(since, 1, since).where(every([*within, self._known(self.happens, since)]), copy=False)
        if name == self.happens:
            return [begun]
        return [begun, self._version(day, -1, since).where(every([*within, self._known(self.happens, day)]), copy=False)]

    def _version(self, as_of: Tree, sign: int, since: Tree) -> exp.Select:
        items = [aliased(self._hidden(item, as_of), self.clean.columns[item.name].name) for item in self.table.columns if item.computed is None]
        return exp.Select(expressions=[*items, aliased(since, SINCE), aliased(self.spell.integer(sign), SIGN)]).from_(relation(self.stairs.top))

    def _hidden(self, item: Column, as_of: Tree) -> Tree:
        tree: Tree = column(self.clean.columns[item.name].name)
        conditions = [
            self._known(name, as_of) for name in (item.name, item.known_at) if name in self.switches and (name != item.name or item.available != "ahead")
        ]
        return cases([(every(conditions), tree)], None) if conditions else tree

    def _known(self, name: str, as_of: Tree) -> Tree:
        return binary(exp.LT, self.day(name), as_of)

    def day(self, name: str) -> Tree:
        """The day of a time or date: it is known on the dates after it."""
        item, clean = next(item for item in self.table.columns if item.name == name), self.clean.columns[name]
        if isinstance(item.type, Numeric) and item.type.unit == "date":
            return column(clean.name)
        return day_of_time(self.spell, self.zone, self.stairs, column(clean.name), clean.form)
