"""The second half as SQL, one row a subject: fields from sums, attributes and inputs, then numbers, values across subjects, outcomes and closings."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import Factory, define
from sqlglot import exp

from ..node import evolve
from ..plan.events import Aggregate, Aggregated, Derived, Metric, Rate
from ..plan.expressions import Expression, FieldRead, NumberRead, OutcomeRead, StageRead
from ..plan.quantity import Exact, Type
from ..plan.record import Number, RecordPlan
from ..plan.ruleset import Plan
from . import across, numbers, outcomes, trees
from .bounds import is_unsigned_metric
from .dialect import Dialect, TimeForm
from .division import divide
from .expressions import Read, Translator
from .metrics import Parts, Sums
from .stairs import Stairs
from .subjects import SUBJECT, attribute_column, input_column
from .trees import Tree, binary, cases, clamped, column


@define(eq=False)
class Quotient:
    """A metric before its one division: numerator, denominator (None stands for 1) and the rows that entered."""

    numerator: Tree
    denominator: Tree | None
    entered: Tree


@define(eq=False)
class Records:
    """The records of all subjects as stairs of columns; fields, numbers and outcomes are made when they are first read."""

    plan: Plan
    spell: Dialect
    as_of: int
    sums: Sums
    stairs: Stairs
    made: dict[str, Tree] = Factory(dict)
    filled: set[str] = Factory(set)

    @property
    def record(self) -> RecordPlan:
        """The plan of the second half."""
        return self.plan.record

    @property
    def translator(self) -> Translator:
        """Translates expressions over the records."""
        return Translator(self.spell, self.stairs, self, self.plan.events.zone, self.as_of)

    def read(self, expression: Read) -> Tree:
        """A field, number, stage or unlinked outcome."""
        match expression:
            case FieldRead(name=name, part=part):
                return self.field(name, part)
            case NumberRead(path=path):
                return self.number(path)
            case StageRead():
                return self.stage()
            case OutcomeRead(name=name):
                return self.outcome(name)
            case _:
                raise AssertionError(expression)

    def stamp(self, expression: Expression) -> tuple[Tree, TimeForm] | None:
        """A record holds no timestamps of the engine."""
        return None

    def subject(self) -> Tree:
        """The subject's key."""
        return column(SUBJECT)

    def field(self, name: str, part: str = "") -> Tree:
        """A field's value; of an exact quotient the numerator, or the denominator (which also says whether it is given)."""
        metric = next((item for item in self.plan.events.metrics if item.name == name), None)
        if metric is not None:
            return self._made(f"metric {name} {part}", lambda: self._metric(metric, part), f"metric {name}")
        return self._made(f"field {name}", lambda: self._plain_field(name))

    def _plain_field(self, name: str) -> Tree:
        for index, item in enumerate(self.record.fields):
            if item.name == name and item.kind == "input":
                return column(input_column(index))
        for index, attribute in enumerate(self.record.subject.attributes):
            if attribute.name == name:
                return column(attribute_column(index))
        found = next((item for item in self.record.across if item.name == name), None)
        return self.spell.integer(self.as_of) if found is None else across.value_of(self, found)

    def attribute(self, name: str) -> Tree:
        """An attribute, also one that is no field of the record."""
        return column(attribute_column(next(index for index, item in enumerate(self.record.subject.attributes) if item.name == name)))

    def number(self, path: str) -> Tree:
        """A number of the second half."""
        return self._made(f"number {path}", lambda: numbers.number_of(self, self.number_plan(path)))

    def number_type(self, path: str) -> Type:
        """The type of a number."""
        return self.number_plan(path).type

    def number_plan(self, path: str) -> Number:
        """The plan of a number."""
        return next(item for item in self.record.numbers if item.path == path)

    def stage(self) -> Tree:
        """The stage's name."""
        return self._made("stage", lambda: numbers.stage_of(self))

    def outcome(self, name: str) -> Tree:
        """An outcome before closing by linked entities."""
        return self._made(f"outcome {name}", lambda: outcomes.outcome_of(self, next(item for item in self.record.outcomes if item.name == name)))

    def linked_outcome(self, name: str) -> Tree:
        """An outcome after closing by linked entities."""
        return self._made(f"linked {name}", lambda: outcomes.linked_of(self, next(item for item in self.record.outcomes if item.name == name)))

    def quotient(self, name: str) -> Quotient:
        """A metric of events before its division."""
        metric = next(item for item in self.plan.events.metrics if item.name == name)
        match metric.made:
            case Aggregated(aggregate=aggregate):
                return self._called(name, self._chosen(aggregate))
            case Rate(counted=counted, per=per):
                above, base = self._chosen(counted), self._chosen(per)
                return self._called(name, Quotient(above.numerator, base.numerator, base.entered))
            case Derived():
                raise AssertionError(name)
            case _:
                assert_never(metric.made)

    def _called(self, name: str, quotient: Quotient) -> Quotient:
        parts = {"counted": quotient.numerator, "of": quotient.denominator, "rows": quotient.entered}
        for part, tree in parts.items():
            if tree is not None:
                self.stairs.rename(tree, f"sum {name} {part}")
        return quotient

    def _chosen(self, aggregate: Aggregate) -> Quotient:
        """The quotient over the first window that holds enough rows."""
        whole = self._of_parts(self.sums.parts_of(evolve(aggregate, shorter=())))
        if not aggregate.shorter:
            return whole
        made = [self._of_parts(self.sums.parts_of(evolve(aggregate, window=item.window, shorter=()))) for item in aggregate.shorter]
        volumes = [self._sum(self.sums.parts_of(item.volume).numerator) for item in aggregate.shorter]
        enough = [binary(exp.GTE, volume, self.spell.integer(item.least)) for volume, item in zip(volumes, aggregate.shorter, strict=True)]

        def first(values: list[Tree], otherwise: Tree) -> Tree:
            return self.stairs.share(cases(zip(enough, values, strict=True), otherwise))

        denominator = None
        if whole.denominator is not None:
            denominator = first([item.denominator or self.spell.integer(1) for item in made], whole.denominator)
        return Quotient(first([item.numerator for item in made], whole.numerator), denominator, first([item.entered for item in made], whole.entered))

    def _of_parts(self, parts: Parts) -> Quotient:
        denominator = None if parts.denominator is None else self._sum(parts.denominator)
        return Quotient(column(parts.numerator) if parts.is_extreme else self._sum(parts.numerator), denominator, self._sum(parts.entered))

    def _sum(self, name: str) -> Tree:
        """A count or sum of a subject, 0 for one without rows."""
        self.filled.add(name)
        return column(name)

    def _metric(self, metric: Metric, part: str) -> Tree:
        if isinstance(metric.made, Derived):
            return self.translator.value(metric.made.value)
        quotient = self.quotient(metric.name)
        if isinstance(metric.type, Exact):
            denominator = self.spell.integer(1) if quotient.denominator is None else self.spell.unless_zero(quotient.denominator)
            wanted = quotient.numerator if part == "numerator" else denominator
            given = [trees.given(denominator), *self._enough(metric.made, quotient)]
            return cases([(trees.every(given), wanted)], None)
        return self._rounded(metric.made, quotient)

    def _rounded(self, made: Aggregated | Rate, quotient: Quotient) -> Tree:
        numerator = _times(self.spell, quotient.numerator, made.scale)
        denominator: Tree | int = made.unit
        if quotient.denominator is not None:
            denominator = _times(self.spell, quotient.denominator, made.unit)
        unsigned = is_unsigned_metric(self.plan.events, made)
        value = divide(self.spell, self.stairs.share_long, numerator, denominator, made.mode, made.step, unsigned=unsigned)
        enough = self._enough(made, quotient)
        value = cases([(trees.every(enough), value)], None) if enough else value
        return self._ranged(made, value) if isinstance(made, Rate) else value

    def _enough(self, made: Aggregated | Rate, quotient: Quotient) -> list[Tree]:
        return [binary(exp.GTE, quotient.entered, self.spell.integer(made.needs))] if made.needs > 0 else []

    def _ranged(self, rate: Rate, value: Tree) -> Tree:
        value = self.stairs.share(value)
        low, high = self.spell.integer(rate.low), self.spell.integer(rate.high)
        if rate.beyond == "cut":
            return clamped(value, low, high)
        return cases([(trees.every([binary(exp.GTE, value, low), binary(exp.LTE, value, high)]), value)], None)

    def _made(self, key: str, make: Callable[[], Tree], rule: str = "") -> Tree:
        if key not in self.made:
            self.made[key] = self.stairs.call(self.stairs.share(make()), key, rule)
        return self.made[key]


def _times(spell: Dialect, value: Tree, factor: int) -> Tree:
    return value if factor == 1 else binary(exp.Mul, value, spell.integer(factor))
