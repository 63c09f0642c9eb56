"""Which fields a value depends on, through numbers, stages and outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..analysis.traversal import walk
from ..node import nodes_in
from ..plan.expressions import AsOfRead, BestOf, Expression, FieldRead, Lookup, NumberRead, OutcomeRead, StageRead, Sum
from ..plan.record import Gate, Number, Outcome, RecordPlan


class Dependence:
    """The fields behind expressions, numbers, stages and outcomes of one record plan; each is found once."""

    def __init__(self, record: RecordPlan) -> None:
        self.record = record
        self._numbers = {number.path: number for number in record.numbers}
        self._outcomes = {outcome.name: outcome for outcome in record.outcomes}
        self._as_of = frozenset(field.name for field in record.fields if field.kind == "as of")
        self._expressions: dict[int, tuple[Expression, frozenset[str]]] = {}
        self._keys: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def table_keys(self) -> frozenset[str]:
        """The fields that tables are looked up by."""
        lookups = (node for node in nodes_in(self.record) if isinstance(node, Lookup))
        return frozenset(key.name for lookup in lookups for key in lookup.keys if isinstance(key, FieldRead))

    def of(self, expression: Expression) -> frozenset[str]:
        """The fields that an expression depends on."""
        known = self._expressions.get(id(expression))
        if known is None:
            known = self._expressions[id(expression)] = (expression, self._all(key for node in walk(expression) for key in _keys(node)))
        return known[1]

    def behind(self, key: tuple[str, ...]) -> frozenset[str]:
        """The fields behind what is read: ("field", name, part), ("number", path), ("outcome", name), ("stage",), ("as of",)."""
        if key not in self._keys:
            self._keys[key] = self._behind(key)
        return self._keys[key]

    def _behind(self, key: tuple[str, ...]) -> frozenset[str]:
        match key:
            case ("field", name, _):
                return frozenset([name])
            case ("as of",):
                return self._as_of
            case ("number", path):
                number = self._numbers[path]
                own = self._each(_of_number(number))
                return own | self.behind(("stage",)) if number.needs_full_stage else own
            case ("outcome", name):
                return self._each(_of_outcome(self._outcomes[name]))
            case ("closed", name):
                rules = [rule.condition for rule in self.record.linked if name in rule.outcomes]
                return self.behind(("outcome", name)) | self._each(rules)
            case ("stage",):
                return self._each(part for row in self.record.stages for part in (row.condition, row.value))
            case _:
                return frozenset()

    def _all(self, keys: Iterable[tuple[str, ...]]) -> frozenset[str]:
        return frozenset().union(*map(self.behind, keys))

    def _each(self, expressions: Iterable[Expression | None]) -> frozenset[str]:
        return frozenset().union(*(self.of(expression) for expression in expressions if expression is not None))


def _keys(node: Expression) -> list[tuple[str, ...]]:
    match node:
        case FieldRead(name=name, part=part):
            return [("field", name, part)]
        case NumberRead(path=path):
            return [("number", path)]
        case OutcomeRead(name=name):
            return [("outcome", name)]
        case StageRead():
            return [("stage",)]
        case AsOfRead():
            return [("as of",)]
        case Sum(lines=lines) | BestOf(lines=lines):
            return [("number", line.path) for line in lines]
        case _:
            return []


def _of_number(number: Number) -> list[Expression | None]:
    return [number.value, *(part for step in number.adjustments for part in (step.amount, step.per, step.condition))]


def _of_outcome(outcome: Outcome) -> list[Expression]:
    if isinstance(outcome, Gate):
        return [outcome.condition, *(value for value, _ in outcome.without)]
    return [outcome.value, *(force.condition for force in outcome.forces)]
