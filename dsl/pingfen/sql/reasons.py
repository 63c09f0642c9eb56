"""Why a subject's scores and outcomes are what they are: a code and short texts, in the order of the scorecard, for what acted on this subject.

A row tells them as bits of whole numbers, the first reason the lowest bit: that is fast and every engine can say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from ..plan.expressions import DropMissing, Substitute, Sum
from ..plan.record import Adjustment, Gate, Number
from ..wording.expressions import Wording, wording_of
from .numbers import steps_of
from .outcomes import closing_of
from .trees import Tree, binary, cases, either, every, given, missing, negated, text

if TYPE_CHECKING:
    from .record import Records

BITS = 60
PHRASES: dict[str, tuple[str, str]] = {
    "stage": ("stage: {stage}", "阶段: {stage}"),
    "dropped": ("{name}: missing, weight given to the others", "{name}: 缺, 权重分给其余各项"),
    "substituted": ("{name}: missing, a written value counts", "{name}: 缺, 按写明的值计"),
    "none": ("{name}: none", "{name}: 缺"),
    "range": ("{name}: held within its range", "{name}: 限于其范围"),
    "deduct": ("{name}: deduct {amount}", "{name}: 扣 {amount}"),
    "bonus": ("{name}: bonus {amount}", "{name}: 加 {amount}"),
    "protect": ("{name}: protect at least {amount}", "{name}: 保护不低于 {amount}"),
    "cap": ("{name}: cap at most {amount}", "{name}: 封顶不高于 {amount}"),
    "per": ("{amount} per {count}", "每 {count} {amount}"),
    "when": ("{adjustment} when {condition}", "{adjustment}, 因为 {condition}"),
    "outcome": ("{name}: {outcome}", "{name}: {outcome}"),
    "without": ("{name}: {outcome} without a value", "{name}: 缺值而{outcome}"),
    "linked": ("{name}: {outcome} by a linked subject", "{name}: 因关联主体而{outcome}"),
}


@frozen
class Told:
    """One reason as a result tells it: a stable code, made of names and places in the ruleset, and what it says in English and in Chinese."""

    code: str
    en: str
    zh: str


Reason = tuple[Tree, Told]
COLUMNS = {"reasons": "code", "reasons_en": "en", "reasons_zh": "zh"}
"""The columns of a result that list reasons, and what of each reason they list."""


def reasons_of(records: Records) -> list[tuple[Tree, tuple[Told, ...]]]:
    """Whole numbers whose bits say which of their reasons apply."""
    speaker = Speaker(wording_of(records.plan, "en"), wording_of(records.plan, "zh"))
    found = _of_stage(records, speaker)
    for number in records.record.numbers:
        found += _of_number(records, number, speaker)
    found += _of_outcomes(records, speaker)
    parts = [found[start : start + BITS] for start in range(0, len(found), BITS)]
    return [(_mask(records, [condition for condition, _ in part]), tuple(said for _, said in part)) for part in parts]


def _mask(records: Records, conditions: list[Tree]) -> Tree:
    mask = records.spell.integer(0)
    for index, condition in enumerate(conditions):
        mask = binary(exp.Add, mask, cases([(condition, records.spell.integer(1 << index))], records.spell.integer(0)))
    return mask


@frozen
class Speaker:
    """Says reasons in both languages, by the labels of the ruleset."""

    en: Wording
    zh: Wording

    def say(self, code: str, key: str, space: str, name: str, outcome: str = "") -> Told:
        """What a phrase says of a named thing."""
        return Told(code, *(PHRASES[key][index].format(**self._named(words, space, name, outcome)) for index, words in enumerate((self.en, self.zh))))

    def adjusted(self, code: str, number: Number, adjustment: Adjustment) -> Told:
        """What an adjustment of a number does."""
        return Told(code, *(_adjusted(index, words, number, adjustment) for index, words in enumerate((self.en, self.zh))))

    def _named(self, words: Wording, space: str, name: str, outcome: str) -> dict[str, str]:
        called = words.name(space, name)
        return {"stage": called, "name": called, "outcome": words.outcome(outcome)}


def _adjusted(language: int, words: Wording, number: Number, adjustment: Adjustment) -> str:
    amount = words.describe(adjustment.amount)
    if adjustment.per is not None:
        amount = PHRASES["per"][language].format(amount=amount, count=words.describe(adjustment.per))
    name = words.name("number", number.path)
    said = PHRASES[adjustment.kind][language].format(name=adjustment.label.text(words.language, name), amount=amount)
    if adjustment.condition is None:
        return said
    return PHRASES["when"][language].format(adjustment=said, condition=words.describe(adjustment.condition))


def _of_stage(records: Records, speaker: Speaker) -> list[Reason]:
    partial = [row for row in records.record.stages if not row.full]
    return [(binary(exp.EQ, records.stage(), text(row.name)), speaker.say(f"stage:{row.name}", "stage", "stage", row.name)) for row in partial]


def _of_number(records: Records, number: Number, speaker: Speaker) -> list[Reason]:
    reasons: list[Reason] = []
    if isinstance(number.value, Sum) and number.value.missing is not None:
        assert isinstance(number.value.missing, DropMissing | Substitute)
        done = "dropped" if isinstance(number.value.missing, DropMissing) else "substituted"
        here = given(records.number(number.path))
        for line in number.value.lines:
            reasons.append((every([missing(records.number(line.path)), here]), speaker.say(f"{line.path}:missing", done, "number", line.path)))
    if number.adjustments or number.low is not None or number.high is not None:
        reasons += _of_steps(records, number, speaker)
    if number.kind in ("score", "total") and not any(item.kind == "score" for item in records.record.numbers if item is not number and number.kind == "total"):
        reasons.append((missing(records.number(number.path)), speaker.say(f"{number.path}:none", "none", "number", number.path)))
    return reasons


def _of_steps(records: Records, number: Number, speaker: Speaker) -> list[Reason]:
    """The adjustments and the range that changed the number."""
    steps = steps_of(records, number)
    made = given(records.number(number.path))
    reasons = []
    for index, (adjustment, before, after) in enumerate(zip(number.adjustments, steps, steps[1:], strict=False), start=1):
        told = speaker.adjusted(f"{number.path}:{adjustment.kind}:{index}", number, adjustment)
        reasons.append((every([made, _differs(before, after)]), told))
    if number.low is not None or number.high is not None:
        told = speaker.say(f"{number.path}:range", "range", "number", number.path)
        reasons.append((every([made, _differs(steps[len(number.adjustments)], steps[-1])]), told))
    return reasons


def _differs(before: Tree, after: Tree) -> Tree:
    return binary(exp.NEQ, before, after)


def _of_outcomes(records: Records, speaker: Speaker) -> list[Reason]:
    """Gates that are closed and sanctions that apply, and those that a linked subject closed."""
    reasons: list[Reason] = []
    for outcome in records.record.outcomes:
        if isinstance(outcome, Gate):
            own = records.outcome(outcome.name)
            shut = binary(exp.EQ, own, text(outcome.shut))
            without = either(missing(records.translator.value(value)) for value, fate in outcome.without if fate == outcome.shut)
            closings = either(closing_of(records, rule) for rule in records.record.linked if outcome.name in rule.outcomes)
            code = f"{outcome.name}:{outcome.shut}"
            told = [
                speaker.say(f"{code}{suffix}", key, "outcome", outcome.name, outcome.shut)
                for suffix, key in (("", "outcome"), (":missing", "without"), (":linked", "linked"))
            ]
            reasons += zip((every([shut, negated(without)]), every([shut, without]), every([closings, negated(shut)])), told, strict=True)
    return reasons
