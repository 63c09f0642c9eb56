"""Says things about one record in both languages: names by their labels, values as people write them."""

from __future__ import annotations

from attrs import define

from ..plan.expressions import Constant, Curve, Expression, FieldRead, NumberRead, OutcomeRead, StageRead
from ..plan.label import Label
from ..plan.quantity import Type
from ..plan.record import RecordPlan
from ..plan.ruleset import Plan
from ..reference import MissingReadError, Value
from ..reference.expressions import holds, value_of
from ..reference.scorecard import RecordScene
from ..wording import Wording, point_text, wording_of
from .phrases import phrase


@define(repr=False)
class Speaker:
    """One record among the words of its plan. `scene` is what expressions see; `secret` are paths of numbers whose values are not shown."""

    plan: Plan
    scene: RecordScene
    english: Wording
    chinese: Wording
    secret: frozenset[str] = frozenset()

    @property
    def record_plan(self) -> RecordPlan:
        """The second half of the plan."""
        return self.plan.record

    def say(self, key: str, **values: Label | str) -> Label:
        """A phrase in both languages, each filled with that language's texts."""
        return Label(zh=phrase("zh", key, **_in("zh", values)), en=phrase("en", key, **_in("en", values)))

    def value(self, kind: Type, value: Value) -> Label:
        """A value as people write it."""
        return Label(zh=self.chinese.value(kind, value), en=self.english.value(kind, value))

    def point(self, curve: Curve, height: int) -> Label:
        """The height of a curve's point as it was written."""
        return Label(zh=point_text(curve, height, "zh"), en=point_text(curve, height, "en"))

    def describe(self, expression: Expression) -> Label:
        """An expression in words."""
        return Label(zh=self.chinese.describe(expression), en=self.english.describe(expression))

    def outcome(self, outcome: str) -> Label:
        """`open`, `closed` and the like in both languages."""
        return Label(zh=self.chinese.outcome(outcome), en=self.english.outcome(outcome))

    def name(self, space: str, name: str) -> Label:
        """What people read for a name."""
        return Label(zh=self.chinese.name(space, name), en=self.english.name(space, name))

    def shown(self, expression: Expression) -> Label:
        """An operand with its value beside it: `score 4.92`; a written value stands alone."""
        text = self.describe(expression)
        if isinstance(expression, Constant | StageRead | OutcomeRead) or (isinstance(expression, NumberRead) and expression.path in self.secret):
            return text
        value = self.value(expression.type, self.value_of(expression))
        if not isinstance(expression, FieldRead | NumberRead):
            return self.joined(text, value, " = ")
        return self.joined(text, value, " ")

    def joined(self, first: Label, second: Label, between: str) -> Label:
        """Two texts side by side."""
        return Label(zh=f"{first.zh}{between}{second.zh}", en=f"{first.en}{between}{second.en}")

    def value_of(self, expression: Expression) -> Value:
        """The value of an expression on this record."""
        return value_of(expression, self.scene)

    def holds(self, condition: Expression) -> bool | None:
        """Whether a condition holds; None where it reads what is missing."""
        try:
            return holds(condition, self.scene)
        except MissingReadError:
            return None


def speaker_of(plan: Plan, scene: RecordScene) -> Speaker:
    """Says things about one record of a plan."""
    return Speaker(plan, scene, wording_of(plan, "en"), wording_of(plan, "zh"))


def _in(language: str, values: dict[str, Label | str]) -> dict[str, str]:
    return {key: value.text(language, "") if isinstance(value, Label) else value for key, value in values.items()}
