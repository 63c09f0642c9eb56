"""An explanation for a terminal: trees of lines whose amounts stand right-aligned by cells, so that Chinese and English line up alike."""

from __future__ import annotations

from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from ..diagnostics.message import visible
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.values import numeric_text, value_text
from ..wording import outcome_text
from .phrases import phrase
from .tree import Condition, Decision, Explanation, Line, Node

WIDE = 10_000
MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "dim")}


def print_explanation(explanation: Explanation, language: str, stream: IO[str], *, coloured: bool = False) -> None:
    """Write the explanation to a stream: the stage, the trees of the numbers, the outcomes."""
    console = Console(file=stream, force_terminal=coloured, no_color=not coloured, width=WIDE, highlight=False, emoji=False, markup=False)
    for tree in trees_of(explanation, language):
        console.print(tree, soft_wrap=True)


def print_reasons(explanation: Explanation, language: str, stream: IO[str], *, coloured: bool = False) -> None:
    """Write the reasons of the score to a stream, ranked: points, label and code; where there is no score to explain, the score alone."""
    console = Console(file=stream, force_terminal=coloured, no_color=not coloured, width=WIDE, highlight=False, emoji=False, markup=False)
    console.print(reasons_tree(explanation, language), soft_wrap=True)


def reasons_tree(explanation: Explanation, language: str) -> Tree:
    """The score against the top of its scale, and below it what makes the difference."""
    score = explanation.score
    if score is None or explanation.top is None:
        return Tree(_plain(phrase(language, "no number"), "bold"))
    if score.value is None:
        return Tree(_heading(score, language))
    name, value = score.label.text(language, score.path), value_text(score.type, score.value, language)
    tree = Tree(_plain(phrase(language, "against", score=name, value=value, top=f"{explanation.top:f}"), "bold"))
    amounts = [f"{reason.points:+f}" for reason in explanation.reasons]
    width = max((cell_len(amount) for amount in amounts), default=0)
    for reason, amount in zip(explanation.reasons, amounts, strict=True):
        label = reason.label.text(language, reason.path)
        tree.add(Text.assemble(_plain(amount.rjust(width)), "  ", _plain(label), "  ", _plain(reason.code, "dim")))
    return tree


def trees_of(explanation: Explanation, language: str) -> list[Tree]:
    """One tree for the stage, each number that people see, and each outcome."""
    stage = explanation.stage
    stages = [] if stage is None else [_stage_tree(stage.name, stage.label, stage.condition, language)]
    numbers = [_number_tree(node, language) for node in explanation.numbers]
    return [*stages, *numbers, *(_decision_tree(decision, language) for decision in explanation.decisions)]


def _stage_tree(name: str, label: Label, condition: Condition | None, language: str) -> Tree:
    tree = Tree(_plain(phrase(language, "stage", stage=label.text(language, name)), "bold"))
    if condition is not None:
        _add_condition(tree, condition, language)
    return tree


def _number_tree(node: Node, language: str) -> Tree:
    tree = Tree(_heading(node, language))
    _fill(tree, node, language)
    return tree


def _heading(node: Node, language: str) -> Text:
    value = phrase(language, "hidden" if node.hidden else "no number") if node.value is None else value_text(node.type, node.value, language)
    return Text.assemble(_plain(node.label.text(language, node.path)), " ", _plain(value, "bold"))


def _fill(tree: Tree, node: Node, language: str) -> None:
    for reason in () if node.hidden else node.reasons:
        tree.add(_plain(reason.text(language, ""), "dim"))
    children = {child.path: child for child in node.children}
    lines = [] if [line.kind for line in node.lines] == ["value"] else list(node.lines)
    amounts = [_amount(line, node, language) for line in lines]
    width = max((cell_len(amount) for amount in amounts), default=0)
    for line, amount in zip(lines, amounts, strict=True):
        branch = tree.add(_line_text(line, " " * (width - cell_len(amount)) + amount, language))
        if line.path in children:
            _fill(branch, children.pop(line.path), language)
    for child in children.values():
        _fill(tree.add(_heading(child, language)), child, language)


def _amount(line: Line, node: Node, language: str) -> str:
    """The amount with its sign, in the node's unit and at its lines' places."""
    if not isinstance(node.type, Numeric):
        return ""
    kind = Numeric(node.type.unit, node.places, node.type.low, node.type.high)
    return ("+" if line.amount >= 0 else "") + numeric_text(kind, line.amount, language)


def _line_text(line: Line, amount: str, language: str) -> Text:
    style = {"part": "", "total": "", "value": "", "stage": "", "dropped": "dim", "not best": "dim"}.get(line.kind, "yellow")
    how = line.how.text(language, "")
    return Text.assemble(_plain(amount, style or "bold"), "  ", _plain(line.label.text(language, line.path), style), _plain(f"  {how}" if how else "", "dim"))


def _decision_tree(decision: Decision, language: str) -> Tree:
    outcome = phrase(language, "no number") if decision.outcome is None else outcome_text(decision.outcome, language)
    tree = Tree(Text.assemble(_plain(decision.label.text(language, decision.name)), " ", _plain(outcome, "bold")))
    for reason in decision.reasons:
        tree.add(_plain(reason.text(language, ""), "dim"))
    if decision.condition is not None:
        _add_condition(tree, decision.condition, language)
    return tree


def _add_condition(tree: Tree, condition: Condition, language: str) -> None:
    mark, style = MARKS[condition.holds]
    branch = tree.add(Text.assemble((mark, style), " ", _plain(condition.text.text(language, ""))))
    for part in condition.parts:
        _add_condition(branch, part, language)


def _plain(text: str, style: str = "") -> Text:
    """A ruleset's text comes from strangers: it is shown as it is, on one line, without steering the terminal."""
    return Text(visible(text), style=style)
