"""The printed schemas accept what the ruleset accepts and refuse what it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from pingfen import load
from pingfen.command.guard import run
from pingfen.documents.sources import sources_of
from pingfen.plan.schema import record_schema, schema_text, table_schemas

from .test_page import RULESETS, SAMPLES, plan_of

RECORD = {
    "industry": "apparel",
    "remote_service_on": False,
    "volume": 1200,
    "quality_count": 6,
    "quality_returns": 0.005,
    "pickup_score": 88.4,
    "remote_count": 0,
    "rude_count": 1,
    "fake_count": 0,
    "service_points": 82,
}


def check(record: dict[str, object]) -> None:
    """Schema and record as a program reads them: numbers are decimals."""
    schema, read = (json.loads(json.dumps(each), parse_float=Decimal) for each in (record_schema(plan_of(SAMPLES / "douyin-store.pf")), record))
    jsonschema.Draft202012Validator(schema).validate(read)


def test_a_complete_record_fits() -> None:
    check(RECORD)


def test_a_missing_metric_is_null() -> None:
    check(RECORD | {"pickup_score": None})


@pytest.mark.parametrize(
    "change",
    [{"volume": -1}, {"volume": None}, {"industry": "toys"}, {"unknown": 1}, {"service_points": 40}, {"remote_service_on": "yes"}, {"quality_returns": 50}],
)
def test_what_the_ruleset_refuses_does_not_fit(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(RECORD | change)


def test_an_omitted_field_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({name: value for name, value in RECORD.items() if name != "volume"})


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_ruleset_has_valid_schemas_with_all_read_columns(path: Path) -> None:
    plan = plan_of(path)
    jsonschema.Draft202012Validator.check_schema(record_schema(plan))
    tables = {table["table"]: [column["name"] for column in table["columns"]] for table in table_schemas(plan)}
    for table in plan.events.tables:
        assert tables[table.name] == [column.name for column in table.columns if column.computed is None]


def test_sources_tell_every_assumed_number_with_its_bounds() -> None:
    found = sources_of(plan_of(SAMPLES / "wechat-promoter.pf"))
    assert {"path": "window", "value": "90 days", "within": ["7 days", "180 days"], "parameter": True} in found["assumed"]
    assert "product.praise.weight" in [each["path"] for each in found["assumed"]]
    assert found["citations"][0]["source"] == "003_2f9bb0a16055b905.txt"


WIDE = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
subject shop_id
score 0 .. 100
input turnover money 0.00 .. 99999999999999.99
input index number -9007199254740993 .. 9223372036854775.807
input speed points 0 .. 100
total { part delivery = speed }
gate campaigns open when turnover >= 5.00 and index >= 0.001
"""


def test_bounds_beyond_what_floats_hold_are_printed_with_their_digits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wide.pf").write_text(WIDE, "utf-8")
    assert run(["schema", str(tmp_path / "wide.pf"), "--of", "record"]) == 0
    printed = json.loads(capsys.readouterr().out, parse_float=Decimal)["properties"]
    turnover, index = printed["turnover"], printed["index"]
    assert (turnover["maximum"], turnover["multipleOf"]) == (Decimal("99999999999999.99"), Decimal("0.01"))
    assert (index["minimum"], index["maximum"]) == (Decimal("-9007199254740993"), Decimal("9223372036854775.807"))


def test_an_artifact_with_such_bounds_is_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "wide.pf").write_text(WIDE, "utf-8")
    assert run(["build", str(tmp_path / "wide.pf"), "-o", str(tmp_path)]) == 0
    assert load(tmp_path / "example.shop-1.json").digest == load(tmp_path / "wide.pf").digest  # type: ignore[union-attr]


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_printed_text_is_indented_json(path: Path) -> None:
    plan = plan_of(path)
    for told in (record_schema(plan), table_schemas(plan), {}, []):
        assert schema_text(told) == json.dumps(told, ensure_ascii=False, indent=2)
