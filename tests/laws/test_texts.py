"""Laws of texts: reading, printing and formatting."""

from __future__ import annotations

import pytest
from hypothesis import given

from pingfen.diagnostics.diagnostic import Problems
from pingfen.pipeline import compile_source
from pingfen.plan.encoding import encode
from pingfen.source import Source
from pingfen.syntax.formatting import Keywords, format_source
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


@given(any_texts())
def test_any_text_is_compiled(text: str) -> None:
    """Any text at all gives a plan or diagnostics, never an exception."""
    compilation = compile_source(Source("text.pf", text))
    assert compilation.plan is not None or compilation.diagnostics


@given(rulesets())
def test_generated_rulesets_are_read(text: str) -> None:
    """A ruleset written by the language's rules has no syntax error."""
    assert read(text)[1] == []


@pytest.mark.parametrize("text", real_texts())
def test_real_rulesets_are_read(text: str) -> None:
    """The rulesets of the repository have no syntax error."""
    assert read(text)[1] == []


def formatted(text: str, keywords: Keywords) -> str:
    """The text in the standard layout, its keywords in a language."""
    source = Source("text.pf", text)
    made = format_source(source, keywords, Problems(source))
    assert made is not None
    return made


@given(rulesets())
def test_formatting_twice_changes_nothing(text: str) -> None:
    """What is formatted stays as it is, whatever the keywords' language."""
    for keywords in ("keep", "en", "zh"):
        once = formatted(text, keywords)
        assert formatted(once, keywords) == once


@given(rulesets())
def test_formatting_keeps_the_meaning(text: str) -> None:
    """A ruleset and its conversions into Chinese and back have the same plan, and English to Chinese to English is the same text."""
    english = formatted(text, "en")
    chinese = formatted(english, "zh")
    assert formatted(chinese, "en") == english
    assert encode(compile_source(Source("zh.pf", chinese)).plan) == encode(compile_source(Source("text.pf", text)).plan)
