"""Small programs: what a case does not write of a ruleset's first lines is written for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pingfen.diagnostics.catalogue import entry_of
from pingfen.pipeline import Compilation, compile_source
from pingfen.plan.record import Number
from pingfen.plan.ruleset import Plan
from pingfen.source import Source

HEADER = {
    "ruleset": "ruleset case.semantics",
    "version": 'version "1"',
    "effective": "effective from 2026-01-01",
    "cites": 'cites "the published rules"',
    "timezone": 'timezone "Asia/Shanghai"',
    "subject": "subject store_id",
}
NO_PARAMETERS: Mapping[str, str] = {}


def compiled(text: str, parameters: Mapping[str, str] = NO_PARAMETERS, header: bool = True) -> Compilation:
    """What comes of a text behind the first lines that it does not write itself."""
    lines = [line for word, line in HEADER.items() if not re.search(rf"^{word}\b", text, re.MULTILINE)] if header else []
    return compile_source(Source("case.pf", "\n".join([*lines, text])), parameters)


def plan_of(text: str, parameters: Mapping[str, str] = NO_PARAMETERS) -> Plan:
    """The plan of a text that has one."""
    compilation = compiled(text, parameters)
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def number_of(plan: Plan, path: str) -> Number:
    """A number of a plan by its path."""
    return next(number for number in plan.record.numbers if number.path == path)


def found_in(compilation: Compilation, severity: str = "") -> list[tuple[str, str]]:
    """Code and text of the place of each diagnostic, spaces and line breaks made one space."""
    text = compilation.source.text
    found = [item for item in compilation.diagnostics if not severity or entry_of(item.code).severity == severity]
    return [(item.code, " ".join(text[item.span.start : item.span.end].split())) for item in found]
