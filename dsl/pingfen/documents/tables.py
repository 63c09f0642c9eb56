"""Bands, curves, cases and lookups as tables of a page."""

from __future__ import annotations

from ..plan.expressions import Bands, Cases, Curve, Expression, Lookup
from ..plan.values import value_text
from ..wording import Wording, band_text, point_text
from .markdown import Page


def write_value(page: Page, node: Expression, words: Wording) -> None:
    """The expression as a table where it is one, else as a paragraph; tables inside tables follow it."""
    match node:
        case Bands():
            page.table([words.describe(node.subject), words.say("points")], _band_rows(node, words))
            _write_inner(page, [row.value for row in node.rows], words)
        case Curve():
            page.table([words.describe(node.subject), words.say("points")], _curve_rows(node, words))
            page.paragraph(words.say("linear"))
        case Cases():
            page.table([words.say("when"), words.say("value")], _case_rows(node, words))
            _write_inner(page, [*(row.value for row in node.rows), node.otherwise], words)
        case Lookup():
            page.table([*(words.describe(key) for key in node.keys), words.say("value")], _lookup_rows(node, words))
        case _:
            page.paragraph(words.describe(node))


def is_table(node: Expression) -> bool:
    """Whether the expression is better shown as a table."""
    return isinstance(node, Bands | Curve | Cases | Lookup)


def value_cell(value: Expression, words: Wording) -> str:
    """A value in a cell; one that is a table of its own stands below."""
    return (words.brief() if is_table(value) else words).describe(value)


def _write_inner(page: Page, values: list[Expression], words: Wording) -> None:
    for value in values:
        if is_table(value):
            write_value(page, value, words)


def _band_rows(node: Bands, words: Wording) -> list[list[str]]:
    rows = [[band_text(row, words), value_cell(row.value, words)] for row in node.rows]
    if node.missing is not None:
        rows.append([words.say("missing"), words.describe(node.missing)])
    if node.otherwise is not None:
        rows.append([words.say("all others"), words.describe(node.otherwise)])
    return rows


def _curve_rows(node: Curve, words: Wording) -> list[list[str]]:
    return [[value_text(node.subject.type, x, words.language), point_text(node, y, words.language)] for x, y in node.points]


def _case_rows(node: Cases, words: Wording) -> list[list[str]]:
    rows = [[words.describe(row.condition), value_cell(row.value, words)] for row in node.rows]
    return [*rows, [words.say("otherwise"), value_cell(node.otherwise, words)]]


def _lookup_rows(node: Lookup, words: Wording) -> list[list[str]]:
    rows = [[*(key if key is not None else words.say("all others") for key in row.match), words.describe(row.value)] for row in node.rows]
    return rows if node.missing is None else [*rows, [*(words.say("missing") for _ in node.keys), words.describe(node.missing)]]
