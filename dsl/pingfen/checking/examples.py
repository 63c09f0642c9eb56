"""Checks examples: records that name exactly the fields, tables of clean rows, and expectations of names that exist."""

from __future__ import annotations

from ..binding.names import report_unresolved
from ..binding.scopes import (
    Ambiguous,
    Elsewhere,
    FieldScope,
    FieldTarget,
    NoField,
    NumberTarget,
    OutcomeTarget,
    ResultScope,
    StageTarget,
    TooFar,
    Unknown,
    near,
    resolve,
)
from ..diagnostics.diagnostic import Label
from ..plan.quantity import Exact, Numeric, Type, Words
from ..plan.record import Field
from ..plan.ruleset import Example, ExampleTable, Expectation, Written
from ..syntax.declarations import Assignment, ExampleBlock, ExampleRows, ExpectLine, InputLine
from ..syntax.expressions import Name, Reference
from .cells import BROKEN, cell, exact_cell
from .dates import day_of_literal
from .knowledge import Knowledge

TEXT = Words()


def dotted(name: Reference) -> str:
    """A reference as people write it."""
    return ".".join(part.text for part in name.names)


def check_example(block: ExampleBlock, fields: tuple[Field, ...], known: Knowledge) -> Example | None:
    """The example with clean values; None where something is refused (reported)."""
    as_of = day_of_literal(block.on, known) if block.on is not None else None
    if (block.on is not None and as_of is None) or not _has_day(block, fields, known):
        return None
    tables = [_table(rows, known) for rows in block.tables]
    given = _record(block, fields, known) if not block.tables else ()
    expected = [_expectation(line, block, known) for line in block.expected]
    if not block.expected:
        known.report("example-expects-nothing", block.name.span, name=block.name.text)
        return None
    if given is None or any(table is None for table in tables) or any(line is None for line in expected):
        return None
    if block.tables and block.given:
        known.report("example-of-both-kinds", block.given[0].span, name=block.name.text)
        return None
    found = tuple(table for table in tables if table is not None)
    return known.mark(Example(block.name.text, as_of, given, found, tuple(line for line in expected if line is not None)), block.span)


def _has_day(block: ExampleBlock, fields: tuple[Field, ...], known: Knowledge) -> bool:
    needed = bool(block.tables) or any(field.kind == "as of" for field in fields)
    if needed and block.on is None:
        known.report("example-without-day", block.name.span, name=block.name.text)
        return False
    return True


def _record(block: ExampleBlock, fields: tuple[Field, ...], known: Knowledge) -> tuple[tuple[str, Written], ...] | None:
    wanted = {field.name: field for field in fields if field.kind != "as of"}
    values: dict[str, Written | object] = {}
    fine = True
    for assignment in block.given:
        name = dotted(assignment.name)
        if name not in wanted:
            fine = False
            _report_unknown(assignment, name, wanted, known)
        elif name in values:
            fine = False
            known.report("duplicate-name", assignment.name.span, name=name)
        else:
            values[name] = _value(assignment, wanted[name].type, known)
    omitted = [name for name in wanted if name not in values]
    if omitted:
        known.report("field-omitted", block.name.span, names=", ".join(f"`{name}`" for name in omitted), name=block.name.text)
    if omitted or not fine or any(value is BROKEN for value in values.values()):
        return None
    return tuple((name, values[name]) for name in wanted)  # type: ignore[misc]


def _report_unknown(assignment: Assignment, name: str, wanted: dict[str, Field], known: Knowledge) -> None:
    if name in known.symbols.fields:
        known.report("field-not-read", assignment.name.span, name=name)
        return
    alike = near(name, wanted)
    known.report("unknown-name", assignment.name.span, name=name, near=" or ".join(f"`{other}`" for other in alike))


def _value(assignment: Assignment, kind: Type, known: Knowledge, expected: bool = False) -> Written | object:
    if isinstance(kind, Exact):
        return exact_cell(assignment.value, assignment.denominator, kind, known)
    if assignment.denominator is not None:
        known.report("value-of-other-kind", assignment.span, text=known.text(assignment.span), wanted="number")
        return BROKEN
    return cell(assignment.value, kind, known, expected)


def _table(rows: ExampleRows, known: Knowledge) -> ExampleTable | None:
    kinds = _columns(rows, known)
    if kinds is None:
        return None
    found: list[tuple[Written | object, ...]] = []
    for row in rows.rows:
        if len(row) != len(kinds):
            span = row[0].span if row else rows.name.span
            known.report("row-width", span, values=len(row), columns=len(kinds))
            return None
        found.append(tuple(cell(node, kind, known) for node, kind in zip(row, kinds, strict=True)))
    if any(value is BROKEN for row in found for value in row):
        return None
    return ExampleTable(rows.name.text, tuple(column.text for column in rows.columns), tuple(found))  # type: ignore[arg-type]


def _columns(rows: ExampleRows, known: Knowledge) -> list[Type] | None:
    """The types of the columns that an example's table names; None where one is unknown, twice, or a needed one is left out (reported)."""
    visible, needed = _visible(rows.name, known)
    if visible is None:
        return None
    seen: dict[str, Name] = {}
    fine = True
    for column in rows.columns:
        if column.text in seen:
            fine = False
            known.report("duplicate-name", column.span, labels=(Label(seen[column.text].span, "first"),), name=column.text)
        elif column.text not in visible:
            fine = False
            alike = near(column.text, visible)
            known.report("unknown-name", column.span, name=column.text, near=" or ".join(f"`{other}`" for other in alike))
        seen.setdefault(column.text, column)
    omitted = [name for name in needed if name not in seen]
    if omitted:
        known.report("column-omitted", rows.name.span, names=", ".join(f"`{name}`" for name in omitted), table=rows.name.text)
    return [visible[column.text] for column in rows.columns] if fine and not omitted else None


def _visible(name: Name, known: Knowledge) -> tuple[dict[str, Type] | None, list[str]]:
    symbols = known.symbols
    key = symbols.header.subject.key.text if symbols.header.subject else ""
    attributes = symbols.attributes()
    if name.text == "subjects":
        kinds: dict[str, Type] = {key: TEXT, **{row: known.fields[row] for row in attributes if row in known.fields}}
        if any(row.dated for row in attributes.values()):
            kinds["valid_from"] = Numeric("date", 0, -(10**7), 10**7, True)
        return kinds, [key, *(row for row, line in attributes.items() if not line.optional)]
    if name.text == "inputs":
        inputs = {field: known.fields[field] for field in symbols.fields if _is_input(field, known) and field in known.fields}
        return {key: TEXT, **inputs}, [key]
    if name.text not in symbols.tables:
        alike = near(name.text, [*symbols.tables, "subjects", "inputs"])
        known.report("unknown-name", name.span, name=name.text, near=" or ".join(f"`{other}`" for other in alike))
        return None, []
    rows = symbols.columns[name.text].values()
    read = {row.name.text: known.columns[name.text, row.name.text].type for row in rows if row.computed is None and (name.text, row.name.text) in known.columns}
    return read, [column for column, kind in read.items() if not kind.optional]


def _is_input(name: str, known: Knowledge) -> bool:
    return isinstance(known.symbols.fields[name], InputLine)


def _expectation(line: ExpectLine, block: ExampleBlock, known: Knowledge) -> Expectation | None:
    values: list[tuple[str, Written]] = []
    for assignment in line.values:
        kind = _expected_type(assignment, bool(block.tables), known)
        value = _value(assignment, kind, known, True) if kind is not None else BROKEN
        if value is BROKEN:
            return None
        values.append((dotted(assignment.name), value))  # type: ignore[arg-type]
    return known.mark(Expectation(line.subject.text if line.subject else "", tuple(values)), line.span)


def _expected_type(assignment: Assignment, with_events: bool, known: Knowledge) -> Type | None:
    name = dotted(assignment.name)
    target = resolve(known.symbols, ResultScope(), assignment.name)
    if not isinstance(target, NumberTarget | StageTarget | OutcomeTarget | Ambiguous):
        read = resolve(known.symbols, FieldScope(), assignment.name)
        target = read if isinstance(read, FieldTarget) else target
    match target:
        case NumberTarget(path):
            return known.numbers.get(path)
        case StageTarget():
            return Words(known.stage_names)
        case OutcomeTarget(outcome):
            return known.outcomes.get(outcome)
        case FieldTarget(field) if with_events:
            return known.fields.get(field)
        case FieldTarget():
            known.report("expected-is-given", assignment.name.span, name=name)
            return None
        case Unknown() | Ambiguous() | Elsewhere() | NoField() | TooFar():
            report_unresolved(assignment.name.span, target, known.problems)
            return None
        case _:
            return None
