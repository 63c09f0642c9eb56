"""Many texts are compiled by processes; what happens to the processes does not change the findings."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from pingfen.inspection import processes
from pingfen.inspection.finding import find, pack
from pingfen.source import Source

SOURCES = [Source(f"{number}.pf", f"metric m{number} = count of orders\n") for number in range(9)]


def test_processes_find_what_is_found_here() -> None:
    together = [(source.name, pack(finding)) for source, finding in processes.find_all(SOURCES)]
    assert together == [(source.name, pack(find(source))) for source in SOURCES]


def test_where_processes_die_the_rest_is_compiled_here(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(processes._packed(SOURCES))

    def dies(_: object) -> Iterator[object]:
        yield from whole[:4]
        raise BrokenProcessPool

    monkeypatch.setattr(processes, "_packed", dies)
    assert [source.name for source, _ in processes.find_all(SOURCES)] == [source.name for source in SOURCES]
