"""Settles one claim: by structure, else by a search for a counterexample, else by z3 with what time is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, product
from random import Random

from attrs import evolve

from ..analysis.evaluation import assume
from ..analysis.possible import Choices, Numbers, given_only, of_type
from ..analysis.scorecard import survey
from ..analysis.situation import Situation
from ..plan.expressions import NumberRead, OutcomeRead
from ..plan.quantity import Type, Words
from ..plan.ruleset import Claim, Plan
from ..reference import InterpretationError, Value
from ..trial.claims import Count, Search, choices_of_claim, find_broken, fixed_by, search_of
from ..trial.outcome import Refutation
from ..trial.shrinking import shrink
from ..trial.target import Quick, Record
from .dependence import Dependence
from .direction import Mover
from .motion import RISING
from .searching import Climber
from .verdict import NOT_REPLAYED, Method, Obligation, Verdict

SPLITS = 400
"""Most combinations of the words that tables are looked up by, each of which structure looks at by itself."""
SEARCHED = 400
"""Records drawn for a claim that structure leaves open, before z3 is asked."""


class Prover:
    """Settles claims of one plan; what the plan's structure tells is found once."""

    def __init__(self, plan: Plan, seconds: float) -> None:
        self.plan = plan
        self.seconds = seconds
        self.dependence = Dependence(plan.record)

    @cached_property
    def quick(self) -> Quick:
        """The generated function, built when something is searched."""
        return Quick(self.plan.record)

    def settle(self, claim: Claim, obligation: Obligation = "claim") -> Verdict:
        """The verdict on a claim, for every choice that it names."""
        verdict = Verdict(claim.key, claim.text, obligation, "proved", "structure", claim, node=claim)
        for choice in choices_of_claim(self.plan, claim):
            fixed = fixed_by(claim, choice)
            if not self.holds_by_structure(claim, fixed):
                verdict = self._settled(verdict, claim, choice or "", fixed)
            if verdict.state == "refuted":
                break
        return verdict

    def is_shown(self, claim: Claim) -> bool:
        """Whether structure alone shows the claim, for every choice that it names."""
        return all(self.holds_by_structure(claim, fixed_by(claim, choice)) for choice in choices_of_claim(self.plan, claim))

    def holds_by_structure(self, claim: Claim, fixed: dict[str, Value]) -> bool:
        """Whether intervals and directions alone show the claim, perhaps for each word by itself that tables are looked up by."""
        ground = self._ground(claim, fixed)
        if ground is None or self._shown(claim, ground):
            return True
        splits = list(islice(self._splits(claim, ground), SPLITS + 1))
        return 1 < len(splits) <= SPLITS and all(self._shown(claim, split) for split in splits)

    def _ground(self, claim: Claim, fixed: dict[str, Value]) -> Situation | None:
        """What is known of every record that the claim speaks of; None where there is none."""
        ground = Situation({("field", name, ""): Choices(frozenset([str(value)])) for name, value in fixed.items()})
        if claim.field:
            given = given_only(of_type(self._type(claim.field)))
            ground = ground if given is None else ground.knowing(("field", claim.field, ""), given)
        return ground if claim.assuming is None else assume(claim.assuming, True, ground)

    def _type(self, name: str) -> Type:
        return next(field.type for field in self.plan.record.fields if field.name == name)

    def _shown(self, claim: Claim, ground: Situation) -> bool:
        if claim.form == "within":
            value = survey(self.plan.record, ground).anywhere.value_of(claim.target)  # type: ignore[arg-type]
            assert claim.low is not None
            assert claim.high is not None
            return isinstance(value, Numbers) and (not value.given or (claim.low <= value.low and value.high <= claim.high))
        mover = Mover(self.plan.record, {claim.field: RISING}, survey(self.plan.record, ground), self.dependence)
        match claim.target:
            case NumberRead(path=path):
                motion = mover.number(path, inside=False)
            case OutcomeRead(name=name):
                motion = mover.outcome(name, closed=True)
            case _:
                return False
        return not (motion.down if claim.form == "rises" else motion.up)

    def _splits(self, claim: Claim, ground: Situation) -> Iterator[Situation]:
        """The ground for each combination of words (or none) of the fields by which tables are looked up."""
        words: dict[str, list[Choices]] = {}
        behind = self.dependence.behind(_key(claim))
        for field in self.plan.record.fields:
            if (
                field.name in behind
                and field.name in self.dependence.table_keys
                and isinstance(field.type, Words)
                and ("field", field.name, "") not in ground.known
            ):
                missing = [Choices(frozenset(), missing=True)] if field.type.optional else []
                words[field.name] = [*(Choices(frozenset([option])) for option in field.type.options), *missing]
        for chosen in product(*words.values()):
            yield Situation({**ground.known, **{("field", name, ""): choice for name, choice in zip(words, chosen, strict=True)}})

    def _settled(self, verdict: Verdict, claim: Claim, choice: str, fixed: dict[str, Value]) -> Verdict:
        """The verdict after a search and after z3."""
        search = search_of(self.plan, claim, self.quick)
        random = Random(f"{claim.key} {choice}")
        found = find_broken(search, random, fixed, SEARCHED, Count()) or self._climber(search).find(random, fixed)
        if found is not None:
            return self._refuted(verdict, search, found, choice, fixed, "search")
        from .solving import solve_claim

        answer = solve_claim(self.plan.record, claim, fixed, self.seconds)
        if answer.proved:
            return verdict if verdict.state == "unknown" else evolve(verdict, method="solver")
        if answer.records:
            return self._refuted(verdict, search, answer.records, choice, fixed, "solver")
        return evolve(verdict, state="unknown", method="solver", reason=answer.reason)

    def _climber(self, search: Search) -> Climber:
        """Climbs the numbers that depend on something that the claim's target depends on too."""
        behind = self.dependence.behind(_key(search.claim))
        paths = [number.path for number in self.plan.record.numbers if self.dependence.behind(("number", number.path)) & behind]
        return Climber(search, self.quick, paths)

    def _refuted(self, verdict: Verdict, search: Search, records: Sequence[Record], choice: str, fixed: dict[str, Value], method: Method) -> Verdict:
        """The counterexample made plain and replayed by the interpreter; what it does not confirm refutes nothing."""
        if not search.broken_by(tuple(records)):
            return evolve(verdict, state="unknown", method="solver", reason=NOT_REPLAYED)
        return evolve(verdict, state="refuted", method=method, refutations=(Refutation(choice, shrink(search, tuple(records), fixed)),))


def _key(claim: Claim) -> tuple[str, ...]:
    match claim.target:
        case NumberRead(path=path):
            return ("number", path)
        case OutcomeRead(name=name):
            return ("closed", name)
        case _:
            raise InterpretationError("a claim is about a number or an outcome")
