"""Pairs of a ruleset and a data set by a seed: the text, its plan, several data sets around one day, and what the interpreter says of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve, frozen

from pingfen.pipeline import compile_source
from pingfen.plan.expressions import DropMissing, Substitute, Sum
from pingfen.plan.record import Number
from pingfen.plan.ruleset import Plan
from pingfen.reference import Evaluation
from pingfen.source import Source

from ..paths import Answers, Tables, evaluations_by_reference, shown_of_evaluation
from ..strategies.choosing import ByRandom
from ..strategies.given import MOODS, as_of_day, tables_around
from ..strategies.hostile import with_own_names
from ..strategies.rulesets import ruleset_text
from .uniform import made_uniform

SCORED = re.compile(r"^score ", re.MULTILINE)
"""The line of a ruleset that gives scores; the shorter a text the more often it has none, so that only one in twenty is taken without."""


@frozen
class Pairs:
    """One ruleset with several data sets as of one day."""

    seed: int
    text: str
    plan: Plan
    as_of: int
    worlds: tuple[Tables, ...]


@frozen
class Expected:
    """What one data set must give by subject, and what happened in it: subjects with and without a score, whether something acted."""

    answers: Mapping[str, Answers]
    subjects: int
    without_score: int
    acted: bool


def plan_of(text: str) -> Plan:
    """The plan of a generated text, which is clean by construction."""
    compilation = compile_source(Source("generated.pf", text))
    assert compilation.plan is not None, "\n".join([text, *(f"{found.code} {found.arguments}" for found in compilation.diagnostics)])
    return compilation.plan


def pairs_of_seed(seed: int, worlds: int, most_lines: int = 1000) -> Pairs:
    """The pairs of a seed; the first data set is an ordinary one, the others are of any mood. One ruleset of eight has names that statements have for
    themselves."""
    chooser = ByRandom(seed)
    text = ruleset_text(chooser)
    while text.count("\n") > most_lines or (not SCORED.search(text) and seed % 20):
        text = ruleset_text(chooser)
    text = with_own_names(text, seed) if seed % 8 == 3 else text
    plan = plan_of(text)
    as_of = as_of_day(chooser, plan)
    digits = chooser.chance(15)
    moods = [MOODS[1], *(chooser.pick(MOODS) for _ in range(worlds - 1))]
    found = tuple(tables_around(chooser, plan, as_of, evolve(mood, digits=digits)) for mood in moods)
    return Pairs(seed, text, plan, as_of, made_uniform(chooser, plan, found))


def expected_of(plan: Plan, tables: Tables, as_of: int) -> Expected:
    """The interpreter's answers for one data set."""
    scored = evaluations_by_reference(plan, tables, as_of)
    answers = {subject: shown_of_evaluation(plan, record, evaluation) for subject, (record, evaluation) in scored.items()}
    evaluations = [evaluation for _, evaluation in scored.values()]
    without = sum(evaluation.numbers.get("score") is None for evaluation in evaluations)
    return Expected(answers, len(answers), without, any(_acts(plan, evaluation) for evaluation in evaluations))


def _acts(plan: Plan, evaluation: Evaluation) -> bool:
    """Whether a stage that is not full, a protection, a cap, or the clause for missing values made a number what it is."""
    partial = {row.name for row in plan.record.stages if not row.full}
    return evaluation.stage in partial or any(_acts_in(number, evaluation) for number in plan.record.numbers)


def _acts_in(number: Number, evaluation: Evaluation) -> bool:
    making = evaluation.makings[number.path]
    if making.number is None:
        return False
    before = (making.value, *making.adjusted)
    kinds = [adjustment.kind for adjustment in number.adjustments]
    limited = any(kind in ("protect", "cap") and before[index] != step for index, (kind, step) in enumerate(zip(kinds, making.adjusted, strict=False)))
    clause = number.value.missing if isinstance(number.value, Sum) else None
    lines = number.value.lines if isinstance(number.value, Sum) else ()
    filled = isinstance(clause, DropMissing | Substitute) and any(evaluation.numbers[line.path] is None for line in lines)
    return limited or filled
