"""Checks event tables: roles, references and columns, and elaborates computed columns."""

from __future__ import annotations

from typing import assert_never

from ..binding.scopes import RowScope
from ..diagnostics.diagnostic import Label
from ..node import evolve
from ..plan.events import Column, Table
from ..plan.expressions import Expression
from ..plan.quantity import Exact, Numeric, Truth, Type, Unit, Words
from ..source import Span
from ..syntax.declarations import ColumnRow, EventsBlock, FlagType, LimitHeader, UnitType, WordType
from . import expressions
from .declared import declared_type
from .knowledge import Context, Knowledge
from .labels import label_of
from .operators import PLAIN, common_unit
from .quantities import aligned, range_text, with_unit
from .rounding import rounded, unrounded
from .unify import is_bare, kind_name, report_mixed

MOST = 10**15
ROWS_PER_SUBJECT = 10_000_000
ROWS = 10_000_000_000
SUBJECTS = 100_000_000


def limit_of(limits: list[LimitHeader] | tuple[LimitHeader, ...], what: str, default: int, known: Knowledge) -> int:
    """The last written limit of a kind, else the default; one that no table can have is reported."""
    found = default
    for limit in limits:
        if limit.what == what:
            found = known.count(limit.count, MOST) or found
    return found


def rows_per_subject(table: EventsBlock, known: Knowledge) -> int:
    """The most rows of the table that one subject may have."""
    return limit_of(table.limits, "rows a subject", limit_of(known.symbols.header.limits, "rows a subject", ROWS_PER_SUBJECT, known), known)


def check_column(table: str, row: ColumnRow, known: Knowledge) -> None:
    """Adds the column's type and, for a computed one, its expression to what is known."""
    optional = row.available == "optional" or row.known_at is not None
    if row.role and optional:
        known.report("wrong-role", row.name.span, name=row.name.text, role=row.role)
    if row.role and row.computed is not None:
        known.report("wrong-role", row.name.span, name=row.name.text, role=row.role)
    _check_kind(table, row, known)
    if row.computed is not None:
        _check_computed(table, row, known)
        return
    kind = declared_type(row.kind, optional, known)
    if kind is not None:
        known.columns[table, row.name.text] = _column(row, kind, None, known)


def _check_kind(table: str, row: ColumnRow, known: Knowledge) -> None:
    unit = row.kind.unit if isinstance(row.kind, UnitType) else "text" if isinstance(row.kind, WordType) else "flag"
    wrong = {"happens": unit != "time", "subject": unit != "text"}.get(row.role, False)
    if wrong:
        known.report("wrong-role", row.kind.span, name=row.name.text, role=row.role)
    if row.available == "ahead" and unit not in ("time", "date"):
        known.report("not-a-time", row.name.span, text=row.name.text)
    if row.known_at is not None:
        known_at = known.symbols.columns[table].get(row.known_at.text)
        if known_at is not None and not (isinstance(known_at.kind, UnitType) and known_at.kind.unit == "time"):
            known.report("not-a-time", row.known_at.span, text=row.known_at.text)


def _column(row: ColumnRow, kind: Type, computed: Expression | None, known: Knowledge) -> Column:
    known_at = row.known_at.text if row.known_at else ""
    refers_to = row.refers_to.text if row.refers_to else ""
    column = Column(row.name.text, kind, row.role or "plain", row.available, known_at, refers_to, computed, label_of(row.label))
    return known.mark(column, row.span)


def _check_computed(table: str, row: ColumnRow, known: Knowledge) -> None:
    assert row.computed is not None
    context = Context(known, RowScope(table, is_column=True))
    value = expressions.elaborate(row.computed, context)
    if value is None:
        return
    made = _as_declared(row, value, context)
    if made is not None:
        known.columns[table, row.name.text] = _column(row, made.type, made, known)
        known.made(f"column .{row.name.text}", made, table)


def _as_declared(row: ColumnRow, value: Expression, context: Context) -> Expression | None:
    """The value as the declared type wants it: its unit, its rounding, its range."""
    match row.kind:
        case UnitType():
            return _as_unit(row.kind, value, row.computed.span if row.computed else row.span, context)
        case FlagType():
            fine = isinstance(value.type, Truth)
        case WordType():
            return _as_words(row.kind, value, row.computed.span if row.computed else row.span, context)
        case _:
            assert_never(row.kind)
    if not fine:
        report_mixed(context, row.kind.span, "flag" if isinstance(row.kind, FlagType) else "text", row.name.span, kind_name(value.type), "=")
        return None
    return value


def _as_words(kind: WordType, value: Expression, span: Span, context: Context) -> Expression | None:
    if not isinstance(value.type, Words):
        report_mixed(context, kind.span, "choice" if kind.options else "text", span, kind_name(value.type), "=")
        return None
    options = tuple(option.text for option in kind.options)
    beyond = [option for option in value.type.options if option not in options]
    if options and (beyond or not value.type.options):
        names = ", ".join(f"`{option}`" for option in options)
        context.report("unknown-option", span, name=", ".join(beyond) or context.known.text(span), options=names, near="")
        return None
    return evolve(value, type=Words(options, value.type.optional))


def _as_unit(kind: UnitType, value: Expression, span: Span, context: Context) -> Expression | None:
    known = context.known
    if not isinstance(value.type, Numeric | Exact):
        report_mixed(context, kind.span, kind.unit, span, kind_name(value.type), "=")
        return None
    if kind.step is not None:
        rounding = expressions.rounding_of("half away", kind.step, value, context)
        value_or_none = rounded(value, rounding, known, span) if rounding else None
        if value_or_none is None:
            return None
        value = value_or_none
    if unrounded(value) is not None:
        known.report("quotient-without-places", span, text=known.text(span))
        return None
    assert isinstance(value.type, Numeric)
    if not _may_be_called(kind.unit, value):
        report_mixed(context, kind.span, kind.unit, span, value.type.unit, "=")
        return None
    return _within_declared(kind, with_unit(value, kind.unit), span, known)


def _may_be_called(unit: Unit, value: Expression) -> bool:
    """Whether a value may be declared in the unit: score, points and plain numbers meet each other, and a written number takes any plain unit."""
    assert isinstance(value.type, Numeric)
    met = common_unit(unit, value.type.unit)
    return met == unit or (unit == "points" and met == "score") or (is_bare(value) and unit in PLAIN)


def _within_declared(kind: UnitType, value: Expression, span: Span, known: Knowledge) -> Expression | None:
    if kind.low is None:
        return value
    declared = declared_type(evolve_step(kind), False, known)
    found = value.type
    if not isinstance(declared, Numeric) or not isinstance(found, Numeric):
        return None
    places = max(declared.places, found.places)
    low, high = declared.low * 10 ** (places - declared.places), declared.high * 10 ** (places - declared.places)
    wide = aligned(value, places).type
    assert isinstance(wide, Numeric)
    if wide.low < low or wide.high > high:
        known.report("computed-out-of-range", span, labels=(Label(kind.span, "declared"),), range=range_text(found), declared=range_text(declared))
        return None
    return value


def evolve_step(kind: UnitType) -> UnitType:
    """The type without its step, which a computed value has already taken."""
    return UnitType(kind.unit, kind.low, kind.high, None, kind.span)


def check_table(table: EventsBlock, known: Knowledge) -> Table | None:
    """The table, once its columns are known; reports a missing key, time or subject."""
    name = table.name.text
    rows = known.symbols.columns[name].values()
    roles = [_one_of(role, table, list(rows), known) for role in ("key", "happens")]
    through = _subject_through(table, list(rows), known)
    columns = [known.columns.get((name, row.name.text)) for row in rows]
    if not all(roles) or through is None or any(column is None for column in columns):
        return None
    order = {key: index for index, key in enumerate(known.bound.order)}
    found = [column for column in columns if column is not None]
    found.sort(key=lambda column: -1 if column.computed is None else order[f"column {name}.{column.name}"])
    rows_in_all = limit_of(table.limits, "rows", limit_of(known.symbols.header.limits, "rows", ROWS, known), known)
    return known.mark(Table(name, label_of(table.label), tuple(found), through, rows_per_subject(table, known), rows_in_all), table.span)


def _one_of(role: str, table: EventsBlock, rows: list[ColumnRow], known: Knowledge) -> bool:
    found = [row for row in rows if row.role == role]
    if len(found) == 1:
        return True
    if not found:
        known.report("role-missing", table.name.span, table=table.name.text, role=role)
    else:
        known.report("role-twice", found[1].name.span, labels=(Label(found[0].name.span, "first"),), table=table.name.text, role=role)
    return False


def _subject_through(table: EventsBlock, rows: list[ColumnRow], known: Knowledge) -> str | None:
    subjects = [row for row in rows if row.role == "subject"]
    references = [row for row in rows if row.refers_to is not None]
    if len(subjects) == 1:
        return ""
    if len(subjects) > 1:
        known.report("role-twice", subjects[1].name.span, labels=(Label(subjects[0].name.span, "first"),), table=table.name.text, role="subject")
        return None
    if len(references) != 1:
        known.report("table-without-subject", table.name.span, table=table.name.text, count=len(references))
        return None
    return references[0].name.text
