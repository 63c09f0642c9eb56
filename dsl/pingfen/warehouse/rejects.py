"""Bad rows of a run: kept in one table of the session, told as diagnostics, or written to a file."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from attrs import Factory, define
from sqlglot import exp

from ..diagnostics.diagnostic import Diagnostic
from ..sql.trees import Tree, binary, column, every, name, relation, text
from .session import Session
from .sources import FILE, ROW

REJECTS = "rejects"
_SHOWN = 3
_COLUMNS = {"source": "TEXT", FILE: "TEXT", ROW: "BIGINT", "column": "TEXT", "value": "TEXT", "reason": "TEXT"}


@define(eq=False)
class Rejects:
    """The rejects of one run."""

    session: Session
    counts: dict[str, int] = Factory(dict)

    def prepare(self) -> None:
        """Make the empty table."""
        fields = [exp.ColumnDef(this=name(item), kind=exp.DataType.build(kind)) for item, kind in _COLUMNS.items()]
        schema = exp.Schema(this=exp.Table(this=name(REJECTS)), expressions=fields)
        self.session.run(exp.Create(this=schema, kind="TABLE", properties=exp.Properties(expressions=[exp.TemporaryProperty()])))

    def add(self, label: str, called: str, told: exp.Select) -> None:
        """Add the rows that a select of file, row, value and reason finds."""
        items = [text(label), column(FILE), column(ROW), text(called), column("value"), column("reason")]
        self._insert(exp.Select(expressions=items).from_(told.subquery("t")))
        self.counts.pop(label, None)

    def add_broken(self, label: str, rows: Sequence[tuple[str, int, str, str]]) -> None:
        """Add rows that could not be split into columns."""
        for start in range(0, len(rows), 1000):
            values = [
                exp.Tuple(expressions=[text(label), text(file), exp.Literal.number(row), text(""), text(line), text(reason)])
                for file, row, reason, line in rows[start : start + 1000]
            ]
            self._insert(exp.Values(expressions=values))
        self.counts.pop(label, None)

    def add_subjects(self, label: str, subjects: exp.Select, reason: str) -> None:
        """Add subjects that cannot be scored; they stand in no one row."""
        absent = exp.Cast(this=exp.Null(), to=exp.DataType.build("BIGINT"))
        items = [text(label), text(""), absent, text(""), exp.Cast(this=column("subject"), to=exp.DataType.build("TEXT")), text(reason)]
        self._insert(exp.Select(expressions=items).from_(subjects.subquery("t")))
        self.counts.pop(label, None)

    def count_of(self, label: str) -> int:
        """How many rows of a source were rejected."""
        if label not in self.counts:
            places = exp.Select(expressions=[column(FILE), column(ROW)], distinct=exp.Distinct()).from_(relation(REJECTS)).where(_of(label))
            self.counts[label] = self.session.rows(exp.Select(expressions=[exp.Count(this=exp.Star())]).from_(places.subquery("p")))[0][0]
        return self.counts[label]

    def not_among(self, label: str) -> Tree | None:
        """True for rows of a source (by `file` and `row`) that were not rejected; None when none was."""
        if not self.count_of(label):
            return None
        places = exp.Select(expressions=[column(FILE), column(ROW)]).from_(relation(REJECTS)).where(_of(label))
        return exp.Not(this=exp.In(this=exp.Tuple(expressions=[column(FILE), column(ROW)]), query=exp.Subquery(this=places)))

    def by_reason(self) -> dict[tuple[str, str, str], int]:
        """Cells by source, column and reason."""
        keys = [column("source"), column("column"), column("reason")]
        counted = exp.Select(expressions=[*keys, exp.Count(this=exp.Star())]).from_(relation(REJECTS)).group_by(*keys).order_by(*keys)
        return {(source, called, reason): count for source, called, reason, count in self.session.rows(counted)}

    def diagnostics(self) -> list[Diagnostic]:
        """One diagnostic for each source, column and reason, with the first rows of each."""
        return [self._told(*key, count) for key, count in self.by_reason().items()]

    def table(self) -> pa.Table:
        """All rejects in the order of source, file, row and column."""
        order = [column(item) for item in ("source", FILE, ROW, "column", "reason")]
        return self.session.arrow(exp.Select(expressions=[exp.Star()]).from_(relation(REJECTS)).order_by(*order))

    def _told(self, source: str, called: str, reason: str, count: int) -> Diagnostic:
        cells = [column(FILE), column(ROW), column("value")]
        condition = every([_of(source), binary(exp.EQ, column("column"), text(called)), binary(exp.EQ, column("reason"), text(reason))])
        first = exp.Select(expressions=cells).from_(relation(REJECTS)).where(condition).order_by(column(FILE), column(ROW)).limit(_SHOWN)
        rows = "; ".join(_row_text(file, row, value) for file, row, value in self.session.rows(first))
        return Diagnostic(reason, arguments={"table": source, "column": called, "count": f"{count:,}", "rows": rows, "option": "--rejects"})

    def _insert(self, values: exp.Expr) -> None:
        self.session.run(exp.Insert(this=relation(REJECTS), expression=values))


def _row_text(file: str | None, row: int | None, value: str | None) -> str:
    shown = "" if value is None else f" `{value[:60]}`"
    return f"{file} row {row}{shown}" if row is not None else f"{file or ''}{shown}".strip()


def _of(label: str) -> Tree:
    return binary(exp.EQ, column("source"), text(label))
