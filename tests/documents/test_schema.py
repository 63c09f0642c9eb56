"""The printed schemas accept what the ruleset accepts and refuse what it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from pingfen.documents.sources import sources_of
from pingfen.plan.schema import record_schema, table_schemas

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
