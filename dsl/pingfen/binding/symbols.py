"""The declarations of a ruleset by name, in separate spaces.

Event tables and populations are one space (what a metric may be made of), columns a space in each table. Values are one space: parameters,
metrics, inputs, attributes, peers and groups. Parts are one space by path, displays, `total`, `score` and `stage` beside them. Gates, sanctions and tiers
are one space, stages one, tables of constants one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..diagnostics.diagnostic import Label, Problems
from ..node import Factory, define
from ..source import Span
from ..syntax.declarations import (
    AttributeRow,
    CitesHeader,
    ClaimLine,
    ColumnRow,
    DisplayLine,
    Document,
    EffectiveHeader,
    EventsBlock,
    ExampleBlock,
    GateLine,
    GroupLine,
    HideLine,
    InputLine,
    LimitHeader,
    LinkedBlock,
    MetricLine,
    ParamLine,
    PartBlock,
    PeerLine,
    PopulationLine,
    RulesetHeader,
    ScoreHeader,
    StageLine,
    StagesBlock,
    SubjectBlock,
    TableBlock,
    TierBlock,
    TimezoneHeader,
    VersionHeader,
    WordType,
    YearsHeader,
)  # fmt: skip
from ..syntax.expressions import Name

Field = MetricLine | InputLine | AttributeRow | PeerLine | GroupLine
KINDS = {MetricLine: "metric", InputLine: "input", PeerLine: "peer", GroupLine: "group", AttributeRow: "attribute"}
Outcome = GateLine | TierBlock
RESERVED = ("score", "total", "stage")
RESERVED_FIELDS = (*RESERVED, "as_of", "valid_from")
RESERVED_TABLES = ("subjects", "inputs")


@define
class Header:
    """The statements that say what the file is."""

    ruleset: RulesetHeader | None = None
    version: VersionHeader | None = None
    effective: EffectiveHeader | None = None
    timezone: TimezoneHeader | None = None
    years: YearsHeader | None = None
    score: ScoreHeader | None = None
    subject: SubjectBlock | None = None
    cites: list[CitesHeader] = Factory(list)
    limits: list[LimitHeader] = Factory(list)


@define
class Symbols:
    """All declarations, each in its space; a duplicate is reported and the first one kept."""

    header: Header = Factory(Header)
    params: dict[str, ParamLine] = Factory(dict)
    fields: dict[str, Field] = Factory(dict)
    lookups: dict[str, TableBlock] = Factory(dict)
    tables: dict[str, EventsBlock] = Factory(dict)
    columns: dict[str, dict[str, ColumnRow]] = Factory(dict)
    populations: dict[str, PopulationLine] = Factory(dict)
    total: PartBlock | None = None
    parts: dict[str, PartBlock] = Factory(dict)
    bare: dict[str, tuple[str, ...]] = Factory(dict)
    displays: dict[str, DisplayLine] = Factory(dict)
    outcomes: dict[str, Outcome] = Factory(dict)
    stages: dict[str, StageLine] = Factory(dict)
    stages_block: StagesBlock | None = None
    linked: list[LinkedBlock] = Factory(list)
    hidden: list[HideLine] = Factory(list)
    claims: list[ClaimLine] = Factory(list)
    examples: list[ExampleBlock] = Factory(list)

    def kind_of(self, field: str) -> str:
        """What a declared value of that name is: `metric`, `input`, `peer`, `group` or `attribute`."""
        return KINDS[type(self.fields[field])]

    def attributes(self) -> dict[str, AttributeRow]:
        """The attributes of the subject."""
        return {name: row for name, row in self.fields.items() if isinstance(row, AttributeRow)}

    def choices(self) -> set[str]:
        """The choices, written as names, of every attribute, input and column."""
        rows: list[object] = [*self.fields.values(), *(row for columns in self.columns.values() for row in columns.values())]
        kinds = [getattr(row, "kind", None) for row in rows]
        return {option.text for kind in kinds if isinstance(kind, WordType) for option in kind.options if isinstance(option, Name)}

    def metrics(self) -> dict[str, MetricLine]:
        """The metrics."""
        return {name: line for name, line in self.fields.items() if isinstance(line, MetricLine)}

    def table_of(self, source: str) -> str | None:
        """The event table that a table's or population's name leads to; None where the chain is broken or runs in a circle."""
        seen = set()
        while source in self.populations and source not in self.tables:
            if source in seen:
                return None
            seen.add(source)
            source = self.populations[source].source.text
        return source if source in self.tables else None


@define
class Collector:
    """Puts declarations into their spaces and reports those that stand twice."""

    symbols: Symbols
    problems: Problems

    def put(self, space: dict[str, Any], name: Name, declaration: object, *others: Mapping[str, Any]) -> None:
        """Adds a declaration under its name unless the name is taken in this space or the others that share it."""
        taken = next((found[name.text] for found in (space, *others) if name.text in found), None)
        if taken is None:
            space[name.text] = declaration
        else:
            self.twice(name.text, name.span, getattr(taken, "name", taken).span)

    def once(self, holder: object, slot: str, declaration: object, what: str, span: Span) -> None:
        """Sets a statement that may stand once."""
        earlier = getattr(holder, slot)
        if earlier is None:
            setattr(holder, slot, declaration)
        else:
            self.problems.report("statement-twice", span, labels=(Label(earlier.span, "first"),), statement=what)

    def twice(self, name: str, span: Span, first: Span) -> None:
        """Reports a name that two declarations of one space have."""
        self.problems.report("duplicate-name", span, labels=(Label(first, "first"),), name=name)

    def value(self, name: Name, declaration: Field | ParamLine) -> None:
        """Adds a parameter or field: one space."""
        if name.text in RESERVED_FIELDS:
            self.problems.report("reserved-name", name.span, name=name.text)
        elif isinstance(declaration, ParamLine):
            self.put(self.symbols.params, name, declaration, self.symbols.fields)
        else:
            self.put(self.symbols.fields, name, declaration, self.symbols.params)


def collect(document: Document, problems: Problems) -> Symbols:
    """The declarations of a document by name; reports duplicates."""
    symbols = Symbols()
    collector = Collector(symbols, problems)
    for declaration in document.declarations:
        _collect_one(declaration, collector)
    symbols.bare = _bare_names(symbols.parts)
    _report_shared(collector)
    return symbols


def _report_shared(collector: Collector) -> None:
    """Displays, gates and tiers stand beside parts in every scorecard, and the subject's key beside its attributes."""
    symbols = collector.symbols
    taken = {path: part.name.span for path, part in symbols.parts.items()}
    for shown in (*symbols.displays.values(), *symbols.outcomes.values()):
        if shown.name.text in taken:
            collector.twice(shown.name.text, shown.name.span, taken[shown.name.text])
        taken.setdefault(shown.name.text, shown.name.span)
    subject = symbols.header.subject
    if subject is not None and subject.key.text in symbols.attributes():
        collector.twice(subject.key.text, symbols.attributes()[subject.key.text].name.span, subject.key.span)


def _collect_one(declaration: object, collector: Collector) -> None:
    symbols = collector.symbols
    match declaration:
        case ParamLine() | InputLine() | MetricLine() | PeerLine() | GroupLine():
            collector.value(declaration.name, declaration)
        case TableBlock():
            collector.put(symbols.lookups, declaration.name, declaration)
        case EventsBlock():
            _collect_table(declaration, collector)
        case PopulationLine():
            collector.put(symbols.populations, declaration.name, declaration, symbols.tables)
        case DisplayLine():
            if declaration.name.text in RESERVED:
                collector.problems.report("reserved-name", declaration.name.span, name=declaration.name.text)
            collector.put(symbols.displays, declaration.name, declaration)
        case GateLine() | TierBlock():
            if declaration.name.text in RESERVED:
                collector.problems.report("reserved-name", declaration.name.span, name=declaration.name.text)
            collector.put(symbols.outcomes, declaration.name, declaration)
        case StagesBlock():
            collector.once(symbols, "stages_block", declaration, "stages", declaration.span)
            for stage in declaration.stages:
                collector.put(symbols.stages, stage.name, stage)
        case PartBlock():
            collector.once(symbols, "total", declaration, "total", declaration.span)
            _collect_parts(declaration, "", collector)
        case LinkedBlock():
            symbols.linked.append(declaration)
        case HideLine():
            symbols.hidden.append(declaration)
        case ClaimLine():
            symbols.claims.append(declaration)
        case ExampleBlock():
            symbols.examples.append(declaration)
        case _:
            _collect_header(declaration, collector)


_STATEMENTS: dict[type, tuple[str, str]] = {
    RulesetHeader: ("ruleset", "ruleset"), VersionHeader: ("version", "version"), EffectiveHeader: ("effective", "effective"),
    TimezoneHeader: ("timezone", "timezone"), YearsHeader: ("years", "years"), ScoreHeader: ("score", "score"), SubjectBlock: ("subject", "subject"),
}  # fmt: skip


def _collect_header(declaration: object, collector: Collector) -> None:
    header = collector.symbols.header
    match declaration:
        case CitesHeader():
            header.cites.append(declaration)
        case LimitHeader():
            header.limits.append(declaration)
        case _:
            slot, what = _STATEMENTS[type(declaration)]
            collector.once(header, slot, declaration, what, declaration.span)  # type: ignore[attr-defined]
    if isinstance(declaration, SubjectBlock):
        for row in declaration.attributes:
            collector.value(row.name, row)


def _collect_table(table: EventsBlock, collector: Collector) -> None:
    symbols = collector.symbols
    if table.name.text in RESERVED_TABLES:
        collector.problems.report("reserved-name", table.name.span, name=table.name.text)
    collector.put(symbols.tables, table.name, table, symbols.populations)
    columns: dict[str, ColumnRow] = {}
    for row in table.columns:
        collector.put(columns, row.name, row)
    symbols.columns.setdefault(table.name.text, columns)


def _collect_parts(block: PartBlock, path: str, collector: Collector) -> None:
    for part in block.parts:
        inner = f"{path}.{part.name.text}" if path else part.name.text
        if inner in RESERVED:
            collector.problems.report("reserved-name", part.name.span, name=inner)
        elif inner in collector.symbols.parts:
            collector.twice(inner, part.name.span, collector.symbols.parts[inner].name.span)
        else:
            collector.symbols.parts[inner] = part
            _collect_parts(part, inner, collector)


def _bare_names(parts: dict[str, PartBlock]) -> dict[str, tuple[str, ...]]:
    bare: dict[str, tuple[str, ...]] = {}
    for path, part in parts.items():
        bare[part.name.text] = (*bare.get(part.name.text, ()), path)
    return bare
