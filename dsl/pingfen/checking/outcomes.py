"""Checks displays, gates, sanctions, tiers, closings by linked entities and what is hidden."""

from __future__ import annotations

from typing import cast

from ..binding.scopes import RecordScope
from ..node import evolve
from ..plan.expressions import Constant, Expression, Not
from ..plan.quantity import Numeric, Truth, Words
from ..plan.record import Force, Gate, Hidden, Linked, Number, Tier
from ..source import Span
from ..syntax import expressions as syntax
from ..syntax.declarations import DisplayLine, GateLine, HideLine, LinkedBlock, TierBlock, WithoutClause
from . import expressions, references
from .conditions import condition
from .guards import Facts, shown_by
from .knowledge import Context, Knowledge
from .labels import label_of
from .quantities import as_number
from .quotients import Quotient
from .reads import keys_read, layer_of
from .rounding import unrounded
from .unify import kind_name, numeric_of

RECORD = RecordScope()


def check_display(line: DisplayLine, known: Knowledge) -> Number | None:
    """What is shown: a number of its own, rounded where it says so."""
    context = Context(known, RECORD)
    value = expressions.elaborate(line.value, context)
    if value is None or not numeric_of(value, line.value.span, context):
        return None
    if unrounded(value) is not None:
        known.report("quotient-without-places", line.value.span, text=known.text(line.value.span))
        return None
    value = known.mark(as_number(value), line.value.span)
    kind = value.type
    if not isinstance(kind, Numeric):
        return None
    name = line.name.text
    layer = layer_of(value, known)
    known.numbers[name] = kind
    known.within_full[name] = kind.optional
    known.made(f"number {name}", value)
    known.layers[f"number {name}"] = layer
    return known.mark(Number(name, name, "display", "display", label_of(line.label), kind, value, (), None, None, layer, False, ()), line.span)


def check_gate(line: GateLine, known: Knowledge) -> Gate | None:
    """A gate or sanction: values decided first where they are none, then the condition."""
    context = Context(known, RECORD)
    without: list[tuple[Expression, str]] = []
    fine = True
    for clause in line.without:
        value = _without(clause, context)
        fine = fine and value is not None
        if value is not None:
            without.append((value, clause.outcome))
            context = context.knowing(Facts(shown_by(value)))
    test = condition(line.condition, context)
    known.outcomes[line.name.text] = Words(("clear", "applies") if line.kind == "sanction" else ("closed", "open"))
    if test is None or not fine:
        return None
    opened = known.mark(Not(test, Truth()), line.condition.span) if line.outcome == "closed" else test
    possible = tuple((value, outcome) for value, outcome in without if value.type.optional)
    return known.mark(Gate(line.name.text, line.kind, label_of(line.label), possible, opened), line.span)


def _without(clause: WithoutClause, context: Context) -> Expression | None:
    value: object = references.read(clause.of, context)
    return value.numerator if isinstance(value, Quotient) else cast(Expression | None, value)


def check_tier(block: TierBlock, known: Knowledge) -> Tier | None:
    """A named choice and what forces it."""
    options = tuple(option.text for option in block.options)
    context = Context(known, RecordScope(options=options))
    value = expressions.elaborate(block.value, context)
    forces = [_force(line.tier.text, line.condition, known) for line in block.forces]
    for line in block.forces:
        if line.tier.text not in options:
            known.report("unknown-option", line.tier.span, name=line.tier.text, options=", ".join(f"`{option}`" for option in options), near="")
            return None
    if value is None:
        return None
    if not isinstance(value.type, Words):
        known.report("not-a-choice", block.value.span, text=known.text(block.value.span), kind=kind_name(value.type))
        return None
    wrong = [option for option in value.type.options if option not in options]
    if wrong or (not value.type.options and not isinstance(value, Constant)):
        known.report("unknown-option", block.value.span, name=", ".join(wrong), options=", ".join(f"`{option}`" for option in options), near="")
        return None
    kind = Words(options, value.type.optional)
    known.outcomes[block.name.text] = kind
    known.made(f"outcome {block.name.text}", value)
    made = known.mark(evolve(value, type=kind), block.value.span)
    if any(force is None for force in forces):
        return None
    found = tuple(known.mark(force, line.span) for force, line in zip(forces, block.forces, strict=True) if force is not None)
    return known.mark(Tier(block.name.text, label_of(block.label), kind, made, found), block.span)


def _force(tier: str, written: syntax.Expression, known: Knowledge) -> Force | None:
    test = condition(written, Context(known, RECORD))
    return None if test is None else Force(tier, test)


def check_linked(block: LinkedBlock, known: Knowledge) -> tuple[Linked, ...]:
    """Closings by linked entities, one for each line."""
    found: list[Linked] = []
    for line in block.closings:
        test = condition(line.condition, Context(known, RECORD))
        gates = [_is_gate(name.text, name.span, known) for name in line.outcomes]
        if test is not None and all(gates):
            found.append(known.mark(Linked(block.by.text, tuple(name.text for name in line.outcomes), test), line.span))
    return tuple(found)


def _is_gate(name: str, span: Span, known: Knowledge) -> bool:
    if isinstance(known.symbols.outcomes.get(name), TierBlock):
        known.report("tier-closed", span, name=name)
        return False
    return name in known.symbols.outcomes


def check_hidden(line: HideLine, numbers: tuple[Number, ...], known: Knowledge) -> Hidden | None:
    """`hide score when c`: the score and the displays that read it."""
    test = condition(line.condition, Context(known, RECORD))
    if test is None:
        return None
    hidden = ["score"]
    for number in numbers:
        if number.kind == "display" and any(key == f"number {path}" for key in keys_read(number.value) for path in hidden):
            hidden.append(number.path)
    return known.mark(Hidden(test, tuple(hidden)), line.span)
