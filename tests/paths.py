"""The ways from a plan to its numbers, each under one name, so that every case and law runs on all of them.

`RECORD_PATHS` go from one record to numbers and outcomes; `EVENT_PATHS` from event tables to a record and its numbers, by subject.
A path that an environment cannot offer is no entry here; nothing is skipped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import Factory, frozen

from pingfen.plan.encoding import decode, encode
from pingfen.plan.quantity import Exact, Type, Words
from pingfen.plan.ruleset import Plan
from pingfen.reference import Data, Evaluation, evaluate, score_events

from .clean import Clean

Record = Mapping[str, Clean]
Answers = dict[str, Clean]


@frozen
class Tables:
    """Clean events, attribute rows and plain inputs: rows of clean values by column name. `texts` holds the same as written, for paths that read files."""

    events: Mapping[str, list[dict[str, Clean]]] = Factory(dict)
    subjects: list[dict[str, Clean]] | None = None
    inputs: list[dict[str, Clean]] = Factory(list)


def types_of(plan: Plan) -> dict[str, Type]:
    """The type of everything that a case may ask of a scorecard: as `by_name`, and numbers by their own name too."""
    return {number.name: number.type for number in plan.record.numbers} | by_name(plan)


def by_name(plan: Plan) -> dict[str, Type]:
    """The type of every field, number (by path) and outcome, and of the stage; numbers win over fields of the same name."""
    record = plan.record
    kinds: dict[str, Type] = {field.name: field.type for field in record.fields}
    kinds |= {number.path: number.type for number in record.numbers}
    kinds |= {outcome.name: Words() for outcome in record.outcomes}
    return kinds | {"stage": Words()}


def by_reference(plan: Plan, record: Record) -> Answers:
    """The reference interpreter."""
    evaluation = evaluate(plan.record, record)
    return {"stage": evaluation.stage, **evaluation.numbers, **evaluation.outcomes}


def by_decoded_reference(plan: Plan, record: Record) -> Answers:
    """The reference interpreter on the plan as an artifact holds it."""
    return by_reference(decode(encode(plan), Plan), record)


def by_generated(plan: Plan, record: Record) -> Answers:
    """The generated Python function."""
    from pingfen.generated import build_scorer

    arguments: list[Clean] = []
    for field in plan.record.fields:
        value = record[field.name]
        arguments.extend((value if isinstance(value, tuple) else (None, None)) if isinstance(field.type, Exact) else [value])
    answers = list(build_scorer(plan.record)(*arguments))
    names = ["stage"] if plan.record.stages else []
    names += [number.path for number in plan.record.numbers] + [outcome.name for outcome in plan.record.outcomes]
    assert len(names) == len(answers)
    return {"stage": None} | dict(zip(names, answers, strict=True))


def events_by_reference(plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
    """The reference interpreter on clean rows."""
    scored = evaluations_by_reference(plan, tables, as_of)
    return {subject: shown_of_evaluation(plan, record, evaluation) for subject, (record, evaluation) in scored.items()}


def evaluations_by_reference(plan: Plan, tables: Tables, as_of: int) -> dict[str, tuple[Record, Evaluation]]:
    """Record and evaluation of every subject, by the reference interpreter."""
    key = plan.record.subject.key
    subjects: dict[Clean, list[dict[str, Clean]]] | None = None
    if tables.subjects is not None:
        subjects = {}
        for row in tables.subjects:
            subjects.setdefault(row[key], []).append({name: value for name, value in row.items() if name != key})
    inputs = {row[key]: {name: value for name, value in row.items() if name != key} for row in tables.inputs}
    scored = score_events(plan, Data(dict(tables.events), subjects, inputs), as_of)  # type: ignore[arg-type]
    return {str(subject): found for subject, found in scored.items()}


def shown_of_evaluation(plan: Plan, record: Record, evaluation: Evaluation) -> Answers:
    """What a result shows: the fields but D, the numbers that are not hidden, the outcomes."""
    fields = {field.name: record[field.name] for field in plan.record.fields if field.kind != "as of"}
    numbers = {path: None if path in evaluation.hidden else value for path, value in evaluation.numbers.items()}
    return {**fields, "stage": evaluation.stage, **numbers, **evaluation.outcomes}


def events_by_duckdb(plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
    """DuckDB, behind the border."""
    from .warehouse_path import events_by_duckdb as by_duckdb

    return by_duckdb(plan, tables, as_of)


RECORD_PATHS: dict[str, Callable[[Plan, Record], Answers]] = {
    "reference": by_reference,
    "decoded": by_decoded_reference,
    "generated": by_generated,
}
EVENT_PATHS: dict[str, Callable[[Plan, Tables, int], dict[str, Answers]]] = {
    "reference": events_by_reference,
    "duckdb": events_by_duckdb,
}
