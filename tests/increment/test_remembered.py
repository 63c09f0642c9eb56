"""What an update takes from the state where it is not named: the ruleset, its parameters, tables without new days, and the files of days before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .data import Ended, date_of, invoke
from .test_updates import SHOP, Shop, shop, told

__all__ = ["shop"]

pytestmark = pytest.mark.slow


def test_the_first_update_names_its_ruleset_and_the_next_remember_it(shop: Shop) -> None:
    """Without a ruleset a first update is refused, a later one takes the last one's."""
    arguments = ["update", str(shop.folder / "state"), "--events", f"orders={shop.days}", "--as-of", "2026-05-30", "--format", "json"]
    refused = invoke(*arguments)
    assert refused.exit_code == 3
    assert "unusable-state" in refused.stderr
    first = told(shop.update())
    assert told(invoke(*arguments)) == first


def test_the_ruleset_is_remembered_wherever_the_next_update_is_called(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the file of then, not one of that name in another folder; which one it is, is said."""
    monkeypatch.chdir(shop.folder)
    first = told(invoke("update", "state", "--ruleset", "shop.pf", "--events", "orders=days", "--as-of", "2026-05-30", "--format", "json"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/shop.pf").write_text(SHOP.format(kind="upheld", buyers=9), "utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    again = invoke("update", "../state", "--events", "orders=../days", "--as-of", "2026-05-30", "--format", "json")
    assert told(again) == first
    assert f"the ruleset is that of the last update: `{shop.folder / 'shop.pf'}`" in again.stderr


def test_parameters_are_remembered_with_the_ruleset(shop: Shop) -> None:
    """An update without a ruleset keeps them and may give others; one that names the ruleset gives all of them anew; each change is told."""

    def next_update(*arguments: str) -> Ended:
        return invoke("update", str(shop.folder / "state"), "--as-of", "2026-05-30", "--format", "json", *arguments)

    short = told(shop.score("2026-05-30", "--param", "window=1 days"))
    assert short != told(shop.score())
    assert told(shop.update("2026-05-30", "--param", "window=1 days")) == short
    kept = next_update()
    assert told(kept) == short
    assert "other-parameters" not in kept.stderr
    given = next_update("--param", "window=2 days")
    assert told(given) == told(shop.score("2026-05-30", "--param", "window=2 days"))
    assert "the last update had the parameters `window = 1 days`, this one has `window = 2 days`" in given.stderr
    named = shop.update()
    assert told(named) == told(shop.score())
    assert "the last update had the parameters `window = 2 days`, this one has `none`" in named.stderr


def test_a_table_without_new_days_need_not_be_named(shop: Shop) -> None:
    """What the state knows of it counts; a table that the state does not know must be named."""
    arguments = ("update", str(shop.folder / "state"), "--ruleset", str(shop.folder / "shop.pf"), "--as-of", "2026-05-31", "--format", "json")
    refused = invoke(*arguments)
    assert refused.exit_code == 2
    assert "events-needed" in refused.stderr
    assert not (shop.folder / "state").exists()
    told(shop.update())
    assert told(invoke(*arguments)) == told(shop.score("2026-05-31"))


def test_a_result_of_an_update_of_new_days_alone_can_be_verified(shop: Shop) -> None:
    """Its inputs are the files of all days, wherever they were delivered."""
    path = shop.folder / "result.parquet"
    told(shop.update())
    shop.days = shop.folder / "new"
    shop.days.mkdir()
    shop.deliver("2026-05-30", "o4,s1,2026-05-30 10:00:00,,b3,\n")
    for updated in (shop.update("2026-05-31", "-o", str(path)), invoke("update", str(shop.folder / "state"), "--as-of", "2026-05-31", "-o", str(path))):
        assert updated.exit_code == 0, updated.stderr
        verified = invoke("verify", str(path), "--subject", "s1")
        assert verified.exit_code == 0, verified.stderr


def test_a_result_of_an_update_can_be_verified(shop: Shop) -> None:
    """`verify` recomputes its rows from the days that it names."""
    path = shop.folder / "result.parquet"
    assert shop.update("2026-05-30", "-o", str(path)).exit_code == 0
    assert date_of(20603) == date(2026, 5, 30)
    verified = invoke("verify", str(path), "--subject", "s1")
    assert verified.exit_code == 0, verified.stderr
