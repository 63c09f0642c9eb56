"""The scorecard of one record: what a platform would show, and the steps that add up to the score."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..arithmetic import EXACT
from ..plan.label import Label
from .shape import Entry, Shape

if TYPE_CHECKING:
    from ..explanation import Reason


class Step(NamedTuple):
    """One effect on the score; all of a scorecard's steps add up exactly to the score.

    `kind`: part, dropped (a missing part whose weight went to the others), not best, value, stage, deduct, bonus, protect, cap, range (the clamp to a range),
    rounding. `path` is the part it comes from, "" for the others.
    """

    kind: str
    path: str
    label: Label
    effect: Decimal


_step = tuple.__new__
scale = EXACT.scaleb


class Scorecard:
    """One record scored. Numbers are decimals with exactly their places, None where they are missing or hidden (`hide score when ...`)."""

    __slots__ = ("_hidden", "_record", "_results", "_shape")

    def __init__(self, shape: Shape, record: list[Any], results: tuple[Any, ...]) -> None:
        self._shape = shape
        self._record = record
        self._results = results
        self._hidden = frozenset(path for position, paths in shape.hiding if results[position] for path in paths) if shape.hiding else frozenset()

    @property
    def ruleset(self) -> str:
        """The ruleset's name."""
        return self._shape.title

    @property
    def version(self) -> str:
        """The version's name."""
        return self._shape.version

    @property
    def digest(self) -> str:
        """The digest of what was scored with."""
        return self._shape.digest()

    @property
    def score(self) -> Decimal | None:
        """The score; None without one, or where it is hidden."""
        entry = self._shape.score
        value: Decimal | None = None if entry is None or entry.name in self._hidden else entry.give(self._results[entry.position])
        return value

    @property
    def total(self) -> Decimal | None:
        """The total before the clamp to the score's range; hidden with the score."""
        entry, score = self._shape.total, self._shape.score
        hidden = score is not None and score.name in self._hidden
        value: Decimal | None = None if entry is None or hidden else entry.give(self._results[entry.position])
        return value

    @property
    def stage(self) -> str | None:
        """The stage's name; None in a ruleset without stages."""
        stage: str | None = self._results[0] if self._shape.has_stages else None
        return stage

    @property
    def parts(self) -> dict[str, Decimal | None]:
        """The parts by path (`product.praise`), in the order in which they are made."""
        results = self._results
        return {
            path: None if (value := results[position]) is None else give(value) if shift is None else scale(value, shift)
            for path, position, shift, give in self._shape.part_values
        }

    @property
    def displays(self) -> dict[str, Any]:
        """The displays by name."""
        return self._read(self._shape.displays)

    @property
    def gates(self) -> dict[str, str]:
        """ "open" or "closed" by the gate's name, after closing by linked entities as a group of one."""
        results = self._results
        return {entry.name: results[entry.position] for entry in self._shape.gates}

    @property
    def sanctions(self) -> dict[str, str]:
        """ "applies" or "clear" by the sanction's name."""
        results = self._results
        return {entry.name: results[entry.position] for entry in self._shape.sanctions}

    @property
    def tiers(self) -> dict[str, str | None]:
        """The choice by the tier's name."""
        results = self._results
        return {entry.name: results[entry.position] for entry in self._shape.tiers}

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the numbers that are not shown."""
        return self._hidden

    @property
    def metrics(self) -> dict[str, Any]:
        """The record that was scored, by field."""
        return {entry.name: entry.give(value) for entry, value in zip(self._shape.fields, self._record, strict=True)}

    @property
    def steps(self) -> tuple[Step, ...]:
        """What made the score, in order; empty where there is no score, or where it is hidden."""
        amounts = self._results[-1]
        if self._hidden and self._shape.score is not None and self._shape.score.name in self._hidden:
            return ()
        if amounts is None:
            return self._stage_step()
        return tuple(
            [
                _step(Step, (slot.kind if amount is not None else slot.otherwise, slot.path, slot.label, scale(amount or 0, shift)))
                for (slot, shift), amount in zip(self._shape.lines, amounts, strict=True)
                if amount or (slot.otherwise if amount is None else not slot.silent)
            ]
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What cost points against the top of the scale, most first, then what brought some: codes, labels and decimals that add up exactly to the score minus
        the top. Empty where there is no score, or where it is hidden."""
        from ..explanation import reasons_of_record

        if self.score is None:
            return ()
        plan = self._shape.plan
        first = 1 if plan.stages else 0
        numbers = {number.path: self._results[first + index] for index, number in enumerate(plan.numbers)}
        return reasons_of_record(plan, {field.name: value for field, value in zip(plan.fields, self._record, strict=True)}, numbers)

    def to_dict(self) -> dict[str, Any]:
        """The scorecard for JSON; decimals are texts with all their places."""
        from .rendering import document_of

        return document_of(self)

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scorecard):
            return NotImplemented
        return self.digest == other.digest and self._record == other._record

    def __hash__(self) -> int:
        return hash((self.digest, tuple(self._record)))

    def __repr__(self) -> str:
        stage = f", stage={self.stage}" if self.stage else ""
        return f"<Scorecard {self.ruleset} {self.version}: score={self.score}{stage}>"

    def __rich__(self) -> Any:
        from .rendering import rich_of

        return rich_of(self, self._shape)

    def _repr_html_(self) -> str:
        from .rendering import html_of

        return html_of(self, self._shape)

    def _read(self, entries: tuple[Entry, ...]) -> dict[str, Any]:
        return {entry.name: None if entry.name in self._hidden else entry.give(self._results[entry.position]) for entry in entries}

    def _stage_step(self) -> tuple[Step, ...]:
        score, stage = self.score, self.stage
        return () if score is None or stage is None or stage in self._shape.full_stages else (Step("stage", "", Label(), score),)
