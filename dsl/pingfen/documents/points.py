"""How the score is made, on a page: parts and weights, bands and curves, adjustments."""

from __future__ import annotations

from collections.abc import Iterator

from ..plan.expressions import BestOf, Expression, Line, Lookup, Sum
from ..plan.record import Adjustment, Number, RecordPlan
from ..plan.values import value_text
from ..wording import Wording
from .markdown import Page
from .missing import clause_of
from .tables import is_table, value_cell, write_value


def write_parts(page: Page, record: RecordPlan, words: Wording) -> None:
    """The tree of parts, a row each, with weight, how it is made, and its range; below it what becomes of a part without a value."""
    rows = [row for root in _roots(record) for row in _part_rows(record, root, "", 0, words)]
    if rows:
        page.heading(2, words.say("how"))
        page.table([words.say(key) for key in ("part", "weight", "made of", "range")], rows)
    numbers = {number.path: number for number in record.numbers}
    clauses = [f"{words.name('number', number.path)}: {text}" for number in record.numbers for _, text in clause_of(number, numbers, words)]
    if clauses:
        page.paragraph(words.say("without a value"))
        page.points(clauses)


def write_weights(page: Page, record: RecordPlan, words: Wording) -> None:
    """The weights that differ by attribute, as a table for each block: a row for each row of the lookup, a column for each part."""
    for number in record.numbers:
        if isinstance(number.value, Sum) and all(isinstance(line.weight, Lookup) for line in number.value.lines):
            page.heading(3, words.say("weights of", number=words.name("number", number.path)))
            _write_weight_table(page, [(line.path, line.weight) for line in number.value.lines if isinstance(line.weight, Lookup)], words)


def _write_weight_table(page: Page, weights: list[tuple[str, Lookup]], words: Wording) -> None:
    first = weights[0][1]
    header = [*(words.describe(key) for key in first.keys), *(words.name("number", path) for path, _ in weights)]
    matches = [[text if text is not None else words.say("all others") for text in row.match] for row in first.rows]
    values = [[words.describe(weight.rows[index].value) for _, weight in weights] for index in range(len(first.rows))]
    if all(weight.missing is not None for _, weight in weights):
        matches.append([words.say("missing") for _ in first.keys])
        values.append([words.describe(weight.missing) for _, weight in weights if weight.missing is not None])
    page.table(header, [match + value for match, value in zip(matches, values, strict=True)])


def write_bands(page: Page, record: RecordPlan, words: Wording) -> None:
    """A table for each part that is made by bands, a curve, cases or a lookup."""
    tabled = [number for number in record.numbers if number.kind in ("part", "total") and is_table(number.value)]
    if tabled:
        page.heading(2, words.say("bands"))
    for number in tabled:
        page.heading(3, words.name("number", number.path))
        write_value(page, number.value, words)


def write_adjustments(page: Page, record: RecordPlan, words: Wording) -> None:
    """Deductions, bonuses, protections and caps, in the order in which they act."""
    texts = [_adjustment_text(number, each, words) for number in record.numbers for each in number.adjustments]
    if texts:
        page.heading(2, words.say("adjustments"))
        page.points(texts)


def _roots(record: RecordPlan) -> list[Number]:
    owned = {path for number in record.numbers if number.kind != "score" for path in number.parts}
    return [number for number in record.numbers if number.kind in ("part", "total") and number.path not in owned]


def _part_rows(record: RecordPlan, number: Number, weight: str, depth: int, words: Wording) -> Iterator[list[str]]:
    name = "　" * depth + words.name("number", number.path)
    limits = "" if number.low is None or number.high is None else " .. ".join(value_text(number.type, end, words.language) for end in (number.low, number.high))
    yield [name, weight, value_cell(number.value, words), limits]
    lines = {line.path: line for line in _lines(number.value)}
    children = {each.path: each for each in record.numbers}
    for path in number.parts:
        yield from _part_rows(record, children[path], _weight_text(number.value, lines.get(path), words), depth + 1, words)


def _lines(value: Expression) -> tuple[Line, ...]:
    return value.lines if isinstance(value, Sum | BestOf) else ()


def _weight_text(value: Expression, line: Line | None, words: Wording) -> str:
    weighted = isinstance(value, Sum) and value.form != "sum"
    return value_cell(line.weight, words) if weighted and line is not None else ""


def _adjustment_text(number: Number, each: Adjustment, words: Wording) -> str:
    text = words.say(each.kind, number=words.name("number", number.path), amount=words.describe(each.amount))
    if each.per is not None:
        text += words.say("per", count=words.describe(each.per))
    if each.most is not None:
        text += words.say("most", most=value_text(number.type, each.most, words.language))
    return text if each.condition is None else text + words.say("if", condition=words.describe(each.condition))
