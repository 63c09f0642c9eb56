"""Places that no example reaches are told apart: those that no record can reach are proved to be so, the others only lack an example."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pingfen.command.group import pingfen
from pingfen.pipeline import compile_source
from pingfen.proof.unreachable import unreachable
from pingfen.source import Source
from pingfen.trial import try_plan

TEXT = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100

input speed points 0 .. 100
input care points 0 .. 100
total { part delivery = cases { 10 when speed + care > 150 and speed < 50, 20 when speed > 90, else 50 } }
gate campaigns open when care - speed > 40 and speed - care > -20

example "quick" {
  given speed 95, care 50
  expect delivery 20, score 20, campaigns closed
}
"""


def test_what_no_record_reaches_is_proved_and_what_lacks_an_example_is_not() -> None:
    plan = compile_source(Source("shop.pf", TEXT)).plan
    assert plan is not None
    coverage = try_plan(plan, 10).coverage
    shown = unreachable(plan.record, coverage.places)
    texts = {text: place in shown for text, place in zip(coverage.missed, coverage.places, strict=True)}
    assert texts == {"delivery: cases when (speed + care) > 150 and speed < 50": True, "delivery: cases else": False, "campaigns open": True}


def test_the_command_says_what_is_unreachable(tmp_path: Path) -> None:
    path = tmp_path / "shop.pf"
    path.write_text(TEXT, "utf-8")
    done = CliRunner().invoke(pingfen, ["test", str(path), "--coverage", "--lang", "en"])
    told = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert "campaigns open (unreachable, as is proved)" in told
    assert "delivery: cases else" in told


EVENTS = (
    TEXT.replace("input care points 0 .. 100\n", "")
    .replace(" + care > 150 and speed < 50", " < 20")
    .replace("care - speed > 40 and speed - care > -20", "speed > 60")
)
EVENTS = EVENTS.replace("speed 95, care 50", "speed 95").replace("campaigns closed", "campaigns open")


@pytest.mark.slow
def test_what_no_subject_of_a_result_reaches_is_listed(tmp_path: Path) -> None:
    """The records of a result are evaluated again; another ruleset's result is refused."""
    ruleset, inputs, result = tmp_path / "shop.pf", tmp_path / "inputs.csv", tmp_path / "result.parquet"
    ruleset.write_text(EVENTS, "utf-8")
    inputs.write_text("shop_id,speed\na,95\nb,70\n", "utf-8")
    runner = CliRunner()
    scored = runner.invoke(pingfen, ["score", str(ruleset), "--inputs", str(inputs), "--as-of", "2026-02-01", "-o", str(result)])
    assert scored.exit_code == 0, scored.output
    done = runner.invoke(pingfen, ["test", str(ruleset), "--data", str(result), "--lang", "en"])
    told = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert told == ["delivery: cases when speed < 20", "campaigns closed"]
    ruleset.write_text(EVENTS.replace("20 when speed > 90", "30 when speed > 90").replace("20, score 20", "30, score 30"), "utf-8")
    assert runner.invoke(pingfen, ["test", str(ruleset), "--data", str(result), "--lang", "en"], standalone_mode=False).return_value == 3
