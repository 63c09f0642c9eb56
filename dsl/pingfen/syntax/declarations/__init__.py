"""Syntax tree of declarations: the statements of a ruleset, in the order written. Comments are kept by position, outside the tree."""

from __future__ import annotations

from ...source import Span
from ..node import frozen, span_field
from .common import Cite, Comment, LabelText
from .headers import CitesHeader, EffectiveHeader, LimitHeader, RulesetHeader, ScoreHeader, TimezoneHeader, VersionHeader, YearsHeader
from .metrics import (
    AgeRow,
    AggregateText,
    Compared,
    EnoughClause,
    FirstStep,
    GroupLine,
    LongerWindow,
    MetricLine,
    NeedsClause,
    PeerLine,
    PopulationLine,
    RateText,
    RecencyClause,
    WhereStep,
    WindowClause,
)
from .outcomes import Assignment, ClaimLine, CloseLine, ExampleBlock, ExampleRows, ExampleValue, ExpectLine, GateLine, LinkedBlock, WithoutClause
from .points import AdjustmentLine, DisplayLine, ForceLine, HideLine, MissingClause, PartBlock, StageLine, StagesBlock, TierBlock
from .tables import (
    AttributeRow,
    ColumnRow,
    EventsBlock,
    FlagType,
    ImprovableClause,
    InputLine,
    ParamLine,
    SubjectBlock,
    TableBlock,
    TableRow,
    TypeText,
    UnitType,
    WordType,
)

__all__ = [
    "AdjustmentLine",
    "AgeRow",
    "AggregateText",
    "Assignment",
    "AttributeRow",
    "Cite",
    "CitesHeader",
    "ClaimLine",
    "CloseLine",
    "ColumnRow",
    "Comment",
    "Compared",
    "Declaration",
    "DisplayLine",
    "Document",
    "EffectiveHeader",
    "EnoughClause",
    "EventsBlock",
    "ExampleBlock",
    "ExampleRows",
    "ExampleValue",
    "ExpectLine",
    "FirstStep",
    "FlagType",
    "ForceLine",
    "GateLine",
    "GroupLine",
    "HideLine",
    "ImprovableClause",
    "InputLine",
    "LabelText",
    "LimitHeader",
    "LinkedBlock",
    "LongerWindow",
    "MetricLine",
    "MissingClause",
    "NeedsClause",
    "ParamLine",
    "PartBlock",
    "PeerLine",
    "PopulationLine",
    "RateText",
    "RecencyClause",
    "RulesetHeader",
    "ScoreHeader",
    "StageLine",
    "StagesBlock",
    "SubjectBlock",
    "TableBlock",
    "TableRow",
    "TierBlock",
    "TimezoneHeader",
    "TypeText",
    "UnitType",
    "VersionHeader",
    "WhereStep",
    "WindowClause",
    "WithoutClause",
    "WordType",
    "YearsHeader",
]

Declaration = (
    RulesetHeader
    | VersionHeader
    | EffectiveHeader
    | CitesHeader
    | TimezoneHeader
    | YearsHeader
    | LimitHeader
    | ScoreHeader
    | SubjectBlock
    | EventsBlock
    | TableBlock
    | ParamLine
    | InputLine
    | PopulationLine
    | MetricLine
    | PeerLine
    | GroupLine
    | StagesBlock
    | PartBlock
    | DisplayLine
    | GateLine
    | TierBlock
    | LinkedBlock
    | HideLine
    | ClaimLine
    | ExampleBlock
)


@frozen
class Document:
    """One file: declarations in order, and its comments."""

    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = ()
    span: Span = span_field()
