"""Findings are remembered by content, compiler and language; whatever is wrong with the memory is harmless."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pingfen.diagnostics import Diagnostic, Fix, Label
from pingfen.inspection import cache as caching
from pingfen.inspection.cache import Cache, cache_folder, compiler_edition
from pingfen.inspection.finding import Finding, pack, unpack
from pingfen.source import Source, Span
from pingfen.versions.facts import VersionFacts

SOURCE = Source("a.pf", "规则集 a.b\n")
FACTS = VersionFacts("a.b", "1", 1, None, "shop", Span(0, 1), Span(1, 2), Span(2, 3), Span(3, 4))
FINDING = Finding(
    (
        Diagnostic("unknown-name", Span(1, 3), {"name": "商品"}, (Label(Span(0, 1), "other"),), Fix(Span(1, 3), "x"), SOURCE),
        Diagnostic("no-place", source=SOURCE),
    ),
    FACTS,
)


def shape(finding: Finding | None) -> object:
    return None if finding is None else pack(finding)


def test_a_finding_is_the_same_after_packing() -> None:
    again = unpack(json.loads(json.dumps(pack(FINDING))), SOURCE)
    assert shape(again) == shape(FINDING)
    assert again.diagnostics[0].source is SOURCE
    assert again.facts == FACTS


def test_a_finding_is_read_back_for_the_same_text_only(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "folder", "1")
    assert cache.read(SOURCE) is None
    cache.write(SOURCE, FINDING)
    assert shape(cache.read(SOURCE)) == shape(FINDING)
    assert cache.read(Source("a.pf", SOURCE.text + " ")) is None


def test_the_name_of_the_file_is_not_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "1")
    cache.write(SOURCE, FINDING)
    other = Source("b.pf", SOURCE.text)
    found = cache.read(other)
    assert found is not None
    assert found.diagnostics[0].source is other


def test_another_compiler_or_language_finds_anew(tmp_path: Path) -> None:
    Cache(tmp_path, "1-en").write(SOURCE, FINDING)
    assert Cache(tmp_path, "2-en").read(SOURCE) is None
    assert Cache(tmp_path, "1-zh").read(SOURCE) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'{"sum": "x", "finding": {}}', b'{"sum": 1}', b"[" * 5000])
def test_a_spoilt_entry_is_no_entry(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path, "1")
    cache.write(SOURCE, FINDING)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(content)
    assert cache.read(SOURCE) is None


def test_an_entry_that_was_changed_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "1")
    cache.write(SOURCE, FINDING)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"unknown-name", b"unknown-nama"))
    assert cache.read(SOURCE) is None


def test_a_folder_that_cannot_be_written_is_harmless(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "folder", "1")
    cache.write(SOURCE, FINDING)
    cache.prune()
    assert cache.read(SOURCE) is None


def test_the_oldest_entries_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MOST_ENTRIES", 4)
    monkeypatch.setattr(caching, "KEPT_ENTRIES", 2)
    cache = Cache(tmp_path, "1")
    sources = [Source("a", str(number)) for number in range(5)]
    for number, source in enumerate(sources):
        cache.write(source, FINDING)
        os.utime(cache._path(source), (number, number))
    cache.prune()
    assert [cache.read(source) is not None for source in sources] == [False, False, False, True, True]


def test_the_folder_follows_the_conventions_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", "/home/a")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/b")
    assert cache_folder() == "/var/b/pingfen/check"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == "/home/a/.cache/pingfen/check"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder() == "/home/a/Library/Caches/pingfen/check"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert cache_folder() is None


def test_the_compilers_edition_is_stable() -> None:
    assert compiler_edition() == compiler_edition()
