"""A column's name is its own where the engine takes it, and else a short one that is the same in every run and different from every other."""

from __future__ import annotations

from hashlib import sha256

import pytest

from pingfen.sql.limits import fitting_names

LONG = "metric.近三十天支付成功且未发生品质退款的有效订单总数"
OTHER = LONG + "二"


def short(name: str, start: str, digits: int = 8) -> str:
    """The short name by the rule, worked out by itself."""
    return f"{start}_{sha256(name.encode()).hexdigest()[:digits]}"


@pytest.mark.parametrize(("engine", "most"), [("mysql", 64), ("hive", 128), ("snowflake", 255), ("bigquery", 300), ("starrocks", 1024)])
def test_characters_are_counted_where_the_manual_counts_them(engine: str, most: int) -> None:
    fits, beyond = "品" * most, "品" * (most + 1)
    assert fitting_names(engine, [fits]) == [fits]
    assert fitting_names(engine, [beyond]) == [short(beyond, "品" * (most - 9))]


def test_postgres_counts_bytes_and_no_letter_is_cut_in_two() -> None:
    """63 bytes are 21 Chinese letters; 54 bytes are left beside the digits: `metric.` and 15 letters."""
    fits = "品" * 21
    assert fitting_names("postgres", [fits, "score"]) == [fits, "score"]
    (found,) = fitting_names("postgres", [LONG])
    assert found == short(LONG, "metric.近三十天支付成功且未发生品质退")
    assert len(found.encode()) <= 63


def test_names_that_would_be_cut_to_the_same_differ() -> None:
    found = fitting_names("postgres", [LONG, OTHER])
    assert found == [short(LONG, "metric.近三十天支付成功且未发生品质退"), short(OTHER, "metric.近三十天支付成功且未发生品质退")]


@pytest.mark.parametrize("engine", ["duckdb", "spark", "mysql", "hive", "bigquery"])
def test_names_that_differ_in_case_alone_are_told_apart_where_case_is_not_seen(engine: str) -> None:
    assert fitting_names(engine, ["part.a", "part.A"], ["Digest"]) == ["part.a", short("part.A", "part.A")]
    assert fitting_names(engine, ["digest"], ["Digest"]) == [short("digest", "digest")]


@pytest.mark.parametrize("engine", ["postgres", "clickhouse", "snowflake"])
def test_case_tells_quoted_names_apart_on_the_others(engine: str) -> None:
    assert fitting_names(engine, ["part.a", "part.A"]) == ["part.a", "part.A"]


def test_a_name_that_another_short_name_has_gets_more_digits() -> None:
    taken = short(LONG, "metric.近三十天支付成功且未发生品质退")
    (found,) = fitting_names("postgres", [LONG], [taken])
    assert found == short(LONG, "metric.近三十天支付成功且未发生品质退", 9)
