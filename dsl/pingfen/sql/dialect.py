"""What an engine must spell in its own way for the same digits: one class, one file per engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from sqlglot import exp

from ..plan.quantity import INT64_HIGH
from .trees import Tree

TimeForm = Literal["seconds", "instant", "local"]
Share = Callable[[Tree], Tree]


class Dialect(Protocol):
    """The spelling of one engine. Integers are 64 bits wide; times are seconds since 1970-01-01T00:00:00Z, or engine timestamps in one of two forms."""

    @property
    def name(self) -> str:
        """The name by which people choose the engine."""

    def integer(self, value: int) -> Tree:
        """A 64-bit integer literal."""

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        """Division cut toward zero; the denominator is never 0 (NULL gives NULL)."""

    def remainder(self, numerator: Tree, denominator: Tree) -> Tree:
        """The remainder of `whole_quotient`, with the numerator's sign."""

    def unless_zero(self, value: Tree) -> Tree:
        """The value, NULL where it is 0."""

    def total(self, value: Tree, most: int = INT64_HIGH) -> Tree:
        """Exact sum of 64-bit integers within -most .. most, to be cast by `narrowed` after FILTER or OVER; of nothing NULL or 0: a count beside it tells."""

    def count(self, value: Tree | None = None, *, distinct: bool = False) -> Tree:
        """Count of rows, of given values or of different given values."""

    def filtered(self, aggregate: Tree, condition: Tree | None) -> Tree:
        """An aggregate of this dialect over the rows for which the condition holds (NULL does not), or over all without one."""

    def narrowed(self, aggregate: Tree) -> Tree:
        """An aggregate as a 64-bit integer. That it lies in range was proved by the checker for clean rows."""

    def lowest(self, value: Tree) -> Tree:
        """Smallest given value; NULL of nothing."""

    def highest(self, value: Tree) -> Tree:
        """Largest given value; NULL of nothing."""

    def any_of(self, condition: Tree) -> Tree:
        """True where one row holds; NULL of nothing."""

    def predecessor(self, value: Tree, count: int) -> Tree:
        """The value `count` rows before, to be put OVER an order; NULL where there is none."""

    def smaller(self, left: Tree, right: Tree) -> Tree:
        """The smaller of two integers, NULL when one is NULL."""

    def larger(self, left: Tree, right: Tree) -> Tree:
        """The larger of two integers, NULL when one is NULL."""

    def brought(self, value: Tree) -> Tree:
        """What an outer join brings: NULL for a row without a partner, whatever the engine's settings are."""

    def by_bytes(self, value: Tree) -> Tree:
        """A text to be ordered or compared by < by its UTF-8 bytes."""

    def time_literal(self, seconds: int, form: TimeForm) -> Tree:
        """A point in time to compare with a column of that form; `seconds` are local ones for a local column."""

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        """Whole seconds of a timestamp, cut downward (local seconds of a local one)."""

    def place(self, value: Tree, numbers: Sequence[int]) -> Tree | None:
        """How many of the sorted numbers are not above the value (0 of NULL), in a tree whose size hardly grows with them; None where there is none such."""

    def element(self, numbers: Sequence[int], place: Tree) -> Tree:
        """The number at a place, counted from 0; only of an engine with `place`."""

    def month_of_days(self, days: Tree) -> Tree:
        """`year * 12 + month - 1` of a day number."""

    def text_of(self, raw: Tree) -> Tree:
        """A column of texts or whole numbers as text, which compares and groups by its bytes."""

    def broken_text(self, value: Tree) -> Tree | None:
        """True where a text is not UTF-8; None where the engine holds no such text."""

    def flag(self, raw: Tree) -> Tree:
        """A column of the engine's truth values."""

    def whole_of(self, raw: Tree) -> Tree:
        """A column of whole numbers as 64-bit integers."""

    def decimal_literal(self, scaled: int, places: int) -> Tree:
        """A decimal to compare a column of numbers with."""

    def comparable(self, raw: Tree, held_places: int) -> Tree:
        """A decimal column, to compare with 64-bit numbers of fewer places."""

    def has_more_places(self, raw: Tree, places: int) -> Tree:
        """True where a decimal column has digits that are not 0 beyond the places."""

    def scaled_decimal(self, raw: Tree, held_places: int, places: int) -> Tree:
        """A decimal column without such digits times 10^places, as a 64-bit integer."""

    def scaled_double(self, raw: Tree, places: int, share: Share) -> Tree:
        """Half away from zero of the IEEE product raw * 10^places; NULL where that is no number or leaves 64 bits."""

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        """floor(raw * factor) of a decimal column as a 64-bit integer, without a digit lost before the cut; None where so many places lose some."""

    def floored_double(self, raw: Tree, factor: int) -> Tree:
        """floor of the IEEE product raw * factor as a 64-bit integer."""

    def cut(self, raw: Tree, form: TimeForm) -> Tree:
        """A timestamp of finer parts than microseconds, cut downward to these."""

    def days_of(self, date: Tree) -> Tree:
        """Days since 1970-01-01 of a date."""

    def date_part(self, local: Tree) -> Tree:
        """The date of a local timestamp."""

    def midnight_of(self, date: Tree) -> Tree:
        """The local timestamp at which a date begins."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Statements to run before, for what a query cannot say by itself."""

    def generate(self, tree: exp.Expr, *, pretty: bool = False) -> str:
        """The tree as text for the engine, on one line or on several; the tree may be changed."""
