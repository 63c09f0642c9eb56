"""Laws: any text gives diagnostics, every sentence of the grammar is read, and formatting changes no meaning."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from hypothesis import assume, example, given
from hypothesis import strategies as st

from pingfen.diagnostics.catalogue import CATALOGUE
from pingfen.diagnostics.diagnostic import Problems
from pingfen.diagnostics.message import message_of
from pingfen.reading import source_of_bytes
from pingfen.source import Source
from pingfen.syntax.declarations import Document
from pingfen.syntax.formatting import format_source
from pingfen.syntax.keywords import KEYWORDS, spellings
from pingfen.syntax.parser import parse

from .sentences import sentences

ROOT = Path(__file__).parents[1]
TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "cases" / "samples").glob("*.pf"))]
PIECES = [re.findall(r"\w+|\s+|.", text) for text in TEXTS]
BEYOND_THE_GRAMMAR = {"repeated-clause", "clause-of-a-sum", "wrong-list-value", "nested-too-deep", "exact-score", "exact-peer", "misplaced-missing"}
"""What the builders report of sentences that the grammar takes."""

WORDS = [spelling for keyword in KEYWORDS for spelling in spellings(keyword)] + ["{", "}", "(", ")", ",", "=", "\n", "x", "3"]

any_text = st.one_of(
    st.text(max_size=300),
    st.text(alphabet='{}()[]",.=+-*/<>#%:\n 指标ametric 0123（），“”\u202e\x00', max_size=300),
    st.lists(st.sampled_from(WORDS)).map(" ".join),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real file with some of its pieces dropped, doubled, replaced or swapped."""
    random = draw(st.randoms(use_true_random=False))
    pieces = list(draw(st.sampled_from(PIECES)))
    for _ in range(random.randint(1, 6)):
        _mutate(random, pieces)
    return "".join(pieces)


def _mutate(random: Random, pieces: list[str]) -> None:
    at, other = random.randrange(len(pieces)), random.randrange(len(pieces))
    match random.randrange(4):
        case 0 if len(pieces) > 1:
            del pieces[at]
        case 1:
            pieces.insert(at, pieces[other])
        case 2:
            pieces[at] = pieces[other]
        case _:
            pieces[at], pieces[other] = pieces[other], pieces[at]


def read(text: str) -> tuple[Document, Problems]:
    source = Source("<text>", text)
    problems = Problems(source)
    return parse(source, problems), problems


def check_diagnostics(text: str) -> None:
    document, problems = read(text)
    for found in problems.found:
        assert found.code in CATALOGUE
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert message_of(found, "en").title
        assert message_of(found, "zh").title
    assert document.comments == read(text)[0].comments


def formatted(text: str, keywords: str) -> str | None:
    source = Source("<text>", text)
    return format_source(source, keywords, Problems(source))  # type: ignore[arg-type]


@given(any_text)
@example("&")
@example("x =")
@example("1,000")
def test_any_text_gives_diagnostics(text: str) -> None:
    check_diagnostics(text)


@given(st.binary(max_size=400))
def test_any_bytes_give_diagnostics(content: bytes) -> None:
    source = source_of_bytes("bytes.pf", content)
    if isinstance(source, Source):
        check_diagnostics(source.text)
    else:
        assert source.code in CATALOGUE


@given(mutated())
def test_a_mutated_file_gives_diagnostics(text: str) -> None:
    check_diagnostics(text)


@given(sentences())
def test_every_sentence_of_the_grammar_is_read(text: str) -> None:
    _, problems = read(text)
    assert {found.code for found in problems.found} <= BEYOND_THE_GRAMMAR


@given(sentences("statement", 20))
def test_formatting_gives_the_same_tree_and_formatting_twice_changes_nothing(text: str) -> None:
    document, problems = read(text)
    assume(not problems.found)
    for keywords in ("keep", "en", "zh"):
        result = formatted(text, keywords)
        assert result is not None
        again, _ = read(result)
        assert again.declarations == document.declarations
        assert [comment.text for comment in again.comments] == [comment.text for comment in document.comments]
        assert formatted(result, keywords) == result


@given(sentences("statement", 20))
def test_english_to_chinese_and_back_gives_the_same_text(text: str) -> None:
    english = formatted(text, "en")
    assume(english is not None)
    chinese = formatted(english, "zh")
    assert chinese is not None
    assert formatted(chinese, "en") == english


@given(mutated())
def test_a_text_with_mistakes_is_not_formatted(text: str) -> None:
    _, problems = read(text)
    result = formatted(text, "keep")
    assert (result is None) == bool(problems.found)
