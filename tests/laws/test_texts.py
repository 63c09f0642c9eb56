"""Laws of texts: reading, printing and formatting."""

from __future__ import annotations

import pytest
from hypothesis import given

from pingfen.diagnostics.diagnostic import Problems
from pingfen.source import Source
from pingfen.syntax.parser import parse

from ..strategies import rulesets
from ..strategies.texts import any_texts, real_texts


def read(text: str) -> tuple[object, list[str]]:
    """The document of a text and the codes of its mistakes."""
    source = Source("text.pf", text)
    problems = Problems(source)
    document = parse(source, problems)
    assert all(0 <= found.span.start <= found.span.end <= len(text) for found in problems.found)
    return document, [found.code for found in problems.found]


@given(any_texts())
def test_any_text_is_read(text: str) -> None:
    """Any text at all gives a document and mistakes with places, never an exception."""
    read(text)


@given(rulesets())
def test_generated_rulesets_are_read(text: str) -> None:
    """A ruleset written by the language's rules has no syntax error."""
    assert read(text)[1] == []


@pytest.mark.parametrize("text", real_texts())
def test_real_rulesets_are_read(text: str) -> None:
    """The rulesets of the repository have no syntax error."""
    assert read(text)[1] == []
