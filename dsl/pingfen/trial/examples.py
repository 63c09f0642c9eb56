"""Runs examples in the reference interpreter: those with a record, and those with event tables."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..plan.quantity import Type, Words
from ..plan.record import Gate, RecordPlan
from ..plan.ruleset import Example, ExampleTable, Expectation, Plan
from ..reference import Data, Evaluation, InterpretationError, Observer, Value, evaluate, score_subjects
from .cleanness import unclean_rows
from .closings import Member, closings_of
from .coverage import Reached
from .outcome import Check, Problem, TriedExample


@frozen(repr=False)
class Seen:
    """One subject's scorecard and the values under it, for expectations to read; its record, and the rules that close its group."""

    evaluation: Evaluation
    values: Mapping[str, Value]
    record: Mapping[str, Value]
    closings: frozenset[int]


def try_example(plan: Plan, example: Example, reached: Reached) -> TriedExample:
    """The example's values compared with those expected; `expect` sees outcomes after closing."""
    unclean = unclean_rows(plan, data_of(plan, example))
    if unclean:
        return TriedExample(example, (), unclean)
    seen = _seen(plan, example, reached.observe)
    for each in seen.values():
        reached.see(each.record, each.evaluation, each.closings)
    return TriedExample(example, tuple(check for expectation in example.expected for check in _checks(plan, expectation, seen)))


def record_of(plan: RecordPlan, example: Example) -> dict[str, Value]:
    """The record that an example writes; the as-of date fills the field of D."""
    written = dict(example.given)
    dates: dict[str, Value] = {field.name: example.as_of for field in plan.fields if field.kind == "as of"}
    return {**dates, **{field.name: written[field.name] for field in plan.fields if field.name in written}}


def data_of(plan: Plan, example: Example) -> Data:
    """The event tables, attributes and inputs that an example writes."""
    key = plan.record.subject.key
    tables = {table.name: _rows(table) for table in example.tables if table.name not in ("subjects", "inputs")}
    subjects = next((_by_subject(table, key) for table in example.tables if table.name == "subjects"), None)
    inputs = next((_by_subject(table, key) for table in example.tables if table.name == "inputs"), {})
    return Data(tables, subjects, {subject: rows[-1] for subject, rows in inputs.items()})


def _rows(table: ExampleTable) -> list[dict[str, Value]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _by_subject(table: ExampleTable, key: str) -> dict[Value, list[dict[str, Value]]]:
    found: dict[Value, list[dict[str, Value]]] = {}
    for row in _rows(table):
        found.setdefault(row[key], []).append(row)
    return found


def _seen(plan: Plan, example: Example, observer: Observer) -> dict[str, Seen]:
    if not example.tables:
        record = record_of(plan.record, example)
        (alone,) = closings_of(plan.record, [Member(record, dict.fromkeys(rule.by for rule in plan.record.linked))])
        return {"": Seen(evaluate(plan.record, record, observer), record, record, alone)}
    if example.as_of is None:
        raise InterpretationError("an example with events has no as-of date")
    scored = score_subjects(plan, data_of(plan, example), example.as_of, observer)
    closings = closings_of(plan.record, [Member(each.record, each.values) for each in scored.values()])
    return {
        str(subject): Seen(each.evaluation, {**each.values, **each.record}, each.record, rules)
        for (subject, each), rules in zip(scored.items(), closings, strict=True)
    }


def _checks(plan: Plan, expectation: Expectation, seen: Mapping[str, Seen]) -> list[Check]:
    subject = expectation.subject or (next(iter(seen)) if len(seen) == 1 else "")
    found = seen.get(subject)
    if found is None:
        problem: Problem = "no such subject" if expectation.subject else "several subjects"
        return [Check(expectation.subject, name, None, value, None, expectation, problem) for name, value in expectation.values]
    return [_check(plan, expectation, name, value, found) for name, value in expectation.values]


def _check(plan: Plan, expectation: Expectation, name: str, expected: Value, seen: Seen) -> Check:
    kind, got = read_name(plan, name, seen)
    return Check(expectation.subject, name, kind, expected, got, expectation)


def read_name(plan: Plan, name: str, seen: Seen) -> tuple[Type, Value]:
    """Type and value of a name as people write it: the stage, an outcome, a number by its path or by a unique last name, a metric, input or attribute."""
    if name == "stage" and plan.record.stages:
        return Words(tuple(row.name for row in plan.record.stages)), seen.evaluation.stage
    for outcome in plan.record.outcomes:
        if outcome.name == name:
            kind = Words((outcome.unheld, outcome.held)) if isinstance(outcome, Gate) else outcome.type
            return kind, seen.evaluation.outcomes[name]
    paths = [number for number in plan.record.numbers if number.path == name] or [number for number in plan.record.numbers if number.name == name]
    if len(paths) == 1:
        return paths[0].type, seen.evaluation.numbers[paths[0].path]
    kinds: dict[str, Type] = {metric.name: metric.type for metric in plan.events.metrics}
    kinds |= {attribute.name: attribute.type for attribute in plan.record.subject.attributes}
    kinds |= {field.name: field.type for field in plan.record.fields}
    if name not in kinds or name not in seen.values:
        raise InterpretationError(f"`{name}` is expected and nothing has this name")
    return kinds[name], seen.values[name]
