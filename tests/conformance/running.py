"""A run of one engine over seeds until it has seen enough, and what the whole run must be like."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from attrs import frozen

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


@frozen
class Target:
    """How much an engine must see: distinct rulesets, pairs, the data sets of each ruleset (one query scores all of them), and a ruleset's most lines."""

    rulesets: int
    pairs: int
    worlds: int
    most_lines: int


SLOWER = Target(500, 1000, 2, 55)
"""Of engines that take seconds to understand a long statement."""
TARGETS = {"duckdb": Target(4000, 20000, 5, 90), "postgres": SLOWER, "clickhouse": SLOWER, "spark": SLOWER}


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
    """One engine after the other, in this process: the suite, then seeds."""
    for name in names:
        ledger = open_ledger(FOLDER, name)
        passed = passed_on(name, ledger.edition)
        if len(passed) == len(cases()) and reached(list(ledger.entries.values()), targets[name]):
            continue
        with ENGINES[name]() as engine:
            run_suite(engine, ledger.edition, passed)
            run_seeds(engine, ledger, targets[name], first_seed)


def passed_on(name: str, edition: str) -> dict[str, str]:
    """The cases that an engine has passed with these sources."""
    return {case: fault for case, fault in (kept_outcomes(FOLDER, name, edition) or {}).items() if not fault}


def run_suite(engine: Engine, edition: str, outcomes: dict[str, str]) -> None:
    """The cases of the suite that have not passed yet; faults are told at once, and all is kept as it comes."""
    for turn, case in enumerate(cases()):
        if name_of(case) in outcomes:
            continue
        fault = outcomes[name_of(case)] = fault_of(engine, case, turn % WAYS[engine.name])
        keep_outcomes(FOLDER, engine.name, edition, outcomes)
        if fault:
            print(f"{engine.name}, case {name_of(case)}: {fault.splitlines()[-1]}", flush=True)


def run_seeds(engine: Engine, ledger: Ledger, target: Target, first: int) -> None:
    """Try seeds from `first` on, those of the ledger apart, until the target is reached; tell failures at once and progress now and then."""
    for seed in _seeds_left(ledger, first):
        if reached(list(ledger.entries.values()), target):
            return
        entry = try_seed(engine, seed, target.worlds, target.most_lines)
        ledger.add(entry)
        if entry.failure:
            print(f"{engine.name} seed {seed}: {entry.failure.splitlines()[-1]}", flush=True)
        if len(ledger.entries) % 50 == 0:
            print(f"{engine.name}: {len(ledger.entries)} of {target.rulesets} rulesets", flush=True)


def tell_failure(engine: Engine, entry: Entry, target: Target) -> None:
    """Say where engine and interpreter differ, and write the smallest such ruleset and data as a case of the suite."""
    what = entry.failure.splitlines()[-1]
    print(f"{engine.name} seed {entry.seed}: {what}", flush=True)
    found = shrink(engine, pairs_of_seed(entry.seed, target.worlds, target.most_lines))
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
