"""An interrupted run goes on where it stopped, and only with the same sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import ledger, running
from .ledger import Entry, open_ledger
from .running import Target, reached, run_seeds, summary_of


def entry(seed: int, ruleset: str = "") -> Entry:
    """An entry of a ruleset of its own, unless one is named."""
    return Entry(seed, ruleset or f"r{seed}", 50, 5, 3, 20, 2, 0.5, "0")


def test_entries_are_there_again(tmp_path: Path) -> None:
    """What a run has added the next one finds."""
    first = open_ledger(tmp_path, "duckdb")
    first.add(entry(1))
    first.add(entry(2))
    assert open_ledger(tmp_path, "duckdb").entries == {1: entry(1), 2: entry(2)}


def test_a_torn_line_counts_for_nothing(tmp_path: Path) -> None:
    """A run that was killed while it wrote leaves whole lines to the next one, which may add to them."""
    first = open_ledger(tmp_path, "duckdb")
    first.add(entry(1))
    with open(first.path, "a", encoding="utf-8") as file:
        file.write('{"seed": 2, "rul')
    again = open_ledger(tmp_path, "duckdb")
    assert again.entries == {1: entry(1)}
    again.add(entry(3))
    assert open_ledger(tmp_path, "duckdb").entries == {1: entry(1), 3: entry(3)}


def test_entries_of_other_sources_count_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of the program or of the generator a run begins anew."""
    open_ledger(tmp_path, "duckdb").add(entry(1))
    monkeypatch.setattr(ledger, "edition", lambda: "another")
    assert open_ledger(tmp_path, "duckdb").entries == {}


def test_a_run_stops_at_its_target_and_tries_no_seed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds of the ledger are left out; a ruleset that came twice counts once."""
    tried: list[int] = []

    def try_seed(engine: object, seed: int, worlds: int, most_lines: int) -> Entry:
        tried.append(seed)
        return entry(seed, "twice" if seed in (4, 5) else "")

    monkeypatch.setattr(running, "try_seed", try_seed)
    book = open_ledger(tmp_path, "duckdb")
    book.add(entry(3))
    run_seeds(None, book, Target(4, 20, 5, 90, 55), 2)  # type: ignore[arg-type]
    assert tried == [2, 4, 5, 6]
    assert reached(list(book.entries.values()), Target(4, 20, 5, 90, 55))


def test_a_summary_measures_the_run() -> None:
    """Distinct rulesets, all pairs, and shares of all subjects and pairs."""
    found = summary_of([entry(1), entry(2), entry(3, "r1")])
    assert (found.rulesets, found.pairs, found.without_score, found.acting) == (2, 15, 0.1, 0.6)
