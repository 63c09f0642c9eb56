"""What only all days together show: a key that stands in two days, a reference to a row that is no longer there, a subject that is not given, too many rows.

An update that meets one of these says nothing itself: all days are read as a full run reads them, which tells of the same rows or puts them among the rejects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define
from sqlglot import exp

from ..plan.events import Table
from ..plan.ruleset import Plan
from ..sql.subjects import SUBJECT
from ..sql.trees import binary, column, relation
from ..warehouse.refusal import RefusedDataError
from ..warehouse.session import Session
from .choosing import Chosen
from .index import HASH, KEY, KeyIndex
from .kept import COLUMN, ROWS, VALUE
from .manifest import Day, StoredFile
from .running import stored_rows
from .storage import Storage


class AllDaysNeededError(Exception):
    """The days must be read together; `reason` says why, `refused` is what refused the new days by themselves."""

    def __init__(self, reason: str, refused: RefusedDataError | None = None) -> None:
        super().__init__(reason)
        self.reason, self.refused = reason, refused


@define(eq=False)
class Crossing:
    """The index of keys of all tables, beside the days that were just read."""

    plan: Plan
    session: Session
    storage: Storage
    chosen: Mapping[str, Chosen]
    indexes: Mapping[str, KeyIndex]

    def check_keys(self) -> None:
        """No key stands in a new day and in a kept one; a hash finds candidates, which are compared by value."""
        for name, chosen in self.chosen.items():
            hashes, keys = self.indexes[name].rows(), self._stored("keys", chosen.kept.values())
            if chosen.fresh and hashes is not None and self._found(self._same(name, hashes, HASH)) and self._found(self._same(name, self._all(keys, KEY), KEY)):
                raise AllDaysNeededError("a key that stands in two days")

    def check_references(self) -> None:
        """Every new row refers to a row that is there, and no key that rows refer to was taken away."""
        for table in self.plan.events.tables:
            for index, item in enumerate(table.columns):
                if item.refers_to and (self._leads_nowhere(table, index, item.refers_to) or self._lost(table, index, item.refers_to)):
                    raise AllDaysNeededError("a reference to a row of another day")

    def check_sizes(self, rows: Mapping[str, int]) -> None:
        """No table has too many rows."""
        for table in self.plan.events.tables:
            if rows[table.name] > table.rows:
                raise AllDaysNeededError("too many rows")

    def check_subjects(self, table: Table, running: str, *, given: bool) -> None:
        """No subject has too many rows, and where subjects are given each is one of them."""
        if not any(item.role == "subject" for item in table.columns):
            return
        many = binary(exp.GT, column(ROWS), self.session.spell.integer(table.rows_per_subject))
        if self._found(_one().from_(relation(running)).where(many)):
            raise AllDaysNeededError("too many rows of a subject")
        if given and self._found(_without(relation(running, "r"), "subjects", SUBJECT, SUBJECT)):
            raise AllDaysNeededError("a subject that is not given")

    def _same(self, name: str, kept: exp.Query, by: str) -> exp.Select:
        select = _one().from_(relation(f"keys_{name}", "f"))
        select.append("joins", exp.Join(this=kept.subquery("k"), on=binary(exp.EQ, column(by, "f"), column(by, "k"))))
        return select

    def _all(self, files: Sequence[StoredFile], name: str) -> exp.Select:
        """A column of some files."""
        return exp.Select(expressions=[column(name)]).from_(stored_rows(self.storage, files))

    def _leads_nowhere(self, table: Table, index: int, other: str) -> bool:
        """Whether a new row refers to no key of the other table."""
        if not self.chosen[table.name].fresh:
            return False
        keys = self._keys(other)
        new = (
            exp.Select(expressions=[column(VALUE)]).from_(relation(f"references_{table.name}")).where(binary(exp.EQ, column(COLUMN), exp.Literal.number(index)))
        )
        return self._found(_without(new.subquery("r"), keys, VALUE, KEY))

    def _lost(self, table: Table, index: int, other: str) -> bool:
        """Whether a kept row refers to a key that was taken away and not delivered again."""
        left = self._stored("keys", self.chosen[other].left.values())
        older = self._stored("references", self.chosen[table.name].kept.values())
        if not left or not older:
            return False
        gone = _without(self._all(left, KEY).subquery("r"), self._keys(other), KEY, KEY, [KEY])
        wanted = (
            exp.Select(expressions=[column(VALUE)]).from_(stored_rows(self.storage, older)).where(binary(exp.EQ, column(COLUMN), exp.Literal.number(index)))
        )
        select = _one().from_(wanted.subquery("w"))
        select.append("joins", exp.Join(this=gone.subquery("g"), on=binary(exp.EQ, column(VALUE, "w"), column(KEY, "g"))))
        return self._found(select)

    def _keys(self, name: str) -> exp.Query | str:
        """All keys of a table."""
        parts: list[exp.Query] = []
        if self.chosen[name].fresh:
            parts.append(exp.Select(expressions=[column(KEY)]).from_(relation(f"keys_{name}")))
        if kept := self._stored("keys", self.chosen[name].kept.values()):
            parts.append(self._all(kept, KEY))
        if not parts:
            return exp.Select(expressions=[exp.alias_(exp.Literal.string(""), KEY, quoted=True)]).where(exp.Boolean(this=False))
        return parts[0] if len(parts) == 1 else exp.Union(this=parts[0], expression=parts[1], distinct=False)

    def _stored(self, kind: str, days: Iterable[Day]) -> list[StoredFile]:
        return [day.files[kind] for day in days if kind in day.files]

    def _found(self, select: exp.Select) -> bool:
        return bool(self.session.rows(select.limit(1)))


def _one() -> exp.Select:
    return exp.Select(expressions=[exp.Literal.number(1)])


def _without(rows: exp.Expr, others: exp.Query | str, own: str, theirs: str, shown: Sequence[str] = ()) -> exp.Select:
    """The rows `r` whose column `own` is no value `theirs` of the others."""
    other: exp.Expr = relation(others, "o") if isinstance(others, str) else others.subquery("o")
    items: list[exp.Expr] = [*(column(name, "r") for name in shown)] or [exp.Literal.number(1)]
    select = exp.Select(expressions=items).from_(rows)
    select.append("joins", exp.Join(this=other, side="LEFT", on=binary(exp.EQ, column(own, "r"), column(theirs, "o"))))
    return select.where(exp.Is(this=column(theirs, "o"), expression=exp.Null()), copy=False)
