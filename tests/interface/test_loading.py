"""Compiling and loading: texts, folders of versions, artifacts and folders of them; every mistake is an exception that carries diagnostics."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import pingfen
from pingfen.command.guard import run

RULESETS = Path(__file__).parents[2] / "rulesets"
PROMOTER = RULESETS / "wechat-promoter"
RECORD = {"store_experience": "4.80", "good_reviews": "0.985", "quality_returns": "0.002", "breach_count": 0, "severe_count": 0, "report_count": 0}


def codes(refusal: pytest.ExceptionInfo[pingfen.DiagnosticError]) -> list[str]:
    return [found.code for found in refusal.value.diagnostics]


def test_the_names_of_the_package_are_there_and_no_others() -> None:
    assert all(getattr(pingfen, name) is not None for name in pingfen.__all__)
    assert dir(pingfen) == sorted(pingfen.__all__)
    with pytest.raises(AttributeError):
        _ = pingfen.nothing


def test_a_text_with_mistakes_raises_them_all_with_their_places() -> None:
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.compile('ruleset example.shop\nversion "1"\nscore 5 .. 1\nsubject shop\n')
    assert len(refusal.value.diagnostics) > 1
    assert "<text>:" in str(refusal.value)


def test_a_file_is_one_version() -> None:
    ruleset = pingfen.load(PROMOTER / "2025-03-31.pf")
    assert isinstance(ruleset, pingfen.Ruleset)
    assert (ruleset.name, ruleset.version, ruleset.effective) == ("wechat.promoter", "2025-03-31", (date(2025, 3, 31), None))
    assert ruleset.schema["required"] == list(RECORD) == list(ruleset.fields)


def test_a_parameter_changes_the_plan_and_its_digest() -> None:
    path = PROMOTER / "2025-03-31.pf"
    usual, other = pingfen.load(path), pingfen.load(path, {"window": "60 days"})
    assert isinstance(usual, pingfen.Ruleset)
    assert isinstance(other, pingfen.Ruleset)
    assert usual.digest != other.digest
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(path, {"widow": "60 days"})
    assert codes(refusal) == ["unknown-parameter"]


def test_a_folder_gives_the_version_in_effect_on_a_day() -> None:
    versions = pingfen.load(PROMOTER)
    assert isinstance(versions, pingfen.RulesetVersions)
    assert versions.at(date(2025, 3, 31)).version == "2025-03-31"
    assert versions.at(date(2025, 3, 30)).version == "2023"
    assert versions.at(date(2025, 3, 31)) is versions.latest
    assert [ruleset.version for ruleset in versions] == ["2023", "2025-03-31"]
    assert versions.evaluate(RECORD, date(2026, 1, 1)) == versions.latest.evaluate(RECORD)
    with pytest.raises(pingfen.CompileError) as refusal:
        versions.at(date(2000, 1, 1))
    assert codes(refusal) == ["no-version-on-date"]


def test_a_folder_of_artifacts_gives_the_same_versions(tmp_path: Path) -> None:
    assert run(["build", str(PROMOTER), "-o", str(tmp_path)]) == 0
    built, written = pingfen.load(tmp_path), pingfen.load(PROMOTER)
    assert isinstance(built, pingfen.RulesetVersions)
    assert isinstance(written, pingfen.RulesetVersions)
    assert [ruleset.digest for ruleset in built] == [ruleset.digest for ruleset in written]
    assert built.at(date(2025, 3, 30)).version == "2023"
    with pytest.raises(pingfen.CompileError) as refusal:
        built.at(date(2000, 1, 1))
    assert codes(refusal) == ["no-version-on-date"]
    assert run(["build", str(RULESETS / "taobao-dsr"), "-o", str(tmp_path)]) == 0
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(tmp_path)
    assert codes(refusal) == ["several-rulesets"]


def test_parameters_of_an_artifact_are_set(tmp_path: Path) -> None:
    assert run(["build", str(PROMOTER / "2025-03-31.pf"), "-o", str(tmp_path), "--param", "window=60 days"]) == 0
    (path,) = tmp_path.iterdir()
    built = pingfen.load(path)
    assert isinstance(built, pingfen.Ruleset)
    assert built.digest == pingfen.load(PROMOTER / "2025-03-31.pf", {"window": "60 days"}).digest  # type: ignore[union-attr]
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(path, {"window": "30 days"})
    assert codes(refusal) == ["parameters-of-artifact"]
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(tmp_path, {"window": "60 days"})
    assert codes(refusal) == ["parameters-of-artifact"]


LIMITED = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
subject shop_id
score 0 .. 100
param floor = 4
param most = 2.5
input speed points 0 .. 100
input gain number -10.0 .. 10.0
total { part delivery = speed }
gate campaigns open when gain >= floor and gain <= most
gate events open when gain <= most
"""


@pytest.mark.parametrize(
    ("given", "texts"),
    [({"floor": -3}, {"floor": "-3"}), ({"floor": Decimal("-3")}, {"floor": "-3"}), ({"most": Decimal("7.5")}, {"most": "7.5"}), ({"most": 7}, {"most": "7"})],
)
def test_a_parameter_may_be_an_exact_number_and_is_what_its_text_is(given: dict[str, int | Decimal], texts: dict[str, str]) -> None:
    ruleset = pingfen.compile(LIMITED.replace(" floor and gain <=", " floor or gain >="), given)
    assert ruleset.parameters == texts
    assert ruleset.digest == pingfen.compile(LIMITED.replace(" floor and gain <=", " floor or gain >="), texts).digest


@pytest.mark.parametrize("value", [2.5, float("nan"), Decimal("NaN"), True, None, [1], b"3"])
def test_a_parameter_that_is_no_exact_number_is_refused_with_what_to_give(value: object, tmp_path: Path) -> None:
    (tmp_path / "a.pf").write_text(LIMITED, "utf-8")
    for load in (lambda: pingfen.compile(LIMITED, {"most": value}), lambda: pingfen.load(tmp_path / "a.pf", {"most": value})):  # type: ignore[dict-item]
        with pytest.raises(pingfen.CompileError) as refusal:
            load()
        assert codes(refusal) == ["parameter-not-a-number"]
        assert f"`{value}` as a text or as a decimal" in str(refusal.value) if value == 2.5 else "give a text such as `30 days`" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pf", None, "cannot-read"),
        ("a.json", None, "cannot-read"),
        ("a.pf", b"\xff", "not-utf-8"),
        ("a.json", b"{", "not-an-artifact"),
        ("folder", None, "cannot-read"),
    ],
)
def test_what_cannot_be_loaded_is_a_compile_error(name: str, content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(tmp_path / name)
    assert codes(refusal) == [code]


def test_an_empty_folder_holds_no_rulesets(tmp_path: Path) -> None:
    with pytest.raises(pingfen.CompileError) as refusal:
        pingfen.load(tmp_path)
    assert codes(refusal) == ["no-rulesets"]


def test_building_twice_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        assert run(["build", str(PROMOTER), "-o", str(tmp_path / folder)]) == 0
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("first", "second"))
    assert first == second
    assert first.keys() == {"wechat.promoter-2023.json", "wechat.promoter-2025-03-31.json"}


def test_nothing_is_built_where_one_ruleset_has_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.pf").write_text("ruleset x\n", "utf-8")
    assert run(["build", str(PROMOTER), str(tmp_path / "bad.pf"), "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert "bad.pf:1:1" in capsys.readouterr().err


def test_the_explanation_of_a_record_adds_up_to_the_scorecard() -> None:
    ruleset = pingfen.load(PROMOTER / "2025-03-31.pf")
    assert isinstance(ruleset, pingfen.Ruleset)
    assert sum(step.effect for step in ruleset.explain(RECORD).steps) == ruleset.evaluate(RECORD).score
