"""Records from outside: each field's value as a scaled integer, or a diagnostic that says why it cannot be one.

A decimal or text with digits beyond its places is refused, not rounded; only a float is converted, half away from zero of the IEEE product x * 10**places.
The way in is one function for each field; what fails on it is looked at again, field by field, to say everything that is wrong at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import index
from typing import TYPE_CHECKING, Any, assert_never

from ..arithmetic import EXACT
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.record import Field

if TYPE_CHECKING:
    from ..diagnostics.diagnostic import Diagnostic

Take = Callable[[Any], Any]

DIGITS = re.compile(r"[+-]?[0-9]{1,60}(\.[0-9]{1,60})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
QUOTIENT = re.compile(r"(-?[0-9]{1,19}) (?:of|/) ([0-9]{1,19})")
EPOCH_DAY = 719163

_scale = EXACT.scaleb
_whole = EXACT.to_integral_exact


class Refusal(Exception):  # noqa: N818
    """A value that its field cannot be: the code and arguments of a diagnostic."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class Intake:
    """Reads records of one ruleset. `is_exact`: it holds exact quotients, which the generated function takes as two arguments."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = tuple(fields)
        self._takes = tuple((field.name, taker_of(field.type)) for field in fields)
        self.is_exact = any(isinstance(field.type, Exact) for field in fields)

    def read(self, metrics: Mapping[str, Any]) -> list[Any]:
        """The fields' values in order, an exact quotient as a pair. Raises InputError, and TypeError for what is no mapping."""
        try:
            if len(metrics) == len(self._takes):
                return [take(metrics[name]) for name, take in self._takes]
        except (Refusal, LookupError, ArithmeticError, TypeError, ValueError):
            pass
        if not isinstance(metrics, Mapping):
            raise TypeError(f"a record maps the names of fields to values; `{type(metrics).__name__}` does not")
        return self._read_slowly(metrics)

    def arguments(self, record: list[Any]) -> list[Any]:
        """The record as the generated function takes it: an exact quotient is two arguments."""
        if not self.is_exact:
            return record
        pairs = zip(self._fields, record, strict=True)
        return [each for field, value in pairs for each in ((value or (None, None)) if isinstance(field.type, Exact) else (value,))]

    def _read_slowly(self, metrics: Mapping[str, Any]) -> list[Any]:
        from ..errors import InputError
        from .refusing import diagnostics_of

        record = []
        refused: list[tuple[Field, Refusal]] = []
        for field in self._fields:
            try:
                record.append(read_value(field, metrics))
            except Refusal as refusal:
                refused.append((field, refusal))
        found: list[Diagnostic] = diagnostics_of(self._fields, refused, metrics)
        if found:
            raise InputError(found)
        return record


def read_value(field: Field, metrics: Mapping[str, Any]) -> Any:
    """One field's value. Raises Refusal."""
    if field.name not in metrics:
        raise Refusal("omitted-field")
    try:
        return careful_taker_of(field.type)(metrics[field.name])
    except (ArithmeticError, TypeError, ValueError):
        raise Refusal("unusable-value") from None


def taker_of(kind: Type) -> Take:
    """The function that takes a value of this type, on the shortest way where there is one."""
    return _number_taker(kind) if isinstance(kind, Numeric) and kind.unit not in ("date", "time") else careful_taker_of(kind)


def careful_taker_of(kind: Type) -> Take:
    """The function that takes a value of this type and says by a Refusal what is wrong with it."""
    match kind:
        case Numeric(unit="date"):
            return _taker(kind.optional, lambda value: _within(kind, _day(value)))
        case Numeric(unit="time"):
            return _taker(kind.optional, lambda value: _within(kind, _instant(value)))
        case Numeric():
            return _taker(kind.optional, lambda value: _within(kind, _scaled(kind, value)))
        case Exact():
            return _taker(kind.optional, lambda value: _quotient(kind, value))
        case Words():
            return _taker(kind.optional, lambda value: _word(kind, value))
        case Truth():
            return _taker(kind.optional, _truth)
        case _:
            assert_never(kind)


def _taker(optional: bool, convert: Take) -> Take:
    def take(value: Any) -> Any:
        if value is not None:
            return convert(value)
        if optional:
            return None
        raise Refusal("missing-field-value")

    return take


def _number_taker(kind: Numeric) -> Take:
    """Whole numbers and decimals on the shortest way. A decimal's range is looked at first: an exponent from a stranger may be huge."""
    low, high, optional = kind.low, kind.high, kind.optional
    slow = careful_taker_of(kind)
    shift = Decimal(kind.places)
    lowest, highest = _scale(low, -shift), _scale(high, -shift)
    scale, whole, decimal = EXACT.scaleb, EXACT.to_integral_exact, Decimal

    def take_whole(value: Any) -> Any:
        return value if value.__class__ is int and low <= value <= high else slow(value)

    def take_decimal(value: Any) -> Any:
        if value.__class__ is decimal and lowest <= value <= highest:
            return int(whole(scale(value, shift)))
        return None if value is None and optional else slow(value)

    return take_decimal if kind.places else take_whole


def _within(kind: Numeric, scaled: int) -> int:
    if not kind.low <= scaled <= kind.high:
        raise Refusal("out-of-range")
    return scaled


def _scaled(kind: Numeric, value: Any) -> int:
    match value:
        case bool():
            raise Refusal("unusable-value")
        case Decimal():
            return _of_decimal(kind, value)
        case str():
            return _of_text(kind, value)
        case float():
            return scaled_of_float(value, kind.places)
        case _:
            scaled: int = index(value) * 10**kind.places
            return scaled


def _of_decimal(kind: Numeric, value: Decimal) -> int:
    if not value.is_finite():
        raise Refusal("unusable-value")
    if not _scale(kind.low, Decimal(-kind.places)) <= value <= _scale(kind.high, Decimal(-kind.places)):
        raise Refusal("out-of-range")
    try:
        return int(_whole(_scale(value, Decimal(kind.places))))
    except ArithmeticError:
        raise Refusal("too-many-places", places=str(kind.places)) from None


def _of_text(kind: Numeric, text: str) -> int:
    """A decimal as people write it; a share may be a percentage."""
    percent = kind.unit == "share" and text.endswith("%")
    digits = text.removesuffix("%").rstrip() if percent else text
    if not DIGITS.fullmatch(digits):
        raise Refusal("unusable-value")
    return _of_decimal(kind, _scale(Decimal(digits), Decimal(-2 if percent else 0)))


def scaled_of_float(value: float, places: int) -> int:
    """Half away from zero of the IEEE product, by truncation and a test of what remains. Raises Refusal for what is not finite."""
    product = value * 10.0**places
    if product - product != 0:
        raise Refusal("unusable-value")
    whole = int(product)
    rest = product - whole
    return whole + (rest >= 0.5) - (rest <= -0.5)


def _day(value: Any) -> int:
    from datetime import date, datetime

    if isinstance(value, str) and DATE.fullmatch(value):
        value = date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refusal("unusable-value")
    day: int = value.toordinal() - EPOCH_DAY
    return day


def _instant(value: Any) -> int:
    """Seconds since 1970-01-01T00:00:00Z, cut downward; a time without an offset is refused."""
    from datetime import datetime

    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Refusal("unusable-value")
    day = value.astimezone(_utc())
    return (day.toordinal() - EPOCH_DAY) * 86400 + day.hour * 3600 + day.minute * 60 + day.second


def _utc() -> Any:
    from datetime import UTC

    return UTC


def _quotient(kind: Exact, value: Any) -> tuple[int, int]:
    written = QUOTIENT.fullmatch(value) if isinstance(value, str) else None
    pair = written.groups() if written else value
    if not isinstance(pair, tuple | list) or len(pair) != 2 or any(isinstance(each, bool | float) for each in pair):
        raise Refusal("unusable-value")
    numerator, denominator = (int(each) if written else index(each) for each in pair)
    if not (kind.low <= numerator <= kind.high and 0 <= denominator <= kind.most):
        raise Refusal("out-of-range")
    if denominator == 0 and not kind.optional:
        raise Refusal("missing-field-value")
    return numerator, denominator


def _word(kind: Words, value: Any) -> str:
    if not isinstance(value, str):
        raise Refusal("unusable-value")
    if kind.options and value not in kind.options:
        raise Refusal("unknown-choice")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refusal("unusable-value")
    return value
