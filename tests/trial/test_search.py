"""A claim that the search lets stand has no counterexample at all, as every record of small rulesets shows; a broken one is found."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product
from random import Random

import pytest

from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Numeric, Words
from pingfen.plan.ruleset import Claim, Plan
from pingfen.reference import evaluate
from pingfen.source import Source
from pingfen.trial.claims import try_claim

HEADER = """ruleset example.small
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id { kind one of "a", "b" }
score 0 .. 100
input speed points 0 .. 12
input care points 0 .. 7 optional
"""
SEEDS = 40


def ruleset(seed: int) -> str:
    """Ladders, cases and a protection with random limits and values; claims about all of them, some of which are wrong."""
    random = Random(seed)
    limits = sorted(random.sample(range(1, 12), 3), reverse=True)
    values = [random.choice((random.randrange(0, 101, 10), 100 - 20 * index)) for index in range(4)]
    rows = ", ".join(f">= {limit} -> {value}" for limit, value in zip(limits, values, strict=False))
    guard = random.choice(("care given and care > 3", 'kind is "b"', "speed > 9", "care missing"))
    low, high = sorted(random.sample(range(0, 101, 5), 2))
    return f"""{HEADER}
total {{
  part first weight 60% = ladder speed {{ {rows}, else -> {values[3]} }}
  part second weight 40% = cases {{ {random.randrange(0, 101, 10)} when care missing, else 10 * care }}
  protect at least {random.randrange(0, 101, 10)} when {guard}
  deduct {random.randrange(0, 20)} when speed < {random.randrange(1, 12)}
}}
gate deals open when score >= {random.randrange(1, 100)}
always score within {low} .. {high}
always first within {min(values)} .. {max(values)}
always score rises with speed
always score rises with speed for every kind
always score falls with care assuming speed > 4
always score rises with care
always deals stays open when speed rises
"""


@cache
def plan_of(seed: int) -> Plan:
    compilation = compile_source(Source("small.pf", ruleset(seed)))
    assert compilation.plan is not None or compilation.diagnostics
    if compilation.plan is None:
        pytest.skip(f"{[found.code for found in compilation.diagnostics]}")
    return compilation.plan


def is_broken(plan: Plan, claim: Claim) -> bool:
    """Whether any record or pair of records breaks the claim: all of them are looked at."""
    fields = plan.record.fields
    values = {field.name: all_values(field.type) for field in fields}
    others = [field.name for field in fields if field.name != claim.field]
    for chosen in product(*(values[name] for name in others)):
        fixed = dict(zip(others, chosen, strict=True))
        line = [result(plan, claim, {**fixed, claim.field: value}) for value in values.get(claim.field, [None]) if claim.field == "" or value is not None]
        given = [each for each in line if each is not None]
        if claim.form == "within" and any(not claim.low <= each <= claim.high for each in given):
            return True
        if claim.form == "rises" and any(after < before for before, after in pairwise(given)):
            return True
        if claim.form == "falls" and any(after > before for before, after in pairwise(given)):
            return True
    return False


def result(plan: Plan, claim: Claim, record: dict) -> int | None:
    """The target's rank; None where the record says nothing or does not meet `assuming` (here: speed > 4)."""
    if claim.assuming is not None and record["speed"] <= 4:
        return None
    card = evaluate(plan.record, {name: record[name] for name in record if name})
    value = card.numbers[claim.target.path] if hasattr(claim.target, "path") else card.outcomes[claim.target.name]
    return {"closed": 0, "open": 1}.get(value, value)


def all_values(kind: object) -> list:
    match kind:
        case Words(options=options):
            return list(options)
        case Numeric(low=low, high=high, optional=optional):
            return [*range(low, high + 1), *([None] if optional else [])]
        case _:
            raise AssertionError(kind)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_search_and_all_records_agree(seed: int) -> None:
    plan = plan_of(seed)
    for claim in plan.claims:
        tried = try_claim(plan, claim, 300)
        assert bool(tried.refutations) == is_broken(plan, claim), claim.text


def test_both_verdicts_occur() -> None:
    plans = [plan for seed in range(SEEDS) if (plan := compile_source(Source("small.pf", ruleset(seed))).plan) is not None]
    verdicts = [bool(try_claim(plan, claim, 300).refutations) for plan in plans for claim in plan.claims]
    assert len(plans) >= 10
    assert verdicts.count(True) >= 10
    assert verdicts.count(False) >= 10
