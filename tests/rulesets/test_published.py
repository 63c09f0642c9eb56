"""What every published ruleset owes its readers: versions without holes, examples, claims, sources that its README names."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from pingfen.artifact.document import digest_of
from pingfen.diagnostics.diagnostic import Problems
from pingfen.pipeline import compile_source
from pingfen.source import Source
from pingfen.syntax.formatting import format_source
from pingfen.trial import try_plan

from .published import FOLDERS, RULESETS, VERSIONS, compilation_of, plan_of, plans_in, title

each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=title)
each_version = pytest.mark.parametrize("path", VERSIONS, ids=title)


def readme_of(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def test_the_eight_rulesets_are_there() -> None:
    """The seven marketplaces and the flights."""
    assert [folder.name for folder in FOLDERS] == [
        "airline-punctuality", "douyin-creator", "douyin-store-100", "douyin-store-5", "kuaishou-store", "taobao-dsr", "wechat-promoter", "wechat-store",
    ]  # fmt: skip


@each_version
def test_a_version_compiles_without_a_finding(path: Path) -> None:
    """Not even a warning."""
    assert compilation_of(path).diagnostics == ()


@each_folder
def test_versions_follow_each_other_without_hole_or_overlap(folder: Path) -> None:
    """The day after a version's last is the next one's first; only the newest is open."""
    versions = [plan.version for plan in plans_in(folder)]
    assert all(one.last_day is not None and one.last_day + 1 == two.first_day for one, two in pairwise(versions))


def test_the_100_point_score_follows_the_5_point_score() -> None:
    """Douyin's shop score has no hole between its two folders either."""
    last, first = plans_in(RULESETS / "douyin-store-5")[-1].version, plans_in(RULESETS / "douyin-store-100")[0].version
    assert last.last_day is not None
    assert last.last_day + 1 == first.first_day


@each_version
def test_a_version_has_eight_examples_and_three_claims(path: Path) -> None:
    """At least."""
    plan = plan_of(path)
    assert len(plan.examples) >= 8
    assert len({claim.text for claim in plan.claims}) >= 3


@each_version
def test_examples_hold_and_reach_every_band_gate_stage_and_protection(path: Path) -> None:
    """Every example gives what it says, and together they reach everything that can be reached."""
    tried = try_plan(plan_of(path), tries=20)
    assert [(example.example.name, check) for example in tried.examples for check in example.checks if not check.passed] == []
    assert tried.coverage.missed == ()
    assert [claim.claim.text for claim in tried.claims if claim.refutations] == []


@each_version
def test_every_source_is_in_the_readme(path: Path) -> None:
    """A reader finds there what was taken from whom."""
    readme = readme_of(path.parent)
    assert [citation.source for citation in plan_of(path).citations if not re.search(rf"\b{re.escape(citation.source)}\b", readme)] == []


@each_version
def test_a_narrowed_claim_is_named_in_the_readme(path: Path) -> None:
    """`assuming` narrows a claim; each use has its reason there."""
    assert [claim.text for claim in plan_of(path).claims if claim.assuming is not None and claim.text not in readme_of(path.parent)] == []


@each_version
def test_a_version_is_named_in_the_readme(path: Path) -> None:
    """With its days."""
    assert f"| {plan_of(path).version.version} |" in readme_of(path.parent)


def test_one_ruleset_is_written_wholly_in_chinese() -> None:
    """Its Chinese keywords are already what the formatter would write, and the English conversion means the same to the byte."""
    path = RULESETS / "taobao-dsr" / "2016-01-01.pf"
    source = Source(path.name, path.read_text(encoding="utf-8"))
    assert format_source(source, "zh", Problems(source)) == source.text
    english = format_source(source, "en", Problems(source))
    assert english is not None
    assert "规则集" not in english
    converted = compile_source(Source(path.name, english)).plan
    assert converted is not None
    assert digest_of(converted) == digest_of(plan_of(path))
