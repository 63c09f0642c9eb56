"""The score's steps as amounts: what each line of the total, each adjustment, clamp and rounding adds. They add up exactly to the score.

The same lines as `explanation` tells, which says them in words: a sum's lines at the total's places, one `rounding` line for what is left, the adjustments that
acted, then from the total to the score the clamp and the rounding. A slot is one line that may appear; when it does not, its amount is None, or 0 where that
says nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Literal

from ..node import evolve, frozen
from ..plan.expressions import Arithmetic, BestOf, Constant, Divided, DropMissing, Expression, Line, NumberRead, Substitute, Sum
from ..plan.label import Label
from ..plan.quantity import Numeric, Type
from ..plan.record import Number, RecordPlan
from .division import divided
from .expressions import value_of
from .scope import Scope
from .sums import added, if_given, times, whole_number
from .tree import NONE, all_of, any_of, choose, compare, compute, constant, either, name, negate
from .value import Value, whole

Kind = Literal["value", "part", "dropped", "not best", "total", "stage", "rounding", "deduct", "bonus", "protect", "cap", "range"]


@frozen(repr=False)
class Slot:
    """A line that may appear. Where its amount is None it is a line of kind `otherwise` that adds nothing, or none at all where that is ""; with
    `silent` it does not appear either where it is 0. Amounts are at `places`.
    """

    kind: Kind
    path: str
    label: Label
    places: int
    silent: bool = False
    otherwise: Literal["", "dropped", "not best"] = ""


Made = list[tuple[Slot, ast.expr]]


def marked_paths(plan: RecordPlan) -> set[str]:
    """The numbers whose making the steps tell: score and total."""
    return {number.path for number in plan.numbers if number.kind in ("score", "total")}


def steps_of(plan: RecordPlan, scope: Scope) -> Made:
    """The slots of the score in order, each with its amount; to be evaluated where the score is given and the stage is full."""
    score = next((number for number in plan.numbers if number.kind == "score"), None)
    return [] if score is None else _lines(score, plan, scope)


def _lines(number: Number, plan: RecordPlan, scope: Scope) -> Made:
    passed = passed_on(number.value)
    places = _places(number.type)
    if passed is None:
        before = _local(scope.marks.get(number.path), 0, number, scope)
        lines = _value_lines(number, before, places, scope)
        return [*lines, *_changes(number, places, 1, scope)]
    wide = max(places, _places(passed.type))
    unit = 10 ** (wide - places)
    amount = times(evolve(scope.numbers[passed.path], missing=()), whole_number(10 ** (wide - _places(passed.type))))
    source = next(other for other in plan.numbers if other.path == passed.path)
    if number.kind != "score":
        first = (Slot("part", passed.path, source.label, wide), amount.tree)
        made = compute("*", _local(scope.marks.get(number.path), 0, number, scope), constant(unit))
        return [first, _rounding(made, amount.tree, wide), *_changes(number, wide, unit, scope)]
    first_lines = _lines(source, plan, scope) if source.kind == "total" else [(Slot("total", passed.path, source.label, wide), amount.tree)]
    return [*first_lines, *_score_changes(number, amount, wide, unit, scope)]


def passed_on(expression: Expression) -> NumberRead | None:
    """The number whose value an expression is, at other places perhaps; None for any other expression."""
    match expression:
        case NumberRead():
            return expression
        case Arithmetic(operator="*", left=NumberRead() as read, right=Constant()) | Divided(numerator=NumberRead() as read, denominator=Constant()):
            same = isinstance(read.type, Numeric) and isinstance(expression.type, Numeric) and read.type.unit == expression.type.unit
            return read if same else None
        case _:
            return None


def _places(kind: Type) -> int:
    return kind.places if isinstance(kind, Numeric) else 0


def _local(marks: Sequence[str] | None, index: int, number: Number, scope: Scope) -> ast.expr:
    """The number after `index` adjustments; one that is never changed stands where it was made."""
    return name(marks[index]) if marks else scope.numbers[number.path].tree


def _changes(number: Number, places: int, unit: int, scope: Scope) -> Made:
    """Adjustments, in order, and the number's own range."""
    marks = scope.marks.get(number.path)
    lines: Made = []
    for index, adjustment in enumerate(number.adjustments):
        change = compute("-", _local(marks, index + 1, number, scope), _local(marks, index, number, scope))
        lines.append((Slot(adjustment.kind, "", adjustment.label, places, silent=True), compute("*", change, constant(unit))))
    if marks and (number.low is not None or number.high is not None):
        change = compute("-", scope.numbers[number.path].tree, name(marks[-1]))
        lines.append((Slot("range", "", Label(), places, silent=True), compute("*", change, constant(unit))))
    return lines


def _score_changes(number: Number, total: Value, places: int, unit: int, scope: Scope) -> Made:
    """From total to score: the clamp to the score's range, then the rounding to its step."""
    low, high = (None if end is None else end * unit for end in (number.low, number.high))
    rows = []
    if low is not None and total.low < low:
        rows.append((compare("<", total.tree, constant(low)), constant(low)))
    if high is not None and total.high > high:
        rows.append((compare(">", total.tree, constant(high)), constant(high)))
    clamped = choose(rows, total.tree)
    lines: Made = [(Slot("range", "", Label(), places, silent=True), compute("-", clamped, total.tree))] if rows else []
    score = compute("*", scope.numbers[number.path].tree, constant(unit))
    return lines if isinstance(number.value, NumberRead) else [*lines, _rounding(score, clamped, places)]


def _rounding(value: ast.expr, told: ast.expr, places: int) -> tuple[Slot, ast.expr]:
    """What keeps the lines from adding up by themselves."""
    return Slot("rounding", "", Label(), places, silent=True), compute("-", value, told)


def _value_lines(number: Number, value: ast.expr, places: int, scope: Scope) -> Made:
    match number.value:
        case Sum() as form:
            lines = _sum_lines(form, places, scope)
        case BestOf() as form:
            return _best_lines(form, value, places, scope)
        case _:
            return [(Slot("value", "", Label(), places), value)]
    told = Value(constant(0))
    for index, (slot, amount) in enumerate(lines):
        local = f"amount_{index}"
        lines[index] = (slot, ast.NamedExpr(ast.Name(local, ast.Store()), amount))
        shown = if_given(Value(name(local), missing=(_absent(local),)), Value(name(local)), whole_number(0)) if slot.otherwise else Value(name(local))
        told = added([told, shown])
    return [*lines, _rounding(value, told.tree, places)]


def _absent(local: str) -> ast.expr:
    return ast.Compare(name(local), [ast.Is()], [NONE])


def _sum_lines(form: Sum, places: int, scope: Scope) -> Made:
    values = [scope.numbers[line.path] for line in form.lines]
    weights = [value_of(line.weight, scope, True) for line in form.lines]
    dropping = isinstance(form.missing, DropMissing)
    counting = [if_given(value, weight, whole_number(0)) if dropping else weight for value, weight in zip(values, weights, strict=True)]
    unit = times(added(counting), whole_number(form.unit)) if form.relative else whole_number(form.unit)
    lines: Made = []
    for index, (line, value, weight) in enumerate(zip(form.lines, values, weights, strict=True)):
        counted = _substituted(form, index, value)
        product = times(times(counted, weight), whole_number(line.factor * form.scale * form.step))
        amount = evolve(divided(product, unit, "half away", 1, scope.fresh), missing=value.missing if dropping else ())
        lines.append((_slot(line, places, scope, "dropped" if amount.missing else ""), whole(amount)))
    return lines


def _substituted(form: Sum, index: int, value: Value) -> Value:
    if isinstance(form.missing, Substitute):
        return if_given(value, value, whole_number(form.missing.values[index]))
    return evolve(value, missing=())


def _best_lines(form: BestOf, value: ast.expr, places: int, scope: Scope) -> Made:
    """The first line that is the value counts; the others add nothing."""
    lines: Made = []
    earlier: list[ast.expr] = []
    for line in form.lines:
        read = scope.numbers[line.path]
        scaled = compute("*", read.tree, constant(line.factor))
        found = all_of([negate(any_of(read.missing)), compare("=", scaled, value)])
        taken = all_of([negate(any_of(earlier)), found])
        lines.append((_slot(line, places, scope, "not best"), either(taken, value, NONE)))
        earlier = [*earlier, found]
    return lines


def _slot(line: Line, places: int, scope: Scope, otherwise: Literal["", "dropped", "not best"]) -> Slot:
    return Slot("part", line.path, scope.label_of(line.path), places, otherwise=otherwise)
