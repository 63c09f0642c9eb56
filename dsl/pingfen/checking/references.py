"""Elaborates references: what a name stands for where it is read, and whether it may be missing there."""

from __future__ import annotations

from typing import assert_never, cast

from ..binding.scopes import (
    Ambiguous,
    ColumnTarget,
    Elsewhere,
    FieldTarget,
    LookupTarget,
    NoField,
    NumberTarget,
    OptionTarget,
    OutcomeTarget,
    ParamTarget,
    RowScope,
    StageTarget,
    TooFar,
    Unknown,
    resolve,
)  # fmt: skip
from ..binding.symbols import Symbols
from ..plan.expressions import ColumnRead, Constant, Expression, FieldRead, Lookup, NumberRead, OutcomeRead, StageRead
from ..plan.quantity import Exact, Numeric, Type, Words, as_given, as_optional
from ..source import Span
from ..syntax.expressions import NumberLiteral, Reference
from .knowledge import Context
from .lookups import lookup_of
from .quotients import Quotient
from .unify import report_possible_none


def read(node: Reference, context: Context) -> Expression | None:
    """What the reference reads; None where it is unknown or was found wrong (both reported before)."""
    known = context.known
    target = resolve(known.symbols, context.scope, node)
    match target:
        case Unknown() | Ambiguous() | Elsewhere() | NoField() | TooFar():
            return None
        case ParamTarget(name):
            return _param(name, node.span, context)
        case FieldTarget(name):
            return field(name, context)
        case NumberTarget(path):
            return number(path, context)
        case StageTarget():
            return StageRead(Words(known.stage_names))
        case OutcomeTarget(name):
            return _outcome(name, node.span, context)
        case LookupTarget(table, column):
            return _lookup(table, column, node.span, context)
        case ColumnTarget():
            return _column(target, context)
        case OptionTarget(option):
            return Constant(option, Words((option,)))
        case _:
            assert_never(target)


def _param(name: str, span: Span, context: Context) -> Expression | None:
    known = context.known
    value, written = known.params.get(name), known.symbols.params[name].value
    if isinstance(written, NumberLiteral) and known.literal(written).unit == "month":
        context.report("month-outside-window", span, text=known.text(span))
    return Constant(value.value, value.type) if isinstance(value, Constant) else None


def field(name: str, context: Context) -> Expression | None:
    """A field of the record; an exact one is a quotient of its two integers."""
    kind = context.known.fields.get(name)
    if kind is None:
        return None
    if isinstance(context.scope, RowScope) and may_lack_subject(context.scope.table, context.known.symbols):
        kind = as_optional(kind)
    kind = _where_given(f"field {name}", kind, context)
    if not isinstance(kind, Exact):
        return FieldRead(name, kind)
    numerator = FieldRead(name, Numeric(kind.unit, kind.places, kind.low, kind.high, kind.optional), "numerator")
    denominator = FieldRead(name, Numeric("count", 0, 0, kind.most, kind.optional), "denominator")
    return cast(Expression, Quotient(numerator, denominator, kind, True, True))


def may_lack_subject(table: str, symbols: Symbols) -> bool:
    """Whether a row of the table may belong to no subject: an optional reference leads to it."""
    columns = symbols.columns.get(table, {}).values()
    references = [column for column in columns if column.refers_to is not None]
    if len(references) != 1 or any(column.role == "subject" for column in columns):
        return False
    [reference] = references
    assert reference.refers_to is not None
    return reference.available == "optional" or may_lack_subject(reference.refers_to.text, symbols)


def _where_given(key: str, kind: Type, context: Context) -> Type:
    return as_given(kind) if kind.optional and context.is_given(key) else kind


def number(path: str, context: Context) -> Expression | None:
    """A number of the second half. Outside a full stage it may be none because it was not made."""
    known = context.known
    kind = known.numbers.get(path)
    if kind is None:
        return None
    optional = kind.optional
    if context.full_stage():
        optional = known.within_full.get(path, optional)
    found = as_optional(kind) if optional else as_given(kind)
    return NumberRead(path, _where_given(f"number {path}", found, context))


def _outcome(name: str, span: Span, context: Context) -> Expression | None:
    if not context.known.after_numbers:
        context.report("name-not-readable-here", span, name=name, kind="outcome")
        return None
    kind = context.known.outcomes.get(name)
    return None if kind is None else OutcomeRead(name, _where_given(f"outcome {name}", kind, context))


def _column(target: ColumnTarget, context: Context) -> Expression | None:
    known = context.known
    column = known.columns.get((target.table, target.name))
    if column is None:
        return None
    kind = column.type
    if target.through:
        reference = known.columns.get((getattr(context.scope, "table", ""), target.through))
        may_lack = reference is None or reference.type.optional
        if may_lack and not context.is_given(f"column .{target.through}"):
            kind = as_optional(kind)
    return ColumnRead(target.name, _where_given(f"column {target.through}.{target.name}", kind, context), target.through)


def _lookup(table: str, column: str, span: Span, context: Context) -> Expression | None:
    found = lookup_of(table, column, context.known)
    if found is None:
        return None
    keys = tuple(field(key.text, context) for key in context.known.symbols.lookups[table].keys)
    if any(key is None for key in keys):
        return None
    given_keys = cast("tuple[Expression, ...]", keys)
    if found.missing is None and any(key.type.optional for key in given_keys):
        missing = next(key for key in given_keys if key.type.optional)
        report_possible_none(missing.name if isinstance(missing, FieldRead) else table, span, context)
        return None
    return Lookup(table, column, given_keys, found.rows, found.missing, found.type)
