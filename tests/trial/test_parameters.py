"""Claims are tried at the ends and in the middle of what a parameter may be given, whether or not somebody assumed it."""

from __future__ import annotations

import pytest

from pingfen.pipeline import Compilation, compile_source
from pingfen.source import Source
from pingfen.trial.parameters import variants_of

SHOP = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0.00 .. 100.00
param {}
input speed points 0 .. 100
input answer duration 0 seconds .. 3 days
input late share 0% .. 100%
total {{ part delivery to 0.01 = cases {{ {} when {}, else 40 }} }}
"""


def compiled(param: str, value: str, condition: str) -> Compilation:
    """A shop whose delivery reads the parameter."""
    compilation = compile_source(Source("shop.pf", SHOP.format(param, value, condition)))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation


@pytest.mark.parametrize(
    ("param", "condition", "tried"),
    [
        ("cut = 40 within 40 .. 50", "speed < cut", ["cut 50", "cut 45"]),
        ("cut = 40 assumed within 40 .. 50", "speed < cut", ["cut 50", "cut 45"]),
        ("cut = 40.25 within 40 .. 41", "speed < cut", ["cut 40.00", "cut 41.00", "cut 40.50"]),
        ("cut = 5% within 0 .. 8%", "late < cut", ["cut 0%", "cut 8%", "cut 4%"]),
        ("cut = 1 days within 12 hours .. 2 days", "answer < cut", ["cut 12 hours", "cut 2 days", "cut 30 hours"]),
        ("cut = 1 days within 1 days .. 4 days", "answer < cut", ["cut 4 days", "cut 2 days"]),
        ("cut = 1 days", "answer < cut", []),
    ],
)
def test_each_parameter_is_tried_at_its_ends_and_in_the_middle(param: str, condition: str, tried: list[str]) -> None:
    """At the values that `--param` takes, in the unit in which it is written; nothing without `within`."""
    variants, refused = variants_of(compiled(param, "47", condition))
    assert ([variant.text for variant in variants], refused) == (tried, ())


def test_what_was_given_for_one_parameter_stays_while_another_is_tried() -> None:
    """Two parameters, one of which was given from outside: it is not tried as written."""
    text = SHOP.format("cut = 40 within 40 .. 50\nparam most = 60 within 50 .. 60", "most", "speed < cut")
    variants, _ = variants_of(compile_source(Source("shop.pf", text), {"most": "55"}))
    most = compile_source(Source("shop.pf", text), {"most": "55", "cut": "50"}).plan
    assert most is not None
    assert next(variant for variant in variants if variant.text == "cut 50").plan.record == most.record
