"""What days may be delivered as: files and folders, links, forms and columns of other names; what is none is refused, and deletes nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from pingfen import Ruleset, load
from pingfen.increment.update import update
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request

from .test_updates import FIRST, HEADER, Shop, shop, told

__all__ = ["shop"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["orders.csv", "2026-13-01.csv", "day=today"])
def test_an_entry_that_is_no_day_is_refused(shop: Shop, name: str) -> None:
    """Which day it would be of, nobody knows."""
    if "." in name:
        (shop.days / name).write_text(HEADER, "utf-8")
    else:
        (shop.days / name).mkdir()
    refused = shop.update()
    assert refused.exit_code == 3
    assert "no-partitions" in refused.stderr


def _as_folder(shop: Shop) -> Path:
    """The folder of May 28, delivered with the file of that day in it."""
    folder = shop.days / "day=2026-05-28"
    folder.mkdir()
    (shop.days / "2026-05-28.csv").rename(folder / "part.csv")
    return folder


@pytest.mark.parametrize(
    ("delivered", "code"),
    [("another form", "unknown-data-form"), ("a text", "unknown-data-form"), ("a broken link", "cannot-read"), ("a circle", "cannot-read")],
)
def test_a_day_of_which_no_file_can_be_read_is_no_empty_day(shop: Shop, delivered: str, code: str) -> None:
    """It is refused, and the day stays in the state."""
    folder, manifest = _as_folder(shop), shop.folder / "state/manifest.json"
    told(shop.update())
    before = manifest.read_bytes()
    match delivered:
        case "another form":
            (folder / "part.csv").rename(folder / "part.csv.zst")
        case "a text":
            (folder / "part.csv").rename(folder / "read.me")
        case "a broken link":
            (folder / "part.csv").unlink()
            (folder / "part.csv").symlink_to("nowhere.csv")
        case "a circle":
            (folder / "part.csv").unlink()
            (folder / "again").symlink_to(folder)
    refused = shop.update()
    assert refused.exit_code == 3
    assert code in refused.stderr
    assert manifest.read_bytes() == before


def test_a_day_is_read_where_its_links_lead_and_a_writers_marks_are_none_of_it(shop: Shop) -> None:
    """A folder that is a link is read; one with nothing but marks of its writer is empty, and deletes the day."""
    folder = _as_folder(shop)
    first = told(shop.update())
    folder.rename(shop.folder / "elsewhere")
    folder.mkdir()
    (folder / "linked").symlink_to(shop.folder / "elsewhere")
    (folder / "_temporary").mkdir()
    (folder / "_temporary/part.csv").write_text(HEADER + "o7,s7,2026-05-28 10:00:00,,b1,\n", "utf-8")
    (folder / "_SUCCESS").touch()
    assert told(shop.update()) == first
    (folder / "linked").unlink()
    assert [row["shop_id"] for row in told(shop.update())] == ["s1"]


@pytest.mark.parametrize("way", ["no day in a window", "every day deleted", "a first update of empty days"])
def test_columns_of_other_names_are_mapped_where_no_day_is_read(shop: Shop, way: str) -> None:
    """A mapping is of the files: without any there is nothing to map, and nothing is missed."""
    (shop.folder / "mapping.toml").write_text('[events.orders.columns]\nbuyer_id = "buyer"\n', "utf-8")
    mapping = ("--mapping", str(shop.folder / "mapping.toml"))
    for day, text in FIRST.items():
        (shop.days / f"{day}.csv").write_text(HEADER.replace("buyer_id", "buyer") + text, "utf-8")
    if way != "a first update of empty days":
        told(shop.update("2026-05-30", *mapping))
    if way == "no day in a window":
        assert told(shop.update("2026-08-30", *mapping)) == told(shop.score("2026-08-30", *mapping))
        return
    for day in FIRST:
        shop.deliver(day, None)
        (shop.days / f"day={day}").mkdir()
    assert told(shop.update("2026-05-30", *mapping)) == []


@pytest.mark.parametrize("step", ["summing up orders", "making scorecards"])
@pytest.mark.parametrize("day", ["2026-05-28", "2026-05-30"])
def test_a_file_that_changes_while_it_is_read_stops_the_update(shop: Shop, step: str, day: str) -> None:
    """Whether its day is new or read again, nothing of it is in the state: the next update gives the rows of a full run."""
    told(shop.update())
    shop.deliver("2026-05-30", "o4,s2,2026-05-30 10:00:00,,b3,\n")
    ruleset = load(shop.folder / "shop.pf")
    assert isinstance(ruleset, Ruleset)

    def change(now: str) -> None:
        if now == step:
            shop.deliver(day, "o5,s2,2026-05-29 10:00:00,,b4,\no6,s2,2026-05-29 10:00:00,,b5,\n")

    request = Request({"orders": shop.days}, date(2026, 5, 31), threads=1, progress=change)
    with pytest.raises(RefusedDataError) as refused:
        update(shop.folder / "state", ruleset.plan, ruleset.digest, request)
    assert [item.code for item in refused.value.diagnostics] == ["input-changed"]
    assert told(shop.update("2026-05-31")) == told(shop.score("2026-05-31"))


def test_days_of_several_forms_are_refused_whenever_they_come(shop: Shop) -> None:
    """In one delivery as in one update after another; all days delivered in another form are read."""
    told(shop.update())
    row = {"order_id": "o4", "shop_id": "s1", "paid_at": "2026-05-30 10:00:00", "buyer_id": "b3"}
    (shop.days / "2026-05-30.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    for refused in (shop.update("2026-05-31"), shop.score("2026-05-31"), shop.update("2026-05-31", "--trusted")):
        assert refused.exit_code == 3
        assert "mixed-data-forms" in refused.stderr
    for day in FIRST:
        shop.deliver(day, None)
        (shop.days / f"{day}.jsonl").write_text(json.dumps({**row, "order_id": day}) + "\n", "utf-8")
    assert told(shop.update("2026-05-31")) == told(shop.score("2026-05-31"))


def test_days_of_deliveries_may_come_from_other_folders(shop: Shop, tmp_path: Path) -> None:
    """A folder may hold only what is new; days delivered before stay as they were."""
    told(shop.update())
    full = shop.days
    shop.days = tmp_path / "new"
    shop.days.mkdir()
    shop.deliver("2026-05-30", "o4,s1,2026-05-30 10:00:00,,b3,\n")
    found = told(shop.update("2026-05-31"))
    shutil.copy(shop.days / "2026-05-30.csv", full)
    shop.days = full
    assert found == told(shop.score("2026-05-31"))
