"""One subject before the second half: what its metrics, inputs and attributes are."""

from __future__ import annotations

from attrs import Factory, define

from .evaluation import Value
from .metrics import Measured
from .scene import Observer, Scene, nobody


@define(eq=False, repr=False)
class SubjectScene(Scene):
    """One subject before the second half: metrics so far, plain inputs, attributes and D."""

    values: dict[str, Value]
    day: int
    observer: Observer = nobody
    measured: dict[str, Measured] = Factory(dict)

    def field(self, name: str) -> Value:
        """A metric, input or attribute."""
        return self.values[name]

    def as_of(self) -> int:
        """D."""
        return self.day
