"""A worked example on a page: an example of the ruleset that gives a record and comes to a number, with every step on the way."""

from __future__ import annotations

import io

from ..explanation import Explanation, explain
from ..explanation.rendering import print_explanation
from ..plan.ruleset import Example, Plan
from ..trial.examples import record_of
from ..wording import Wording
from .markdown import Page


def write_example(page: Page, plan: Plan, words: Wording) -> None:
    """The example's values and the tree of its explanation; nothing where no example gives a record."""
    explained = [(example, explain(plan, record_of(plan.record, example))) for example in plan.examples if example.given]
    if not explained:
        return
    example, explanation = next((pair for pair in explained if _comes_to_a_number(pair[1])), explained[0])
    page.heading(2, words.say("example"))
    page.paragraph(example.name)
    page.table([words.say("given"), words.say("value")], _given_rows(plan, example, words))
    page.code(_tree_text(explanation, words.language))


def _comes_to_a_number(explanation: Explanation) -> bool:
    return any(node.value is not None for node in explanation.numbers)


def _given_rows(plan: Plan, example: Example, words: Wording) -> list[list[str]]:
    kinds = {field.name: field.type for field in plan.record.fields}
    return [[words.name("field", name), words.value(kinds[name], value)] for name, value in example.given]


def _tree_text(explanation: Explanation, language: str) -> str:
    stream = io.StringIO()
    print_explanation(explanation, language, stream)
    return stream.getvalue()
