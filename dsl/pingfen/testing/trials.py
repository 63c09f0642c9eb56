"""The tests of one ruleset's text: each example, each claim, and the ends of its parameters, tried one at a time."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from attrs import frozen

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..pipeline import Compilation, compile_source
from ..plan.ruleset import Plan
from ..reading import read_source
from ..source import Source
from ..trial.coverage import Reached
from ..trial.examples import try_example
from ..trial.findings import findings_of
from ..trial.outcome import Coverage, Tried
from ..trial.parameters import Refused, Variant, refused_ends, variants_of
from ..trial.session import Variants, try_claim_in_all, variants_to_try

PARAMETERS = "within"


@frozen(repr=False, slots=False)
class Trials:
    """A compiled text with what can be tried of it; `tries` records are drawn for each claim."""

    source: Source
    compilation: Compilation
    plan: Plan
    tries: int

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names of the tests by their kind; that the ruleset compiles at the ends of its parameters' ranges is one test."""
        parameters = [each.name for each in self.compilation.ranges]
        texts = [claim.text for claim in self.plan.claims]
        claims = [claim.text if texts.count(claim.text) == 1 else f"{claim.text} ({claim.key})" for claim in self.plan.claims]
        return {"example": [each.name for each in self.plan.examples], "claim": claims, PARAMETERS: [", ".join(parameters)] if parameters else []}

    def findings(self, kind: str, index: int, language: Language) -> list[Diagnostic]:
        """What is wrong with one of them, as diagnostics at its place; nothing where it passes."""
        if kind == PARAMETERS:
            return refused_ends(self._ends[1], self.source, language)
        return findings_of(self._tried(kind, index), language, self.source, self.compilation.source_map.span_of)

    def line_of(self, kind: str, index: int) -> int:
        """The line where it is written, counted from 0."""
        if kind == PARAMETERS:
            return 0
        node = self.plan.examples[index] if kind == "example" else self.plan.claims[index]
        return self.source.text.count("\n", 0, self.compilation.source_map.span_of(node).start)

    def _tried(self, kind: str, index: int) -> Tried:
        nothing = Coverage(0, ())
        if kind == "example":
            return Tried(self.plan, (try_example(self.plan, self.plan.examples[index], Reached(self.plan)),), (), nothing)
        return Tried(self.plan, (), (try_claim_in_all(self._variants, index, self.tries),), nothing)

    @cached_property
    def _ends(self) -> tuple[tuple[Variant, ...], tuple[Refused, ...]]:
        return variants_of(self.compilation)

    @cached_property
    def _variants(self) -> Variants:
        return variants_to_try(self.plan, self._ends[0])


def trials_of(path: Path, tries: int) -> Trials | tuple[Diagnostic, ...]:
    """The tests of a file, or what keeps it from compiling."""
    source = read_source(path)
    if isinstance(source, Diagnostic):
        return (source,)
    compilation = compile_source(source)
    return compilation.diagnostics if compilation.plan is None else Trials(source, compilation, compilation.plan, tries)
