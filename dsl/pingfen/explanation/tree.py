"""The tree of an explanation. Amounts are scaled whole numbers; texts stand in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from attrs import frozen

from ..arithmetic import decimal_of
from ..plan.label import Label
from ..plan.quantity import Type
from ..plan.values import Value
from .ranking import Reason

Kind = Literal["value", "part", "dropped", "not best", "total", "stage", "rounding", "deduct", "bonus", "protect", "cap", "range"]


@frozen(repr=False)
class Line:
    """One line of a number: `amount` at the node's places is what it adds. `path` is the number it comes from, `how` says how the amount comes about.

    part: a line of a sum; dropped: a missing part whose weight went to the rest; not best: a part that another one beat; total: the total, for the score;
    stage: the value a stage gives; rounding: what keeps the lines from adding up by themselves; range: what a clamp to the number's own range took or gave.
    """

    kind: Kind
    amount: int
    label: Label
    how: Label
    path: str = ""


@frozen(repr=False)
class Node:
    """One number. When it is given, its lines add up exactly to `value`, both at `places`; a number that is no scaled number has no lines.

    `reasons` say how its value was found: the band it falls in, the case that holds, what is missing. `children` are the numbers its lines come from.
    """

    path: str
    kind: Literal["part", "total", "score", "display"]
    word: str
    label: Label
    type: Type
    value: Value
    places: int
    lines: tuple[Line, ...]
    reasons: tuple[Label, ...]
    children: tuple[Node, ...]
    hidden: bool


@frozen(repr=False)
class Condition:
    """A condition with its values, whether it holds (None where it was not looked at), and the conditions it is made of."""

    text: Label
    holds: bool | None
    parts: tuple[Condition, ...] = ()


@frozen(repr=False)
class Decision:
    """A gate's, sanction's or tier's outcome and what decided it; `unlinked` is the outcome before closing by linked entities."""

    name: str
    kind: Literal["gate", "sanction", "tier"]
    label: Label
    outcome: str | None
    unlinked: str | None
    reasons: tuple[Label, ...]
    condition: Condition | None


@frozen(repr=False)
class Given:
    """One field of the record."""

    name: str
    kind: str
    label: Label
    type: Type
    value: Value


@frozen(repr=False)
class Stage:
    """The stage and why it is this one."""

    name: str
    label: Label
    condition: Condition | None


@frozen(repr=False)
class Step:
    """One effect on the score; all of them add up exactly to the score. `path` is the number it comes from."""

    kind: Kind
    path: str
    label: Label
    how: Label
    effect: Decimal


@frozen(repr=False)
class Explanation:
    """One record's scorecard explained. `numbers` are the trees: the score (or the top parts where there is none), then the displays.

    `reasons`, ranked, add up exactly to the score minus `top`, the top of its scale; there are none without a score, or where it is hidden.
    """

    stage: Stage | None
    numbers: tuple[Node, ...]
    decisions: tuple[Decision, ...]
    record: tuple[Given, ...]
    reasons: tuple[Reason, ...] = ()
    top: Decimal | None = None

    @property
    def score(self) -> Node | None:
        """The score's tree."""
        return next((node for node in self.numbers if node.kind == "score"), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The score's effects in order: the total's lines in the place of the total; none where there is no score, or where it is hidden."""
        return () if self.score is None else _steps(self.score)


def _steps(node: Node) -> tuple[Step, ...]:
    inner = {child.path: child for child in node.children if child.kind == "total"}
    found: list[Step] = []
    for line in node.lines:
        if line.kind == "total" and line.path in inner:
            found += _steps(inner[line.path])
        else:
            found.append(Step(line.kind, line.path, line.label, line.how, decimal_of(line.amount, node.places)))
    return tuple(found)
