"""Places that no example reaches are told apart: those that no record can reach are proved to be so, the others only lack an example."""

from __future__ import annotations

from pathlib import Path

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
