"""What the evaluation of one record gives, and the faults that a checked plan never meets."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

Value = int | str | bool | tuple[int, int] | None
"""A scaled whole number, a text or choice, a flag, numerator and denominator of an exact quotient, or nothing."""


class InterpretationError(Exception):
    """The plan or the data is not what the stages before promised: a bug of ours, never a user's mistake."""


class MissingReadError(InterpretationError):
    """A comparison met a missing value; only `at least n of (...) missing not counted` expects this."""


@frozen(repr=False)
class Making:
    """How one number was made: its rounded value, the value after each adjustment in the order written, and the number itself after its own range."""

    value: Value
    adjusted: tuple[Value, ...]
    number: Value


@frozen(repr=False)
class Evaluation:
    """The scorecard of one record.

    `stage` is None without stages. `numbers` are by path, `outcomes` after closing by linked entities and `unlinked` before it; `hidden` are
    the paths left out of what is shown. `makings` say how each number came about.
    """

    stage: str | None
    numbers: Mapping[str, Value]
    outcomes: Mapping[str, str | None]
    unlinked: Mapping[str, str | None]
    hidden: frozenset[str]
    makings: Mapping[str, Making]
