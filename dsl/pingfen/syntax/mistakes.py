"""Says what is wrong where the grammar does not take a token: rules tried in order, each for one kind of mistake that people make.

A rule reports and returns True, or returns False and leaves the place to the next one; the last rule takes all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ..diagnostics.diagnostic import Fix, Label, Problems
from ..source import Span
from .keywords import BY_FIRST_WORD, STARTING
from .place import Place
from .suggestions import keyword_meant
from .tables import END
from .tokens import LINE, WORD, Token

OTHER_OPERATORS: Final = {
    "==": "=",
    "!=": "<>",
    "&&": "and",
    "||": "or",
    "!": "not",
    "&": "and",
    "|": "or",
    "=>": "->",
    "--": "#",
    "//": "#",
    "/*": "#",
}
"""Operators of other languages and what stands for them here."""

RESERVED: Final = frozenset({"ladder", "curve", "ranges", "cases", "not", "any", "yes", "no", "none", "points", "month"})

_DIGITS_WITH_COMMAS: Final = re.compile(r"(?<![\w.])[0-9]{1,3}(?:[,，][0-9]{3})+(?![\w])")
_RUN: Final = re.compile(r"[^\s\"#,(){}]+")
_OTHER_DATES: Final = re.compile(r"([0-9]{4})\s*[/.年]\s*([0-9]{1,2})\s*[/.月]\s*([0-9]{1,2})(?:\s*日)?(?![\w])")


def report_mistake(place: Place, problems: Problems) -> None:
    """Report what is wrong at the place, once."""
    for rule in RULES:
        if rule(place, problems):
            return


def wrong_character(place: Place, problems: Problems) -> bool:
    """Characters that begin no token: an unclosed text, full-width digits, quotes and operators of other languages."""
    token = place.token
    if token.kind != "wrong":
        return False
    if token.text[0] in '"“':
        problems.report("unclosed-text", Span(token.start, token.start + len(token.text.rstrip())))
    elif token.text[0] in "'‘’`「『”":
        problems.report("other-quotes", token.span, mark=token.text)
    elif any(char.isdecimal() for char in token.text):
        digits = "".join(str(int(char)) if char.isdecimal() else {"．": ".", "％": "%"}.get(char, char) for char in token.text)
        problems.report("full-width-digit", token.span, fix=Fix(token.span, digits), found=token.text, digits=digits)
    elif token.text == "%" and place.before and place.before.kind == "NUMBER":
        span = Span(place.before.start, token.end)
        problems.report("percent-space", span, fix=Fix(span, f"{place.before.text}%"), number=place.before.text)
    elif not other_operator(place, problems):
        problems.report("unknown-character", token.span, character=token.text, point=f"U+{ord(token.text[0]):04X}")
    return True


def other_operator(place: Place, problems: Problems) -> bool:
    """`==`, `!=`, `&&`, `=>` and the like."""
    text = problems.source.text
    at = place.token.start
    for start, end in ((at, at + 2), (at - 1, at + 1), (at, at + 1)):
        found = text[max(start, 0) : end]
        if found in OTHER_OPERATORS and len(found) == end - start:
            span = Span(start, end)
            problems.report("other-operator", span, fix=Fix(span, OTHER_OPERATORS[found]), found=found, operator=OTHER_OPERATORS[found])
            return True
    return False


def digits_with_commas(place: Place, problems: Problems) -> bool:
    """`30,000` for 30000."""
    for match in _DIGITS_WITH_COMMAS.finditer(problems.source.text, place.row_start, place.token.end + 8):
        if match.start() <= place.token.end and match.end() >= place.token.start - 1:
            span = Span(*match.span())
            digits = match[0].replace(",", "").replace("，", "")
            problems.report("number-with-comma", span, fix=Fix(span, digits), found=match[0], digits=digits)
            return True
    return False


def other_date(place: Place, problems: Problems) -> bool:
    """`2026/6/10`, `2026年6月10日`."""
    for match in _OTHER_DATES.finditer(problems.source.text, place.row_start, place.token.end + 12):
        if match.start() <= place.token.end and match.end() >= place.token.start:
            span = Span(*match.span())
            written = f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"
            problems.report("other-date", span, fix=Fix(span, written), found=match[0], date=written)
            return True
    return False


def unclosed_bracket(place: Place, problems: Problems) -> bool:
    """`(` whose `)` never comes."""
    opener = place.open_bracket()
    ends = place.token.kind in (LINE, END, "}", "{") or place.token.first
    if opener is None or not ends or not (place.expects(")") or place.expects("]")):
        return False
    problems.report("missing-parenthesis", _just_behind(place.before or place.token), labels=(Label(opener.span, "opened"),))
    return True


def unclosed_brace(place: Place, problems: Problems) -> bool:
    """`{` whose `}` never comes before the end of the text."""
    if place.token.kind != END or not place.openers:
        return False
    problems.report("missing-brace", _just_behind(place.before or place.token), labels=(Label(place.openers[-1].span, "opened"),))
    return True


def stray_bracket(place: Place, problems: Problems) -> bool:
    """`}` or `)` that nothing opened."""
    token = place.token
    if token.kind not in ("}", ")", "]"):
        return False
    opened = bool(place.openers) if token.kind == "}" else place.open_bracket() is not None
    if not opened:
        problems.report("unopened-bracket", token.span, found=token.text)
    return not opened


def misspelled_keyword(place: Place, problems: Problems) -> bool:
    """`whem` for `when`, `metrics` for `metric`, `cont of` for `count of`."""
    meant = keyword_meant(place)
    if meant is None:
        return False
    span, keyword = meant
    found = problems.source.text[span.start : span.end]
    problems.report("unknown-keyword", span, fix=Fix(span, keyword), found=found, keyword=keyword)
    return True


def reserved_word(place: Place, problems: Problems) -> bool:
    """A keyword of expressions taken for a name: `curve >= 3`."""
    before = place.before
    if before is None or before.kind != WORD or place.token.kind in (WORD, "NUMBER", "{", "("):
        return False
    entries = BY_FIRST_WORD.get(before.text, ())
    if not any(keyword in RESERVED for words, keyword in entries if len(words) == 1) or not (place.expects_value() or place.expects("{")):
        return False
    problems.report("reserved-word", before.span, word=before.text)
    return True


def missing_arrow(place: Place, problems: Problems) -> bool:
    """A row of a ladder, a curve, ranges or a table without its `->`."""
    return place.expects("->") and place.token.kind != LINE and _report_missing(place, problems, "missing-arrow")


def missing_equals(place: Place, problems: Problems) -> bool:
    """`param window 90 days`."""
    if not place.expects("=") or place.expects("and") or place.expects(LINE) or place.token.kind in (LINE, END):
        return False
    return _report_missing(place, problems, "missing-equals")


def missing_comma(place: Place, problems: Problems) -> bool:
    """`deduct 3 per n no more than 15 in all`: the comma before the limit."""
    for words, keyword in BY_FIRST_WORD.get(",", ()):
        run = [token.text for token in place.tokens[place.index : place.index + len(words) - 1]]
        if run == list(words[1:]) and place.expects(keyword):
            span = Span(place.token.start, place.token.start)
            problems.report("missing-comma", place.token.span, fix=Fix(span, ", "), found=" ".join(run))
            return True
    return False


def row_on_a_line(place: Place, problems: Problems) -> bool:
    """A comma between rows that stand on lines of their own."""
    if place.token.kind != "," or not place.openers or not place.expects(LINE):
        return False
    problems.report("missing-line-break", place.token.span)
    return True


def _report_missing(place: Place, problems: Problems, code: str) -> bool:
    problems.report(code, place.token.span, found=place.token.text)
    return True


def missing_window(place: Place, problems: Problems) -> bool:
    """An aggregate that does not say over which days."""
    if not place.expects("over last"):
        return False
    problems.report("missing-window", _just_behind(place.before or place.token))
    return True


def unquoted_text(place: Place, problems: Problems) -> bool:
    """A word where a text in quotes stands: `timezone Asia/Shanghai`."""
    if place.token.kind not in (WORD, "NUMBER", "DATE") or not place.expects("TEXT") or place.expects(WORD) or place.expects(LINE):
        return False
    whole = _RUN.match(problems.source.text, place.token.start)
    span = Span(*whole.span()) if whole else place.token.span
    problems.report("unquoted-text", span, fix=Fix(span, f'"{problems.source.text[span.start : span.end]}"'), found=problems.source.text[span.start : span.end])
    return True


def quoted_name(place: Place, problems: Problems) -> bool:
    """A text where a name stands: `metric "volume" = ...`."""
    if place.token.kind != "TEXT" or not place.expects(WORD):
        return False
    problems.report("quoted-name", place.token.span, found=place.token.text[1:-1])
    return True


def two_statements(place: Place, problems: Problems) -> bool:
    """A statement or a row that begins where the one before could have ended, on the same line."""
    token = place.token
    if token.first or token.kind not in (WORD, "NUMBER", "TEXT", "PERCENT", "DATE") or not (place.expects(LINE) or place.expects(",")):
        return False
    starts = any(keyword in STARTING for _, keyword in BY_FIRST_WORD.get(token.text, ()))
    if starts and not place.openers:
        problems.report("two-statements-on-a-line", token.span, found=token.text)
        return True
    if place.openers and (place.expects(",") or token.kind != WORD):
        problems.report("missing-separator", token.span, found=token.text)
        return True
    return False


def missing_name(place: Place, problems: Problems) -> bool:
    """A place where only a name can stand."""
    if not place.expects(WORD) or place.expects_value() or place.expects(LINE):
        return False
    problems.report("missing-name", _at_or_behind(place), found=place.found)
    return True


def missing_value(place: Place, problems: Problems) -> bool:
    """A row or statement that stops where a value should follow."""
    if place.token.kind not in (LINE, END, "}", ")", "]", ",", "->", "=", "{") or not place.expects_value():
        return False
    problems.report("missing-value", _at_or_behind(place), found=place.found)
    return True


def unfinished(place: Place, problems: Problems) -> bool:
    """A row or statement that stops before it is complete."""
    if place.token.kind not in (LINE, END):
        return False
    kind, expected = place.expected_texts()
    problems.report("unfinished-statement", _just_behind(place.before or place.token), kind=kind, expected=expected)
    return True


def unknown_statement(place: Place, problems: Problems) -> bool:
    """A word with which no statement begins."""
    if place.token.kind != WORD or not place.expects("metric"):
        return False
    problems.report("unknown-statement", place.token.span, found=place.token.text)
    return True


def unexpected(place: Place, problems: Problems) -> bool:
    """Anything else."""
    kind, expected = place.expected_texts()
    problems.report("unexpected-token", place.token.span, found=place.found, kind=kind, expected=expected)
    return True


def _just_behind(token: Token) -> Span:
    return Span(max(token.end - 1, token.start), token.end)


def _at_or_behind(place: Place) -> Span:
    stops = place.token.kind in (LINE, END) or place.token.first
    return _just_behind(place.before) if stops and place.before else place.token.span


RULES: Final[tuple[Callable[[Place, Problems], bool], ...]] = (
    wrong_character,
    digits_with_commas,
    other_date,
    other_operator,
    missing_comma,
    misspelled_keyword,
    unclosed_bracket,
    unclosed_brace,
    stray_bracket,
    reserved_word,
    missing_arrow,
    missing_equals,
    row_on_a_line,
    unquoted_text,
    quoted_name,
    two_statements,
    missing_value,
    missing_window,
    missing_name,
    unknown_statement,
    unfinished,
    unexpected,
)
