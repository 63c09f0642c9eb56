"""Small rulesets with improvable metrics, by seed: sums, ladders, curves, deductions, caps, protections, stages, hiding, directions that do not help."""

from __future__ import annotations

from random import Random

from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Numeric
from pingfen.plan.ruleset import Plan
from pingfen.reference import Value
from pingfen.source import Source

HEAD = """ruleset generated.advice
version "1"
effective from 2020-01-01
cites "nobody"
timezone "Asia/Shanghai"
score 0.0 .. 10.0
subject shop_id

events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
  stars    number 1 .. 5
}
"""
METRICS = (
    ("praise", "share with good of orders over last 30 days to 1%", "share", ("up by 10%", "up by 7%", "down by 25%"), "0% .. 100%"),
    ("rating", "mean of stars in orders over last 30 days to 0.1", "number", ("up by 0.3", "up by 0.5"), "1.5 .. 4.8"),
    ("breaches", "count of orders with not good over last 30 days", "count", ("down by 1", "down by 2"), "0 .. 9"),
    ("volume", "count of orders over last 30 days", "count", ("up by 3", "up by 1"), "2 .. 11"),
)
PARTS = {
    "praise": (
        "ladder praise { >= 90% -> 10.0, >= 50% -> 6.0, none -> 5.0, else -> 0.0 }",
        "curve praise { 0% -> 0.0, 60% -> 7.0, 100% -> 10.0 }",
        "curve praise { 0% -> 4.0, 60% -> 9.0, 100% -> 6.0 }",
    ),
    "rating": ("rating * 2", "curve rating { 1.0 -> 0.0, 4.0 -> 8.0, 5.0 -> 10.0 }", "ladder rating { >= 4.0 -> 9.0, none -> 5.0, else -> 3.0 }"),
    "breaches": ("ladder breaches { <= 0 -> 10.0, <= 3 -> 7.0, <= 6 -> 2.0, else -> 0.0 }", "curve breaches { 0 -> 10.0, 8 -> 0.0 }"),
    "volume": ("curve volume { 0 -> 0.0, 12 -> 10.0 }", "ladder volume { >= 10 -> 4.0, >= 5 -> 8.0, else -> 1.0 }"),
}
WEIGHTS = {2: (("60%", "40%"), ("25%", "75%")), 3: (("50%", "30%", "20%"), ("34%", "33%", "33%")), 4: (("40%", "30%", "20%", "10%"),)}
HIDING = (
    "hide score when volume < 5",
    "hide score when score given and score < 4.0",
    "hide score when score given and score > 7.5 and breaches >= 2",
    "hide score when campaigns is closed and praise given and praise < 70%",
)
ADJUSTMENTS = (
    "",
    "deduct 0.5 per breaches, no more than 2.0 in all",
    "protect at least 6.0 when volume < 5 and breaches <= 2",
    "cap at most 5.0 when breaches >= 3",
    "bonus 1.0 when volume >= 8",
)


def text_of(seed: int) -> str:
    """The ruleset of a seed."""
    random = Random(seed)
    lines = [HEAD]
    for name, made, _, steps, within in METRICS:
        lines.append(f"metric {name} = {made} improvable {random.choice(steps)}, cost {random.randint(0, 5)}, within {within}")
    if random.random() < 0.3:
        lines.append("stages {\n  early when volume < 4 {\n    score 4.0 when breaches > 0\n    else 5.0\n  }\n  grown else full\n}")
    names = random.sample(list(PARTS), random.randint(2, 4))
    weights = random.choice(WEIGHTS[len(names)])
    parts = [f"  part {name}_part weight {weight} = {random.choice(PARTS[name])}" for name, weight in zip(names, weights, strict=True)]
    if len(parts) == 4 and random.random() < 0.6:
        parts = _nested(names, random)
    lines.append("total missing no score {\n" + "\n".join([*parts, f"  {random.choice(ADJUSTMENTS)}"]) + "\n}")
    lines.append("gate campaigns open when score >= 7.0 and breaches <= 4, closed without a score")
    lines += Random(f"hiding {seed}").choice([[], [], [random.choice(HIDING)]])
    return "\n".join(lines) + "\n"


def _nested(names: list[str], random: Random) -> list[str]:
    """Two dimensions of two parts each."""
    found = []
    for word, share, own in (("first", "70%", names[:2]), ("second", "30%", names[2:])):
        inner = [f"    part {name}_part weight {weight} = {random.choice(PARTS[name])}" for name, weight in zip(own, ("55%", "45%"), strict=True)]
        found.append(f"  dimension {word} weight {share} missing drop {{\n" + "\n".join(inner) + "\n  }")
    return found


def plan_of(seed: int) -> Plan:
    """The plan of a seed."""
    text = text_of(seed)
    compilation = compile_source(Source("advice.pf", text))
    assert compilation.plan is not None, "\n".join([text, *(f"{found.code} {found.arguments}" for found in compilation.diagnostics)])
    return compilation.plan


def record_of(plan: Plan, seed: int) -> dict[str, Value]:
    """A record of a seed; now and then a metric is missing."""
    random = Random(f"record {seed}")
    record: dict[str, Value] = {}
    for field in plan.record.fields:
        assert isinstance(field.type, Numeric)
        most = min(field.type.high, {"count": 12}.get(field.type.unit, field.type.high))
        record[field.name] = None if field.type.optional and random.random() < 0.1 else random.randint(field.type.low, most)
    return record
