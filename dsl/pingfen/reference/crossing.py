"""All subjects at once: their records from events, what they are compared with, and the closings by linked entities."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar, assert_never

from attrs import evolve, frozen

from ..plan.record import Across, GroupExtreme, RecordPlan
from ..plan.ruleset import Plan
from .evaluation import Evaluation, Value
from .expressions import holds, optional_number
from .metrics import Measured, measure
from .peers import peer_values
from .populations import Populations, populations_of
from .rows import Data, Known, Row
from .scene import Observer, nobody
from .scorecard import RecordScene, closed_outcomes, evaluate
from .subject import SubjectScene

Member = TypeVar("Member", bound=Hashable)


@frozen(repr=False)
class Scored:
    """One subject's record and scorecard; `values` are all its metrics, inputs and attributes, also those that are no fields, `measured` the metrics with the
    quotients behind them."""

    record: dict[str, Value]
    evaluation: Evaluation
    values: Mapping[str, Value]
    measured: Mapping[str, Measured]


def score_events(plan: Plan, data: Data, as_of: int) -> dict[Value, tuple[dict[str, Value], Evaluation]]:
    """Record and scorecard of every subject, as of a day number.

    Subjects without events are scored too. Peer and group values are filled layer by layer over all subjects; closings by linked entities come last,
    all at once from the unlinked outcomes.
    """
    return {subject: (scored.record, scored.evaluation) for subject, scored in score_subjects(plan, data, as_of).items()}


def score_subjects(plan: Plan, data: Data, as_of: int, observer: Observer = nobody) -> dict[Value, Scored]:
    """As `score_events`, with all metrics of every subject. The observer is told which rows of ladders and cases were taken."""
    known = _known(plan, data, as_of, observer)
    populations = populations_of(known)
    rows = _rows_by_subject(plan, populations)
    subjects = {subject: _subject_scene(plan, known, populations, rows, subject) for subject in _subjects(data, known, rows)}
    records = {subject: _record(plan.record, scene, as_of) for subject, scene in subjects.items()}
    for across in sorted(plan.record.across, key=lambda across: _layer(plan.record, across)):
        filled = _filled(across, plan.record, subjects, records)
        for subject, record in records.items():
            record[across.name] = filled[subject]
    evaluations = {subject: evaluate(plan.record, record, observer) for subject, record in records.items()}
    closed = _linked(plan.record, subjects, records, evaluations)
    return {subject: Scored(records[subject], evaluation, subjects[subject].values, subjects[subject].measured) for subject, evaluation in closed.items()}


def rows_of_subject(plan: Plan, data: Data, as_of: int, subject: Value) -> tuple[dict[str, Sequence[Row]], Populations]:
    """One subject's rows of each table and population as of a day number, with the populations that they are read among."""
    populations = populations_of(_known(plan, data, as_of, nobody))
    return {name: groups.get(subject, ()) for name, groups in _rows_by_subject(plan, populations).items()}, populations


def values_of_subject(plan: Plan, data: Data, as_of: int, subject: Value) -> Mapping[str, Value]:
    """All metrics, inputs and attributes of one subject as of a day number; nothing is scored."""
    known = _known(plan, data, as_of, nobody)
    populations = populations_of(known)
    return _subject_scene(plan, known, populations, _rows_by_subject(plan, populations), subject).values


def _known(plan: Plan, data: Data, as_of: int, observer: Observer) -> Known:
    return Known(plan.events, data, as_of, observer, frozenset(each.name for each in plan.record.subject.attributes if each.dated))


def _rows_by_subject(plan: Plan, populations: Populations) -> dict[str, dict[Value, list[Row]]]:
    """Each table's and population's rows by subject; rows of no subject are left out."""
    found: dict[str, dict[Value, list[Row]]] = {}
    for name in dict.fromkeys([*(table.name for table in plan.events.tables), *(population.name for population in plan.events.populations)]):
        groups = found.setdefault(name, {})
        for row in populations.rows_of(name):
            subject = populations.known.subject_of(row)
            if subject is not None:
                groups.setdefault(subject, []).append(row)
    return found


def _subjects(data: Data, known: Known, rows: Mapping[str, Mapping[Value, Sequence[Row]]]) -> list[Value]:
    if data.subjects is not None:
        return list(data.subjects)
    named = [subject for table in known.plan.tables for subject in rows[table.name]]
    return list(dict.fromkeys([*named, *data.inputs]))


def _subject_scene(plan: Plan, known: Known, populations: Populations, rows: Mapping[str, Mapping[Value, Sequence[Row]]], subject: Value) -> SubjectScene:
    scene = SubjectScene({**_attributes(plan.record, known, subject), **_inputs(plan.record, known, subject)}, known.as_of, known.observer)
    own = {name: groups.get(subject, ()) for name, groups in rows.items()}
    for metric in plan.events.metrics:
        measured = measure(metric, own, populations, scene)
        scene.measured[metric.name] = measured
        scene.values[metric.name] = measured.value
    return scene


def _attributes(plan: RecordPlan, known: Known, subject: Value) -> dict[str, Value]:
    return {attribute.name: known.attribute_of(subject, attribute.name) for attribute in plan.subject.attributes}


def _inputs(plan: RecordPlan, known: Known, subject: Value) -> dict[str, Value]:
    given = known.data.inputs.get(subject, {})
    return {field.name: given.get(field.name) for field in plan.fields if field.kind == "input"}


def _record(plan: RecordPlan, scene: SubjectScene, as_of: int) -> dict[str, Value]:
    """The fields of layer 0; peer and group values are filled later."""
    values: dict[str, Value] = {}
    for field in plan.fields:
        match field.kind:
            case "as of":
                values[field.name] = as_of
            case "metric" | "input" | "attribute":
                values[field.name] = scene.values[field.name]
            case "peer" | "group":
                pass
            case _:
                assert_never(field.kind)
    return values


def _layer(plan: RecordPlan, across: Across) -> int:
    return next((field.layer for field in plan.fields if field.name == across.name), 0)


Subjects = Mapping[Value, SubjectScene]
Records = Mapping[Value, dict[str, Value]]


def _filled(across: Across, plan: RecordPlan, subjects: Subjects, records: Records) -> dict[Value, Value]:
    """One peer or group value for every subject."""
    scenes = {subject: RecordScene(plan, record) for subject, record in records.items()}
    match across:
        case GroupExtreme(kind=kind, of=of, by=by):
            given = {subject: optional_number(of, scene) for subject, scene in scenes.items()}
            choose = min if kind == "lowest" else max
            return {
                subject: choose([value for other in members if (value := given[other]) is not None], default=None)
                for members in _groups(by, subjects).values()
                for subject in members
            }
        case _:
            return peer_values(across, subjects, scenes)


def _groups(by: str, subjects: Subjects) -> dict[Hashable, list[Value]]:
    """Subjects by an attribute; one whose attribute is missing is a group of its own."""
    groups: dict[Hashable, list[Value]] = {}
    for subject, scene in subjects.items():
        owner = scene.values[by]
        groups.setdefault(("alone", subject) if owner is None else ("of", owner), []).append(subject)
    return groups


def _linked(plan: RecordPlan, subjects: Subjects, records: Records, evaluations: Mapping[Value, Evaluation]) -> dict[Value, Evaluation]:
    """Closings all at once: every member of a group where one member's condition holds on its own record, numbers and unlinked outcomes."""
    closed: dict[Value, set[str]] = {subject: set() for subject in subjects}
    for rule in plan.linked:
        touched = {subject for subject, record in records.items() if holds(rule.condition, RecordScene(plan, record))}
        for members in _groups(rule.by, subjects).values():
            for member in members if touched.intersection(members) else ():
                closed[member].update(rule.outcomes)
    return {subject: evolve(evaluation, outcomes=closed_outcomes(plan, evaluation.unlinked, closed[subject])) for subject, evaluation in evaluations.items()}
