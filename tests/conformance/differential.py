"""Generated rulesets with generated events: what an engine says against what the interpreter says."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from hashlib import sha256
from typing import Protocol

from attrs import frozen

from pingfen.plan.ruleset import Plan

from ..paths import Answers, Tables
from .census import as_mask, reached_by
from .ledger import Entry
from .pairs import Pairs, expected_of, pairs_of_seed
from .worlds import joined_plan, joined_tables, parted


class Engine(Protocol):
    """An engine that scores tables."""

    name: str

    def score(self, plan: Plan, tables: Tables, as_of: int, seed: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject; the subjects are given. The seed decides between an engine's several ways."""


@frozen
class Difference:
    """The first thing in which an engine and the interpreter differ: the data set (None where no one alone is to blame), and what."""

    world: int | None
    what: str


def try_seed(engine: Engine, seed: int, worlds: int, most_lines: int) -> Entry:
    """All pairs of a seed on an engine, in one run. A generated text that is refused is a finding too, and has no pairs."""
    start = time.perf_counter()
    try:
        pairs = pairs_of_seed(seed, worlds, most_lines)
    except AssertionError as refusal:
        return Entry(seed, f"refused {seed}", 0, 0, 0, 0, 0, round(time.perf_counter() - start, 3), as_mask(()), f"refused: {refusal}")
    expected = [expected_of(pairs.plan, world, pairs.as_of) for world in pairs.worlds]
    difference = compare(engine, pairs, [each.answers for each in expected])
    return Entry(
        seed,
        sha256(pairs.text.encode()).hexdigest()[:16],
        pairs.text.count("\n"),
        len(expected),
        sum(each.acted for each in expected),
        sum(each.subjects for each in expected),
        sum(each.without_score for each in expected),
        round(time.perf_counter() - start, 3),
        as_mask(reached_by(pairs.plan)),
        difference.what if difference else "",
    )


def compare(engine: Engine, pairs: Pairs, expected: list[Mapping[str, Answers]]) -> Difference | None:
    """The first difference between the engine and the interpreter, None where they agree on every data set."""
    try:
        found = engine.score(joined_plan(pairs.plan), joined_tables(pairs.plan, pairs.worlds), pairs.as_of, pairs.seed)
        answers = parted(found, len(pairs.worlds))
    except Exception:  # whatever an engine or the program throws is a finding, and the run goes on
        return Difference(None, traceback.format_exc(limit=-6))
    told = ((world, difference_of(got, wanted)) for world, (got, wanted) in enumerate(zip(answers, expected, strict=True)))
    return next((Difference(world, what) for world, what in told if what), None)


def difference_of(answers: Mapping[str, Answers], expected: Mapping[str, Answers]) -> str:
    """The first difference, in words; empty where there is none."""
    if answers.keys() != expected.keys():
        return f"subjects {sorted(answers)} instead of {sorted(expected)}"
    for subject, wanted in expected.items():
        for name, value in wanted.items():
            got = answers[subject].get(name, "nothing")
            if got != value or type(got) is not type(value):
                return f"{name} of {subject} is {got!r} instead of {value!r}"
    return ""
