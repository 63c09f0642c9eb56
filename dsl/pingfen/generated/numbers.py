"""Stage, numbers and outcomes as statements: each number is a local, made once, adjusted and clamped in place."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from itertools import groupby
from typing import assert_never

from ..node import evolve
from ..plan.quantity import Exact
from ..plan.record import Adjustment, Gate, Linked, Number, Outcome, RecordPlan, StageRow, Tier
from .expressions import condition_of, value_of
from .scope import Scope
from .tree import NONE, all_of, any_of, assign, choose, compare, compute, constant, either, is_none, name, negate, reader, when
from .value import Value, span, stored, whole


def staged(stages: Sequence[StageRow], scope: Scope) -> list[ast.stmt]:
    """Sets `stage` to the name of the first stage whose condition holds."""
    if not stages:
        return []
    rows = [(constant(True) if row.condition is None else condition_of(row.condition, scope), constant(row.name)) for row in stages]
    return [assign(choose(rows[:-1], rows[-1][1]), "stage")]


def cleared(plan: RecordPlan, scope: Scope) -> list[ast.stmt]:
    """A quotient of nothing is missing: numerator and denominator become None where the denominator is 0."""
    body: list[ast.stmt] = []
    for field in plan.fields:
        if isinstance(field.type, Exact):
            identifiers = [value.tree.id for value in scope.fields[field.name] if isinstance(value.tree, ast.Name)]
            body += when(compare("=", name(identifiers[1]), constant(0)), [assign(NONE, *identifiers)])
    return body


def numbered(plan: RecordPlan, scope: Scope) -> list[ast.stmt]:
    """Makes every number, in order; those that want a full stage stand under one `if`."""
    identifiers = {number.path: f"number_{index}" for index, number in enumerate(plan.numbers)}
    narrow = [row.name for row in plan.stages if not row.full]
    body: list[ast.stmt] = []
    for wants_full, run in groupby(plan.numbers, lambda number: number.needs_full_stage and bool(narrow)):
        numbers = list(run)
        made = [statement for number in numbers for statement in _made(number, identifiers[number.path], scope, wants_full)]
        body += _where_full(plan, numbers, identifiers, made, scope) if wants_full else made
    return body


def _where_full(plan: RecordPlan, numbers: list[Number], identifiers: dict[str, str], made: list[ast.stmt], scope: Scope) -> list[ast.stmt]:
    full = [row.name for row in plan.stages if row.full]
    values = {row.name: value_of(row.value, scope) for row in plan.stages if not row.full and row.value is not None}
    rows = [(scope.stage_is_one_of([stage]), whole(value)) for stage, value in values.items()]
    scores = [identifiers[number.path] for number in numbers if number.kind == "score"]
    others = [identifiers[number.path] for number in numbers if number.kind != "score"]
    missing = ([assign(NONE, *others)] if others else []) + ([assign(choose(rows, NONE), *scores)] if scores else [])
    for number in numbers:
        value = scope.numbers[number.path]
        low, high = span([value, *values.values()]) if number.kind == "score" else (value.low, value.high)
        local = name(identifiers[number.path])
        scope.numbers[number.path] = Value(local, low, high, (is_none(local),))
    return when(scope.stage_is_one_of(full), made, missing)


def _made(number: Number, identifier: str, scope: Scope, store: bool) -> list[ast.stmt]:
    """The statements that make one number. A plain copy of a local needs none, unless `store` asks for a local of its own."""
    value = value_of(number.value, scope)
    adjusting = bool(number.adjustments) or _can_leave(number, value)
    if not (adjusting or store) and isinstance(whole(value), (ast.Name, ast.Constant)):
        scope.numbers[number.path] = value
        return []
    local = stored(identifier, value)
    statements = [assign(whole(value), identifier)]
    adjusted, steps = _adjusted(number, local, identifier, scope)
    scope.numbers[number.path] = evolve(adjusted, missing=local.missing)
    return statements + (when(negate(any_of(local.missing)), steps) if local.missing else steps)


def _can_leave(number: Number, value: Value) -> bool:
    return (number.low is not None and value.low < number.low) or (number.high is not None and value.high > number.high)


def _adjusted(number: Number, value: Value, identifier: str, scope: Scope) -> tuple[Value, list[ast.stmt]]:
    """Adjustments in the order written, then the number's own range."""
    value, steps = evolve(value, missing=()), _mark(number, identifier, scope)
    for adjustment in number.adjustments:
        value, statements = _after(adjustment, value, identifier, scope)
        steps += statements + _mark(number, identifier, scope)
    return _clamped(number, value, identifier, steps)


def _mark(number: Number, identifier: str, scope: Scope) -> list[ast.stmt]:
    if number.path not in scope.marked:
        return []
    marks = scope.marks.setdefault(number.path, [])
    marks.append(f"{identifier}_{len(marks)}")
    return [assign(name(identifier), marks[-1])]


def _after(adjustment: Adjustment, value: Value, identifier: str, scope: Scope) -> tuple[Value, list[ast.stmt]]:
    test = constant(True) if adjustment.condition is None else condition_of(adjustment.condition, scope)
    amount = amount_of(adjustment, scope)
    match adjustment.kind:
        case "deduct":
            change = assign(compute("-", value.tree, amount.tree), identifier)
            return evolve(value, low=value.low - amount.high), when(test, [change])
        case "bonus":
            change = assign(compute("+", value.tree, amount.tree), identifier)
            return evolve(value, high=value.high + amount.high), when(test, [change])
        case "protect":
            return evolve(value, high=max(value.high, amount.high)), _replaced(test, "<", amount, identifier, scope)
        case "cap":
            return evolve(value, low=min(value.low, amount.low)), _replaced(test, ">", amount, identifier, scope)
        case _:
            assert_never(adjustment.kind)


def _replaced(test: ast.expr, operator: str, amount: Value, identifier: str, scope: Scope) -> list[ast.stmt]:
    """The amount in place of the value where the value is below (above) it."""
    read = reader(amount.tree, scope.fresh)
    beyond = compare("<" if operator == "<" else ">", name(identifier), read())
    return when(all_of([test, beyond]), [assign(read(), identifier)])


def amount_of(adjustment: Adjustment, scope: Scope) -> Value:
    """What an adjustment whose condition holds changes by (deduct, bonus) or is held against (protect, cap)."""
    amount = value_of(adjustment.amount, scope, True)
    if adjustment.per is not None:
        per = value_of(adjustment.per, scope, True)
        ends = [a * b for a in (amount.low, amount.high) for b in (per.low, per.high)]
        amount = Value(compute("*", amount.tree, per.tree), min(ends), max(ends))
    if adjustment.most is None or amount.high <= adjustment.most:
        return amount
    most, read = constant(adjustment.most), reader(amount.tree, scope.fresh)
    over = compare(">", read(), most)
    return Value(either(over, most, read()), min(amount.low, adjustment.most), adjustment.most)


def _clamped(number: Number, value: Value, identifier: str, steps: list[ast.stmt]) -> tuple[Value, list[ast.stmt]]:
    """The number's own range: the larger with `low`, then the smaller with `high`, each asked only where it can act."""
    low, high = number.low, number.high
    if low is not None and value.low < low:
        steps = steps + when(compare("<", value.tree, constant(low)), [assign(constant(low), identifier)])
        value = evolve(value, low=low, high=max(value.high, low))
    if high is not None and value.high > high:
        steps = steps + when(compare(">", value.tree, constant(high)), [assign(constant(high), identifier)])
        value = evolve(value, low=min(value.low, high), high=high)
    return value, steps


def decided(plan: RecordPlan, scope: Scope) -> list[ast.stmt]:
    """Decides every outcome, then closes by linked entities as a group of one: all at once, from the outcomes before closing."""
    identifiers = {outcome.name: f"outcome_{index}" for index, outcome in enumerate(plan.outcomes)}
    body: list[ast.stmt] = []
    for outcome in plan.outcomes:
        value = _outcome(outcome, scope)
        body.append(assign(whole(value), identifiers[outcome.name]))
        scope.outcomes[outcome.name] = stored(identifiers[outcome.name], value)
    return body + linked(plan.linked, plan, identifiers, scope)


def _outcome(outcome: Outcome, scope: Scope) -> Value:
    match outcome:
        case Gate():
            without = [(any_of(value_of(value, scope).missing), constant(fallen)) for value, fallen in outcome.without]
            rest = either(condition_of(outcome.condition, scope), constant(outcome.held), constant(outcome.unheld))
            return Value(choose([row for row in without if row[0] is not None], rest))
        case Tier():
            value = value_of(outcome.value, scope)
            forces = [(condition_of(force.condition, scope), constant(force.tier)) for force in reversed(outcome.forces)]
            return evolve(value, tree=choose(forces, value.tree))
        case _:
            assert_never(outcome)


def linked(rules: Sequence[Linked], plan: RecordPlan, identifiers: dict[str, str], scope: Scope) -> list[ast.stmt]:
    """Shuts the outcomes of every rule whose condition holds; all conditions are looked at before anything is shut."""
    gates = {outcome.name: outcome for outcome in plan.outcomes if isinstance(outcome, Gate)}
    tests = [condition_of(rule.condition, scope) for rule in rules]
    early = [assign(test, f"linked_{index}") for index, test in enumerate(tests)] if len(rules) > 1 else []
    body: list[ast.stmt] = []
    for index, rule in enumerate(rules):
        shut = [assign(constant(gates[each].shut), identifiers[each]) for each in rule.outcomes if each in gates]
        body += when(name(f"linked_{index}") if early else tests[index], shut)
    return early + body
