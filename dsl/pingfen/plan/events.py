"""The first half of a plan: event tables, populations and metrics; it turns events into one record a subject."""

from __future__ import annotations

from typing import Literal

from ..node import frozen
from .expressions import Expression, Mode
from .improvable import Improvable
from .label import Label
from .quantity import Type

__all__ = [
    "AgeBand", "Aggregate", "Aggregated", "Availability", "Column", "Derived", "EventPlan", "First", "Improvable", "Keep", "Metric", "Population", "Rate",
    "Role", "Shorter", "Step", "Table", "Transitions", "Window", "in_order_of_reference",
]  # fmt: skip

Role = Literal["key", "subject", "happens", "plain"]
Availability = Literal["required", "optional", "ahead"]


@frozen(repr=False)
class Column:
    """A column of an event table, as read (`computed` is None) or computed from columns of the same row (and of referred rows).

    `available`: a required time may not be later than the row's `happens`; an optional one reads absent at or after D 00:00; one that is `ahead`
    (a promise) is always read. `known_at` names the time column before which a status reads absent. `refers_to` names a table whose key the value is.
    """

    name: str
    type: Type
    role: Role = "plain"
    available: Availability = "required"
    known_at: str = ""
    refers_to: str = ""
    computed: Expression | None = None
    label: Label = Label()

    @property
    def may_be_missing(self) -> bool:
        """Whether a cell of clean data may be empty; a status that names its time is given in the data and reads absent before that time."""
        always = bool(self.known_at) and self.available == "required"
        return self.role == "plain" and (self.available == "optional" or self.type.optional) and not always


@frozen(repr=False)
class Table:
    """An event table. `subject_through` is the reference column that leads to the row whose subject these rows take ("" when the table has a subject column).

    Rows that happen at or after D 00:00 are not there for anyone: a row whose required reference leads to one leaves too, and an optional reference to one
    reads absent. `rows_per_subject` is the most rows one subject may have (a larger group is refused); `rows` the most in all.
    """

    name: str
    label: Label
    columns: tuple[Column, ...]
    subject_through: str
    rows_per_subject: int
    rows: int


@frozen(repr=False)
class Keep:
    """Rows for which the condition holds stay (`where c`; `except c` is a Keep of Not c)."""

    condition: Expression


@frozen(repr=False)
class First:
    """`first count per keys by time looking back days`: rows that reached this step are ordered by time, then the table's key, within equal keys
    (texts by bytes, None equal to None); a row stays unless its count-th predecessor exists with a time no earlier than days * 86400 seconds before its own.
    A row without a time leaves. `days` None looks back without end.
    """

    count: int
    keys: tuple[Expression, ...]
    time: Expression
    days: int | None


Step = Keep | First


@frozen(repr=False)
class Population:
    """A pipeline of steps over the rows of `source` (a table, or an earlier population of that table) that happen before D 00:00."""

    name: str
    label: Label
    table: str
    source: str
    steps: tuple[Step, ...]


@frozen(repr=False)
class Window:
    """The days that are read, before the lag: `[D - lag - length, D - lag)` with a length in days or in calendar months (clamped to the month's end).

    "full weeks" (from Monday), "full months" and "full quarters" are the last `length` whole periods that end at or before D - lag: [first day, first day of
    the next). "all" is everything before D - lag (`length` 0). The lag is in days. Bounds are local midnights as instants; `calendar.window_days` tells the
    days and `calendar.window_bounds` the instants.
    """

    length: int
    unit: Literal["days", "months", "full weeks", "full months", "full quarters", "all"]
    lag: int = 0


@frozen(repr=False)
class Shorter:
    """`last 30 days if at least 300 rows`: a window taken instead of a longer one where the count `volume`, over this window too, is at least `least`."""

    window: Window
    least: int
    volume: Aggregate


@frozen(repr=False)
class AgeBand:
    """`up to 30 days -> 4`: rows whose local day is at most `days` before D weigh `weight`; `days` None is any age. Weights are integers, not negative."""

    days: int | None
    weight: int


@frozen(repr=False)
class Aggregate:
    """What is made of the rows of `source` (a table or population) whose `by` time lies in the window and for which `condition` holds.

    count: the rows. distinct: the different values of `value` (None skipped). sum, minimum, maximum: of `value` (minimum and maximum skip None; a
    sum's value is
    never None). mean: sum of value * weight over sum of weight, rows with a None value left out before anything is counted.
    share: rows for which `counted` holds over all rows.

    `shorter` are windows inside `window`, shortest first; the first that holds enough is read instead. `latest`: of the source's rows in the window only the
    latest so many by `by`, then the table's key, are read, and `condition` looks at those. `recency` (share and mean): each row weighs what its age says, times
    `weight`; the first band that holds the age counts, and one always does.
    No row outside `window` is ever read.
    """

    form: Literal["count", "distinct", "sum", "minimum", "maximum", "mean", "share"]
    table: str
    source: str
    window: Window
    by: Expression
    condition: Expression | None = None
    value: Expression | None = None
    weight: Expression | None = None
    counted: Expression | None = None
    shorter: tuple[Shorter, ...] = ()
    latest: int | None = None
    recency: tuple[AgeBand, ...] = ()


@frozen(repr=False)
class Aggregated:
    """A metric made of events. A sum, share or mean is `divide(numerator * scale, denominator * unit, mode) * step`
    (count, distinct, sum, minimum and maximum: denominator 1, so only scale, unit, mode and step act).

    `needs`: None when fewer rows entered (after condition, window and the skipping of None). Share and mean of nothing, and minimum and maximum of
    nothing, are None.
    An Exact type keeps numerator and denominator and ignores scale, unit, mode and step.
    """

    aggregate: Aggregate
    needs: int
    scale: int
    unit: int
    mode: Mode
    step: int


@frozen(repr=False)
class Rate:
    """`rate A per B`: two counts; `divide(A * scale, B * unit, mode) * step`, None when B is 0 or below `needs`.

    The result is within `low .. high` (scaled); a value beyond is cut to the end when `beyond` is "cut", and None when it is "none".
    """

    counted: Aggregate
    per: Aggregate
    needs: int
    scale: int
    unit: int
    mode: Mode
    step: int
    low: int
    high: int
    beyond: Literal["cut", "none"]


@frozen(repr=False)
class Derived:
    """A metric computed from earlier metrics of the subject (a metric by cases): FieldRead reads metrics by name, also those that are no field of the
    record."""

    value: Expression


@frozen(repr=False)
class Metric:
    """One metric, in an order in which Derived reads only earlier ones. `improvable` is what a merchant can do about it."""

    name: str
    label: Label
    type: Type
    made: Aggregated | Rate | Derived
    better: Literal["", "higher", "lower"] = ""
    improvable: Improvable | None = None


@frozen(repr=False)
class Transitions:
    """The zone's offsets over the years the data may have: `first` seconds east of UTC, then (instant, offset from then on). `edition` is the tz
    data's version."""

    zone: str
    edition: str
    first: int
    changes: tuple[tuple[int, int], ...]


@frozen(repr=False)
class EventPlan:
    """Everything that reads events. `first_year .. last_year` bound every time and date of the data."""

    zone: Transitions
    first_year: int
    last_year: int
    tables: tuple[Table, ...]
    populations: tuple[Population, ...]
    metrics: tuple[Metric, ...]


def in_order_of_reference(tables: tuple[Table, ...]) -> list[Table]:
    """Tables after those that they refer to; a circle keeps the order written."""
    ordered: list[Table] = []
    waiting = list(tables)
    while waiting:
        names = {item.name for item in waiting}
        ready = [item for item in waiting if all(column.refers_to in (item.name, "") or column.refers_to not in names for column in item.columns)]
        ordered += ready or waiting[:1]
        waiting = [item for item in waiting if item not in ordered]
    return ordered
