"""Spellings that look right and are wrong, planted one at a time: each has a case of the suite that catches it on the engine concerned."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from sqlglot import exp

from pingfen.sql import dialects, division, trees
from pingfen.sql.clickhouse import ClickHouse
from pingfen.sql.dialect import Dialect, Share, TimeForm
from pingfen.sql.duckdb import DuckDB
from pingfen.sql.postgres import PostgreSQL
from pingfen.sql.spark import Spark
from pingfen.sql.standard import BIGINT
from pingfen.sql.trees import Tree, binary, call, text

LARGE, HALVES, ZERO = "A quotient beyond 2^53", "Halves are rounded", "A quotient by zero"
NOTHING, MEAN, KEYS = "A subject without rows", "A mean of amounts", "The first of several"
ABSENT, ZONE = "Rows of an absent order", "A window's bounds"
DECIMAL, PARENTHESES = "An amount is the decimal", "What depends on the place"


@frozen
class Plant:
    """A wrong spelling: the engine, the case that catches it (the beginning of its rule), and the way to hold values there."""

    name: str
    engine: str
    case: str
    holding: int
    apply: Callable[[pytest.MonkeyPatch], None]


def _spelled(wrong: Dialect) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(dialects.ENGINES, wrong.name, wrong)  # type: ignore[arg-type]


def _cast(tree: Tree) -> Tree:
    return exp.Cast(this=tree, to=BIGINT.copy())


class ClickHouseIntDiv(ClickHouse):
    """What sqlglot writes for a whole quotient goes through floats."""

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.IntDiv, numerator, denominator)


class ClickHouseJoins(ClickHouse):
    """Outer joins that bring 0 instead of nothing."""

    settings = ("SET join_use_nulls = 0", "SET max_query_size = 16777216")

    def brought(self, value: Tree) -> Tree:
        return value


class ClickHouseExtremes(ClickHouse):
    """Extremes of nothing that are 0."""

    def lowest(self, value: Tree) -> Tree:
        return call("ifNull", call("min", value), self.integer(0))


class ClickHouseZone(ClickHouse):
    """Bounds in the session's zone."""

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        return call("toDateTime64", text(written), exp.Literal.number(6))


class ClickHouseRemainder(ClickHouse):
    """A remainder that is never negative."""

    def remainder(self, numerator: Tree, denominator: Tree) -> Tree:
        return call("positiveModulo", numerator, denominator)


class SparkDivision(Spark):
    """A whole quotient cut from a float."""

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return _cast(binary(exp.Div, numerator, denominator))


class SparkLocal(Spark):
    """A local time read as an instant of the session's zone."""

    settings = ("SET spark.sql.session.timeZone=America/New_York",)

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        return call("unix_seconds", exp.Cast(this=value, to=exp.DataType.build("TIMESTAMPLTZ"))) if form != "seconds" else value


class SparkDouble(Spark):
    """A floating-point amount cut instead of rounded."""

    def scaled_double(self, raw: Tree, places: int, share: Share) -> Tree:
        return _cast(binary(exp.Mul, raw, self.double(10.0**places)))


class PostgresCollation(PostgreSQL):
    """Texts in the order of the database's collation."""

    def by_bytes(self, value: Tree) -> Tree:
        return value


class PostgresSums(PostgreSQL):
    """Sums that stay numeric, so that `/` gives digits behind the point."""

    def narrowed(self, aggregate: Tree) -> Tree:
        return aggregate


class PostgresSeconds(PostgreSQL):
    """Seconds rounded instead of cut."""

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        return value if form == "seconds" else _cast(exp.Extract(this=exp.var("EPOCH"), expression=value))


class DuckDBZero(DuckDB):
    """Division by zero that no value guards."""

    def unless_zero(self, value: Tree) -> Tree:
        return value


class DuckDBFloat(DuckDB):
    """A whole quotient cut from a float."""

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return _cast(call("trunc", binary(exp.Div, exp.Cast(this=numerator, to=exp.DataType.build("DOUBLE")), denominator)))


def _round_half_even(patch: pytest.MonkeyPatch) -> None:
    def rounded(spell: Dialect, numerator: Tree, denominator: Tree | int, mode: str) -> Tree:
        divisor = spell.integer(denominator) if isinstance(denominator, int) else spell.unless_zero(denominator)
        return call("toInt64", call("round", binary(exp.Div, numerator, divisor)))

    patch.setattr(division, "_rounded", rounded)


def _order_by_time_alone(patch: pytest.MonkeyPatch) -> None:
    right = trees.partitioned

    def partitioned(tree: Tree, keys: Any, order: Any = (), **options: Any) -> Tree:
        reversed_ties = [exp.Neg(this=call("hash", item)) for item in order[1:]]
        return right(tree, keys, [*order[:1], *reversed_ties], **options)

    patch.setattr(trees, "partitioned", partitioned)


def _without_parentheses(patch: pytest.MonkeyPatch) -> None:
    def bare(kind: type[exp.Binary], left: Tree, right: Tree) -> Tree:
        inside = [item.this if isinstance(item, exp.Paren) else item for item in (left, right)]
        return exp.Paren(this=kind(this=inside[0], expression=inside[1])) if issubclass(kind, exp.Predicate) else kind(this=inside[0], expression=inside[1])

    for name, module in list(sys.modules.items()):
        if name.startswith("pingfen.sql.") and getattr(module, "binary", None) is binary:
            patch.setattr(module, "binary", bare)


PLANTS = (
    Plant("sqlglot's IntDiv", "clickhouse", LARGE, 0, _spelled(ClickHouseIntDiv())),
    Plant("round() rounds halves to even", "clickhouse", HALVES, 0, _round_half_even),
    Plant("outer joins without NULL", "clickhouse", ABSENT, 0, _spelled(ClickHouseJoins())),
    Plant("the smallest of nothing is 0", "clickhouse", NOTHING, 0, _spelled(ClickHouseExtremes())),
    Plant("bounds in the session's zone", "clickhouse", ZONE, 0, _spelled(ClickHouseZone())),
    Plant("a remainder that is never negative", "clickhouse", HALVES, 0, _spelled(ClickHouseRemainder())),
    Plant("a quotient through a float", "spark", LARGE, 0, _spelled(SparkDivision())),
    Plant("local times in the session's zone", "spark", ZONE, 1, _spelled(SparkLocal())),
    Plant("floating point cut, not rounded", "spark", DECIMAL, 2, _spelled(SparkDouble())),
    Plant("the database's collation", "postgres", KEYS, 0, _spelled(PostgresCollation())),
    Plant("sums that stay numeric", "postgres", MEAN, 0, _spelled(PostgresSums())),
    Plant("seconds rounded, not cut", "postgres", ZONE, 0, _spelled(PostgresSeconds())),
    Plant("no guard against zero", "postgres", ZERO, 0, _spelled(type("PostgresZero", (PostgreSQL,), {"unless_zero": lambda self, value: value})())),
    Plant("a quotient through a float", "duckdb", LARGE, 1, _spelled(DuckDBFloat())),
    Plant("ties in no order of keys", "duckdb", KEYS, 1, _order_by_time_alone),
    Plant("no parentheses", "duckdb", PARENTHESES, 1, _without_parentheses),
    Plant("no guard against zero", "duckdb", ZERO, 1, _spelled(DuckDBZero())),
)
