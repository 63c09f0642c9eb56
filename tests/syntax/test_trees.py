"""Every form of the language gives the tree that its case shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.diagnostics.diagnostic import Problems
from pingfen.source import Source
from pingfen.syntax.parser import parse
from tests.markdown import Case, cases_in

from .outline import outline

FOLDER = Path(__file__).parent / "cases" / "trees"
RULESETS = Path(__file__).parents[2] / "rulesets"
SAMPLES = Path(__file__).parents[1] / "cases" / "samples"


@pytest.mark.parametrize("case", cases_in(FOLDER), ids=lambda case: case.rule)
def test_a_form_gives_its_tree(case: Case) -> None:
    source = Source(case.rule, case.text_of("pf"))
    problems = Problems(source)
    document = parse(source, problems)
    assert problems.found == []
    assert "\n".join(outline(node) for node in document.declarations) + "\n" == case.text_of("tree")


@pytest.mark.parametrize("path", [*sorted(RULESETS.rglob("*.pf")), *sorted(SAMPLES.glob("*.pf"))], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rulesets_and_samples_have_no_syntax_mistakes(path: Path) -> None:
    source = Source(path.name, path.read_text("utf-8"))
    problems = Problems(source)
    assert parse(source, problems).declarations
    assert problems.found == []


def test_a_span_is_the_text_of_its_node() -> None:
    text = "metric  volume = count of orders over last 30 days # counted\ngate g open when volume >= 3"
    document = parse(Source("<text>", text), Problems(Source("<text>", text)))
    metric, gate = document.declarations
    assert text[metric.span.start : metric.span.end] == "metric  volume = count of orders over last 30 days"
    assert text[gate.condition.span.start : gate.condition.span.end] == "volume >= 3"  # type: ignore[union-attr]


def test_comments_are_kept_with_their_places() -> None:
    text = "# first\nparam x = 3 # behind\n  # indented \n"
    comments = parse(Source("<text>", text), Problems(Source("<text>", text))).comments
    assert [(comment.text, comment.own_line, text[comment.span.start : comment.span.end]) for comment in comments] == [
        ("# first", True, "# first"),
        ("# behind", False, "# behind"),
        ("# indented", True, "# indented"),
    ]
