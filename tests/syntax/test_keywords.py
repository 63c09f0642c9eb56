"""Every keyword exists in English and in Chinese; a word is a keyword only where the grammar takes it."""

from __future__ import annotations

import re

import pytest

from pingfen.diagnostics.diagnostic import Problems
from pingfen.source import Source
from pingfen.syntax.declarations import MetricLine
from pingfen.syntax.keywords import BY_FIRST_WORD, CONTINUING, FOLLOWED_BY, KEYWORDS, MEASURES, OUTCOMES, STARTING, spellings
from pingfen.syntax.parser import parse
from pingfen.syntax.tables import load_tables

from .sentences import grammar

HAN = re.compile(r"[一-鿿]")


def test_the_table_holds_exactly_the_words_of_the_grammar() -> None:
    alternatives, _ = grammar()
    words = {
        symbol for rows in alternatives.values() for row in rows for term, symbol in row if term and not symbol.isupper() and any(map(str.isalpha, symbol))
    }
    assert words - {"_NL"} == set(KEYWORDS)


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_every_keyword_has_a_chinese_spelling(keyword: str) -> None:
    _, chinese = KEYWORDS[keyword]
    assert chinese
    assert all(HAN.search(spelling) for spelling in chinese)
    assert not any(HAN.search(spelling) for spelling in spellings(keyword) if spelling not in chinese)


def test_the_lists_beside_the_table_name_keywords_of_it() -> None:
    assert set(CONTINUING) | set(STARTING) | set(FOLLOWED_BY) | set(MEASURES) | set(OUTCOMES) <= set(KEYWORDS)
    assert {keyword for entries in BY_FIRST_WORD.values() for _, keyword in entries} == set(KEYWORDS)


@pytest.mark.parametrize("word", sorted({spelling for keyword in KEYWORDS for spelling in spellings(keyword) if re.fullmatch(r"\w+", spelling)}))
def test_every_keyword_of_one_word_is_a_name_where_a_name_stands(word: str) -> None:
    source = Source("<text>", f"metric {word} = count of {word} over last 30 days\n")
    problems = Problems(source)
    document = parse(source, problems)
    assert problems.found == []
    (metric,) = document.declarations
    assert isinstance(metric, MetricLine)
    assert metric.name.text == word


def test_tables_hold_no_word_outside_the_table_of_keywords() -> None:
    tables = load_tables()
    words = {terminal for state in range(tables.size) for terminal in tables.actions[state] if any(map(str.isalpha, terminal))}
    assert words - set(tables.patterns) - {"$END"} == set(KEYWORDS)
