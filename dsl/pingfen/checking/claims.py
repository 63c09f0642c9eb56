"""Checks claims: what is claimed of which number or outcome, between which ends, in which direction of which field."""

from __future__ import annotations

from typing import Literal

from ..binding.scopes import FieldScope, FieldTarget, OutcomeTarget, RecordScope, ResultScope, resolve
from ..plan.expressions import Expression, NumberRead, OutcomeRead
from ..plan.quantity import Numeric, Words
from ..plan.ruleset import Claim
from ..source import Span
from ..syntax.declarations import ClaimLine, GateLine, InputLine, MetricLine
from ..syntax.expressions import Reference
from . import references
from .conditions import condition
from .declared import at_places, end_of
from .knowledge import Context, Knowledge
from .quantities import spelled

RECORD = RecordScope()

Direction = Literal["rises", "falls"]


def check_claim(line: ClaimLine, known: Knowledge) -> tuple[Claim, ...]:
    """The claims that a line makes: one for each field it names."""
    context = Context(known, RECORD)
    target = references.read(line.target, Context(known, ResultScope()))
    assuming = condition(line.assuming, context) if line.assuming is not None else None
    every = _every(line, known)
    if target is None or (assuming is None and line.assuming is not None) or every is None:
        return ()
    if not isinstance(target, NumberRead | OutcomeRead) or (line.form.startswith("stays") and not _is_gate(line, known)):
        known.report("claim-of-other-kind", line.target.span, text=known.text(line.target.span), form=line.form)
        return ()
    text = known.statement(line.span)
    if line.form == "within":
        return _within(line, target, every, assuming, text, known)
    form: Direction = "rises" if line.form.endswith("rises") else "falls"
    names = [_field(reference, known) for reference in line.fields]
    found = [
        known.mark(Claim(f"{_name(target)} {form} {name}{_suffix(every)}", text, form, target, None, None, name, every, assuming), line.span)
        for name in names
        if name is not None
    ]
    return tuple(found)


def _name(target: NumberRead | OutcomeRead) -> str:
    """The target's own name: the same in whatever language `score` is written."""
    return target.path if isinstance(target, NumberRead) else target.name


def _suffix(every: str) -> str:
    return f" for every {every}" if every else ""


def _every(line: ClaimLine, known: Knowledge) -> str | None:
    if line.for_every is None:
        return ""
    kind = known.fields.get(line.for_every.text) if line.for_every.text in known.symbols.attributes() else None
    if not isinstance(kind, Words) or not kind.options:
        if kind is not None:
            known.report("not-a-choice", line.for_every.span, text=line.for_every.text, kind="text")
        return None
    return line.for_every.text


def _is_gate(line: ClaimLine, known: Knowledge) -> bool:
    target = resolve(known.symbols, ResultScope(), line.target)
    return isinstance(target, OutcomeTarget) and isinstance(known.symbols.outcomes[target.name], GateLine)


def _field(reference: Reference, known: Knowledge) -> str | None:
    target = resolve(known.symbols, FieldScope(), reference)
    if not isinstance(target, FieldTarget):
        return None
    kind = known.fields.get(target.name)
    if kind is not None and not isinstance(kind, Numeric):
        known.report("not-a-number", reference.span, text=target.name, kind="")
        return None
    return target.name if kind is not None else None


def _within(line: ClaimLine, target: NumberRead | OutcomeRead, every: str, assuming: Expression | None, text: str, known: Knowledge) -> tuple[Claim, ...]:
    kind = target.type
    if not isinstance(kind, Numeric) or line.low is None or line.high is None:
        known.report("claim-of-other-kind", line.target.span, text=known.text(line.target.span), form=line.form)
        return ()
    ends = [end_of(node, kind.unit, known) for node in (line.low, line.high)]
    scaled = [at_places(end, kind.places) if end is not None else None for end in ends]
    for node, end, value in zip((line.low, line.high), ends, scaled, strict=True):
        if end is not None and value is None:
            known.report("value-too-fine", node.span, text=known.text(node.span), places=kind.places)
    low, high = scaled
    if low is None or high is None:
        return ()
    if low > high:
        span = Span(line.low.span.start, line.high.span.end)
        known.report("floor-above-ceiling", span, name=known.text(line.target.span), floor=spelled(kind, low), ceiling=spelled(kind, high))
        return ()
    key = f"{_name(target)} within{_suffix(every)}"
    return (known.mark(Claim(key, text, "within", target, low, high, "", every, assuming), line.span),)


def direction_claims(known: Knowledge, fields: set[str], written: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims that `better higher` and `better lower` make of the score, for fields that are read, unless they are written out."""
    same = {(claim.target, claim.form, claim.field) for claim in written if claim.assuming is None and not claim.for_every}
    score = known.numbers.get("score")
    found: list[Claim] = []
    for name, line in known.symbols.fields.items():
        if isinstance(line, MetricLine | InputLine) and line.better and isinstance(score, Numeric) and name in fields:
            form: Direction = "rises" if line.better == "higher" else "falls"
            claim = Claim(f"score {form} {name}", f"{name} better {line.better}", form, NumberRead("score", score), None, None, name, "", None)
            found += [known.mark(claim, line.span)] if (claim.target, form, name) not in same else []
    return tuple(found)


def unique_claims(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims with keys of their own; a claim made twice in the same words stands once."""
    found: dict[str, Claim] = {}
    for claim in claims:
        key, number = claim.key, 2
        while key in found and found[key] != claim:
            key, number = f"{claim.key} ({number})", number + 1
        found.setdefault(key, claim if key == claim.key else Claim(key, *(getattr(claim, name) for name in claim.__match_args__[1:])))
    return tuple(found.values())
