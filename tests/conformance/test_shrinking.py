"""A failure shrinks to a file that joins the suite: only the right spelling passes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.sql.duckdb import DuckDB
from pingfen.sql.standard import Standard
from pingfen.sql.trees import Tree, call

from ..markdown import cases_in
from .engines import ENGINES
from .pairs import pairs_of_seed
from .shrinking import shrink
from .suite import fault_of
from .writing import case_text

pytestmark = pytest.mark.slow


class Unsigned(DuckDB):
    """A remainder without its sign."""

    def remainder(self, numerator: Tree, denominator: Tree) -> Tree:
        return call("abs", Standard.remainder(self, numerator, denominator))


def test_a_failure_shrinks_to_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong spelling fails on generated rulesets; what is left of one is short, and passes when the spelling is mended."""
    with ENGINES["duckdb"]() as engine:
        with monkeypatch.context() as patch:
            patch.setattr(DuckDB, "remainder", Unsigned.remainder)
            failure = next(found for seed in range(3, 200) if (found := shrink(engine, pairs_of_seed(seed, 2))) is not None)
            (tmp_path / "found.md").write_text(case_text(failure, "duckdb", "a remainder without its sign"), "utf-8")
            (case,) = cases_in(tmp_path)
            assert fault_of(engine, case, failure.seed) != ""
        assert fault_of(engine, case, failure.seed) == ""
    assert len(failure.text.splitlines()) < 40
