"""A folder of dated versions: the one in effect on a date is picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .ruleset import Ruleset

if TYPE_CHECKING:
    from datetime import date

    from ..scorecard import Scorecard
    from ..warehouse.result import Result


class RulesetVersions:
    """All versions of one ruleset, in order of their dates. `pick` gives the position of the one in effect on a date, or raises CompileError."""

    def __init__(self, name: str, rulesets: Sequence[Callable[[], Ruleset]], pick: Callable[[date], int]) -> None:
        self.name = name
        self._made: list[Ruleset | None] = [None] * len(rulesets)
        self._makers = tuple(rulesets)
        self._pick = pick

    def at(self, day: date) -> Ruleset:
        """The version in effect on a day. Raises CompileError where none is, or where it has mistakes."""
        return self[self._pick(day)]

    @property
    def latest(self) -> Ruleset:
        """The version with the latest date."""
        return self[-1]

    def evaluate(self, metrics: Mapping[str, Any], as_of: date) -> Scorecard:
        """The scorecard of one record by the version in effect on `as_of`."""
        return self.at(as_of).evaluate(metrics)

    def score(self, events: Mapping[str, Any], as_of: date, **settings: Any) -> Result:
        """Scores all subjects from their events by the version in effect on `as_of`; see `Ruleset.score`."""
        return self.at(as_of).score(events, as_of, **settings)

    def __len__(self) -> int:
        return len(self._makers)

    def __getitem__(self, position: int) -> Ruleset:
        made = self._made[position]
        if made is None:
            made = self._made[position] = self._makers[position]()
        return made

    def __iter__(self) -> Iterator[Ruleset]:
        return (self[position] for position in range(len(self)))

    def __repr__(self) -> str:
        return f"<RulesetVersions {self.name}: {len(self)}>"
