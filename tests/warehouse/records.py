"""Records that are given instead of made from events, scored by the SQL of the second half on DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import duckdb
from attrs import define
from sqlglot import exp

from pingfen.plan.events import EventPlan, Transitions
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact, Numeric, Truth, Type
from pingfen.plan.record import RecordPlan
from pingfen.plan.ruleset import Plan, Version
from pingfen.sql.duckdb import DuckDB
from pingfen.sql.metrics import Sums
from pingfen.sql.populations import Populations
from pingfen.sql.record import Records
from pingfen.sql.rows import KnownTables
from pingfen.sql.stairs import Stairs, with_needed
from pingfen.sql.trees import Tree, aliased, binary, cases, column, relation

from ..clean import Clean

SPELL = DuckDB()
UTC = Transitions("UTC", "none", 0, ())


@define(eq=False)
class GivenRecords(Records):
    """Every field is a column of the relation `given`."""

    def field(self, name: str, part: str = "") -> Tree:
        """The column of a field; a quotient of nothing is missing."""
        index = next(index for index, item in enumerate(self.record.fields) if item.name == name)
        if not isinstance(self.record.fields[index].type, Exact):
            return column(f"f{index}")
        divisor = column(f"f{index}d")
        return cases([(binary(exp.NEQ, divisor, SPELL.integer(0)), column(f"f{index}n") if part == "numerator" else divisor)], None)

    def attribute(self, name: str) -> Tree:
        """An attribute by which subjects are grouped: here each stands alone."""
        return exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT"))


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """One connection for all cases."""
    made = duckdb.connect(":memory:")
    made.execute("SET threads = 1")
    return made


def evaluate_given(plan: RecordPlan, records: Sequence[Mapping[str, Clean]], as_of: int = 0) -> list[dict[str, Clean]]:
    """Stage, numbers and outcomes of each record, in their order."""
    whole = Plan(Version("given", Label(), "1", 0, None), plan, EventPlan(UTC, 2000, 2099, (), (), ()), (), (), (), ())
    made = GivenRecords(whole, SPELL, as_of, Sums(Populations(KnownTables(whole.events, SPELL, as_of, {}, ()))), Stairs("card", exp.Select(), {}))
    made.stairs.first.select(column("subject"), *(column(name) for name, _ in _columns(plan)), copy=False).from_(relation("given"), copy=False)
    wanted = {number.path: made.number(number.path) for number in plan.numbers} | {item.name: made.linked_outcome(item.name) for item in plan.outcomes}
    wanted["stage"] = made.stage() if plan.stages else exp.Null()
    items = [aliased(tree, f"r{index}") for index, tree in enumerate(wanted.values())]
    select = exp.Select(expressions=items).from_(relation(made.stairs.top)).order_by(column("subject"))
    _fill(plan, records)
    rows = connection().execute(SPELL.generate(with_needed(select, made.stairs.chain()))).fetchall()
    return [dict(zip(wanted, row, strict=True)) for row in rows]


def _columns(plan: RecordPlan) -> list[tuple[str, str]]:
    columns: list[tuple[str, str]] = []
    for index, field in enumerate(plan.fields):
        columns += [(f"f{index}n", "BIGINT"), (f"f{index}d", "BIGINT")] if isinstance(field.type, Exact) else [(f"f{index}", _engine_type(field.type))]
    return columns


def _engine_type(kind: Type) -> str:
    return "BIGINT" if isinstance(kind, Numeric) else "BOOLEAN" if isinstance(kind, Truth) else "VARCHAR"


def _fill(plan: RecordPlan, records: Sequence[Mapping[str, Clean]]) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in [("subject", "BIGINT"), *_columns(plan)])
    connection().execute(f"CREATE OR REPLACE TEMP TABLE given ({columns})")
    for subject, record in enumerate(records):
        values: list[Clean] = [subject]
        for field in plan.fields:
            value = record[field.name]
            values += (value if isinstance(value, tuple) else [None, None]) if isinstance(field.type, Exact) else [value]
        connection().execute(f"INSERT INTO given VALUES ({', '.join('?' for _ in values)})", values)
