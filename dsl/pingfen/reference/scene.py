"""What an expression can see: the record at hand, or the row at hand."""

from __future__ import annotations

from collections.abc import Callable

from ..plan.events import Transitions
from ..plan.expressions import Bands, Cases, Lookup
from .evaluation import InterpretationError, Value

Observer = Callable[[Bands | Cases | Lookup, int], None]
"""Told which row of a ladder, of ranges or of cases gave the value: its index, then the number of rows for `else`, and one more for the row `none`. Of a table:
its index in the order of precedence, then the number of rows for a missing key."""


def nobody(choice: Bands | Cases | Lookup, row: int) -> None:
    """An observer that looks away."""


class Scene:
    """Sees nothing; a record and a row show what they have. `observer` is told which rows are taken."""

    observer: Observer = staticmethod(nobody)

    def field(self, name: str) -> Value:
        """A field of the record, or an earlier metric."""
        raise InterpretationError(f"no field `{name}` can be read here")

    def number(self, path: str) -> Value:
        """A number of the second half."""
        raise InterpretationError(f"no number `{path}` can be read here")

    def stage(self) -> str:
        """The stage's name."""
        raise InterpretationError("no stage can be read here")

    def outcome(self, name: str) -> str | None:
        """The outcome of a gate, sanction or tier."""
        raise InterpretationError(f"no outcome `{name}` can be read here")

    def as_of(self) -> int:
        """The as-of date D, in days since 1970-01-01."""
        raise InterpretationError("no as-of date can be read here")

    def column(self, name: str, through: str) -> Value:
        """A column of the row at hand, or of the row that the reference column `through` names."""
        raise InterpretationError(f"no column `{name}` can be read here")

    def any_row(self, populations: tuple[str, ...]) -> bool:
        """Whether a row of one of the populations refers to the row at hand."""
        raise InterpretationError("no row can be referred to here")

    def zone(self) -> Transitions:
        """The ruleset's zone."""
        raise InterpretationError("no time can be read here")
