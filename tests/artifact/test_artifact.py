"""Artifacts: what was written is read again, the same text gives the same bytes, and whatever was changed is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies

import pingfen
from pingfen.artifact import artifact_bytes, digest_of, read_artifact
from pingfen.artifact.reading import FORMAT, OLDEST
from pingfen.node import evolve
from pingfen.pipeline import Compilation, compile_source
from pingfen.plan.encoding import canonical, digest
from pingfen.plan.ruleset import Plan
from pingfen.reading import read_source
from pingfen.source import Source

from ..strategies import rulesets
from .shape import FILE, shape

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").glob("*/*.pf"))
PROMOTER = next(path for path in RULESETS if path.parent.name == "wechat-promoter" and path.stem == "2025-03-31")


@cache
def compiled(path: Path) -> Compilation:
    source = read_source(path)
    assert isinstance(source, Source)
    return compile_source(source)


def plan_of(path: Path) -> Plan:
    plan = compiled(path).plan
    assert plan is not None
    return plan


@cache
def promoter() -> bytes:
    found = compiled(PROMOTER)
    return artifact_bytes(plan_of(PROMOTER), found.source, found.source_map, {"window": "60 days"})


def refused_as(content: bytes) -> str | None:
    """The code that the artifact is refused with; None when it is read. All of it is looked at."""
    try:
        artifact = read_artifact(content, "a.json")
        _ = (artifact.plan, artifact.record, artifact.version, artifact.title, artifact.parameters)
    except pingfen.ArtifactError as refusal:
        told = str(refusal)
        return next(diagnostic.code for diagnostic in refusal.diagnostics if f"error[{diagnostic.code}]: `a.json`" in told)
    return None


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_real_ruleset_comes_back_as_it_was_written(path: Path) -> None:
    found = compiled(path)
    artifact = read_artifact(artifact_bytes(plan_of(path), found.source, found.source_map), "a.json")
    assert artifact.plan == found.plan
    assert artifact.record == plan_of(path).record
    assert artifact.digest == digest_of(plan_of(path))


@given(rulesets())
def test_a_generated_ruleset_comes_back_as_it_was_written(text: str) -> None:
    found = compile_source(Source("generated.pf", text))
    assume(found.plan is not None)
    assert found.plan is not None
    content = artifact_bytes(found.plan, found.source, found.source_map)
    assert read_artifact(content, "a.json").plan == found.plan
    assert content == artifact_bytes(found.plan, found.source, found.source_map)


def test_the_digest_covers_format_plan_schema_and_examples_and_nothing_else() -> None:
    plan = plan_of(PROMOTER)
    document = json.loads(promoter())
    assert document["digest"] == digest({key: document[key] for key in ("format", "plan", "schema", "examples")}) == digest_of(plan)
    assert json.loads(artifact_bytes(plan))["digest"] == digest_of(plan)
    assert digest_of(evolve(plan, examples=plan.examples[:-1])) != digest_of(plan)
    assert digest_of(evolve(plan, claims=())) != digest_of(plan)


def test_the_shape_of_the_plan_is_that_of_its_format() -> None:
    """A plan of another shape is another format once a release has written this one; `python -m tests.artifact.shape` notes the shape."""
    assert FILE.read_text("utf-8") == shape(), "raise FORMAT where a release has written the old shape, then note the new one"


def test_the_sections_are_source_map_proofs_and_origin_each_with_its_checksum() -> None:
    sections = json.loads(promoter())["sections"]
    assert sections.keys() == {"source map", "proofs", "origin"}
    assert all(section["checksum"] == digest(section["content"]) for section in sections.values())
    assert sections["origin"]["content"]["parameters"] == {"window": "60 days"}
    assert sections["source map"]["content"]["file"] == "2025-03-31.pf"


def test_the_source_map_leads_from_a_node_to_its_text() -> None:
    found = compiled(PROMOTER)
    places = json.loads(promoter())["sections"]["source map"]["content"]["places"]
    path = next(f"record.numbers.{index}" for index, number in enumerate(plan_of(PROMOTER).record.numbers) if number.path == "product.praise")
    line, column, last_line, _ = places[path]
    assert found.source.line_text(line)[column - 1 :].startswith("indicator praise")
    assert last_line > line


@given(strategies.data())
def test_a_file_with_one_byte_changed_is_refused_or_says_the_same(data: strategies.DataObject) -> None:
    content = bytearray(promoter())
    position = data.draw(strategies.integers(0, len(content) - 1))
    content[position] = data.draw(strategies.integers(0, 255) | strategies.sampled_from(b'0123456789"{}[],: \\u'))
    assert refused_as(bytes(content)) or read_artifact(bytes(content), "a.json").plan == plan_of(PROMOTER)


@given(strategies.integers(0, 10**6))
def test_a_file_that_was_cut_off_is_refused(length: int) -> None:
    whole = promoter().rstrip()
    assert refused_as(whole[: length % len(whole)]) == "not-an-artifact"


def edited(edit: Callable[[dict[str, Any]], Any], *, signed: bool) -> bytes:
    """The artifact after an edit; signed anew, as a stranger would."""
    document = json.loads(promoter())
    edit(document)
    if signed:
        document["digest"] = digest({key: document[key] for key in ("format", "plan", "schema", "examples")})
    return canonical(document)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda document: document.update(format=FORMAT + 1), "artifact-too-new"),
        (lambda document: document.update(format=OLDEST - 1), "artifact-too-old"),
        (lambda document: document.update(format=10**400), "artifact-too-new"),
        (lambda document: document.update(format=0), "not-an-artifact"),
        (lambda document: document.update(format="1"), "not-an-artifact"),
        (lambda document: document.update(surplus=1), "artifact-malformed"),
        (lambda document: document.pop("sections"), "artifact-malformed"),
        (lambda document: document.update(examples={}), "artifact-malformed"),
        (lambda document: document["plan"]["record"].update(scale=None), "artifact-changed"),
        (lambda document: document["examples"].pop(), "artifact-changed"),
        (lambda document: document["schema"].update(record={}), "artifact-changed"),
        (lambda document: document["sections"]["source map"]["content"]["places"].clear(), "artifact-changed"),
        (lambda document: document["sections"]["origin"].update(checksum="sha256:0"), "artifact-changed"),
        (lambda document: document["sections"].update({"other": {"checksum": digest({}), "content": {}}}), "artifact-malformed"),
        (lambda document: document["sections"].update({"proofs": {"content": {}}}), "artifact-malformed"),
    ],
)
def test_what_does_not_fit_is_refused(edit: Callable[[dict[str, Any]], Any], code: str) -> None:
    assert refused_as(edited(edit, signed=False)) == code


def deep(levels: int) -> dict[str, Any]:
    condition: dict[str, Any] = {"is": "Truth", "optional": False}
    value: dict[str, Any] = {"is": "FieldRead", "name": "breach_count", "part": "", "type": condition}
    for _ in range(levels):
        value = {"is": "Not", "condition": value, "type": condition}
    return value


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: plan.pop("record"),
        lambda plan: plan.update(version={"is": "Version"}),
        lambda plan: plan["version"].update(version=3),
        lambda plan: plan["record"]["numbers"][0].update(value={"is": "Import", "name": "os"}),
        lambda plan: plan["record"]["numbers"][0].update(layer=2**4000),
        lambda plan: plan["record"]["outcomes"][0].update(condition=deep(200)),
        lambda plan: plan["record"]["numbers"][0].update(path=["a"]),
        lambda plan: plan["events"].update(tables=None),
    ],
)
def test_a_stranger_who_signs_a_document_that_is_no_plan_is_refused(edit: Callable[[dict[str, Any]], Any]) -> None:
    assert refused_as(edited(lambda document: edit(document["plan"]), signed=True)) == "artifact-malformed"


@pytest.mark.parametrize(
    "edit",
    [
        lambda record: record["fields"].pop(0),
        lambda record: record["numbers"].reverse(),
        lambda record: record["outcomes"][0].update(condition={"is": "AsOfRead", "type": {"is": "Truth", "optional": False}}),
    ],
)
def test_a_stranger_whose_plan_reads_what_is_not_there_is_refused(edit: Callable[[dict[str, Any]], Any], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(edited(lambda document: edit(document["plan"]["record"]), signed=True))
    ruleset = pingfen.load(path)
    assert isinstance(ruleset, pingfen.Ruleset)
    for score in (ruleset.scorer, lambda: ruleset.evaluate(dict.fromkeys(ruleset.fields, 0))):
        with pytest.raises(pingfen.ArtifactError):
            score()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"format": NaN}',
        b'{"format": true}',
        b"[" * 100_000,
        b'{"format":1,"a":' * 50_000,
        b'{"format": ' + b"9" * 10_000 + b"}",
        b"PK\x03\x04",
        b"ruleset wechat.promoter",
    ],
)
def test_what_is_no_artifact_at_all_is_refused(content: bytes) -> None:
    assert refused_as(content) == "not-an-artifact"


def test_an_artifact_loads_and_scores_without_the_compiler_and_the_warehouse(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(promoter())
    program = f"""
import sys, pingfen
card = pingfen.load({str(path)!r}).evaluate({{"store_experience": "4.80", "good_reviews": "98.50%", "quality_returns": "0.20%",
    "breach_count": 0, "severe_count": 0, "report_count": 0}})
print(card.score, sum(step.effect for step in card.steps))
foreign = ["attr", "lark", "duckdb", "sqlglot", "pyarrow", "rich", "click", "pytz", "numpy"]
front = ["syntax", "binding", "checking", "lowering", "analysis", "pipeline", "reference", "explanation", "sql", "warehouse", "calendar", "diagnostics"]
print(sorted(set(foreign + ["pingfen." + name for name in front]) & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["4.92 4.92", "[]"]


def test_an_artifact_scores_as_its_text_does(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(promoter())
    loaded, text = pingfen.load(path), pingfen.load(PROMOTER)
    assert isinstance(loaded, pingfen.Ruleset)
    assert isinstance(text, pingfen.Ruleset)
    assert (loaded.name, loaded.version, loaded.digest, loaded.effective, loaded.fields) == (text.name, text.version, text.digest, text.effective, text.fields)
    record = {"store_experience": "3.00", "good_reviews": "0.99", "quality_returns": "0.005", "breach_count": 0, "severe_count": 1, "report_count": 0}
    assert loaded.evaluate(record).to_dict() == text.evaluate(record).to_dict()


def test_a_stranger_whose_comparison_meets_a_missing_value_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(edited(lambda document: document["plan"]["record"]["outcomes"][0].update(without=[]), signed=True))
    ruleset = pingfen.load(path)
    assert isinstance(ruleset, pingfen.Ruleset)
    missing = {"store_experience": None, "good_reviews": None, "quality_returns": None, "breach_count": 0, "severe_count": 0, "report_count": 0}
    with pytest.raises(pingfen.ArtifactError):
        ruleset.evaluate(missing)
    assert ruleset.evaluate(missing | {"store_experience": "4.50", "good_reviews": "0.99"}).score is not None
