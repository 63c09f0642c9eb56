"""The full attack on proofs: `python -m tests.proof [RULESETS] [CLAIMS] [INPUTS]`; a line for each ruleset, then the figures."""

from __future__ import annotations

import sys
from itertools import count
from time import perf_counter

from .attack import Attacked, attack, plan_of_seed, proved_claims

RULESETS, CLAIMS, INPUTS = 100, 4, 100_000


def main(rulesets: int, claims: int, inputs: int) -> int:
    """Attack until so many rulesets gave proved claims; 1 where a proved claim is broken."""
    found: list[Attacked] = []
    attacked, start = 0, perf_counter()
    for seed in count():
        plan = plan_of_seed(seed)
        verdicts = [] if plan is None else proved_claims(plan, seed, claims)
        if plan is None or not verdicts:
            continue
        found += attack(plan, seed, verdicts, inputs)
        attacked += 1
        print(f"seed {seed}: {len(verdicts)} proved claims attacked", flush=True)
        if attacked == rulesets:
            break
    return _report(found, attacked, perf_counter() - start)


def _report(found: list[Attacked], rulesets: int, seconds: float) -> int:
    breaches = [each for each in found if each.breach is not None]
    for each in breaches:
        print(f"seed {each.seed}: {each.verdict.key} is proved by {each.verdict.method}, and broken by {each.breach}")
    solved = sum(each.verdict.method == "solver" for each in found)
    inputs, near = sum(each.tried for each in found), sum(each.on_limits for each in found)
    print(
        f"{len(found)} proved claims ({solved} by the solver) of {rulesets} rulesets, {inputs:,} inputs, {near:,} of them on limits: {len(breaches)} breaches"
    )
    print(f"{seconds:.0f} s")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:]), *(RULESETS, CLAIMS, INPUTS)[len(sys.argv) - 1 :]))
