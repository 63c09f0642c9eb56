"""Plan expressions in words, for people who read rules and not programs; names appear by their labels."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from ..diagnostics.terms import TERMS
from ..plan.events import Transitions
from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
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
    Line,
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
)
from ..plan.label import Label
from ..plan.quantity import Numeric, Type
from ..plan.ruleset import Plan
from ..plan.values import Value, clock_text, decimal_text, numeric_text
from .phrases import phrase
from .rows import places_of, rows_text
from .values import written_value

SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×"}

OUTCOMES = ("open", "closed", "applies", "clear")


@frozen
class Wording:
    """Words for one plan in one language; `labels` maps ("field", name), ("number", path), ("table", name) ... to what people read. `in_full`: ladders, curves
    and tables inside a sentence are told with all their rows, else only by what they go."""

    language: str
    labels: dict[tuple[str, str], str]
    zone: Transitions
    in_full: bool = False

    def full(self) -> Wording:
        """The same with the rows of what no table of its own shows."""
        return evolve(self, in_full=True)

    def brief(self) -> Wording:
        """The same without rows inside sentences."""
        return evolve(self, in_full=False)

    def say(self, key: str, **values: object) -> str:
        """A phrase in this language."""
        return phrase(self.language, key, **values)

    def value(self, kind: Type, value: Value) -> str:
        """A value as people write it."""
        return written_value(kind, value, self.language, self.zone)

    def name(self, space: str, name: str) -> str:
        """The label of a name, else the name."""
        return self.labels.get((space, name), name)

    def outcome(self, outcome: str) -> str:
        """The outcome of a gate or sanction, or a tier or stage, as people read it."""
        return outcome_text(outcome, self.language)

    def describe(self, expression: Expression) -> str:
        """The expression as one phrase."""
        return _describe(self, expression)


def outcome_text(outcome: str, language: str) -> str:
    """The outcome of a gate or sanction by the words of the language; a tier or stage by its name."""
    return TERMS[outcome] if language == "zh" and outcome in OUTCOMES else outcome


def wording_of(plan: Plan, language: str) -> Wording:
    """The wording of a plan: labels of everything that has a name."""
    labels: dict[tuple[str, str], str] = {}

    def put(space: str, name: str, label: Label) -> None:
        labels[space, name] = label.text(language, name)

    for attribute in plan.record.subject.attributes:
        put("field", attribute.name, attribute.label)
    for field in plan.record.fields:
        put("field", field.name, field.label)
    for number in plan.record.numbers:
        labels["number", number.path] = number.label.text(language, phrase(language, number.kind) if number.kind in ("score", "total") else number.name)
    for outcome in plan.record.outcomes:
        put("outcome", outcome.name, outcome.label)
    for stage in plan.record.stages:
        put("stage", stage.name, stage.label)
    for metric in plan.events.metrics:
        put("field", metric.name, metric.label)
    for population in plan.events.populations:
        put("table", population.name, population.label)
    for table in plan.events.tables:
        put("table", table.name, table.label)
        for column in table.columns:
            put("column", column.name, column.label)
    return Wording(language, labels, plan.events.zone)


def _describe(words: Wording, node: Expression) -> str:
    match node:
        case Constant(value, kind):
            return words.value(kind, value)
        case Nothing():
            return words.say("nothing")
        case FieldRead(name=name):
            return words.name("field", name)
        case NumberRead(path=path):
            return words.name("number", path)
        case OutcomeRead(name=name):
            return words.name("outcome", name)
        case ColumnRead(name=name):
            return words.name("column", name)
        case StageRead():
            return words.say("stage")
        case AsOfRead():
            return words.say("as of")
        case AnyRow(populations=populations):
            return words.say("has any", populations=", ".join(words.name("table", name) for name in populations))
        case MonthOf(time=time):
            return words.say("month", time=_describe(words, time))
        case TimeOfDay(time=time):
            return words.say("clock", time=_describe(words, time))
        case MovedTo(time=time, target=target, start=start, end=end):
            return words.say("moved", time=_describe(words, time), target=clock_text(target), start=clock_text(start), end=clock_text(end))
        case Arithmetic() | Divided() | Extreme():
            return _calculation(words, node)
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast():
            return _condition(words, node)
        case Cases() | Bands() | Curve() | Lookup() | Sum() | BestOf():
            return _choice(words, node)
        case _:
            assert_never(node)


def _calculation(words: Wording, node: Arithmetic | Divided | Extreme) -> str:
    match node:
        case Arithmetic(operator="*", left=left, right=Constant() as right) if _is_one(right):
            return _describe(words, left)
        case Arithmetic(operator="*", left=Constant() as left, right=right) if _is_one(left):
            return _describe(words, right)
        case Arithmetic(operator="*", left=Arithmetic(operator="-", left=AsOfRead(), right=day), right=Constant(value=86400)):
            return words.say("age", date=_describe(words, day))
        case Arithmetic(operator="-", left=left, right=right, type=Numeric(unit="duration")) if _is_time(left):
            return words.say("until", start=_describe(words, right), end=_describe(words, left))
        case Arithmetic(operator=operator, left=left, right=right):
            return f"({_describe(words, left)} {SIGNS[operator]} {_describe(words, right)})"
        case Divided(numerator=numerator, denominator=denominator, mode=mode, step=step, type=Numeric() as kind):
            divisor = _divisor(node, words)
            text = _describe(words, numerator) + (f" / {divisor}" if divisor else "")
            return words.say(f"rounded {mode}", value=text, step=numeric_text(kind, step, words.language))
        case Divided(numerator=numerator, denominator=denominator):
            return f"{_describe(words, numerator)} / {_describe(words, denominator)}"
        case Extreme(kind=kind, left=left, right=right):
            return words.say("larger" if kind == "greatest" else "smaller", left=_describe(words, left), right=_describe(words, right))
        case _:
            assert_never(node)


def _divisor(node: Divided, words: Wording) -> str:
    """The divisor as people read it, "" where the node only rounds: a constant also holds the change of scale."""
    numerator, denominator = node.numerator.type, node.denominator
    if not (isinstance(denominator, Constant) and isinstance(denominator.value, int) and isinstance(numerator, Numeric) and isinstance(node.type, Numeric)):
        return _describe(words, denominator)
    ratio = Fraction(denominator.value, node.step) * Fraction(10) ** (node.type.places - numerator.places)
    places = places_of(ratio, 0)
    return "" if ratio == 1 else str(ratio) if places is None else decimal_text(int(ratio * 10**places), places)


def _condition(words: Wording, node: Compare | AllOf | AnyOf | Not | IsGiven | AtLeast) -> str:
    match node:
        case Compare(operator=operator, left=StageRead(), right=Constant(value=str(stage))):
            return f"{words.say('stage')} {SIGNS[operator]} {words.name('stage', stage)}"
        case Compare(operator=operator, left=left, right=right):
            return f"{_describe(words, left)} {SIGNS[operator]} {_describe(words, right)}"
        case AllOf(conditions=conditions):
            return words.say("and").join(_grouped(words, each) for each in conditions)
        case AnyOf(conditions=conditions):
            return words.say("or").join(_grouped(words, each) for each in conditions)
        case Not(condition=IsGiven(value=value)):
            return words.say("is missing", value=_describe(words, value))
        case Not(condition=condition):
            return words.say("not", condition=_describe(words, condition))
        case IsGiven(value=value):
            return words.say("is given", value=_describe(words, value))
        case AtLeast(count=count, conditions=conditions):
            return words.say("at least", count=count, conditions=", ".join(_describe(words, each) for each in conditions))
        case _:
            assert_never(node)


def _choice(words: Wording, node: Cases | Bands | Curve | Lookup | Sum | BestOf) -> str:
    match node:
        case Cases(rows=rows, otherwise=otherwise):
            told = [f"{_describe(words, row.value)} ({_describe(words, row.condition)})" for row in rows]
            return "; ".join([*told, f"{_describe(words, otherwise)} ({words.say('otherwise')})"])
        case Bands(subject=subject) | Curve(subject=subject):
            return words.say("by value", value=_describe(words, subject)) + _rows_of(words, node)
        case Lookup(keys=keys):
            return words.say("by value", value=", ".join(_describe(words, key) for key in keys)) + _rows_of(words, node)
        case Sum(lines=(only,)) | BestOf(lines=(only,)):
            return words.name("number", only.path)
        case Sum(lines=lines):
            return words.say("sum of", lines=_line_names(words, lines))
        case BestOf(lines=lines):
            return words.say("best", lines=_line_names(words, lines))
        case _:
            assert_never(node)


def _rows_of(words: Wording, node: Bands | Curve | Lookup) -> str:
    return f" ({rows_text(node, words)})" if words.in_full else ""


def _line_names(words: Wording, lines: tuple[Line, ...]) -> str:
    return ", ".join(words.name("number", line.path) for line in lines)


def _grouped(words: Wording, node: Expression) -> str:
    return f"({_describe(words, node)})" if isinstance(node, AllOf | AnyOf) else _describe(words, node)


def _is_one(node: Constant) -> bool:
    """A constant that only aligns places: 1, 1.0, 1.00 ..."""
    return isinstance(node.type, Numeric) and node.type.unit != "share" and node.value == 10**node.type.places


def _is_time(node: Expression) -> bool:
    return isinstance(node.type, Numeric) and node.type.unit == "time"
