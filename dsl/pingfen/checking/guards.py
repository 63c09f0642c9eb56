"""What is known to be given at a place: facts that guards establish, and what a value being given shows of the values it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from ..node import frozen
from ..plan.expressions import (
    AllOf,
    AnyOf,
    Arithmetic,
    Bands,
    BestOf,
    Cases,
    ColumnRead,
    Compare,
    Constant,
    Curve,
    Divided,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Sum,
    TimeOfDay,
)  # fmt: skip
from ..plan.quantity import Numeric
from .quotients import FreeCurve, Quotient

Keys = frozenset[str]
NONE: Keys = frozenset()


@frozen
class Facts:
    """Values known to be given, by key, and the stages that are still possible (None: all)."""

    given: Keys = NONE
    stages: frozenset[str] | None = None

    def and_also(self, other: Facts) -> Facts:
        """Both hold."""
        stages = self.stages if other.stages is None else other.stages if self.stages is None else self.stages & other.stages
        return Facts(self.given | other.given, stages)

    def or_else(self, other: Facts) -> Facts:
        """One of the two holds."""
        stages = None if self.stages is None or other.stages is None else self.stages | other.stages
        return Facts(self.given & other.given, stages)


NOTHING_KNOWN = Facts()


def key_of(expression: Expression) -> str | None:
    """The key of a value that is read; None for what is made on the spot."""
    match expression:
        case FieldRead():
            return f"field {expression.name}"
        case NumberRead():
            return f"number {expression.path}"
        case OutcomeRead():
            return f"outcome {expression.name}"
        case ColumnRead():
            return f"column {expression.through}.{expression.name}"
        case _:
            return None


def shown_by(expression: Expression) -> Keys:
    """The keys of all values that are given wherever the expression is."""
    match expression:
        case FieldRead() | NumberRead() | OutcomeRead():
            return frozenset((str(key_of(expression)),))
        case ColumnRead():
            return frozenset((str(key_of(expression)),)) | (frozenset((f"column .{expression.through}",)) if expression.through else NONE)
        case Arithmetic() | Extreme():
            return shown_by(expression.left) | shown_by(expression.right)
        case Divided() | Quotient():
            return shown_by(expression.numerator) | shown_by(expression.denominator)
        case Curve() | FreeCurve():
            return shown_by(expression.subject)
        case MovedTo() | MonthOf() | TimeOfDay():
            return shown_by(expression.time)
        case Bands():
            return shown_by(expression.subject) if expression.missing is None or isinstance(expression.missing, Nothing) else NONE
        case Lookup():
            plain = expression.missing is None or isinstance(expression.missing, Nothing)
            return NONE.union(*(shown_by(key) for key in expression.keys)) if plain else NONE
        case Cases():
            return _shown_by_cases(expression)
        case Sum():
            return frozenset(f"number {line.path}" for line in expression.lines) if expression.missing is None else NONE
        case BestOf():
            return frozenset(f"number {line.path}" for line in expression.lines) if len(expression.lines) == 1 else NONE
        case _:
            return NONE


def _shown_by_cases(expression: Cases) -> Keys:
    before = NONE
    found: list[Keys] = []
    for row in expression.rows:
        if not isinstance(row.value, Nothing):
            found.append(before | where_true(row.condition, ()).given | shown_by(row.value))
        before |= where_false(row.condition, ()).given
    if not isinstance(expression.otherwise, Nothing):
        found.append(before | shown_by(expression.otherwise))
    return frozenset.intersection(*found) if found else NONE


def where_true(condition: Expression, stages: tuple[str, ...]) -> Facts:
    """What holds where the condition does; `stages` are the names of all stages."""
    return _where(condition, True, stages)


def where_false(condition: Expression, stages: tuple[str, ...]) -> Facts:
    """What holds where the condition does not."""
    return _where(condition, False, stages)


def _where(condition: Expression, holds: bool, stages: tuple[str, ...]) -> Facts:
    match condition:
        case IsGiven():
            return Facts(shown_by(condition.value)) if holds else NOTHING_KNOWN
        case Not():
            return _where(condition.condition, not holds, stages)
        case AllOf() | AnyOf():
            parts = [_where(part, holds, stages) for part in condition.conditions]
            return _joined(parts, isinstance(condition, AllOf) == holds)
        case Compare(operator="=" | "<>") if isinstance(condition.left, StageRead):
            named = frozenset((_stage_name(condition.right),))
            return Facts(NONE, named if (condition.operator == "=") == holds else frozenset(stages) - named)
        case _:
            return NOTHING_KNOWN


def _stage_name(named: Expression) -> str:
    return str(named.value) if isinstance(named, Constant) else ""


def _joined(parts: list[Facts], together: bool) -> Facts:
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.and_also(part) if together else joined.or_else(part)
    return joined


def needed_by(expression: Expression) -> Keys | None:
    """The keys that, all given, make the expression given; None where it may be none for another reason (a divisor of 0, a row `none`)."""
    match expression:
        case Constant():
            return NONE
        case FieldRead() | NumberRead() | OutcomeRead() | ColumnRead():
            return frozenset((str(key_of(expression)),)) if expression.type.optional else NONE
        case Arithmetic() | Extreme():
            return _needed_together((expression.left, expression.right))
        case Divided():
            divisor = expression.denominator.type
            positive = isinstance(divisor, Numeric) and divisor.low > 0
            return _needed_together((expression.numerator, expression.denominator)) if positive else None
        case Curve():
            return needed_by(expression.subject)
        case MovedTo() | MonthOf() | TimeOfDay():
            return needed_by(expression.time)
        case Bands():
            branches = [row.value for row in expression.rows] + ([expression.otherwise] if expression.otherwise is not None else [])
            missing = expression.missing
            return _needed_together((*branches, expression.subject if missing is None or isinstance(missing, Nothing) else missing))
        case Cases():
            return _needed_by_cases(expression)
        case Lookup():
            return _needed_together(expression.keys)
        case Sum() if expression.missing is None:
            return frozenset(f"number {line.path}" for line in expression.lines)
        case _:
            return None


def _needed_together(parts: tuple[Expression, ...]) -> Keys | None:
    found = [needed_by(part) for part in parts]
    return None if any(keys is None for keys in found) else NONE.union(*(keys for keys in found if keys is not None))


def _needed_by_cases(expression: Cases) -> Keys | None:
    """A row `none when x missing` is not taken where x is given."""
    avoided = [_tested_missing(row.condition) for row in expression.rows if isinstance(row.value, Nothing)]
    if None in avoided:
        return None
    rest = _needed_together((*(row.value for row in expression.rows if not isinstance(row.value, Nothing)), expression.otherwise))
    return None if rest is None else rest.union(key for key in avoided if key is not None)


def _tested_missing(condition: Expression) -> str | None:
    """The key of the one value whose being missing is the condition."""
    match condition:
        case Not(condition=IsGiven()):
            tested = condition.condition
            return key_of(tested.value) if isinstance(tested, IsGiven) else None
        case _:
            return None


def closed(given: Keys, shows: Mapping[str, Keys]) -> Keys:
    """The keys and all that these being given shows, by what each value shows."""
    found: set[str] = set()
    waiting = list(given)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += shows.get(key, NONE)
    return frozenset(found)
