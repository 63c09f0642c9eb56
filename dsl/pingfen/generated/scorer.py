"""`build_scorer`: a record plan as one Python function over scaled integers, compiled from a tree that is built here.

The function takes the fields of the record in order and returns a tuple: the stage where there are stages, then every number, then every outcome. It checks
nothing: `Ruleset.evaluate` stands before it where values come from outside.
"""

from __future__ import annotations

import ast
from types import FunctionType
from typing import Any, Protocol

from ..plan.quantity import Exact
from ..plan.record import RecordPlan
from .expressions import UnscorableError
from .numbers import cleared, decided, numbered, staged
from .scope import Scope
from .tree import name
from .value import whole


class Scorer(Protocol):
    """The generated function: scaled integers, texts, truths and None in and out. `inputs` and `outputs` name its arguments and results in order."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def __call__(self, *values: Any) -> tuple[Any, ...]: ...


def build_scorer(plan: RecordPlan) -> Scorer:
    """The generated function of a plan. Raises UnscorableError for a plan that no compiler of ours makes (a stranger's artifact)."""
    scope = Scope(plan.fields)
    try:
        body = [*cleared(plan, scope), *staged(plan.stages, scope), *numbered(plan, scope), *decided(plan, scope)]
        scorer: Any = compiled("score", scope.arguments, [*body, returned(results(plan, scope))], scope.tables)
    except RecursionError:
        raise UnscorableError("it is nested too deeply") from None
    scorer.inputs, scorer.outputs = inputs_of(plan), outputs_of(plan)
    result: Scorer = scorer
    return result


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
