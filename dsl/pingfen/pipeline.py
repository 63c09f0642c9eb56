"""From a text to a plan: the stages in order, each reading what the one before made, all reporting to one list of problems."""

from __future__ import annotations

from collections.abc import Mapping

from .binding import bind
from .checking import check
from .checking.given import ParameterRange
from .checking.marks import SourceMap
from .diagnostics.diagnostic import Diagnostic, Problems
from .lowering import lower
from .node import frozen
from .plan.ruleset import Plan
from .source import Source
from .syntax.declarations import Document
from .syntax.parser import parse

NO_PARAMETERS: Mapping[str, str] = {}


@frozen
class Compilation:
    """What came of a text: its tree, its plan (None where there are errors) with the places of its nodes, and what was found. `parameters` were given from
    outside; `ranges` are what may be."""

    source: Source
    document: Document
    plan: Plan | None
    source_map: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    parameters: Mapping[str, str] = NO_PARAMETERS
    ranges: tuple[ParameterRange, ...] = ()


def compile_source(source: Source, parameters: Mapping[str, str] = NO_PARAMETERS) -> Compilation:
    """Compiles one text. `parameters` are given from outside, by name or by path: `{"window": "60 days", "product.praise.weight": "30%"}`."""
    problems = Problems(source)
    document = parse(source, problems)
    if problems.has_errors:
        return Compilation(source, document, None, SourceMap(), _sorted(problems))
    checked = check(bind(document, problems), problems, parameters)
    if not checked.sound:
        return Compilation(source, document, None, checked.marks, _sorted(problems))
    plan, source_map = lower(checked)
    _analyse(plan, source_map, document, problems)
    return Compilation(source, document, plan, source_map, _sorted(problems), parameters, tuple(checked.known.ranges.values()))


def _analyse(plan: Plan, source_map: SourceMap, document: Document, problems: Problems) -> None:
    from .analysis import analyse, find_uncited_numbers

    analyse(plan, source_map, problems)
    find_uncited_numbers(document, problems)


def _sorted(problems: Problems) -> tuple[Diagnostic, ...]:
    return tuple(sorted(problems.found, key=lambda found: (found.span.start, found.span.end)))
