"""Who reads what: for each declaration the expressions that it holds, the scope in which they stand, and the names it uses besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ..node import frozen
from ..syntax.declarations import (
    AggregateText,
    ColumnRow,
    EventsBlock,
    FirstStep,
    GateLine,
    GroupLine,
    InputLine,
    MetricLine,
    PartBlock,
    PeerLine,
    PopulationLine,
    RateText,
    TierBlock,
    WindowClause,
)  # fmt: skip
from ..syntax.expressions import Name
from .scopes import FieldScope, MetricScope, ParameterScope, RecordScope, ResultScope, RowScope, Scope
from .symbols import Symbols

CONSTANTS = ParameterScope()


@frozen
class Reading:
    """A declaration (`key`, such as `field volume`) reads the names in `roots` as `scope` has them; `uses` are names of one kind: (kind, name)."""

    key: str
    scope: Scope
    roots: tuple[object, ...]
    uses: tuple[tuple[str, Name], ...] = ()
    needs: tuple[str, ...] = ()


def readings(symbols: Symbols) -> Iterator[Reading]:
    """All readings of a ruleset, in the order in which it is evaluated as far as the kinds of declarations say."""
    yield from _constant_readings(symbols)
    for table in symbols.tables.values():
        yield from _table_readings(table)
    for population in symbols.populations.values():
        yield _population_reading(symbols, population)
    for field in symbols.fields.values():
        yield from _field_readings(symbols, field)
    yield from _number_readings(symbols)
    yield from _outcome_readings(symbols)
    yield from _closing_readings(symbols)


def _constant_readings(symbols: Symbols) -> Iterator[Reading]:
    for name, param in symbols.params.items():
        yield Reading(f"param {name}", CONSTANTS, (param.value, param.low, param.high))
    for name, lookup in symbols.lookups.items():
        yield Reading(f"lookup {name}", CONSTANTS, tuple(row.values for row in lookup.rows), tuple(("attribute", key) for key in lookup.keys))


def _table_readings(table: EventsBlock) -> Iterator[Reading]:
    name = table.name.text
    yield Reading(f"source {name}", CONSTANTS, (), tuple(("table", row.refers_to) for row in table.columns if row.refers_to))
    for row in table.columns:
        yield from _column_readings(name, row)


def _column_readings(table: str, row: ColumnRow) -> Iterator[Reading]:
    uses = (("column " + table, row.known_at),) if row.known_at else ()
    yield Reading(f"column {table}.{row.name.text}", CONSTANTS, (row.kind,), uses)
    if row.computed is not None:
        yield Reading(f"column {table}.{row.name.text}", RowScope(table), (row.computed,))


def _population_reading(symbols: Symbols, line: PopulationLine) -> Reading:
    roots: list[object] = []
    for step in line.steps:
        roots += [*step.keys, step.by] if isinstance(step, FirstStep) else [step.condition]
    table = symbols.table_of(line.source.text) or ""
    return Reading(f"source {line.name.text}", RowScope(table), tuple(roots) if table else (), (("source", line.source),))


def _field_readings(symbols: Symbols, field: object) -> Iterator[Reading]:
    match field:
        case MetricLine():
            yield from _metric_readings(symbols, field)
        case InputLine():
            yield Reading(f"field {field.name.text}", CONSTANTS, (field.kind, field.improvable))
        case PeerLine():
            roots = (field.compared.of, field.among)
            attributes = (field.category, *(name for name in field.otherwise if name is not None))
            yield Reading(f"field {field.name.text}", RecordScope(), roots, tuple(("attribute", name) for name in attributes))
            yield Reading(f"field {field.name.text}", CONSTANTS, (field.improvable,))
        case GroupLine():
            yield Reading(f"field {field.name.text}", RecordScope(), (field.of,), (("attribute", field.by),))
        case _:
            pass


def _metric_readings(symbols: Symbols, line: MetricLine) -> Iterator[Reading]:
    key = f"field {line.name.text}"
    match line.made:
        case AggregateText():
            yield from _aggregate_readings(symbols, key, line.made, line)
        case RateText():
            yield from _aggregate_readings(symbols, key, line.made.counted, line)
            yield from _aggregate_readings(symbols, key, line.made.per, line)
            yield Reading(key, CONSTANTS, (line.made.low, line.made.high))
        case _:
            yield Reading(key, MetricScope(line.name.text), (line.made,))
    yield Reading(key, CONSTANTS, (*_lengths(line.window), line.needs, line.improvable, line.recency), _volumes(line.window))


def _lengths(window: WindowClause | None) -> tuple[object, ...]:
    """The expressions of a window that are constants."""
    return (window.length, window.lag, window.inside, *(step.length for step in window.longer)) if window else ()


def _volumes(window: WindowClause | None) -> tuple[tuple[str, Name], ...]:
    """The populations whose rows say which window is taken."""
    steps = (window.enough, *(step.enough for step in window.longer)) if window else ()
    return tuple(("source", step.source) for step in steps if step is not None and step.source is not None)


def _aggregate_readings(symbols: Symbols, key: str, made: AggregateText, line: MetricLine) -> Iterator[Reading]:
    table = symbols.table_of(made.source.text) or ""
    by = line.window.by if line.window else None
    roots = (made.condition, made.value, made.weight, by) if table else ()
    yield Reading(key, RowScope(table), roots, (("source", made.source),))
    if not isinstance(made.missing, str):
        yield Reading(key, CONSTANTS, (made.missing,))


def _number_readings(symbols: Symbols) -> Iterator[Reading]:
    staged = ("stage",) if symbols.stages_block else ()
    if symbols.stages_block:
        yield Reading("stage", RecordScope(), tuple((line.condition, line.result) for line in symbols.stages_block.stages))
    for path, part in symbols.parts.items():
        yield from _part_readings(path, part, staged)
    if symbols.total:
        yield from _part_readings("total", symbols.total, staged)
    if symbols.header.score:
        yield Reading("number score", RecordScope(), (), (), (*(("number total",) if symbols.total else ()), *staged))
    for name, display in symbols.displays.items():
        yield Reading(f"number {name}", RecordScope(), (display.value,))


def _part_readings(path: str, part: PartBlock, staged: tuple[str, ...]) -> Iterator[Reading]:
    prefix = "" if path == "total" else f"{path}."
    children = tuple(f"number {prefix}{child.name.text}" for child in part.parts)
    yield Reading(f"number {path}", RecordScope(path), (part.weight, part.value, part.adjustments), (), (*staged, *children))
    yield Reading(f"number {path}", CONSTANTS, (part.missing, part.low, part.high))


def _outcome_readings(symbols: Symbols) -> Iterator[Reading]:
    for name, outcome in symbols.outcomes.items():
        match outcome:
            case GateLine():
                yield Reading(f"outcome {name}", RecordScope(), (outcome.condition, outcome.without))
            case TierBlock():
                options = tuple(option.text for option in outcome.options)
                yield Reading(f"outcome {name}", RecordScope(options=options), (outcome.value,))
                yield Reading(f"outcome {name}", RecordScope(), tuple(force.condition for force in outcome.forces))
            case _:
                assert_never(outcome)


def _closing_readings(symbols: Symbols) -> Iterator[Reading]:
    for index, linked in enumerate(symbols.linked):
        outcomes = tuple(("outcome", name) for closing in linked.closings for name in closing.outcomes)
        conditions = tuple(closing.condition for closing in linked.closings)
        yield Reading(f"linked {index}", RecordScope(), conditions, (("attribute", linked.by), *outcomes))
    for index, hide in enumerate(symbols.hidden):
        yield Reading(f"hidden {index}", RecordScope(), (hide.condition,))
    for index, claim in enumerate(symbols.claims):
        every = (("attribute", claim.for_every),) if claim.for_every else ()
        yield Reading(f"claim {index}", ResultScope(), (claim.target,), every)
        yield Reading(f"claim {index}", FieldScope(), (claim.fields,))
        yield Reading(f"claim {index}", RecordScope(), (claim.assuming,))
        yield Reading(f"claim {index}", CONSTANTS, (claim.low, claim.high))
