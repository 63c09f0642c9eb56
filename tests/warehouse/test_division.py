"""Division in SQL equals the language's division over the whole range of 64 bits, in every rounding mode."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from pingfen.arithmetic import divide as divide_exactly
from pingfen.plan.expressions import Mode
from pingfen.sql.division import divide
from pingfen.sql.duckdb import DuckDB
from pingfen.sql.trees import aliased, column

from .records import connection

SPELL = DuckDB()


def plain(tree: exp.Expr) -> exp.Expr:
    """Nothing needs to be shared here."""
    return tree


MODES: tuple[Mode, ...] = ("half away", "half even", "up", "down")
LOW, HIGH = -(2**63), 2**63 - 1
NUMERATORS = st.one_of(st.integers(LOW, HIGH), st.integers(-50, 50), st.sampled_from([LOW, LOW + 1, HIGH, HIGH - 1]))
DENOMINATORS = st.one_of(st.integers(1, 12), st.integers(1, HIGH), st.sampled_from([HIGH, HIGH - 1, 2]))


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(NUMERATORS, DENOMINATORS), min_size=1, max_size=60), DENOMINATORS)
def test_division(mode: Mode, pairs: list[tuple[int, int]], written: int) -> None:
    """By a column and by a written number; nothing overflows on the way."""
    connection().execute("CREATE OR REPLACE TEMP TABLE pairs (i BIGINT, n BIGINT, d BIGINT)")
    connection().executemany("INSERT INTO pairs VALUES (?, ?, ?)", [[index, *pair] for index, pair in enumerate(pairs)])
    items = [aliased(divide(SPELL, plain, column("n"), column("d"), mode), "a"), aliased(divide(SPELL, plain, column("n"), written, mode), "b")]
    found = connection().execute(SPELL.generate(exp.Select(expressions=items).from_("pairs").order_by("i"))).fetchall()
    assert found == [(divide_exactly(n, d, mode), divide_exactly(n, written, mode)) for n, d in pairs]


UNSIGNED = st.one_of(
    st.tuples(st.integers(0, HIGH), st.integers(1, HIGH)).filter(lambda pair: sum(pair) <= HIGH),
    st.tuples(st.integers(0, 50), st.integers(1, 12)),
    st.integers(1, HIGH).map(lambda divisor: (HIGH - divisor, divisor)),
)


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=20, deadline=None)
@given(st.lists(UNSIGNED, min_size=1, max_size=60), st.integers(1, 12))
def test_unsigned_division(mode: Mode, pairs: list[tuple[int, int]], written: int) -> None:
    """Of operands that are not below 0 and whose sum stays within 64 bits; nothing overflows on the way."""
    rows = ", ".join(f"({index}, {n}, {d}, {n % 2**62})" for index, (n, d) in enumerate(pairs))
    connection().execute(f"CREATE OR REPLACE TEMP TABLE pairs AS SELECT * FROM (VALUES {rows}) AS t (i, n, d, less)")
    trees = [divide(SPELL, plain, *operands, mode, unsigned=True) for operands in ((column("n"), column("d")), (column("less"), written))]
    items = [aliased(tree, name) for tree, name in zip(trees, "ab", strict=True)]
    found = connection().execute(SPELL.generate(exp.Select(expressions=items).from_("pairs").order_by("i"))).fetchall()
    assert found == [(divide_exactly(n, d, mode), divide_exactly(n % 2**62, written, mode)) for n, d in pairs]


@pytest.mark.parametrize("unsigned", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_division_by_nothing_is_missing(mode: Mode, unsigned: bool) -> None:
    tree = divide(SPELL, plain, SPELL.integer(5), exp.Paren(this=SPELL.integer(0)), mode, unsigned=unsigned)
    assert connection().execute(SPELL.generate(exp.Select(expressions=[tree]))).fetchall() == [(None,)]
