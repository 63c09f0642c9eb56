"""What a trial finds: each example's values as expected and as they came, each claim's verdict, and what no example reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from ..plan.label import Label
from ..plan.quantity import Type
from ..plan.ruleset import Claim, Example, Expectation, Plan
from ..plan.values import Value
from .cleanness import Unclean

Place = tuple[object, ...]
Problem = Literal["", "no such subject", "several subjects"]


@frozen(repr=False)
class Check:
    """One expected value of one subject ("" for the only one), from a line of the example. `problem` says why there is no value to compare."""

    subject: str
    name: str
    type: Type | None
    expected: Value
    got: Value
    expectation: Expectation
    problem: Problem = ""

    @property
    def passed(self) -> bool:
        """Whether the value is the expected one."""
        return not self.problem and self.expected == self.got


@frozen(repr=False)
class TriedExample:
    """An example with all its checks; one with rows that are not clean was not run."""

    example: Example
    checks: tuple[Check, ...]
    unclean: tuple[Unclean, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it ran and every value is the expected one."""
        return not self.unclean and all(check.passed for check in self.checks)


@frozen(repr=False)
class Counterexample:
    """A record that breaks a claim, or two that differ in `field` alone; `results` are the target's values on them.

    `differences` are the fields in which the (first) record differs from `plain`, a record people know: the first example with a record, else the simplest one.
    `plain_name` is that example's name, or "". `impossible` says why no data can produce this record; empty where nothing forbids it.
    """

    field: str
    records: tuple[Mapping[str, Value], ...]
    results: tuple[Value, ...]
    differences: tuple[str, ...]
    plain_name: str
    impossible: tuple[Label, ...]


@frozen(repr=False)
class Refutation:
    """A counterexample, for one choice of the attribute that `for every` names, and for values of the parameters other than the written ones ("" without)."""

    choice: str
    counterexample: Counterexample
    parameters: str = ""


@frozen(repr=False)
class TriedClaim:
    """A claim after a search: `tried` records were compared, `skipped` ones did not meet `assuming` or had no number to compare."""

    claim: Claim
    tried: int
    skipped: int
    refutations: tuple[Refutation, ...]

    @property
    def held(self) -> bool:
        """Whether something was compared and nothing broke the claim."""
        return self.tried > 0 and not self.refutations


@frozen(repr=False)
class Coverage:
    """How many places are reached, and those that are not, as `trial.places` names them."""

    reached: int
    missed: tuple[Place, ...]

    @property
    def whole(self) -> int:
        """How many places there are."""
        return self.reached + len(self.missed)


@frozen(repr=False)
class Tried:
    """One plan's trial."""

    plan: Plan
    examples: tuple[TriedExample, ...]
    claims: tuple[TriedClaim, ...]
    coverage: Coverage

    @property
    def passed(self) -> bool:
        """Whether every example came as expected and every claim held."""
        return all(example.passed for example in self.examples) and all(claim.held for claim in self.claims)
