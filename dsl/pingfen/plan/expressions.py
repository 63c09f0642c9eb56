"""Expressions of the plan: typed, without sugar, over 64-bit integers.

Every numeric expression evaluates to an int at `type.places` (see quantity.py) or to None. Operands of `Arithmetic` + and -,
of `Compare`, `Extreme` and of the branches of one `Cases` already stand at one scale: lowering inserts a
multiplication by `Constant(10**k, places=k)`, which changes the scale and not the value. So a back end never looks at
places: `+` is integer `+`. Lowering also proved that no intermediate leaves 64 bits.

None: arithmetic, Divided, Curve, Extreme, MovedTo ... give None when an operand is None; a Divided by 0 is None. Conditions are two-valued:
the checker showed that a condition which reads a missing value is never evaluated, or stands behind a guard that decides first
(`AllOf` and `AnyOf` are evaluated left to right, `Cases` and `Bands` in the order of their rows).

All divisions and roundings are one operation, `divide(n, d, mode)` of arithmetic.py: the integer nearest to n / d.
"""

from __future__ import annotations

from typing import Literal

from ..node import frozen
from .quantity import Type

Mode = Literal["half away", "up", "down", "half even"]
Comparison = Literal["=", "<>", "<", "<=", ">", ">="]


@frozen(repr=False)
class Constant:
    """A value that is written: int (scaled), str (text, choice) or bool."""

    value: int | str | bool
    type: Type


@frozen(repr=False)
class Nothing:
    """`none`, at the type that its place wants."""

    type: Type


@frozen(repr=False)
class FieldRead:
    """A field of the record: metric, plain input, attribute, peer value or group value. Over the rows of a table, and in a Derived metric, an attribute of the
    row's subject, as it is valid at D, also one that is no field of the record (None where the row belongs to no subject).

    `part` is "" for a plain field; an Exact field is read as "numerator" or "denominator" (both None when missing).
    """

    name: str
    type: Type
    part: Literal["", "numerator", "denominator"] = ""


@frozen(repr=False)
class NumberRead:
    """A number of the second half, by its path: `product.praise`, `total`, `score`, a display."""

    path: str
    type: Type


@frozen(repr=False)
class StageRead:
    """The stage's name."""

    type: Type


@frozen(repr=False)
class OutcomeRead:
    """The outcome of a gate or sanction ("open", "closed"; "applies", "clear") or of a tier, by its name."""

    name: str
    type: Type


@frozen(repr=False)
class AsOfRead:
    """The as-of date D, in days since 1970-01-01."""

    type: Type


@frozen(repr=False)
class ColumnRead:
    """A column of the row at hand, or with `through` a column of the row that the reference column `through` names."""

    name: str
    type: Type
    through: str = ""


@frozen(repr=False)
class AnyRow:
    """True where at least one row of one of the populations refers to the row at hand."""

    populations: tuple[str, ...]
    type: Type


@frozen(repr=False)
class Arithmetic:
    """Exact integer `+`, `-` or `*`; None when an operand is None. Elapsed time (`until`) and age are `-`."""

    operator: Literal["+", "-", "*"]
    left: Expression
    right: Expression
    type: Type


@frozen(repr=False)
class Divided:
    """`divide(numerator, denominator, mode) * step`; None when an operand is None or the denominator is 0.

    The denominator is never negative. A rounding of one value is a Divided by a Constant.
    """

    numerator: Expression
    denominator: Expression
    mode: Mode
    step: int
    type: Type


@frozen(repr=False)
class Extreme:
    """The smaller (`least`) or larger (`greatest`) of two values of one scale; None when an operand is None."""

    kind: Literal["least", "greatest"]
    left: Expression
    right: Expression
    type: Type


@frozen(repr=False)
class Compare:
    """A comparison of two values of one scale, of two texts by UTF-8 bytes, or (= and <>) of two flags or choices."""

    operator: Comparison
    left: Expression
    right: Expression
    type: Type


@frozen(repr=False)
class AllOf:
    """`and`, evaluated left to right."""

    conditions: tuple[Expression, ...]
    type: Type


@frozen(repr=False)
class AnyOf:
    """`or`, evaluated left to right."""

    conditions: tuple[Expression, ...]
    type: Type


@frozen(repr=False)
class Not:
    """`not`."""

    condition: Expression
    type: Type


@frozen(repr=False)
class IsGiven:
    """True where the value is not None; `missing` is Not(IsGiven)."""

    value: Expression
    type: Type


@frozen(repr=False)
class AtLeast:
    """True where at least `count` conditions hold; a condition that reads None counts as false.

    Each condition is evaluated left to right as everywhere; the first comparison in it that meets None makes that whole condition false
    (`not x < 5` is false for a missing x, `y < 3 or x < 5` is true where y is 1, `x missing or x < 5` is true).
    """

    count: int
    conditions: tuple[Expression, ...]
    type: Type


@frozen(repr=False)
class Case:
    """One row of Cases."""

    condition: Expression
    value: Expression


@frozen(repr=False)
class Cases:
    """The value of the first row whose condition holds, else `otherwise`."""

    rows: tuple[Case, ...]
    otherwise: Expression
    type: Type


@frozen(repr=False)
class Band:
    """One row of Bands. A limit is a Constant or a Lookup at the subject's scale; None is no limit."""

    low: Expression | None
    low_closed: bool
    high: Expression | None
    high_closed: bool
    value: Expression


@frozen(repr=False)
class Bands:
    """Ladder or ranges: the value of the first row that holds the subject.

    `missing` is the value when the subject is None (without it the subject is never None here, or the whole is None by
    a guard); `otherwise` the value when no row holds (without it the rows cover the subject's range).
    """

    form: Literal["ladder", "ranges"]
    subject: Expression
    rows: tuple[Band, ...]
    missing: Expression | None
    otherwise: Expression | None
    type: Type


@frozen(repr=False)
class Curve:
    """Linear between points, flat outside; None when the subject is None.

    `points` are (x at the subject's scale, y at a scale of its own), x strictly rising. Between (x0, y0) and (x1, y1) the value is
    `divide(y0 * (x1 - x0) + (y1 - y0) * (x - x0), (x1 - x0) * unit, mode) * step`; flat: `divide(y, unit, mode) * step`.
    """

    subject: Expression
    points: tuple[tuple[int, int], ...]
    unit: int
    mode: Mode
    step: int
    type: Type


@frozen(repr=False)
class LookupRow:
    """One row of a table: a text to match for each key; None matches whatever is given."""

    match: tuple[str | None, ...]
    value: Expression


@frozen(repr=False)
class Lookup:
    """One column of a table, by one or two keys. `rows` stand in order of precedence (both, first only, second only, default).

    `missing` is the value when a key is None; without it no key is None here.
    """

    table: str
    column: str
    keys: tuple[Expression, ...]
    rows: tuple[LookupRow, ...]
    missing: Expression | None
    type: Type


@frozen(repr=False)
class Line:
    """One line of a sum: the number `path` times `weight` (at the scale of Sum.whole) times `factor` (aligns places)."""

    path: str
    weight: Expression
    factor: int


@frozen(repr=False)
class DropMissing:
    """`missing drop`: lines that are None leave, the weights of the rest are rescaled.

    None when fewer than `parts` lines or less than `weight` of the whole weight (numerator over denominator, at least) are given; all dropped is always None.
    """

    parts: int
    weight_numerator: int
    weight_denominator: int


@frozen(repr=False)
class Substitute:
    """`missing 60`: a line that is None counts with this value (at each line's own scale in `values`)."""

    values: tuple[int, ...]


@frozen(repr=False)
class Sum:
    """Sum of lines: with N = sum of weight * value * factor over the lines that count,

    `divide(N * scale, unit, mode) * step` when `relative` is false (weights add to 100%, or no weights: unit holds the whole), and
    `divide(N * scale, (sum of the counting weights) * unit, mode) * step` when it is true (weighted mean, missing drop).
    `missing` None means: None when a line is None. A weighted mean divides by the sum of weights.
    """

    form: Literal["weights", "weighted mean", "sum"]
    lines: tuple[Line, ...]
    missing: DropMissing | Substitute | None
    relative: bool
    scale: int
    unit: int
    mode: Mode
    step: int
    type: Type


@frozen(repr=False)
class BestOf:
    """The largest given one of these numbers, the first written on ties; None when all are None. Factors align places."""

    lines: tuple[Line, ...]
    type: Type


@frozen(repr=False)
class MovedTo:
    """The instant at local time of day `target` (seconds) for a time whose local time of day is within `start .. end` (half-open, may pass midnight).

    The target is the first one not before the time (18:30 moved to 06:00 is 06:00 of the next day, 02:00 is 06:00 of the same day); any other time is left as
    it is. A local time that does not exist is the first instant after the gap, one that exists twice the earlier.
    """

    time: Expression
    target: int
    start: int
    end: int
    type: Type


@frozen(repr=False)
class MonthOf:
    """The local month of an instant: year * 12 + month - 1."""

    time: Expression
    type: Type


@frozen(repr=False)
class TimeOfDay:
    """The local time of day of an instant, in seconds since local midnight by the clock."""

    time: Expression
    type: Type


Expression = (
    Constant
    | Nothing
    | FieldRead
    | NumberRead
    | StageRead
    | OutcomeRead
    | AsOfRead
    | ColumnRead
    | AnyRow
    | Arithmetic
    | Divided
    | Extreme
    | Compare
    | AllOf
    | AnyOf
    | Not
    | IsGiven
    | AtLeast
    | Cases
    | Bands
    | Curve
    | Lookup
    | Sum
    | BestOf
    | MovedTo
    | MonthOf
    | TimeOfDay
)
