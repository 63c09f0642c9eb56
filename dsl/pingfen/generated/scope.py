"""What generated code can read where it stands: fields, numbers made so far, the stage, outcomes; and fresh locals."""

from __future__ import annotations

import ast

from ..plan.label import Label
from ..plan.quantity import Exact, Numeric, Type
from ..plan.record import Field, RecordPlan
from .tree import any_of, compare, constant, is_none, name
from .value import Value


class Scope:
    """`fields` holds each field's value (for an exact one numerator and denominator); `tables` are the constants that the code reads as globals.

    A number whose path is in `marked` keeps its value before and after each adjustment in locals of their own: `marks`.
    """

    def __init__(self, plan: RecordPlan) -> None:
        self.plan = plan
        self.arguments: list[str] = []
        self.fields: dict[str, tuple[Value, ...]] = {}
        self.as_of: Value | None = None
        self.numbers: dict[str, Value] = {}
        self.outcomes: dict[str, Value] = {}
        self.stage: ast.expr = name("stage")
        self.tables: dict[str, object] = {}
        self.tolerant = False
        self.marked: set[str] = set()
        self.marks: dict[str, list[str]] = {}
        self._count = 0
        for index, field in enumerate(plan.fields):
            self._admit(index, field)

    def _admit(self, index: int, field: Field) -> None:
        kind = field.type
        identifiers = [f"field_{index}", f"field_{index}_whole"] if isinstance(kind, Exact) else [f"field_{index}"]
        self.arguments += identifiers
        missing = (is_none(name(identifiers[0])),) if kind.optional else ()
        self.fields[field.name] = tuple(Value(name(each), *_interval(kind, position), missing) for position, each in enumerate(identifiers))
        if field.kind == "as of":
            self.as_of = self.fields[field.name][0]

    def fresh(self) -> str:
        """A local that nothing else uses."""
        self._count += 1
        return f"local_{self._count}"

    def table(self, content: object) -> ast.expr:
        """A constant that Python has no literal for."""
        identifier = f"table_{len(self.tables)}"
        self.tables[identifier] = content
        return name(identifier)

    def label_of(self, path: str) -> Label:
        """The label of a number."""
        return next((number.label for number in self.plan.numbers if number.path == path), Label())

    def stage_is_one_of(self, names: list[str]) -> ast.expr:
        """Whether the stage has one of these names."""
        return any_of([compare("=", self.stage, constant(each)) for each in names])


def _interval(kind: Type, position: int) -> tuple[int, int]:
    match kind:
        case Numeric():
            return kind.low, kind.high
        case Exact():
            return (kind.low, kind.high) if position == 0 else (1, kind.most)
        case _:
            return 0, 0
