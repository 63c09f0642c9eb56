"""Checks group values, in a layer after what they are made of, and what every value across subjects needs."""

from __future__ import annotations

from ..binding.scopes import RecordScope
from ..plan.expressions import Expression
from ..plan.quantity import Exact, Words
from ..plan.record import GroupExtreme
from ..syntax import expressions as syntax
from ..syntax.declarations import GroupLine
from . import expressions
from .knowledge import Context, Knowledge
from .reads import layer_of
from .unify import numeric_of

RECORD = RecordScope()


def combines(of: syntax.Expression, value: Expression, key: syntax.Name, context: Context) -> bool:
    """Whether a value can be put together over all subjects with the same key; reported where not."""
    if not numeric_of(value, of.span, context):
        return False
    if isinstance(value.type, Exact):
        context.report("exact-across", of.span, text=context.known.text(of.span))
        return False
    kind = context.known.fields.get(key.text)
    if kind is not None and not isinstance(kind, Words):
        context.report("key-not-text", key.span, name=key.text)
        return False
    return True


def check_group(line: GroupLine, known: Knowledge) -> GroupExtreme | None:
    """The lowest or highest value among subjects of one owner; None where it is wrong (reported)."""
    context = Context(known, RECORD)
    value = expressions.elaborate(line.of, context)
    if value is None or not combines(line.of, value, line.by, context):
        return None
    known.fields[line.name.text] = value.type
    known.layers[f"field {line.name.text}"] = layer_of(value, known) + 1
    return known.mark(GroupExtreme(line.name.text, line.kind, value, line.by.text, value.type), line.span)
