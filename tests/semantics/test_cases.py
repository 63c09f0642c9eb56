"""Each case is a rule of the language: a program, and what is found in it, where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..markdown import Case, cases_in
from .programs import compiled, found_in

CASES = [pytest.param(case, id=f"{case.file}: {case.rule}") for case in cases_in(Path(__file__).parent / "cases")]


def expected(case: Case, kind: str) -> list[tuple[str, str]]:
    """The lines `code: text of the place` of a fence."""
    return [(code, text.strip()) for code, _, text in (line.partition(":") for line in case.text_of(kind).splitlines())]


def given(case: Case) -> dict[str, str]:
    """Parameters from outside, one `name = value` a line."""
    return dict(tuple(part.strip() for part in line.split("=")) for line in case.text_of("given").splitlines())  # type: ignore[misc]


@pytest.mark.parametrize("case", CASES)
def test_a_program_gives_exactly_what_its_case_says(case: Case) -> None:
    compilation = compiled(case.text_of("pf"), given(case), not case.of_kind("bare"))
    assert sorted(found_in(compilation, "error")) == sorted(expected(case, "refused"))
    assert set(expected(case, "told")) <= set(found_in(compilation, "warning"))
    hindering = [code for code, _ in expected(case, "refused") if not code.endswith("-never-reached")]
    assert (compilation.plan is None) == bool(hindering)


def test_no_case_is_without_an_outcome() -> None:
    """A case says what is refused, what is told, or that the program is fine."""
    cases = cases_in(Path(__file__).parent / "cases")
    assert [case.rule for case in cases if not any(case.of_kind(kind) for kind in ("refused", "told", "fine"))] == []
