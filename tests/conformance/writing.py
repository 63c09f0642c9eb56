"""A failure as a case of the suite: the ruleset, its tables and what the interpreter expects, in the form of tests/cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pingfen.plan.quantity import Exact, Numeric, Truth, Type
from pingfen.plan.ruleset import Plan
from pingfen.plan.values import clock_text, decimal_text, value_text

from ..clean import Clean
from ..paths import events_by_reference, types_of
from ..strategies.kinds import day_text
from .shrinking import Failure

FOLDER = Path(__file__).parents[1] / "cases" / "conformance"


def write_case(failure: Failure, engine: str, what: str) -> Path:
    """Write the failure where the suite finds it."""
    path = FOLDER / f"found-{engine}-{failure.seed}.md"
    path.write_text(case_text(failure, engine, what), "utf-8")
    return path


def case_text(failure: Failure, engine: str, what: str) -> str:
    """The case: `what` said where engine and interpreter differed."""
    plan = failure.plan
    assert plan is not None
    key, parts = plan.record.subject.key, [f"# Found by comparison on {engine}\n", f"## Seed {failure.seed}: {what}\n", f"```pf\n{failure.text}```"]
    for table in plan.events.tables:
        kinds = {column.name: column.type for column in table.columns if column.computed is None}
        parts.append(_table(f"events {table.name}", kinds, failure.tables.events.get(table.name, [])))
    attributes: dict[str, Type] = {item.name: item.type for item in plan.record.subject.attributes}
    dated = {"valid_from": Numeric("date", 0, 0, 0)} if any(item.dated for item in plan.record.subject.attributes) else {}
    parts.append(_table("subjects", {key: None, **dated, **attributes}, failure.tables.subjects or []))
    inputs = {field.name: field.type for field in plan.record.fields if field.kind == "input"}
    parts += [_table("inputs", {key: None, **inputs}, failure.tables.inputs)] if inputs else []
    return "\n".join([*parts, _expected(plan, failure)]) + "\n"


def _expected(plan: Plan, failure: Failure) -> str:
    answers = events_by_reference(plan, failure.tables, failure.as_of)
    names = [name for name in next(iter(answers.values()), {}) if name in types_of(plan) and (name != "stage" or plan.record.stages)]
    rows = [{"": subject, **answer} for subject, answer in answers.items()]
    kinds = {plan.record.subject.key: None} | {name: types_of(plan)[name] for name in names}
    renamed = [{plan.record.subject.key: row[""], **{name: row[name] for name in names}} for row in rows]
    return _table(f"expect on {day_text(failure.as_of)}", kinds, renamed)


def _table(head: str, kinds: Mapping[str, Type | None], rows: Sequence[Mapping[str, Clean]]) -> str:
    lines = [", ".join(kinds), *(", ".join(_cell(kind, row.get(name)) for name, kind in kinds.items()) for row in rows)]
    return "\n".join([f"```{head}", *lines, "```"])


def _cell(kind: Type | None, value: Clean) -> str:
    """A value as tests/clean.py reads it; an empty text in quotes, so that it is not missing."""
    match kind:
        case _ if value is None:
            return "none"
        case Numeric(unit="time"):
            assert isinstance(value, int)
            return f"{day_text(value // 86400)} {clock_text(value % 86400)}Z"
        case Numeric(unit="duration"):
            return f"{value} seconds"
        case Numeric(unit="share", places=places):
            assert isinstance(value, int)
            return decimal_text(value, places)
        case Exact(places=0) if isinstance(value, tuple):
            return f"{value[0]} of {value[1]}"
        case Numeric() | Truth():
            return value_text(kind, value)
        case _:
            return f'"{value}"' if value == "" else str(value)
