"""`build_scorer`: a record plan as one Python function over scaled integers, compiled from a tree that is built here.

The function takes the fields of the record in order and returns a tuple: the stage where there are stages, then every number, then every outcome. It checks
nothing: `Ruleset.evaluate` stands before it where values come from outside.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import FunctionType
from typing import Any, Protocol

from ..node import frozen
from ..plan.quantity import Exact
from ..plan.record import RecordPlan
from .expressions import UnscorableError, condition_of
from .numbers import cleared, decided, numbered, staged
from .scope import Scope
from .steps import Slot, marked_paths, steps_of
from .tree import FALSE, NONE, all_of, any_of, either, name, negate
from .value import whole


class Scorer(Protocol):
    """The generated function: scaled integers, texts, truths and None in and out. `inputs` and `outputs` name its arguments and results in order."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def __call__(self, *values: Any) -> tuple[Any, ...]: ...


def build_scorer(plan: RecordPlan, *, hiding: bool = False) -> Scorer:
    """The generated function of a plan. `hiding`: one truth for each rule that hides numbers follows what `outputs` names. Raises UnscorableError for a plan
    that no compiler of ours makes (a stranger's artifact)."""
    scorer: Any = _built("score", plan, Scope(plan), (lambda scope: _hiding(plan, scope)) if hiding else (lambda scope: []))
    scorer.inputs, scorer.outputs = inputs_of(plan), outputs_of(plan)
    result: Scorer = scorer
    return result


@frozen(repr=False)
class DetailedScorer:
    """The generated function with what a scorecard shows besides: its results are those of the scorer, one truth for each rule that hides numbers, and
    the amounts of `slots` (None where there is no score, or where a stage gave it)."""

    function: FunctionType
    slots: tuple[Slot, ...]


def build_detailed_scorer(plan: RecordPlan) -> DetailedScorer:
    """The generated function of a plan with the steps of its score. Raises UnscorableError."""
    scope = Scope(plan)
    scope.marked = marked_paths(plan)
    slots: list[Slot] = []

    def more(scope: Scope) -> list[ast.expr]:
        steps = steps_of(plan, scope)
        slots.extend(slot for slot, _ in steps)
        return [*_hiding(plan, scope), either(_has_steps(plan, scope), ast.Tuple([amount for _, amount in steps], ast.Load()), NONE)]

    return DetailedScorer(_built("detail", plan, scope, more), tuple(slots))


def _hiding(plan: RecordPlan, scope: Scope) -> list[ast.expr]:
    return [condition_of(rule.condition, scope) for rule in plan.hidden]


def _has_steps(plan: RecordPlan, scope: Scope) -> ast.expr:
    score = next((number.path for number in plan.numbers if number.kind == "score"), None)
    if score is None:
        return FALSE
    full = [row.name for row in plan.stages if row.full]
    wanted = [scope.stage_is_one_of(full)] if len(full) < len(plan.stages) else []
    return all_of([*wanted, negate(any_of(scope.numbers[score].missing))])


def _built(title: str, plan: RecordPlan, scope: Scope, more: Callable[[Scope], list[ast.expr]]) -> FunctionType:
    try:
        body = [*cleared(plan, scope), *staged(plan.stages, scope), *numbered(plan, scope), *decided(plan, scope)]
        return compiled(title, scope.arguments, [*body, returned([*results(plan, scope), *more(scope)])], scope.tables)
    except RecursionError:
        raise UnscorableError("nested too deeply") from None


def inputs_of(plan: RecordPlan) -> tuple[str, ...]:
    """The arguments' names: the fields in order, an exact one as `name.numerator` and `name.denominator`."""
    return tuple(
        each for field in plan.fields for each in ((f"{field.name}.numerator", f"{field.name}.denominator") if isinstance(field.type, Exact) else (field.name,))
    )


def outputs_of(plan: RecordPlan) -> tuple[str, ...]:
    """The results' names: `stage` where there are stages, the numbers' paths, the outcomes' names."""
    stage = ("stage",) if plan.stages else ()
    return (*stage, *(number.path for number in plan.numbers), *(outcome.name for outcome in plan.outcomes))


def results(plan: RecordPlan, scope: Scope) -> list[ast.expr]:
    """The results as they stand at the end of the function."""
    stage = [scope.stage] if plan.stages else []
    numbers = [whole(scope.numbers[number.path]) for number in plan.numbers]
    return [*stage, *numbers, *(name(f"outcome_{index}") for index in range(len(plan.outcomes)))]


def returned(values: list[ast.expr]) -> ast.stmt:
    """`return (a, b, ...)`."""
    return ast.Return(ast.Tuple(values, ast.Load()))


def compiled(title: str, arguments: list[str], body: list[ast.stmt], tables: dict[str, object]) -> FunctionType:
    """A function of positional arguments; it sees `tables` and nothing else, not even builtins."""
    signature = ast.arguments(posonlyargs=[], args=[ast.arg(each) for each in arguments], kwonlyargs=[], kw_defaults=[], defaults=[])
    definition = ast.FunctionDef(title, signature, body, [])
    module = ast.fix_missing_locations(ast.Module([definition], []))
    namespace: dict[str, Any] = {"__builtins__": {}, **tables}
    exec(compile(module, f"<generated {title}>", "exec"), namespace)
    function = namespace[title]
    assert isinstance(function, FunctionType)
    return function
