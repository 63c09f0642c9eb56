"""From a record to its explanation: the stage, a tree for each number that people see, and what decided each outcome."""

from __future__ import annotations

from collections.abc import Mapping

from ..plan.expressions import BestOf, Expression, NumberRead, Sum
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.record import Gate, Number, Outcome, Tier
from ..plan.ruleset import Plan
from ..reference import Evaluation, Making, Value, evaluate
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene
from .conditions import short_text, tell_condition
from .lines import lines_of
from .ranking import ranked_reasons, top_of_scale
from .reasons import reasons_of
from .sources import unrounded
from .speaker import Speaker, speaker_of
from .tree import Condition, Decision, Explanation, Given, Line, Node, Stage


def explain(plan: Plan, record: Mapping[str, Value], evaluation: Evaluation | None = None) -> Explanation:
    """The explanation of one record. `evaluation` is its scorecard where it is known already, closed by linked entities over a whole run perhaps."""
    known = evaluate(plan.record, record) if evaluation is None else evaluation
    scene = RecordScene(plan.record, record)
    speaker = speaker_of(plan, scene)
    nodes = _Nodes(speaker, known)
    is_hidden = any(number.kind == "score" and number.path in nodes.hidden for number in plan.record.numbers)
    return Explanation(
        _stage(speaker),
        tuple(nodes.node(number) for number in _roots(plan)),
        tuple(_decision(outcome, known, speaker) for outcome in plan.record.outcomes),
        tuple(Given(field.name, field.kind, speaker.name("field", field.name), field.type, record[field.name]) for field in plan.record.fields),
        () if is_hidden else ranked_reasons(plan.record, scene),
        top_of_scale(plan.record),
    )


def _roots(plan: Plan) -> list[Number]:
    """Numbers that are no line of another: the score, displays, and parts that no total sums."""
    inner = {path for number in plan.record.numbers for path in children_of(number)}
    return [number for number in plan.record.numbers if number.path not in inner]


def children_of(number: Number) -> tuple[str, ...]:
    """Paths of the numbers that the lines of a number come from."""
    if number.kind == "display":
        return ()
    match unrounded(number.value):
        case Sum(lines=lines) | BestOf(lines=lines):
            return tuple(line.path for line in lines)
        case NumberRead(path=path):
            return (path,)
        case _:
            return ()


class _Nodes:
    """Makes nodes; `hidden` are numbers that are not shown, the total among them when the score is hidden."""

    def __init__(self, speaker: Speaker, evaluation: Evaluation) -> None:
        self.speaker = speaker
        self.evaluation = evaluation
        self.numbers = {number.path: number for number in speaker.record_plan.numbers}
        scores = {number.path for number in self.numbers.values() if number.kind == "score"}
        totals = {number.path for number in self.numbers.values() if number.kind == "total"}
        self.hidden = evaluation.hidden | (totals if scores & evaluation.hidden else frozenset())
        speaker.secret = self.hidden

    def node(self, number: Number) -> Node:
        """One number and those its lines come from."""
        making, hidden = self.evaluation.makings[number.path], number.path in self.hidden
        places, lines = self._lines(number, making)
        return Node(
            number.path,
            number.kind,
            number.word,
            self.speaker.name("number", number.path),
            number.type,
            None if hidden else making.number,
            places,
            () if hidden else lines,
            (self.speaker.say("hidden"),) if hidden else self._reasons(number, making),
            tuple(self.node(self.numbers[path]) for path in self._children(number)),
            hidden,
        )

    def _children(self, number: Number) -> tuple[str, ...]:
        return () if self._stage_without_parts(number) else children_of(number)

    def _lines(self, number: Number, making: Making) -> tuple[int, tuple[Line, ...]]:
        places = number.type.places if isinstance(number.type, Numeric) else 0
        if not isinstance(making.number, int):
            return places, ()
        stage = self._stage_without_parts(number)
        if stage is None:
            return lines_of(number, making, self.speaker)
        how = self.speaker.say("stage", stage=self.speaker.name("stage", stage))
        return places, (Line("stage", making.number, self.speaker.say("value"), how),)

    def _reasons(self, number: Number, making: Making) -> tuple[Label, ...]:
        stage = self._stage_without_parts(number)
        if stage is None:
            return (*reasons_of(number.value if number.kind == "display" else unrounded(number.value), self.speaker), *self._missing(number, making))
        name = self.speaker.name("stage", stage)
        row = self.speaker.scene.stage_row()
        if number.kind != "score":
            return (self.speaker.say("no parts", stage=name),)
        value = None if row is None else row.value
        return (self.speaker.say("no score", stage=name),) if value is None else reasons_of(value, self.speaker)

    def _missing(self, number: Number, making: Making) -> tuple[Label, ...]:
        """Which lines a missing number lacks."""
        if making.number is not None:
            return ()
        lacking = [path for path in children_of(number) if self.evaluation.numbers[path] is None]
        told = tuple(self.speaker.say("missing", subject=self.speaker.name("number", path)) for path in lacking)
        return (*told, self.speaker.say("too few")) if _drops(number.value) else told

    def _stage_without_parts(self, number: Number) -> str | None:
        row = self.speaker.scene.stage_row()
        return row.name if row is not None and not row.full and number.needs_full_stage else None


def _drops(expression: Expression) -> bool:
    source = unrounded(expression)
    return isinstance(source, Sum) and source.missing is not None


def _stage(speaker: Speaker) -> Stage | None:
    row = speaker.scene.stage_row()
    if row is None:
        return None
    condition = None if row.condition is None else tell_condition(row.condition, speaker)
    return Stage(row.name, speaker.name("stage", row.name), condition)


def _decision(outcome: Outcome, evaluation: Evaluation, speaker: Speaker) -> Decision:
    final, unlinked = evaluation.outcomes[outcome.name], evaluation.unlinked[outcome.name]
    linked = (speaker.say("linked", outcome=speaker.outcome(final or "")),) if final != unlinked else ()
    reasons, condition = _gate_reasons(outcome, speaker) if isinstance(outcome, Gate) else (_tier_reasons(outcome, speaker), None)
    kind = outcome.kind if isinstance(outcome, Gate) else "tier"
    return Decision(outcome.name, kind, speaker.name("outcome", outcome.name), final, unlinked, (*reasons, *linked), condition)


def _gate_reasons(gate: Gate, speaker: Speaker) -> tuple[tuple[Label, ...], Condition | None]:
    for value, fallen in gate.without:
        if speaker.value_of(value) is None:
            return (speaker.say("without", subject=speaker.describe(value), outcome=speaker.outcome(fallen)),), None
    return (), tell_condition(gate.condition, speaker)


def _tier_reasons(tier: Tier, speaker: Speaker) -> tuple[Label, ...]:
    reasons = reasons_of(tier.value, speaker)
    if speaker.value_of(tier.value) is None:
        return reasons
    forced = [force for force in tier.forces if holds(force.condition, speaker.scene)]
    if not forced:
        return reasons
    last = forced[-1]
    return (*reasons, speaker.say("forced", outcome=speaker.outcome(last.tier), condition=short_text(last.condition, speaker)))
