"""What is known of a ruleset while it is checked: the types of what is already checked, where things stand in the text, and what was reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from ..binding.binder import Bound
from ..binding.scopes import RowScope, Scope
from ..binding.symbols import Symbols
from ..diagnostics.diagnostic import Label, Problems
from ..node import Factory, define, evolve, frozen
from ..plan.events import Column, Transitions
from ..plan.expressions import Expression, Mode
from ..plan.improvable import Improvable
from ..plan.quantity import Numeric, Type
from ..plan.record import Scale, StageRow
from ..source import Source, Span
from ..syntax.expressions import NumberLiteral
from .given import ParameterRange
from .guards import NOTHING_KNOWN, Facts, Keys, closed, needed_by, shown_by
from .marks import SourceMap
from .quantities import fits, literal_value, range_text

if TYPE_CHECKING:
    from .lookups import LookupColumn

Marked = TypeVar("Marked")


@frozen
class Rounding:
    """Round to a multiple of `step` at `places`, in the mode; `unit` is that of the written step ("" for a default)."""

    places: int
    step: int = 1
    mode: Mode = "half away"
    unit: Literal["", "number", "share", "duration"] = ""


@frozen
class Pool:
    """What one row adds, at most, to numerator and denominator of a metric; `places` are those of numerator over denominator. Where the metric `is_cut` to its
    range, numerators over denominators of several subjects may lie outside of it."""

    places: int
    numerator: int
    denominator: int
    is_cut: bool = False


@define
class Makings:
    """For values by key: what one being given shows to be given, and what being given makes it given."""

    shows: dict[str, Keys] = Factory(dict)
    needs: dict[str, Keys] = Factory(dict)


@define
class Knowledge:
    """Grows declaration by declaration, in the order of binding; what could not be checked is absent and silently skipped where it is read."""

    bound: Bound
    problems: Problems
    zone: Transitions
    first_year: int
    last_year: int
    marks: SourceMap = Factory(SourceMap)
    scale: Scale | None = None
    params: dict[str, Expression] = Factory(dict)
    literals: dict[int, NumberLiteral] = Factory(dict)
    ranges: dict[str, ParameterRange] = Factory(dict)
    fields: dict[str, Type] = Factory(dict)
    numbers: dict[str, Type] = Factory(dict)
    within_full: dict[str, bool] = Factory(dict)
    outcomes: dict[str, Type] = Factory(dict)
    columns: dict[tuple[str, str], Column] = Factory(dict)
    lookups: dict[tuple[str, str], LookupColumn | None] = Factory(dict)
    after_numbers: bool = False
    kept: dict[str, Facts] = Factory(dict)
    layers: dict[str, int] = Factory(dict)
    pools: dict[str, Pool] = Factory(dict)
    improvable: dict[str, Improvable] = Factory(dict)
    makings: dict[str, Makings] = Factory(lambda: defaultdict(Makings))
    stage_rows: tuple[StageRow, ...] = ()
    full_stages: frozenset[str] = frozenset()
    full_facts: Facts = NOTHING_KNOWN

    @property
    def symbols(self) -> Symbols:
        """The declarations."""
        return self.bound.symbols

    @property
    def stage_names(self) -> tuple[str, ...]:
        """All stages, in the order written."""
        return tuple(self.symbols.stages)

    def mark(self, node: Marked, span: Span) -> Marked:
        """Remembers where a node of the plan stands in the text."""
        return self.marks.mark(node, span)

    def text(self, span: Span) -> str:
        """The text at a span, on one line."""
        return " ".join(self.problems.source.text[span.start : span.end].split())

    def statement(self, span: Span) -> str:
        """The text of a statement on one line, with English keywords: the same whichever language it was written in."""
        text = self.text(span)
        if text.isascii():
            return text
        from ..syntax.formatting import format_source

        source = Source("statement", self.problems.source.text[span.start : span.end])
        return " ".join((format_source(source, "en", Problems(source)) or text).split())

    def report(self, code: str, span: Span, *, labels: tuple[Label, ...] = (), **arguments: object) -> None:
        """Reports a mistake."""
        self.problems.report(code, span, labels=labels, fix=None, **arguments)

    def fitting(self, expression: Expression, span: Span) -> Expression | None:
        """The expression, marked, if its range fits 64 bits; else the mistake is reported."""
        kind = expression.type
        if isinstance(kind, Numeric) and not fits(kind.low, kind.high):
            self.report("overflow", span, expression=self.text(span), range=range_text(kind))
            return None
        return self.mark(expression, span)

    def fits(self, kind: Numeric, span: Span) -> bool:
        """Whether an intermediate fits 64 bits; else the mistake is reported."""
        if fits(kind.low, kind.high):
            return True
        self.report("overflow", span, expression=self.text(span), range=range_text(kind))
        return False

    def made(self, key: str, value: Expression, table: str = "") -> None:
        """Remembers what a value of the record, or of a table's rows, being given shows, and what makes it given."""
        makings = self.makings[table]
        makings.shows[key] = shown_by(value)
        needs = needed_by(value)
        if needs is not None:
            makings.needs[key] = needs

    def count(self, written: NumberLiteral, most: int) -> int | None:
        """A written whole number from 1 to `most`; None where it is something else (reported)."""
        literal = self.literal(written)
        value, places = literal_value(literal)
        if not places and not literal.unit and 1 <= value <= most:
            return value
        self.report("count-out-of-range", written.span, text=self.text(written.span), most=most)
        return None

    def literal(self, written: NumberLiteral) -> NumberLiteral:
        """The literal as written, or what was given for it from outside."""
        return self.literals.get(id(written), written)


@frozen
class Context:
    """Where an expression stands: its scope, what is known to be given, and where possible nones are collected instead of refused."""

    known: Knowledge
    scope: Scope
    facts: Facts = NOTHING_KNOWN
    tolerated: list[Expression] | None = None

    def knowing(self, facts: Facts) -> Context:
        """The same place with more facts."""
        return evolve(self, facts=self.facts.and_also(facts))

    def is_given(self, key: str) -> bool:
        """Whether a value is known to be given here: a guard shows it, or it is made of values that guards show."""
        makings = self.known.makings[self.scope.table if isinstance(self.scope, RowScope) else ""]
        given = closed(self.facts.given, makings.shows)
        if self.full_stage() and "number score" in given:
            given = closed(given | {"number total"}, makings.shows)
        return self._is_made_of(key, given, makings.needs)

    def _is_made_of(self, key: str, given: Keys, made_of: Mapping[str, Keys]) -> bool:
        waiting, seen = [key], set(given)
        while waiting:
            wanted = waiting.pop()
            if wanted in seen:
                continue
            needs = made_of.get(wanted)
            if needs is None or not self._is_made(wanted):
                return False
            seen.add(wanted)
            waiting += needs
        return True

    def _is_made(self, key: str) -> bool:
        """Whether a value is made for every record and row that comes here; parts are made in full stages only."""
        return key.startswith(("column", "field")) or self.full_stage() or key.removeprefix("number ") in self.known.symbols.displays

    def full_stage(self) -> bool:
        """Whether the stage is known to be one that makes parts."""
        return not self.known.stage_names or (self.facts.stages is not None and self.facts.stages <= self.known.full_stages)

    def has_clock(self, span: Span) -> bool:
        """Whether a local time of day or month may be asked here: of rows only, for a record's times are instants without a zone. Reports where it may not."""
        if not isinstance(self.scope, RowScope):
            self.report("clock-outside-rows", span, text=self.known.text(span))
        return isinstance(self.scope, RowScope)

    def report(self, code: str, span: Span, *, labels: tuple[Label, ...] = (), **arguments: object) -> None:
        """Reports a mistake."""
        self.known.report(code, span, labels=labels, **arguments)


def expression(node: object) -> Expression:
    """A fraction on its way to a number, where an expression is wanted (see quotients.py)."""
    return cast(Expression, node)
