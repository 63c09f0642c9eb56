"""Advice on rulesets and tables that a test writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pingfen.command.group import pingfen

HEAD = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id {
  owner text optional
  boss  text optional
}
events orders "订单" "Orders" {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
  late     flag
}
events breaches "违规" "Breaches" {
  breach_id text key
  shop_id   text subject
  found_at  time happens
}
"""
THANKS = """events thanks {
  thank_id text key
  order_id text refers to orders
  said_at  time happens
}
"""
PRAISE = 'metric praise "好评率" "Praise" = share with good of orders over last 30 days to 1% improvable up by 1%, cost 1, within 0% .. 100%\n'
HEADERS = {
    "orders": "order_id,shop_id,paid_at,good,late",
    "breaches": "breach_id,shop_id,found_at",
    "subjects": "shop_id,owner,boss",
    "thanks": "thank_id,order_id,said_at",
}
NONE = {"subjects": ["A,,", "B,,", "C,,"]}


def orders(shop: str, goods: Iterable[bool], first: int = 10, late: bool = False) -> list[str]:
    """One order a day of May from the `first` on, good or not."""
    return [f"{shop}{index},{shop},2026-05-{first + index:02d} 10:00:00,{str(good).lower()},{str(late).lower()}" for index, good in enumerate(goods)]


def advised(folder: Path, rules: str, tables: Mapping[str, Iterable[str]], *arguments: str, subject: str = "A", as_of: str = "2026-06-01") -> Result:
    """The advice of one shop: the rules after the head, rows by table."""
    (folder / "shop.pf").write_text(HEAD + rules, "utf-8")
    given: list[str] = []
    for name, header in HEADERS.items():
        path = folder / f"{name}.csv"
        if name == "thanks" and "thanks" not in rules:
            continue
        path.write_text("\n".join([header, *tables.get(name, NONE.get(name, ()))]) + "\n", "utf-8")
        given += ["--subjects", str(path)] if name == "subjects" else ["--events", f"{name}={path}"]
    told = ["advise", str(folder / "shop.pf"), *given, "--as-of", as_of, "--subject", subject, "--days", "0", "--lang", "en", *arguments]
    return CliRunner().invoke(pingfen, told, catch_exceptions=False, standalone_mode=False)


def documented(folder: Path, rules: str, tables: Mapping[str, Iterable[str]], *arguments: str, subject: str = "A", as_of: str = "2026-06-01") -> Any:
    """The same for machines."""
    return json.loads(advised(folder, rules, tables, *arguments, "--format", "json", subject=subject, as_of=as_of).stdout)
