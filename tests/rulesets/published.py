"""The rulesets of the repository: folders, versions in order, and their plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pingfen.pipeline import Compilation, compile_source
from pingfen.plan.ruleset import Plan
from pingfen.reading import read_source
from pingfen.source import Source

RULESETS = Path(__file__).parents[2] / "rulesets"
FOLDERS = sorted(folder for folder in RULESETS.iterdir() if folder.is_dir())
VERSIONS = sorted(RULESETS.glob("*/*.pf"))


def title(path: Path) -> str:
    """A path as tests name it: `douyin-store-100/2026-05-07`."""
    return path.name if path.is_dir() else f"{path.parent.name}/{path.stem}"


@cache
def compilation_of(path: Path) -> Compilation:
    """A version, compiled."""
    source = read_source(path)
    assert isinstance(source, Source)
    return compile_source(source)


def plan_of(path: Path) -> Plan:
    """A version's plan."""
    plan = compilation_of(path).plan
    assert plan is not None, compilation_of(path).diagnostics
    return plan


def plans_in(folder: Path) -> list[Plan]:
    """The plans of a folder's versions, first day first."""
    return sorted((plan_of(path) for path in VERSIONS if path.parent == folder), key=lambda plan: plan.version.first_day)
