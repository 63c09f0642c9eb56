"""Checks the statements that say what the file is: name, version, days, zone, years and the score's scale."""

from __future__ import annotations

from ..binding.binder import Bound
from ..binding.scopes import ParameterScope, near
from ..binding.symbols import Header
from ..calendar.zones import load_transitions, zone_names
from ..diagnostics.diagnostic import Problems
from ..plan.events import Transitions
from ..plan.record import Scale
from ..plan.ruleset import Citation, Version
from ..source import Span
from ..syntax.declarations import Cite, ScoreHeader
from .dates import day_of_literal
from .knowledge import Context, Knowledge
from .labels import label_of
from .quantities import MOST_PLACES, fits, literal_unit, literal_value
from .unify import report_mixed

YEARS = (2000, 2099)
WIDEST_YEARS = (1900, 2200)


def begin(bound: Bound, problems: Problems) -> Knowledge:
    """Knowledge of a ruleset of which only the header is checked."""
    first, last = _years(bound.symbols.header, problems)
    return Knowledge(bound, problems, _zone(bound.symbols.header, first, last, problems), first, last)


def _years(header: Header, problems: Problems) -> tuple[int, int]:
    if header.years is None:
        return YEARS
    (first, first_places), (last, last_places) = literal_value(header.years.first), literal_value(header.years.last)
    fine = not first_places and not last_places and not header.years.first.unit and not header.years.last.unit
    if not fine or not WIDEST_YEARS[0] <= first <= last <= WIDEST_YEARS[1]:
        problems.report("years-out-of-range", header.years.span, first=WIDEST_YEARS[0], last=WIDEST_YEARS[1])
        return YEARS
    return first, last


def _zone(header: Header, first: int, last: int, problems: Problems) -> Transitions:
    name = header.timezone.zone.text if header.timezone else "UTC"
    if name not in zone_names():
        assert header.timezone is not None
        alike = " or ".join(f"`{zone}`" for zone in near(name, zone_names()))
        problems.report("unknown-zone", header.timezone.zone.span, name=name, near=alike)
        name = "UTC"
    return load_transitions(name, first, last)


def check_header(known: Knowledge) -> None:
    """Reports statements that are missing and sets the scale."""
    header = known.symbols.header
    start = known.bound.document.declarations[0] if known.bound.document.declarations else None
    span = start.span if start is not None else known.bound.document.span
    for what, statement in (("ruleset", header.ruleset), ("version", header.version), ("effective", header.effective), ("subject", header.subject)):
        if statement is None:
            known.report("statement-missing", span, statement=what)
    if header.timezone is None and known.symbols.tables:
        known.report("statement-missing", span, statement="timezone")
    if header.score is not None:
        known.scale = scale_of(header.score, known)
    if known.symbols.total is None and header.score is not None and not known.symbols.stages:
        known.report("score-without-total", header.score.span)


def scale_of(header: ScoreHeader, known: Knowledge) -> Scale | None:
    """The score's scale; its ends must lie on its step."""
    literals = [known.literal(literal) for literal in (header.low, header.high)]
    for literal, written in zip(literals, (header.low, header.high), strict=True):
        if literal_unit(literal) != "number":
            report_mixed(Context(known, ParameterScope()), written.span, literal_unit(literal), written.span, "score", "score")
            return None
    (low, low_places), (high, high_places) = (literal_value(literal, keep_zeros=True) for literal in literals)
    step, places = literal_value(known.literal(header.step)) if header.step is not None else (1, max(low_places, high_places))
    if step <= 0:
        assert header.step is not None
        known.report("step-not-positive", header.step.span, text=known.text(header.step.span))
        return None
    wide = max(places, low_places, high_places)
    ends = [low * 10 ** (wide - low_places), high * 10 ** (wide - high_places)]
    for end, written in zip(ends, (header.low, header.high), strict=True):
        if end % (step * 10 ** (wide - places)):
            known.report("end-off-step", written.span, end=known.text(written.span), step=known.text(header.step.span) if header.step else "")
            return None
    if wide > MOST_PLACES or not fits(*ends):
        known.report("overflow", header.span, expression=known.text(header.span), range=f"{header.low.digits} .. {header.high.digits}")
        return None
    if ends[0] >= ends[1]:
        known.report("floor-above-ceiling", header.span, name="score", floor=known.text(header.low.span), ceiling=known.text(header.high.span))
        return None
    down = 10 ** (wide - places)
    return known.mark(Scale(places, ends[0] // down, ends[1] // down, step, header.mode), header.span)


def version_of(known: Knowledge) -> Version | None:
    """Name, version and days; None where a statement is missing or a date does not exist (reported)."""
    header = known.symbols.header
    if header.ruleset is None or header.version is None or header.effective is None:
        return None
    first = day_of_literal(header.effective.first, known)
    last = day_of_literal(header.effective.last, known) if header.effective.last is not None else None
    if first is None or (last is None and header.effective.last is not None):
        return None
    if last is not None and last < first:
        known.report("empty-range", header.effective.span, low=known.text(header.effective.first.span), high=known.text(_last_span(header)))
        return None
    name = ".".join(part.text for part in header.ruleset.name)
    return known.mark(Version(name, label_of(header.ruleset.label), header.version.version.text, first, last), header.ruleset.span)


def _last_span(header: Header) -> Span:
    assert header.effective is not None
    assert header.effective.last is not None
    return header.effective.last.span


def citations(known: Knowledge) -> tuple[Citation, ...]:
    """All sources: those of the file, then those of single declarations by their name."""
    found = [_citation(cite, "", known) for header in known.symbols.header.cites for cite in header.cites]
    for name, declaration in _citing(known):
        found += [_citation(cite, name, known) for cite in getattr(declaration, "cites", ())]
    return tuple(found)


def _citation(cite: Cite, of: str, known: Knowledge) -> Citation:
    return known.mark(Citation(cite.source.text, cite.note.text if cite.note else "", of), cite.span)


def _citing(known: Knowledge) -> list[tuple[str, object]]:
    symbols = known.symbols
    found: list[tuple[str, object]] = []
    spaces = (symbols.params, symbols.lookups, symbols.tables, symbols.populations, symbols.fields, symbols.parts, symbols.displays, symbols.outcomes)
    for space in spaces:
        found += space.items()
    if symbols.total is not None:
        found.append(("total", symbols.total))
        found += [("total", line) for line in symbols.total.adjustments]
    for path, part in symbols.parts.items():
        found += [(path, line) for line in part.adjustments]
    if symbols.stages_block is not None:
        found.append(("stages", symbols.stages_block))
    found += [("linked", block) for block in symbols.linked]
    found += [("hide", line) for line in symbols.hidden]
    return found
