"""The commands that tell what a ruleset says: sources, schema, page, new and sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pingfen.command.group import pingfen

ROOT = Path(__file__).resolve().parents[2]
PROMOTER = str(ROOT / "tests" / "cases" / "samples" / "wechat-promoter.pf")
DOUYIN = str(ROOT / "rulesets" / "douyin-store-100")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(pingfen, list(arguments), catch_exceptions=False, standalone_mode=False)


def test_sources_as_json_list_citations_and_assumed_numbers() -> None:
    told = json.loads(run("sources", PROMOTER, "--format", "json").output)
    assert [each["source"] for each in told["citations"]] == ["003_2f9bb0a16055b905.txt"]
    assert {"window", "product.praise.weight", "flash_sale"} <= {each["path"].split(".open")[0] for each in told["assumed"]}


def test_a_parameter_given_from_outside_is_told_as_given() -> None:
    told = json.loads(run("sources", PROMOTER, "--format", "json", "--param", "window=60 days").output)
    assert next(each["value"] for each in told["assumed"] if each["path"] == "window") == "60 days"


@pytest.mark.slow
def test_of_a_folder_the_version_in_effect_is_chosen() -> None:
    versions = {
        day: json.loads(run("sources", DOUYIN, "--format", "json", "--as-of", day).output)["version"] for day in ("2024-01-01", "2026-05-07", "2026-09-08")
    }
    assert versions == {"2024-01-01": "2023-12-13", "2026-05-07": "2026-05-07", "2026-09-08": "2026-09-08"}


def test_a_day_that_no_version_covers_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sources", DOUYIN, "--as-of", "2020-01-01").return_value == 1


def test_schema_prints_record_and_tables() -> None:
    told = json.loads(run("schema", PROMOTER).output)
    assert list(told["record"]["properties"]) == told["record"]["required"]
    assert [table["table"] for table in told["tables"]] == ["sales", "reviews", "breaches", "reports", "subjects"]


def test_a_page_ending_in_html_stands_alone_and_any_other_is_markdown(tmp_path: Path) -> None:
    run("page", PROMOTER, "--lang", "zh", "-o", str(tmp_path / "rules.html"))
    run("page", PROMOTER, "--lang", "zh", "-o", str(tmp_path / "rules.md"))
    assert (tmp_path / "rules.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "rules.md").read_text(encoding="utf-8").startswith("# 微信小店带货者评分")


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("page", PROMOTER, "--lang", "zh", "-o", "-").output == run("page", PROMOTER, "--lang", "zh").output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["my-shop", "店铺分", "a.b", "2026.scores"])
def test_a_new_ruleset_checks_and_tests_clean(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", name)
    assert run("check", f"{name}.pf").return_value in (0, None)
    assert run("test", f"{name}.pf").return_value in (0, None)


def test_a_new_ruleset_has_the_keywords_of_its_language_in_the_standard_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "mine", "--lang", "en")
    run("new", "店铺分", "--lang", "zh")
    assert (tmp_path / "店铺分.pf").read_text(encoding="utf-8").startswith("# 店铺分: 每个数写明依据的网页")
    assert "规则集 店铺分" in (tmp_path / "店铺分.pf").read_text(encoding="utf-8")
    assert run("format", "--check", ".").return_value in (0, None)
    assert run("format", "--check", "--keywords", "zh", "店铺分.pf").return_value in (0, None)
    assert run("test", "店铺分.pf").return_value in (0, None)


@pytest.mark.parametrize("name", ["", "a b", "...", "123"])
def test_a_name_that_is_no_rulesets_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", name).return_value == 2
    assert list(tmp_path.iterdir()) == []


def test_new_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.pf").write_text("# mine\n")
    assert run("new", "mine").return_value == 2
    assert (tmp_path / "mine.pf").read_text() == "# mine\n"


def test_a_sample_prints_the_command_that_scores_it(tmp_path: Path) -> None:
    told = run("sample", PROMOTER, "-o", str(tmp_path), "--subjects", "5", "--days", "20").output
    assert told.startswith(f"pingfen score {PROMOTER} --events sales={tmp_path / 'sales.csv'}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["breaches.csv", "reports.csv", "reviews.csv", "sales.csv", "subjects.csv"]
