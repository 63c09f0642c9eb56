"""The report stands alone, opens in a real browser, prints, and reads in both languages; the command's exit code tells CI what it needs."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pingfen.command.group import pingfen
from pingfen.difference import compare
from pingfen.difference.report import report
from pingfen.ruleset import Ruleset, load

from .shops import SHOP, changed, plan_of

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [pair for folder in sorted((ROOT / "rulesets").iterdir()) for pair in pairwise(sorted(folder.glob("*.pf")))]
FOREIGN = re.compile(r"(?:src|href)\s*=|url\(|@import|<script|https?://", re.IGNORECASE)
NEW = changed(("weight 60%", "weight 55%"), ("weight 40%", "weight 45%"), ('"2026-01"', '"2026-07"'))
ORDERS = "order_id,shop_id,paid_at,stars,returned\n" + "".join(
    f"{index},s{index % 7},2026-05-{1 + index % 28:02d} 10:00:00,{1 + (index * index + index % 7) % 5},{'true' if index % 5 == index % 3 else 'false'}\n"
    for index in range(140)
)
TOPS = """\
ruleset example.tops
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id
input x points 0 .. 150
total { indicator whole weight 100% = x }
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(pingfen, list(arguments), catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two versions and their orders."""
    (tmp_path / "old.pf").write_text(SHOP, "utf-8")
    (tmp_path / "new.pf").write_text(NEW, "utf-8")
    (tmp_path / "same.pf").write_text(SHOP.replace('"Praise rate"', '"Share of praise"'), "utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    return tmp_path


def on_data(folder: Path, *more: str) -> Result:
    return run("diff", str(folder / "old.pf"), str(folder / "new.pf"), "--events", f"orders={folder / 'orders.csv'}", "--as-of", "2026-06-01", *more)


def test_exit_codes(folder: Path) -> None:
    """0 the same, 1 different, 2 usage, such as a file that is not there, 3 refused data."""
    assert run("diff", str(folder / "old.pf"), str(folder / "nowhere.pf")).return_value == 2
    assert run("diff", str(folder / "old.pf"), str(folder / "same.pf")).return_value == 0
    assert run("diff", str(folder / "old.pf"), str(folder / "new.pf")).return_value == 1
    (folder / "orders.csv").write_text(ORDERS.replace(",4,", ",9,"), "utf-8")
    assert on_data(folder, "-o", str(folder / "report.html")).return_value == 3
    assert not (folder / "report.html").exists()


def test_counts_on_data_are_those_of_two_runs(folder: Path) -> None:
    told = json.loads(on_data(folder, "--format", "json").stdout)["data"]
    tables = []
    for name in ("old.pf", "new.pf"):
        ruleset = load(folder / name)
        assert isinstance(ruleset, Ruleset)
        from datetime import date

        tables.append({row["shop_id"]: row for row in ruleset.score({"orders": str(folder / "orders.csv")}, date(2026, 6, 1)).table.to_pylist()})
    old, new = tables
    assert told["subjects"] == len(old) == 7
    assert told["rises"] == sum(new[shop]["score"] > old[shop]["score"] for shop in old)
    assert told["falls"] == sum(new[shop]["score"] < old[shop]["score"] for shop in old)
    assert told["tiers"]["level"] == dict(Counter(f"{old[shop]['tier.level']} -> {new[shop]['tier.level']}" for shop in old))
    hit = {each["subject"]: each for each in told["affected"]}
    assert hit.keys() == {shop for shop in old if old[shop]["score"] != new[shop]["score"]}
    sizes = [abs(int(each["new"]) - int(each["old"])) for each in told["affected"]]
    assert sizes == sorted(sizes, reverse=True)
    assert any(sizes)
    for each in told["affected"]:
        assert sum(Decimal(cause["change"]) for cause in each["reasons"]) == Decimal(each["new"]) - Decimal(each["old"])


def test_a_changed_weight_alone_is_the_reason_of_those_it_moves(folder: Path) -> None:
    """No part has other points then; only what they are worth changes."""
    weights = changed(("weight 60%", "weight 55%"), ("weight 40%", "weight 45%"))
    (folder / "new.pf").write_text(weights, "utf-8")
    told = json.loads(on_data(folder, "--format", "json").stdout)["data"]["affected"]
    assert told
    for each in told:
        assert not each["parts"]
        assert {cause["code"] for cause in each["reasons"]} - {"score:rounding", "total:rounding"}
        assert sum(Decimal(cause["change"]) for cause in each["reasons"]) == Decimal(each["new"]) - Decimal(each["old"])


def test_a_shop_whose_gate_alone_moves_keeps_its_score(folder: Path) -> None:
    (folder / "new.pf").write_text(changed(("open when score >= 80", "open when score >= 30")), "utf-8")
    told = json.loads(on_data(folder, "--format", "json").stdout)["data"]["affected"]
    assert [(each["outcomes"], each["reasons"]) for each in told] == [({"campaigns": "closed -> open"}, [])] * 2
    on_data(folder, "-o", str(folder / "report.html"))
    assert "the score stays the same" in (folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_scale_that_moves_is_a_cause_of_its_own(language: str) -> None:
    old, new = plan_of(TOPS), plan_of(TOPS.replace("0 .. 100", "0 .. 120"))
    found = compare(old, new, ("", ""))
    assert found.rise is not None
    assert sum(cause.change for cause in found.rise.causes) == found.rise.change
    assert {"en": "top of the scale", "zh": "满分"}[language] in report(found, language)


def test_adjustments_are_one_cause_by_their_label_wherever_they_stand() -> None:
    """A deduction put before another does not make the other one's points a change."""
    late, old = '\n  deduct 5 when x < 100 "晚" "Late"\n}', '\n  deduct 7 when x < 100 "旧" "Old"'
    before, after = TOPS.replace(" }", late), TOPS.replace(" }", old + late)
    found = compare(plan_of(before), plan_of(after), ("", ""))
    assert found.fall is not None
    assert [(cause.label.en, cause.change) for cause in found.fall.causes] == [("Old", Decimal(-7))]


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0].parent.name} {pair[0].stem} {pair[1].stem}")
def test_neighbouring_versions_of_every_ruleset_have_a_report_that_stands_alone_and_proved_extremes(pair: tuple[Path, Path]) -> None:
    old, new = (load(path) for path in pair)
    assert isinstance(old, Ruleset)
    assert isinstance(new, Ruleset)
    found = compare(old.plan, new.plan, (old.digest, new.digest))
    assert not found.same
    assert found.none_rises if found.rise is None else found.rise.proved
    assert found.none_falls if found.fall is None else found.fall.proved
    for extreme in (found.rise, found.fall):
        assert extreme is None or sum(cause.change for cause in extreme.causes) == Decimal(extreme.change).scaleb(-extreme.places)
    for language in ("en", "zh"):
        page = report(found, language)
        assert page.startswith("<!doctype html>")
        assert not FOREIGN.search(page.replace("http://", "http//") if "cites" in page else page)
        assert page.count("<h2>") >= 1


def test_texts_of_rulesets_stay_texts(folder: Path) -> None:
    on_data(folder, "-o", str(folder / "report.html"))
    page = (folder / "report.html").read_text("utf-8")
    assert "&lt;b&gt;shop&lt;/b&gt;" in page
    assert "<b>shop</b>" not in page


def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    return found


@pytest.fixture
def browser() -> Iterator[object]:
    """Debian's Chromium with an empty profile and no way out."""
    binary = chromium()
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    with tempfile.TemporaryDirectory() as profile:
        for flag in (
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={profile}", "--window-size=1100,1400",
        ):  # fmt: skip
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


@pytest.mark.slow
def test_the_report_opens_in_a_browser_and_prints_in_both_languages(folder: Path, browser: object) -> None:
    from selenium.webdriver.chrome.webdriver import WebDriver

    assert isinstance(browser, WebDriver)
    for language, heading in (("en", "Which rules changed"), ("zh", "哪些规则变了")):
        on_data(folder, "-o", str(folder / "report.html"), "--lang", language)
        browser.get((folder / "report.html").as_uri())
        assert heading in [element.text for element in browser.find_elements("tag name", "h2")]
        pictures = browser.find_elements("tag name", "svg")
        assert pictures
        assert all(picture.size["height"] > 50 and picture.size["width"] > 300 for picture in pictures)
        assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
        assert browser.execute_script("return document.querySelectorAll('.rule tr').length") == 3
        pages = base64.b64decode(browser.print_page())
        assert pages.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", pages)) >= 2
