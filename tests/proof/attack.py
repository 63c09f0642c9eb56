"""Attacks proofs: every proved claim of generated rulesets is tried on many inputs through the generated scorer, most of them on limits and beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

from attrs import frozen

from pingfen.generated import build_scorer
from pingfen.pipeline import compile_source
from pingfen.plan.expressions import NumberRead, OutcomeRead
from pingfen.plan.quantity import Exact, Numeric, Words
from pingfen.plan.ruleset import Claim, Plan
from pingfen.proof.claims import Prover
from pingfen.proof.verdict import Verdict
from pingfen.source import Source
from pingfen.trial.drawing import Drawer, anywhere, drawer_of
from pingfen.trial.limits import limits_of
from pingfen.trial.target import rank_of

from ..strategies.rulesets import ruleset_of_seed

SECONDS = 2.0
MISSING = 0.1


@frozen(repr=False)
class Attacked:
    """A proved claim of the ruleset of a seed, how many inputs were compared, how many of them stood on a limit or beside one, and one that breaks it."""

    seed: int
    verdict: Verdict
    tried: int
    on_limits: int
    breach: tuple[Any, ...] | None


def plan_of_seed(seed: int) -> Plan | None:
    """The plan of a generated ruleset; None where the text has a mistake."""
    return compile_source(Source("generated.pf", ruleset_of_seed(seed))).plan


def candidates(plan: Plan, random: Random) -> list[Claim]:
    """Claims that may or may not hold: directions of numbers and outcomes in fields, and numbers within half of their intervals and more."""
    targets: list[Any] = [NumberRead(number.path, number.type) for number in plan.record.numbers if isinstance(number.type, Numeric)]
    directed = [*targets, *(OutcomeRead(outcome.name, getattr(outcome, "type", Words())) for outcome in plan.record.outcomes)]
    fields = [field.name for field in plan.record.fields if isinstance(field.type, Numeric) and field.kind != "as of"]
    found = [_direction(target, form, name) for target in directed for name in fields for form in ("rises", "falls")]
    found += [_range(target, target.type.low, target.type.high) for target in targets]
    found += [_range(target, *sorted(random.randint(target.type.low, target.type.high) for _ in range(2))) for target in targets]
    random.shuffle(found)
    return found


def _direction(target: Any, form: Any, name: str) -> Claim:
    return Claim(f"{target} {form} {name}", f"{form} {name}", form, target, None, None, name, "", None)


def _range(target: Any, low: int, high: int) -> Claim:
    return Claim(f"{target} within {low} {high}", "within", "within", target, low, high, "", "", None)


def proved_claims(plan: Plan, seed: int, most: int) -> list[Verdict]:
    """Some claims of the plan that are proved and say something, by structure or by z3."""
    prover, random = Prover(plan, SECONDS), Random(seed)
    moving = [claim for claim in candidates(plan, random) if claim.form == "within" or _moves(prover, claim)]
    verdicts = (prover.settle(claim) for claim in moving[:80])
    return list(islice((verdict for verdict in verdicts if verdict.state == "proved"), most))


def _moves(prover: Prover, claim: Claim) -> bool:
    """Whether the claim's number depends on its field: of others any direction is true."""
    key = ("number", claim.target.path) if isinstance(claim.target, NumberRead) else ("closed", claim.target.name)  # type: ignore[union-attr]
    return claim.field in prover.dependence.behind(key)


def attack(plan: Plan, seed: int, verdicts: list[Verdict], inputs: int) -> Iterator[Attacked]:
    """Every proved claim on that many inputs, half of which take every field from a limit, one unit to a side of it, or an end of its range."""
    drawer = drawer_of(plan.record, limits_of(plan.record))
    for index, verdict in enumerate(verdicts):
        random = Random(f"{seed} {index}")
        yield _attacked(plan, seed, verdict, drawer, inputs, random)


def _attacked(plan: Plan, seed: int, verdict: Verdict, drawer: Drawer, inputs: int, random: Random) -> Attacked:
    claim = verdict.claim
    assert claim is not None
    compared, breach = 0, None
    score = _target(plan, claim)
    for near in (True, False):
        columns = [_column(plan, drawer, field.name, inputs // 2, near, random) for field in plan.record.fields]
        tried, breach = _tried(plan, drawer, claim, score, columns, near, random)
        compared += tried
        if breach is not None:
            break
    return Attacked(seed, verdict, compared, compared // 2, breach)


def _column(plan: Plan, drawer: Drawer, name: str, size: int, near: bool, random: Random) -> list[Any]:
    """Values of one field."""
    kind = drawer.types[name]
    values = random.choices(drawer.choices[name], k=size) if near else [anywhere(kind, random) for _ in range(min(size, 2000))]
    values = values if near else random.choices(values, k=size)
    if kind.optional:
        values = [None if random.random() < MISSING else value for value in values]
    return values


def _target(plan: Plan, claim: Claim) -> Callable[[tuple[Any, ...]], Any]:
    """The claim's target as a function of a record's values in order."""
    scorer = build_scorer(plan.record)
    target = claim.target
    index = scorer.outputs.index(target.path if isinstance(target, NumberRead) else target.name)  # type: ignore[union-attr]
    exact = [isinstance(field.type, Exact) for field in plan.record.fields]
    if not any(exact):
        return lambda record: scorer(*record)[index]
    return lambda record: scorer(*_arguments(record, exact))[index]


def _arguments(record: tuple[Any, ...], exact: list[bool]) -> Iterator[Any]:
    for value, pair in zip(record, exact, strict=True):
        if pair:
            yield from value or (None, None)
        else:
            yield value


def _tried(
    plan: Plan, drawer: Drawer, claim: Claim, score: Callable[[tuple[Any, ...]], Any], columns: list[list[Any]], near: bool, random: Random
) -> tuple[int, tuple[Any, ...] | None]:
    """How many inputs were compared, and one that breaks the claim."""
    if claim.form == "within":
        assert claim.low is not None
        assert claim.high is not None
        for record in zip(*columns, strict=True):
            value = score(record)
            if value is not None and not claim.low <= value <= claim.high:
                return len(columns[0]), (record, value)
        return len(columns[0]), None
    return _climbed(plan, drawer, claim, score, columns, near, random)


def _climbed(
    plan: Plan, drawer: Drawer, claim: Claim, score: Callable[[tuple[Any, ...]], Any], columns: list[list[Any]], near: bool, random: Random
) -> tuple[int, tuple[Any, ...] | None]:
    at = next(index for index, field in enumerate(plan.record.fields) if field.name == claim.field)
    kind = claim.target.type
    starts, ends = (_given(drawer, claim.field, len(columns[0]), near, random) for _ in range(2))
    for start, end, record in zip(starts, ends, zip(*columns, strict=True), strict=True):
        low, high = sorted((start, end))
        values = [score((*record[:at], value, *record[at + 1 :])) for value in (low, high)]
        if low == high or None in values:
            continue
        before, after = (rank_of(kind, value) for value in values)
        assert before is not None
        assert after is not None
        if after < before if claim.form == "rises" else after > before:
            return len(starts), (record, low, high, values)
    return len(starts), None


def _given(drawer: Drawer, name: str, size: int, near: bool, random: Random) -> list[Any]:
    values = drawer.choices[name] if near else [anywhere(drawer.types[name], random) for _ in range(2000)]
    return random.choices(values, k=size)
