"""Checks populations: steps over the rows of one event table, each knowing what the earlier ones kept."""

from __future__ import annotations

from ..binding.scopes import RowScope
from ..plan.events import First, Keep, Population, Step
from ..plan.expressions import Not
from ..plan.quantity import Exact, Numeric, Truth
from ..syntax.declarations import FirstStep, PopulationLine, WhereStep
from . import expressions
from .conditions import condition
from .guards import NOTHING_KNOWN, Facts, where_false, where_true
from .knowledge import Context, Knowledge
from .labels import label_of
from .tables import ROWS
from .windows import MOST_DAYS, bounded

DAY = 86400


def facts_of(source: str, known: Knowledge) -> Facts:
    """What holds for every row of a table or population."""
    return known.kept.get(source, NOTHING_KNOWN)


def check_population(line: PopulationLine, known: Knowledge) -> Population | None:
    """The population; None where a step is wrong (reported)."""
    table = known.symbols.table_of(line.source.text)
    if table is None:
        return None
    context = Context(known, RowScope(table), facts_of(line.source.text, known))
    steps: list[Step] = []
    broken = False
    for step in line.steps:
        made, context = _where(step, context) if isinstance(step, WhereStep) else (_first(step, context), context)
        broken = broken or made is None
        steps += [known.mark(made, step.span)] if made else []
    known.kept[line.name.text] = context.facts
    if broken:
        return None
    return known.mark(Population(line.name.text, label_of(line.label), table, line.source.text, tuple(steps)), line.span)


def _where(step: WhereStep, context: Context) -> tuple[Step | None, Context]:
    made = condition(step.condition, context)
    if made is None:
        return None, context
    if step.excluded:
        return Keep(Not(made, Truth())), context.knowing(where_false(made, ()))
    return Keep(made), context.knowing(where_true(made, ()))


def _first(step: FirstStep, context: Context) -> Step | None:
    known = context.known
    count = known.count(step.count, ROWS)
    if count is None:
        return None
    keys = [expressions.elaborate(key, context) for key in step.keys]
    time = expressions.elaborate(step.by, context)
    for node, key in zip(step.keys, keys, strict=True):
        if key is not None and isinstance(key.type, Exact):
            known.report("quotient-without-places", node.span, text=known.text(node.span))
            return None
    if any(key is None for key in keys) or time is None:
        return None
    if not isinstance(time.type, Numeric) or time.type.unit != "time":
        known.report("not-a-time", step.by.span, text=known.text(step.by.span))
        return None
    days = _days(step, context)
    if step.looking_back is not None and days is None:
        return None
    return First(count, tuple(key for key in keys if key is not None), time, days)


def _days(step: FirstStep, context: Context) -> int | None:
    if step.looking_back is None:
        return None
    made = expressions.elaborate(step.looking_back, context)
    kind = made.type if made is not None else None
    if not isinstance(kind, Numeric) or kind.unit != "duration" or kind.low != kind.high or kind.low % DAY or kind.places or kind.low <= 0:
        if made is not None:
            context.report("not-whole-days", step.looking_back.span, text=context.known.text(step.looking_back.span))
        return None
    return bounded(kind.low // DAY, MOST_DAYS, "days", step.looking_back, context.known)
