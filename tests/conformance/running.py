"""A run of one engine over seeds until it has seen enough, and what the whole run must be like."""

from __future__ import annotations

import gc
import statistics
from collections import deque
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from attrs import frozen

from ..markdown import Case
from .census import constructs, of_mask
from .differential import Engine, try_seed
from .engines import ENGINES, WAYS
from .ledger import Entry, Ledger, open_ledger
from .outcomes import keep_outcomes, kept_outcomes
from .pairs import pairs_of_seed
from .shrinking import shrink
from .suite import cases, fault_of, name_of
from .writing import write_case

FOLDER = Path(__file__).parents[2] / "build" / "conformance"
MOST_WITHOUT_SCORE, LEAST_ACTING, LEAST_LINES = 0.20, 0.30, 40
SEEDS_A_TURN, CASES_A_TURN = 25, 15
MOST_SHRUNK = 3
"""Failures of an engine that are made small in one run: what comes after them is most often the same again."""


@frozen
class Target:
    """How much an engine must see: distinct rulesets, pairs, the data sets of each ruleset (one query scores all of them), and a ruleset's most
    lines: of one in seven, and of the others."""

    rulesets: int
    pairs: int
    worlds: int
    most_lines: int
    usual_lines: int

    def lines_at(self, seed: int) -> int:
        """The most lines of a seed's ruleset; seven shares no factor with the turns of an engine's ways."""
        return self.usual_lines if seed % 7 else self.most_lines


SLOWER = Target(500, 1000, 2, 55, 50)
"""Of engines that take seconds to understand a long statement."""
TARGETS = {"duckdb": Target(4000, 20000, 5, 90, 55), "postgres": SLOWER, "clickhouse": SLOWER, "spark": SLOWER}


@frozen
class Summary:
    """What a run was like."""

    rulesets: int
    pairs: int
    lines: float
    without_score: float
    acting: float
    seconds: float
    failures: tuple[Entry, ...]
    unreached: tuple[str, ...]


def run_engines(names: list[str], targets: dict[str, Target], first_seed: int) -> None:
    """The engines in this process, in turns of some cases and seeds each, so that a run that is stopped has seen all of them."""
    _collect_seldom()
    waiting = deque(_turns(name, targets[name], first_seed) for name in names)
    while waiting:
        turns = waiting.popleft()
        if next(turns, False):
            waiting.append(turns)


def _collect_seldom() -> None:
    """A look for garbage among all that is imported costs a sixth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _turns(name: str, target: Target, first: int) -> Iterator[bool]:
    """One engine, opened when its first turn comes: the suite beside the seeds."""
    ledger = open_ledger(FOLDER, name)
    outcomes = passed_on(name, ledger.edition)
    left = [(turn, case) for turn, case in enumerate(cases()) if name_of(case) not in outcomes]
    if not left and reached(list(ledger.entries.values()), target):
        return
    with ENGINES[name]() as engine:
        while left or not reached(list(ledger.entries.values()), target):
            run_suite(engine, ledger.edition, outcomes, left[:CASES_A_TURN])
            left = left[CASES_A_TURN:]
            run_seeds(engine, ledger, target, first, SEEDS_A_TURN)
            yield True


def passed_on(name: str, edition: str) -> dict[str, str]:
    """The cases that an engine has passed with these sources."""
    return {case: fault for case, fault in (kept_outcomes(FOLDER, name, edition) or {}).items() if not fault}


def run_suite(engine: Engine, edition: str, outcomes: dict[str, str], chosen: list[tuple[int, Case]]) -> None:
    """Cases of the suite, each with its number; faults are told at once, and all is kept as it comes."""
    for turn, case in chosen:
        fault = outcomes[name_of(case)] = fault_of(engine, case, turn % WAYS[engine.name])
        if fault:
            print(f"{engine.name}, case {name_of(case)}: {fault.splitlines()[-1]}", flush=True)
    keep_outcomes(FOLDER, engine.name, edition, outcomes)


def run_seeds(engine: Engine, ledger: Ledger, target: Target, first: int, most: int | None = None) -> None:
    """Try seeds from `first` on, those of the ledger apart, until the target is reached or `most` are tried; tell failures and progress."""
    for seed in islice(_seeds_left(ledger, first), most):
        if reached(list(ledger.entries.values()), target):
            return
        entry = try_seed(engine, seed, target.worlds, target.lines_at(seed))
        ledger.add(entry)
        if entry.failure:
            tell_failure(engine, entry, target, shrunk=sum(bool(each.failure) for each in ledger.entries.values()) <= MOST_SHRUNK)
        if len(ledger.entries) % 50 == 0:
            print(f"{engine.name}: {len(ledger.entries)} of {target.rulesets} rulesets", flush=True)


def tell_failure(engine: Engine, entry: Entry, target: Target, *, shrunk: bool) -> None:
    """Say where engine and interpreter differ; `shrunk`, write the smallest such ruleset and data as a case of the suite."""
    what = entry.failure.splitlines()[-1]
    print(f"{engine.name} seed {entry.seed}: {what}", flush=True)
    if shrunk and entry.pairs:
        found = shrink(engine, pairs_of_seed(entry.seed, target.worlds, target.lines_at(entry.seed)))
        print("no data set alone fails" if found is None else f"joins the suite: {write_case(found, engine.name, what).name}", flush=True)


def reached(entries: list[Entry], target: Target) -> bool:
    """Whether there are enough distinct rulesets and pairs."""
    return len({entry.ruleset for entry in entries}) >= target.rulesets and sum(entry.pairs for entry in entries) >= target.pairs


def summary_of(entries: list[Entry]) -> Summary:
    """The measures of a run."""
    pairs = sum(entry.pairs for entry in entries)
    subjects = sum(entry.subjects for entry in entries)
    found = frozenset[str]().union(*(of_mask(entry.reached) for entry in entries))
    return Summary(
        len({entry.ruleset for entry in entries}),
        pairs,
        statistics.median(entry.lines for entry in entries),
        sum(entry.without_score for entry in entries) / subjects,
        sum(entry.acting for entry in entries) / pairs,
        sum(entry.seconds for entry in entries),
        tuple(entry for entry in entries if entry.failure),
        tuple(name for name in constructs() if name not in found),
    )


def shortcomings_of(summary: Summary) -> list[str]:
    """What a run should have been and was not."""
    return [
        *([f"{len(summary.failures)} rulesets differ"] if summary.failures else []),
        *([f"half of the rulesets have at most {summary.lines} lines, not {LEAST_LINES}"] if summary.lines < LEAST_LINES else []),
        *([f"{summary.without_score:.0%} of the subjects have no score"] if summary.without_score > MOST_WITHOUT_SCORE else []),
        *([f"in {summary.acting:.0%} of the pairs something acts"] if summary.acting < LEAST_ACTING else []),
    ]


def _seeds_left(ledger: Ledger, first: int) -> Iterator[int]:
    return (seed for seed in count(first) if seed not in ledger.entries)
