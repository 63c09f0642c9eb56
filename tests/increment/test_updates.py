"""An update says what a full run over the latest days says, whatever was delivered when, and its state survives being killed, cut and mistaken for another."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import event, given, settings, strategies

from pingfen.diagnostics.diagnostic import Diagnostic
from pingfen.increment.update import update
from pingfen.plan.events import Table
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score

from ..paths import Tables
from ..strategies import tables
from .data import EPOCH, HALF, Ended, invoke, reads_attributes, request_of, rows, variants
from .histories import History, Rows, split

pytestmark = pytest.mark.slow

SHOP = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id

param window = 3 days assumed within 1 days .. 90 days
events orders {{
  order_id     text   key
  shop_id      text   subject
  paid_at      time   happens
  signed_at    time   optional
  buyer_id     text
  appeal       one of upheld, refused optional as extracted
}}
population counted = orders except appeal given and appeal is {kind}
metric volume = count of counted over last window
metric signed = count of orders over last 2 days by signed_at
metric buyers = distinct count of buyer_id in orders over last 3 days
gate campaigns open when volume >= 2 and signed < 9 and buyers >= {buyers}
"""
HEADER = "order_id,shop_id,paid_at,signed_at,buyer_id,appeal\n"
FIRST = {
    "2026-05-28": "o1,s1,2026-05-28 10:00:00,2026-05-31 23:59:59,b1,\no2,s2,2026-05-28 10:00:00,,b1,\n",
    "2026-05-29": "o3,s1,2026-05-29 00:00:00,,b2,\n",
}


class Shop:
    """A ruleset, its days and its state in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.days = folder / "days"
        self.days.mkdir(exist_ok=True)
        self.write_rule()
        for day, text in FIRST.items():
            self.deliver(day, text)

    def write_rule(self, kind: str = "upheld", buyers: int = 1) -> None:
        """The ruleset."""
        (self.folder / "shop.pf").write_text(SHOP.format(kind=kind, buyers=buyers), "utf-8")

    def deliver(self, day: str, text: str | None) -> None:
        """A day as a file; None takes the file away."""
        path = self.days / f"{day}.csv"
        if text is None:
            path.unlink()
        else:
            path.write_text(HEADER + text, "utf-8")

    def update(self, day: str = "2026-05-30", *arguments: str) -> Ended:
        """An update to a date."""
        named = ["update", str(self.folder / "state"), "--ruleset", str(self.folder / "shop.pf"), "--events", f"orders={self.days}", "--as-of", day]
        return invoke(*named, "--format", "json", *arguments)

    def score(self, day: str = "2026-05-30", *arguments: str) -> Ended:
        """A full run."""
        return invoke("score", str(self.folder / "shop.pf"), "--events", f"orders={self.days}", "--as-of", day, "--format", "json", *arguments)


def told(result: Ended) -> list[dict[str, object]]:
    """The rows of a result."""
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)["rows"]
    return found


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The shop."""
    return Shop(tmp_path)


@settings(max_examples=HALF)
@given(strategies.data())
def test_an_update_gives_the_digits_of_a_full_run(data: strategies.DataObject) -> None:
    """Random deliveries, days delivered again, emptied and skipped, dates that go on, stand or go back, windows and conditions that change: always the rows
    of a full run over the latest days, or the same refusal."""
    plans = data.draw(variants())
    given_tables, day = data.draw(tables(plans[0]))
    if not reads_attributes(plans[0]) and data.draw(strategies.booleans()):
        given_tables = evolve(given_tables, subjects=None)
    with tempfile.TemporaryDirectory() as folder:
        history = History(plans[0], Path(folder) / "days")
        waiting = [(table, on, found) for table in plans[0].events.tables for on, found in split(given_tables, table).items()]
        for step in range(3):
            _deliver(data, history, waiting, step)
            latest = evolve(given_tables, events=history.latest())
            plan = data.draw(strategies.sampled_from(plans)) if data.draw(strategies.integers(0, 2)) == 0 else history.plan
            history.plan = plan
            event(_compared(history, latest, day, str(plans.index(plan)), Path(folder) / "state"))
            day += data.draw(strategies.sampled_from([1, 0, 2, -1]))


def _deliver(data: strategies.DataObject, history: History, waiting: list[tuple[Table, int, Rows]], step: int) -> None:
    """Some new days, and maybe one again, with some of its rows or none."""
    for _ in range(min(len(waiting), data.draw(strategies.integers(0, 4)) if step else len(waiting) // 2 + 1)):
        history.deliver(*waiting.pop(data.draw(strategies.integers(0, len(waiting) - 1))))
    held = [(table, name) for table in history.plan.events.tables for name in history.days.get(table.name, {})]
    if held and data.draw(strategies.booleans()):
        table, name = data.draw(strategies.sampled_from(held))
        kept: Rows = [row for row in history.days[table.name][name] if data.draw(strategies.booleans())]
        history.deliver(table, (date.fromisoformat(name) - EPOCH).days, kept)


def _compared(history: History, latest: Tables, day: int, digest: str, state: Path) -> str:
    """Asserts that an update and a full run say the same; gives what happened."""
    request = request_of(history.plan, latest, day)
    wanted = _said(lambda: score(history.plan, digest, request))
    notes: list[Diagnostic] = []
    assert _said(lambda: update(state, history.plan, digest, evolve(request, events=history.sources)), notes) == wanted
    return "kept days" if any(note.code == "days-read" and note.arguments["kept"] != "0" for note in notes) else "no kept days"


def _said(make: Callable[[], Result], notes: list[Diagnostic] | None = None) -> list[object]:
    """The rows of a result, or the codes of a refusal."""
    try:
        result = make()
    except RefusedDataError as refused:
        return sorted(item.code for item in refused.diagnostics)
    if notes is not None:
        notes += result.notes
    return list(rows(result.table))


def test_an_update_of_nothing_new_reads_nothing_and_says_the_same(shop: Shop) -> None:
    """A second update to the same date gives the same rows; only what no sums of days give is read."""
    first = told(shop.update())
    again = shop.update()
    assert told(again) == first
    assert "0 days read, 0 taken back, 2 kept" in again.stderr
    assert "`buyers` reads different values: 2 days of `orders` were read for it" in again.stderr


def test_a_day_delivered_again_replaces_it_and_an_empty_one_deletes_it(shop: Shop) -> None:
    """Corrected, late and deleted rows give the rows of a full run; a day that is not delivered any more stays."""
    told(shop.update())
    shop.deliver("2026-05-28", "o1,s1,2026-05-28 10:00:00,2026-05-31 23:59:59,b1,upheld\no2,s2,2026-05-28 10:00:00,,b1,\no9,s3,2026-05-29 10:00:00,,b1,\n")
    assert told(shop.update()) == told(shop.score())
    shop.deliver("2026-05-29", "")
    assert told(shop.update("2026-05-31")) == told(shop.score("2026-05-31"))


def test_what_becomes_known_later_is_read_on_its_date(shop: Shop) -> None:
    """An order signed after the date of one update counts as signed in the update after that."""
    for day in ("2026-05-30", "2026-05-31", "2026-06-01", "2026-06-02", "2026-05-30"):
        assert told(shop.update(day)) == told(shop.score(day))


def test_a_changed_rule_makes_anew_what_it_must(shop: Shop) -> None:
    """A changed threshold or window adds the kept days up again; a changed condition reads them again; both give the rows of a full run."""
    told(shop.update())
    shop.write_rule(buyers=2)
    found = shop.update()
    assert told(found) == told(shop.score())
    assert "because of a changed rule: 0 days read, 2 kept" in found.stderr
    found = shop.update("2026-05-30", "--param", "window=1 days")
    assert told(found) == told(shop.score("2026-05-30", "--param", "window=1 days"))
    assert "because of a changed rule: 0 days read, 2 kept" in found.stderr
    shop.write_rule(kind="refused", buyers=2)
    found = shop.update()
    assert told(found) == told(shop.score())
    assert "because of a changed definition of what is summed up: 2 days read, 0 kept" in found.stderr


def test_a_key_that_stands_in_two_days_is_the_bad_row_of_a_full_run(shop: Shop) -> None:
    """It is refused with the same words, or both rows go to the rejects; mended, the row counts again."""
    told(shop.update())
    shop.deliver("2026-05-30", "o1,s2,2026-05-30 10:00:00,,b3,\n")
    refused, full = shop.update("2026-05-31"), shop.score("2026-05-31")
    assert refused.exit_code == full.exit_code == 3
    assert refused.stderr == full.stderr
    rejects = [str(shop.folder / name) for name in ("one.csv", "two.csv")]
    assert told(shop.update("2026-05-31", "--rejects", rejects[0])) == told(shop.score("2026-05-31", "--rejects", rejects[1]))
    assert Path(rejects[0]).read_bytes() == Path(rejects[1]).read_bytes()
    shop.deliver("2026-05-30", "o4,s2,2026-05-30 10:00:00,,b3,\n")
    assert told(shop.update("2026-05-31")) == told(shop.score("2026-05-31"))


def test_a_key_is_found_in_a_state_that_another_edition_of_the_engine_hashed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is made anew from the keys: one that stands in two days is refused with the words of a full run, and days kept stay kept."""
    told(shop.update())
    monkeypatch.setattr("pingfen.increment.update.HASHED", "another")
    shop.deliver("2026-05-30", "o1,s2,2026-05-30 10:00:00,,b3,\n")
    assert shop.update("2026-05-31").stderr == shop.score("2026-05-31").stderr
    shop.deliver("2026-05-30", "o4,s2,2026-05-30 10:00:00,,b3,\n")
    mended = shop.update("2026-05-31")
    assert told(mended) == told(shop.score("2026-05-31"))
    assert "1 days read, 0 taken back, 2 kept" in mended.stderr


def test_a_bad_row_of_a_new_day_stops_the_update_and_the_state_stays(shop: Shop) -> None:
    """Nothing of the refused day is in the state: without it the scores are as before."""
    first = told(shop.update())
    shop.deliver("2026-05-30", "o4,s2,yesterday,,b3,\n")
    refused = shop.update("2026-05-31")
    assert refused.exit_code == 3
    assert refused.stderr == shop.score("2026-05-31").stderr
    shop.deliver("2026-05-30", None)
    assert told(shop.update()) == first


@pytest.mark.parametrize(
    "mischief", ["cut manifest", "changed manifest", "cut file", "changed file", "lost file", "other files", "no folder", "other ruleset", "other format"]
)
def test_a_state_that_is_none_is_refused(shop: Shop, mischief: str) -> None:
    """A state that was cut, changed or lost, a folder of other files and another ruleset's state end with a diagnostic, and stay as they are."""
    told(shop.update())
    state = shop.folder / "state"
    manifest, file = state / "manifest.json", sorted((state / "files").glob("running*"))[0]
    match mischief:
        case "cut manifest":
            manifest.write_bytes(manifest.read_bytes()[:-100])
        case "changed manifest":
            manifest.write_bytes(manifest.read_bytes().replace(b'"as_of": 2', b'"as_of": 1'))
        case "other format":
            manifest.write_bytes(manifest.read_bytes().replace(b'"format": 3', b'"format": 7'))
        case "cut file":
            file.write_bytes(file.read_bytes()[:-1])
        case "changed file":
            file.write_bytes(file.read_bytes()[:-20] + b"x" * 20)
        case "lost file":
            file.unlink()
        case "other files":
            shutil.rmtree(state)
            state.mkdir()
            (state / "notes.txt").write_text("mine", "utf-8")
        case "no folder":
            shutil.rmtree(state)
            state.write_text("mine", "utf-8")
        case "other ruleset":
            text = (shop.folder / "shop.pf").read_text("utf-8")
            (shop.folder / "shop.pf").write_text(text.replace("example.shop", "example.mall"), "utf-8")
    refused = shop.update("2026-05-31")
    assert refused.exit_code == 3, refused.stderr
    assert "unusable-state" in refused.stderr


def test_a_lost_day_that_is_needed_again_is_refused(shop: Shop) -> None:
    """A metric that reads the rows of a day whose file is gone cannot be had; a day without files deletes it."""
    told(shop.update())
    shop.deliver("2026-05-28", None)
    refused = shop.update()
    assert refused.exit_code == 3
    assert "partition-gone" in refused.stderr


def test_two_updates_at_once_are_refused(shop: Shop) -> None:
    """The second one is told that the state is in use."""
    from pingfen.increment.storage import locked

    told(shop.update())
    with locked(shop.folder / "state"):
        refused = shop.update()
    assert refused.exit_code == 3
    assert "another update is using it" in refused.stderr


def test_a_bad_row_of_a_new_day_is_told_where_an_old_day_is_gone(shop: Shop) -> None:
    """It could be told beside those of all days only; it is told by itself then."""
    told(shop.update())
    for day in FIRST:
        shop.deliver(day, None)
    shop.deliver("2026-05-30", "o4,s2,yesterday,,b3,\n")
    refused = shop.update("2026-05-31")
    assert refused.exit_code == 3
    assert refused.stderr == shop.score("2026-05-31").stderr
