"""docs/conformance.md says what the suite gives: its digest, and a row for each construct."""

from __future__ import annotations

from .document import PAGE, row_of
from .suite import cases, covered, name_of, suite_digest

AGAIN = "run `make conformance` and commit docs/conformance.md"


def test_the_page_is_of_this_suite() -> None:
    """The page was written for these constructs and these cases."""
    assert f"Suite: `{suite_digest()}`" in PAGE.read_text("utf-8"), AGAIN


def test_the_page_shows_every_construct_passed() -> None:
    """Every engine passes every case of every construct; none is left out."""
    passed = dict.fromkeys(map(name_of, cases()), "")
    wanted = [row_of(construct, rules, dict.fromkeys(("duckdb", "spark", "postgres", "clickhouse"), passed)) for construct, rules in covered().items()]
    shown = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert shown == wanted, AGAIN


def test_names_of_cases_are_different() -> None:
    """A case is known by its file and rule."""
    names = [name_of(case) for case in cases()]
    assert len(names) == len(set(names))
