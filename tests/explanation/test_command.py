"""`pingfen explain`: a record from JSON, or a subject among events, and a clear refusal of what is neither."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from pingfen.command.guard import run

SAMPLE = str(Path(__file__).parents[1] / "cases" / "samples" / "wechat-promoter.pf")
RECORD = {
    "store_experience": "4.80",
    "good_reviews": "0.985",
    "quality_returns": "0.002",
    "breach_count": 0,
    "severe_count": 0,
    "report_count": 0,
}
SHOP = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id { owner text optional }
score 0 .. 100
events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  late     flag
}
metric volume = count of orders over last 30 days
metric late_count = count of orders with late over last 30 days
total {
  part delivery = cases { 50 when volume < 2, else 100 }
  deduct 10 per late_count, no more than 30 in all
}
gate deals open when score >= 40
linked by owner { close deals for all when any has late_count > 2 }
"""


def explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(["explain", *arguments, "--lang", "en"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def record_file(folder: Path, text: str) -> str:
    path = folder / "record.json"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.fixture
def shop(tmp_path: Path) -> list[str]:
    """A ruleset, two shops of one owner, and the options that name them."""
    orders = [f"o{index},{shop},2026-05-2{index} 10:00:00,{late}" for index, (shop, late) in enumerate([("a", 1), ("a", 1), ("a", 1), ("b", 0), ("b", 0)])]
    (tmp_path / "shop.pf").write_text(SHOP, "utf-8")
    (tmp_path / "orders.csv").write_text("\n".join(["order_id,shop_id,paid_at,late", *orders]), "utf-8")
    (tmp_path / "subjects.csv").write_text("shop_id,owner\na,x\nb,x\n", "utf-8")
    return [
        str(tmp_path / "shop.pf"),
        *("--events", f"orders={tmp_path / 'orders.csv'}"),
        *("--subjects", str(tmp_path / "subjects.csv")),
        *("--as-of", "2026-06-01"),
    ]


def test_json_numbers_are_read_as_decimals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(RECORD).replace('"4.80"', "4.80").replace('"0.985"', "0.985").replace('"0.002"', "0.002")
    code, out, _ = explained([SAMPLE, "--metrics", record_file(tmp_path, text), "--format", "json"], capsys)
    document = json.loads(out)
    assert code == 0
    assert document["numbers"][0]["value"] == "4.92"
    assert sum(Decimal(step["effect"]) for step in document["steps"]) == Decimal("4.92")


def test_a_record_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(RECORD).encode())))
    code, out, _ = explained([SAMPLE, "--metrics", "-"], capsys)
    assert code == 0
    assert "商品好评率 98.50% falls in ≥ 98.00%" in out


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"store_experience": "4.801"}, "too-many-places"),
        ({"store_experience": "5.01"}, "out-of-range"),
        ({"breach_count": None}, "missing-field-value"),
        ({"speed": 1}, "unknown-field"),
        ({"breach_count": "many"}, "unusable-value"),
        ({"breach_count": True}, "unusable-value"),
    ],
)
def test_a_value_that_its_field_cannot_be_is_refused(change: dict[str, object], refusal: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = explained([SAMPLE, "--metrics", record_file(tmp_path, json.dumps(RECORD | change))], capsys)
    assert (code, out) == (3, "")
    assert f"error[{refusal}]" in err


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"a": 1, "a": 2}', '{"a": NaN', "{" * 5000])
def test_what_holds_no_record_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = explained([SAMPLE, "--metrics", record_file(tmp_path, text)], capsys)
    assert code == 3
    assert "error[not-a-record]" in err


def test_a_missing_field_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = explained([SAMPLE, "--metrics", record_file(tmp_path, "{}")], capsys)
    assert code == 3
    assert err.count("error[omitted-field]") == len(RECORD)


def test_a_subject_among_events_is_explained(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explained([*shop, "--subject", "a"], capsys)
    assert code == 0
    assert "-30" in out
    assert "late_count 3" in out


def test_a_closing_by_a_linked_account_is_told(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = explained([*shop, "--subject", "b"], capsys)
    assert "deals closed" in out
    assert "closed by a linked account" in out


def test_a_subject_that_nobody_knows_is_refused(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = explained([*shop, "--subject", "c"], capsys)
    assert code == 3
    assert "error[subject-not-in-result]" in err


def test_a_record_and_events_at_once_are_a_mistake_of_usage(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert explained([*shop, "--subject", "a", "--metrics", "-"], capsys)[0] == 2
    assert explained(shop, capsys)[0] == 2
    assert explained([SAMPLE], capsys)[0] == 2
