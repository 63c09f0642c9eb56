"""Rows that rows before them send away: an update reads the days of all that may stand before a row, by whatever time they are ordered."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies

from pingfen import Ruleset, load
from pingfen.increment.update import update
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from .data import HALF, rows

pytestmark = pytest.mark.slow

SHOP = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id

events orders {{
  order_id   text  key
  shop_id    text  subject
  paid_at    time  happens
  opened_at  time
  signed_at  time  optional
  moved_at   time = paid_at moved to 09:00 from 18:00 .. 09:00
  buyer_id   text
}}
population lead = orders first 1 per buyer_id by {time} looking back 5 days
metric leads = distinct count of order_id in lead over last 3 days
metric open = count of lead over last 3 days
gate campaigns open when leads >= 1 and open >= 1
"""
HEADER = "order_id,shop_id,paid_at,opened_at,signed_at,buyer_id\n"
FIRST = date(2026, 4, 1)
ORDERS = strategies.lists(
    strategies.tuples(
        strategies.sampled_from([0, 2, 30, 50, 56, 57, 58, 59]),
        strategies.sampled_from([0, 1, 3, 30, 60]),
        strategies.sampled_from([None, 0, 1, 3, 30, 58]),
        strategies.sampled_from(["b1", "b1", "b2"]),
    ),
    min_size=2,
    max_size=8,
)
"""Orders: the day on which each is paid, how many days it was open before that and is signed after it, and who buys."""


@settings(max_examples=HALF // 2)
@example([(0, 0, 58, "b1"), (58, 0, 0, "b1")], "signed_at", 1)
@example([(30, 0, None, "b1"), (58, 30, None, "b1")], "opened_at", 1)
@given(ORDERS, strategies.sampled_from(["signed_at", "opened_at", "moved_at", "paid_at"]), strategies.integers(1, 7))
def test_rows_before_a_row_are_read_by_whatever_time_they_come_before_it(orders: list[tuple[int, int, int | None, str]], time: str, known: int) -> None:
    """Of rows that are paid long before they are signed, or opened long before they are paid, an update keeps those that a full run keeps."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "shop.pf").write_text(SHOP.format(time=time), "utf-8")
        (folder / "days").mkdir()
        ruleset = load(folder / "shop.pf")
        assert isinstance(ruleset, Ruleset)
        lines = [(FIRST + timedelta(days=order[0]), _line(number, *order)) for number, order in enumerate(orders)]
        for as_of, counted in ((date(2026, 5, 29), lines[:known]), (date(2026, 5, 30), lines)):
            for day in {day for day, _ in counted}:
                (folder / "days" / f"{day}.csv").write_text(HEADER + "".join(line for on, line in counted if on == day), "utf-8")
            request = Request({"orders": folder / "days"}, as_of, threads=1)
            found = update(folder / "state", ruleset.plan, ruleset.digest, request)
            assert rows(found.table) == rows(score(ruleset.plan, ruleset.digest, request).table)


def _line(number: int, paid: int, opened: int, signed: int | None, buyer: str) -> str:
    day = FIRST + timedelta(days=paid)
    signed_at = "" if signed is None else f"{day + timedelta(days=signed)} 12:00:00"
    return f"o{number},s{number % 2},{day} {10 + number}:00:00,{day - timedelta(days=opened)} 08:00:00,{signed_at},{buyer}\n"
