"""What stands on the way to a number is asked of z3 itself: a result within 64 bits says nothing of the numerator that it was divided from."""

from __future__ import annotations

import json

import pytest

from pingfen.plan.encoding import decode, encode
from pingfen.plan.ruleset import Plan
from pingfen.proof.obligations import overflow_verdict

from .test_prove import plan_of

WIDE = 2**62
BODIES = {
    "sum": "input speed number 0 .. 1000\ninput size number 0 .. 1000\ntotal missing drop { part one weight 50% = speed, part two weight 50% = size }",
    "curve": "input speed number 0 .. 1000\ntotal { part one = curve speed { 0 -> 0, 1000 -> 100 } to 0.01 }",
    "deduct": "input speed number -1000 .. 1000\ninput size number 0 .. 1000\ntotal { part one = speed\n deduct size\n deduct size when speed < 5 }",
    "at most": "input speed number 0 .. 1000\ninput bad count 0 .. 1000\ntotal { part one = speed\n deduct speed per bad, no more than 30 in all }",
}


def widened(plan: Plan) -> Plan:
    """The plan with every type, field and written value of 1000 at 2^62, which no checker of ours lets by."""
    text = json.dumps(encode(plan))
    return decode(json.loads(text.replace("1000,", f"{WIDE},").replace("1000]", f"{WIDE}]").replace("100000,", f"{WIDE},")), Plan)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_number_on_the_way_that_leaves_64_bits_is_not_proved(body: str) -> None:
    """Where the result is held within 64 bits by a division, a clamp or an `at most`, what comes before it is asked all the same."""
    plan = plan_of(body)
    assert overflow_verdict(plan, 5).state == "proved"
    assert overflow_verdict(widened(plan), 5).state == "refuted"
