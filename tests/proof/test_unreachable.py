"""Places that no example reaches are told apart: those that no record can reach are proved to be so, the others only lack an example."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from pingfen.command.group import pingfen
from pingfen.pipeline import compile_source
from pingfen.proof.unreachable import unreachable
from pingfen.reference import evaluate
from pingfen.source import Source
from pingfen.trial import try_plan
from pingfen.trial.closings import Member, closings_of
from pingfen.trial.coverage import Reached
from pingfen.trial.drawing import drawer_of
from pingfen.trial.limits import limits_of
from pingfen.trial.places import places_of

from ..strategies.rulesets import ruleset_of_seed

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


def marks(text: str) -> dict[str, bool]:
    """Each place that no example reaches, with whether it is shown to be unreachable."""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    missed, texts = try_plan(plan, 10).coverage.missed, places_of(plan)
    shown = unreachable(plan.record, missed)
    return {texts[place]: place in shown for place in missed}


def test_what_no_record_reaches_is_proved_and_what_lacks_an_example_is_not() -> None:
    assert marks(TEXT) == {"delivery: cases when (speed + care) > 150 and speed < 50": True, "delivery: cases else": False, "campaigns open": True}


HEAD = TEXT[: TEXT.index("total")]


def test_an_adjustment_that_changes_nothing_is_unreachable_though_its_condition_holds() -> None:
    """Only what speed and care are together shows that the cap never acts."""
    rules = """total {
  part delivery within 15 .. 30 = cases { 10 when speed > care, 20 when care > speed, else 40 } {
    protect at least 12 when speed > care and care > 50
    cap at most 25 when speed < care
    bonus 5 when speed = care
  }
}
"""
    assert marks(HEAD + rules) == {
        "delivery: cases when speed > care": False,
        "delivery: cases when care > speed": False,
        "delivery: cases else": False,
        "delivery protect 12 when speed > care and care > 50": False,
        "delivery cap 25 when speed < care": True,
        "delivery bonus 5 when speed = care": False,
        "delivery within 15 .. 30": False,
    }


def test_a_range_that_only_the_fields_together_never_leave_is_unreachable() -> None:
    rules = "total { part delivery within 0 .. 100 = cases { speed - care when speed >= care, else 50 } }\n"
    assert marks(HEAD + rules)["delivery within 0 .. 100"]


def test_a_force_that_is_always_replaced_or_changes_nothing_is_unreachable() -> None:
    rules = """total { part delivery = speed }
tier level of a, b, c = cases { c when care > 90, else a } {
  force b when speed - care > 50
  force c when speed - care > 40
  force c when care > 95 and speed < 10
}
"""
    found = {text: shown for text, shown in marks(HEAD + rules).items() if "force" in text}
    assert found == {
        "level force b when (speed − care) > 50": True,
        "level force c when (speed − care) > 40": False,
        "level force c when care > 95 and speed < 10": True,
    }


LINKED = (
    HEAD.replace("subject shop_id\n", 'subject shop_id { owner text optional\n boss text optional\n kind one of "x", "y", "z" }\n')
    + """table part by kind (least) {
  "x" -> 50
  "y" -> 40
  default -> 30
}
total { part delivery = speed }
gate g open when speed >= 30
linked by owner { close g for all when any has speed < 30 }
linked by boss { close g for all when any has care < 20 and speed < 40 }
linked by boss { close g for all when any has care - speed > 60 and speed - care > 0 }
sanction fine applies when score < part.least
"""
)


def test_a_closing_counts_for_whom_another_member_closes() -> None:
    """Whoever meets the owners' condition has a closed gate anyway; the others of the group have not. Each rule is a place of its own."""
    found = {text: shown for text, shown in marks(LINKED).items() if "linked" in text}
    assert found == {
        "g closed by linked owner when any has speed < 30": False,
        "g closed by linked boss when any has care < 20 and speed < 40": False,
        "g closed by linked boss when any has (care − speed) > 60 and (speed − care) > 0": True,
    }


def test_rows_of_tables_are_places() -> None:
    text = LINKED.replace('"y" -> 40\n', '"y" -> 40\n  "z" -> 35\n')
    example = 'example "x" {\n  given speed 30, care 50, kind "x"\n  expect score 30\n}\n'
    found = {text: shown for text, shown in marks(text + example).items() if text.startswith("table")}
    assert found == {'table part: "y"': False, 'table part: "z"': False, "table part: default": True}


def test_places_are_told_in_both_languages() -> None:
    plan = compile_source(Source("shop.pf", LINKED)).plan
    assert plan is not None
    texts = places_of(plan, "zh")
    assert texts["closed", 0, "g"] == "g 因关联 owner 而关闭, 任一满足 speed < 30 时"
    assert texts["table", "part", 2] == "对照表 part: 默认"
    assert texts["outcome", "fine", "applies"] == "fine 生效"
    assert places_of(plan).keys() == texts.keys()


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


@pytest.mark.slow
def test_who_is_closed_by_another_is_closed_in_data_too(tmp_path: Path) -> None:
    """The row's outcome counts: b meets both conditions, and closes what a would have open."""
    ruleset, result = tmp_path / "shop.pf", tmp_path / "result.parquet"
    ruleset.write_text(LINKED, "utf-8")
    (tmp_path / "inputs.csv").write_text("shop_id,speed,care\na,95,50\nb,20,10\n", "utf-8")
    (tmp_path / "subjects.csv").write_text("shop_id,owner,boss,kind\na,,m,x\nb,,m,x\n", "utf-8")
    options = ["--inputs", str(tmp_path / "inputs.csv"), "--subjects", str(tmp_path / "subjects.csv"), "--as-of", "2026-02-01", "-o", str(result)]
    scored = CliRunner().invoke(pingfen, ["score", str(ruleset), *options])
    assert scored.exit_code == 0, scored.output
    told = CliRunner().invoke(pingfen, ["test", str(ruleset), "--data", str(result), "--lang", "en"]).stdout
    assert "g closed by linked boss when any has (care − speed) > 60 and (speed − care) > 0" in told
    assert "g closed by linked boss when any has care < 20" not in told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1015))
def test_what_is_shown_to_be_unreachable_is_reached_by_no_record(seed: int) -> None:
    plan = compile_source(Source("generated.pf", ruleset_of_seed(seed))).plan
    assert plan is not None
    drawer, random, reached = drawer_of(plan.record, limits_of(plan.record)), Random(seed), Reached(plan)
    for _ in range(100):
        record = drawer.draw(random, {})
        (closings,) = closings_of(plan.record, [Member(record, dict.fromkeys(rule.by for rule in plan.record.linked))])
        reached.see(record, evaluate(plan.record, record, reached.observe), closings)
    texts = places_of(plan, of_events=False)
    assert [texts[place] for place in unreachable(plan.record, texts, 0.1) & reached.places] == []
