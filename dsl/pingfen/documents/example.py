"""A worked example on a page: the first example of the ruleset that gives a record and comes to a score, with every step."""

from __future__ import annotations

from ..plan.ruleset import Example, Plan, Written
from ..plan.values import value_text
from ..wording import Wording
from .markdown import Page


def write_example(page: Page, plan: Plan, words: Wording) -> None:
    """The example's values and results; nothing where no example gives a record."""
    chosen = next((example for example in plan.examples if example.given), None)
    if chosen is None:
        return
    page.heading(2, words.say("example"))
    page.paragraph(chosen.name)
    page.table([words.say("given"), words.say("value")], _given_rows(plan, chosen, words))
    page.table([words.say("result"), words.say("value")], _expected_rows(plan, chosen, words))


def _given_rows(plan: Plan, example: Example, words: Wording) -> list[list[str]]:
    kinds = {field.name: field.type for field in plan.record.fields}
    return [[words.name("field", name), value_text(kinds[name], value, words.language)] for name, value in example.given]


def _expected_rows(plan: Plan, example: Example, words: Wording) -> list[list[str]]:
    return [_expected_row(plan, name, value, words) for expectation in example.expected for name, value in expectation.values]


def _expected_row(plan: Plan, name: str, value: Written, words: Wording) -> list[str]:
    number = next((each for each in plan.record.numbers if name in (each.path, each.name)), None)
    if number is None:
        return [words.name("outcome", name), words.outcome(str(value))]
    return [words.name("number", number.path), value_text(number.type, value, words.language)]
