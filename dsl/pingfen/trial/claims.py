"""Searches for counterexamples to claims: many records drawn on and around the limits, by a seed that is always the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import assert_never

from attrs import define, frozen

from ..plan.quantity import Words
from ..plan.ruleset import Claim, Plan
from ..reference import Value
from .drawing import Drawer, anywhere, drawer_of
from .limits import limits_of
from .outcome import Refutation, TriedClaim
from .shrinking import shrink
from .target import Quick, Rank, Record, Target, meets, rank_of

SWEEP, ELSEWHERE, CLIMBS, ROUNDS = 12, 4, 6, 2
PATIENCE = 20


@frozen(repr=False)
class Search:
    """One claim to be broken. `broken_by` judges one record (within) or two that differ in the claim's field alone (rises, falls)."""

    plan: Plan
    claim: Claim
    drawer: Drawer
    target: Target

    def rank(self, record: Record) -> Rank | None:
        """The target's rank on a record; None where the record says nothing."""
        return rank_of(self.claim.target.type, self.target(record))

    def meets(self, record: Record) -> bool:
        """Whether the record meets what the claim assumes."""
        return meets(self.plan.record, self.claim.assuming, record)

    def field_rank(self, value: Value) -> Rank | None:
        """The rank of a value of the claim's field."""
        return rank_of(self.drawer.types[self.claim.field], value)

    def broken_by(self, records: tuple[Record, ...]) -> bool:
        """Whether these records, which may be any, are a counterexample."""
        if not all(self.meets(record) for record in records):
            return False
        ranks = [rank for record in records if (rank := self.rank(record)) is not None]
        if len(ranks) != len(records):
            return False
        if self.claim.form == "within":
            return not self.is_within(ranks[0])
        low, high = (self.field_rank(record[self.claim.field]) for record in records)
        return low is not None and high is not None and low < high and self.turns(*ranks)

    def is_within(self, rank: Rank) -> bool:
        """Whether a result lies in the claim's range."""
        low, high = self.claim.low, self.claim.high
        return (low is None or rank >= low) and (high is None or rank <= high)

    def turns(self, before: Rank, after: Rank) -> bool:
        """Whether a result goes the wrong way from a smaller value of the claim's field to a larger one."""
        return after < before if self.claim.form == "rises" else after > before


@define(repr=False)
class Count:
    """How many records were compared, and how many said nothing."""

    tried: int = 0
    skipped: int = 0


def try_claim(plan: Plan, claim: Claim, tries: int, quick: Quick | None = None) -> TriedClaim:
    """The claim after `tries` records for each choice of `for every`; the same plan and number always try the same records."""
    search = search_of(plan, claim, quick)
    count, refutations = Count(), []
    for choice in choices_of_claim(plan, claim):
        random = Random(f"{plan.version.ruleset} {plan.version.version} {claim.key} {claim.text} {choice}")
        fixed = fixed_by(claim, choice)
        found = find_broken(search, random, fixed, tries, count)
        if found is not None:
            refutations.append(Refutation(choice or "", shrink(search, found, fixed)))
    return TriedClaim(claim, count.tried, count.skipped, tuple(refutations))


def search_of(plan: Plan, claim: Claim, quick: Quick | None = None) -> Search:
    """What judges records of the plan against the claim."""
    more = () if claim.assuming is None else (claim.assuming,)
    drawer = drawer_of(plan.record, limits_of(plan.record, *more))
    return Search(plan, claim, drawer, (quick or Quick(plan.record)).target(claim.target))


def fixed_by(claim: Claim, choice: str | None) -> dict[str, Value]:
    """The fields that a choice of `for every` fixes."""
    return {claim.for_every: choice} if claim.for_every and choice is not None else {}


def choices_of_claim(plan: Plan, claim: Claim) -> tuple[str | None, ...]:
    """The choices of the attribute that `for every` names, and one search that fixes none where it may be missing, or where nothing reads the attribute."""
    kind = next((field.type for field in plan.record.fields if field.name == claim.for_every), None)
    if not isinstance(kind, Words) or not kind.options:
        return (None,)
    return (*kind.options, None) if kind.optional else kind.options


def find_broken(search: Search, random: Random, fixed: Mapping[str, Value], tries: int, count: Count) -> tuple[Record, ...] | None:
    """Records that break the claim, found by drawing `tries` of them; `fixed` fields have the values given."""
    match search.claim.form:
        case "within":
            return _find_outside(search, random, fixed, tries, count)
        case "rises" | "falls":
            return _find_turn(search, random, fixed, tries, count)
        case _:
            assert_never(search.claim.form)


def _drawn(search: Search, random: Random, fixed: Mapping[str, Value], tries: int, count: Count) -> Iterator[dict[str, Value]]:
    """Records that meet the claim's assumption: `tries` of them, or fewer when too many do not."""
    found = 0
    for _ in range(tries * PATIENCE):
        record = search.drawer.draw(random, fixed)
        if not search.meets(record):
            count.skipped += 1
            continue
        yield record
        found += 1
        if found == tries:
            return


def _find_outside(search: Search, random: Random, fixed: Mapping[str, Value], tries: int, count: Count) -> tuple[Record, ...] | None:
    """Draw, then climb from the lowest and the highest results, one field at a time."""
    extremes: list[tuple[Rank, dict[str, Value]]] = []
    for record in _drawn(search, random, fixed, tries, count):
        rank = search.rank(record)
        if rank is None:
            count.skipped += 1
            continue
        count.tried += 1
        if not search.is_within(rank):
            return (record,)
        extremes.append((rank, record))
    extremes.sort(key=lambda entry: entry[0])
    starts = [(-1, start) for start in extremes[:CLIMBS]] + [(1, start) for start in extremes[-CLIMBS:]]
    climbed = (_climb(search, rank, record, fixed, sign, count) for sign, (rank, record) in starts)
    return next((found for found in climbed if found is not None), None)


def _climb(search: Search, best: Rank, record: dict[str, Value], fixed: Mapping[str, Value], sign: int, count: Count) -> tuple[Record, ...] | None:
    """Change one field at a time toward a lower (sign -1) or higher result."""
    for name in [field.name for _ in range(ROUNDS) for field in search.drawer.plan.fields if field.name not in fixed]:
        for value in search.drawer.choices[name]:
            other = record | {name: value}
            rank = search.rank(other)
            if rank is None or sign * rank <= sign * best or not search.meets(other):
                continue
            count.tried += 1
            if not search.is_within(rank):
                return (other,)
            record, best = other, rank
    return None


def _find_turn(search: Search, random: Random, fixed: Mapping[str, Value], tries: int, count: Count) -> tuple[Record, ...] | None:
    """Sweep the claim's field over its limits on many records; the result may never turn."""
    for record in _drawn(search, random, fixed, max(tries // (SWEEP // 2), 1), count):
        seen: list[tuple[Rank, Rank, Record]] = []
        for at, value in _sweep(search, random):
            other = record | {search.claim.field: value}
            rank = search.rank(other)
            if rank is None or not search.meets(other):
                count.skipped += 1
                continue
            count.tried += 1
            if seen and seen[-1][0] < at and search.turns(seen[-1][1], rank):
                return seen[-1][2], other
            seen.append((at, rank, other))
    return None


def _sweep(search: Search, random: Random) -> list[tuple[Rank, Value]]:
    """Values of the claim's field with their ranks in rising order, some on limits and some anywhere."""
    name, choices = search.claim.field, search.drawer.choices[search.claim.field]
    near = random.sample(choices, min(SWEEP, len(choices)))
    far = [anywhere(search.drawer.types[name], random) for _ in range(ELSEWHERE)]
    ranked = [(rank, value) for value in (*near, *far) if (rank := search.field_rank(value)) is not None]
    return sorted(ranked, key=lambda entry: entry[0])
