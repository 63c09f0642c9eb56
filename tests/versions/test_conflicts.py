"""Folders of dated versions: which files fit together, and which one counts on a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.calendar import day_number
from pingfen.diagnostics import Diagnostic
from pingfen.source import Source
from pingfen.versions.folder import load_versions

HEADER = 'ruleset {name}\nversion "{version}"\neffective {effective}\nsubject {subject}\n'


def day(text: str) -> int:
    year, month, number = map(int, text.split("-"))
    found = day_number(year, month, number)
    assert found is not None
    return found


def write(folder: Path, file: str, effective: str, name: str = "a.b", subject: str = "shop", version: str = "") -> None:
    (folder / file).write_text(HEADER.format(name=name, version=version or file, effective=effective, subject=subject), "utf-8")


def codes(folder: Path) -> list[str]:
    return [diagnostic.code for diagnostic in load_versions(folder).diagnostics]


def test_versions_that_meet_day_by_day_fit(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30")
    write(tmp_path, "2.pf", "from 2024-07-01")
    assert codes(tmp_path) == []


def test_the_order_of_file_names_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path, "z.pf", "2024-01-01 .. 2024-06-30")
    write(tmp_path, "a.pf", "from 2024-07-01")
    assert codes(tmp_path) == []
    assert [file.facts.version for file in load_versions(tmp_path).files] == ["z.pf", "a.pf"]


def test_one_shared_day_is_an_overlap_and_both_spans_are_told(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30")
    write(tmp_path, "2.pf", "from 2024-06-30")
    (found,) = load_versions(tmp_path).diagnostics
    assert found.code == "overlapping-versions"
    assert (found.arguments["first"], found.arguments["last"], found.arguments["end"]) == ("2024-06-30", "2024-06-30", "2024-06-29")
    assert found.arguments["span"] == "2024-06-30 .. …"


def test_one_day_between_versions_is_a_hole(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-29")
    write(tmp_path, "2.pf", "from 2024-07-01")
    (found,) = load_versions(tmp_path).diagnostics
    assert found.code == "hole-between-versions"
    assert (found.arguments["first"], found.arguments["last"]) == ("2024-06-30", "2024-06-30")


def test_a_version_without_end_overlaps_every_later_one(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "from 2024-01-01")
    write(tmp_path, "2.pf", "2025-01-01 .. 2025-12-31")
    write(tmp_path, "3.pf", "from 2026-01-01")
    assert codes(tmp_path) == ["overlapping-versions", "overlapping-versions"]


def test_a_long_version_is_compared_with_all_that_start_within_it(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-12-31")
    write(tmp_path, "2.pf", "2024-02-01 .. 2024-02-28")
    write(tmp_path, "3.pf", "2025-01-01 .. 2025-12-31")
    assert codes(tmp_path) == ["overlapping-versions"]


def test_a_version_stands_in_one_file(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30", version="v")
    write(tmp_path, "2.pf", "from 2024-07-01", version="v")
    assert codes(tmp_path) == ["same-version-twice"]


def test_all_files_name_one_ruleset_and_one_subject(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30")
    write(tmp_path, "2.pf", "2024-07-01 .. 2024-12-31", name="a.c")
    write(tmp_path, "3.pf", "from 2025-01-01", subject="seller")
    assert sorted(codes(tmp_path)) == ["differing-rulesets", "differing-subjects"]


@pytest.mark.parametrize(("date", "version"), [("2024-01-01", "1.pf"), ("2024-06-30", "1.pf"), ("2024-07-01", "2.pf"), ("2099-01-01", "2.pf")])
def test_the_version_whose_span_holds_the_date_is_picked_ends_included(tmp_path: Path, date: str, version: str) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30")
    write(tmp_path, "2.pf", "from 2024-07-01")
    picked = load_versions(tmp_path).pick(day(date))
    assert isinstance(picked, Source)
    assert picked.name.endswith(version)


def test_a_date_outside_all_spans_is_told_with_the_spans(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "2024-01-01 .. 2024-06-30")
    picked = load_versions(tmp_path / "1.pf").pick(day("2023-12-31"))
    assert isinstance(picked, Diagnostic)
    assert picked.code == "no-version-on-date"
    assert picked.arguments == {"ruleset": "a.b", "date": "2023-12-31", "spans": "2024-01-01 .. 2024-06-30"}


def test_a_folder_without_rulesets_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["no-rulesets"]


def test_a_file_that_cannot_be_read_stands_for_all_other_findings(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "from 2024-01-01")
    write(tmp_path, "2.pf", "from 2024-01-01")
    (tmp_path / "3.pf").write_bytes(b"\xff\xfe")
    assert codes(tmp_path) == ["not-utf-8"]


def test_a_header_without_a_version_is_told(tmp_path: Path) -> None:
    (tmp_path / "1.pf").write_text("ruleset a.b\n", "utf-8")
    assert codes(tmp_path) == ["incomplete-header"]


def test_a_date_that_does_not_exist_is_no_version(tmp_path: Path) -> None:
    write(tmp_path, "1.pf", "from 2024-02-30")
    assert codes(tmp_path) == ["wrong-date"]
