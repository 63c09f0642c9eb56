"""A small ruleset and its events, for tests of the runners themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from pingfen import Ruleset, compile

from .homes import Home

AS_OF = date(2026, 6, 1)
TEXT = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id

events orders {
  order_id  text   key
  shop_id   text   subject
  paid_at   time   happens
  amount    money  0.00 .. 1000.00
  kind      one of normal, gift
}
metric volume = count of orders with kind is normal over last 30 days
metric spent  = sum of amount in orders over last 30 days
gate campaigns open when volume >= 1 and spent >= 10.00
"""


def shop_ruleset() -> Ruleset:
    """The ruleset."""
    return compile(TEXT)


def orders(count: int = 400, *, shops: int = 7) -> pa.Table:
    """Clean orders of a few shops, one of them with a name beyond ASCII."""
    start = datetime(2026, 4, 20, tzinfo=UTC)
    return pa.table(
        {
            "order_id": pa.array([f"o{n:06d}" for n in range(count)]),
            "shop_id": pa.array(['店铺, "一"' if n % shops == 0 else f"s{n % shops}" for n in range(count)]),
            "paid_at": pa.array([start + timedelta(minutes=97 * (n % 400)) for n in range(count)], pa.timestamp("us", "UTC")),
            "amount": pa.array([Decimal(n % 997) + Decimal("0.25") for n in range(count)], pa.decimal128(9, 2)),
            "kind": pa.array(["gift" if n % 5 == 0 else "normal" for n in range(count)]),
        }
    )


def keep_orders(home: Home, table: pa.Table | None = None) -> dict[str, str]:
    """The events of a request, on an engine."""
    return {"orders": home.keep("orders", orders() if table is None else table)}
