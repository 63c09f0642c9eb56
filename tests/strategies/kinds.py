"""What the writer of rulesets knows of a value: unit, places, range and whether it may be missing; and how values are spelled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from attrs import evolve, frozen

from .choosing import Chooser

Unit = Literal["number", "count", "share", "score", "points", "duration", "money"]
LARGEST = 10**12

FAMILIES: dict[str, tuple[Unit, ...]] = {
    "score": ("score", "points", "number"),
    "share": ("share",),
    "duration": ("duration",),
    "money": ("money",),
    "count": ("count", "number"),
}


@frozen
class Quantity:
    """A number; `low` and `high` are whole numbers at the scale of `places`.

    `loose` where they are only known to hold every value; `wide` where the range leaves no room for arithmetic, so that it may only be compared.
    """

    unit: Unit
    places: int
    low: int
    high: int
    optional: bool = False
    loose: bool = False
    wide: bool = False

    def maybe(self, optional: bool) -> Quantity:
        """The same, missing also where the other is."""
        return evolve(self, optional=self.optional or optional)


@frozen
class Choice:
    """One of several words."""

    options: tuple[str, ...]
    optional: bool = False


@frozen
class Text:
    """Any text."""

    optional: bool = False


@frozen
class Flag:
    """Yes or no."""

    optional: bool = False


@frozen
class Day:
    """A date."""

    optional: bool = False


@frozen
class Moment:
    """A time."""

    optional: bool = False


@frozen
class ExactShare:
    """A share kept as numerator and denominator."""

    optional: bool = True


Kind = Quantity | Choice | Text | Flag | Day | Moment | ExactShare


@frozen
class Named:
    """A name with its kind."""

    name: str
    kind: Kind


def family_of(unit: Unit) -> str:
    """The family of units that meet under `+` and in comparisons; a number stands with the scores."""
    return next(family for family, units in FAMILIES.items() if unit in units)


def spell(quantity: Quantity, value: int) -> str:
    """A literal of the unit for a value at the quantity's scale."""
    match quantity.unit:
        case "share":
            return f"{_decimal(value, max(quantity.places - 2, 0))}%"
        case "duration":
            size, word = next((size, word) for size, word in ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds")) if value % size == 0)
            return f"{value // size} {word}"
        case _:
            return _decimal(value, quantity.places)


def step_text(quantity: Quantity, step: int = 1) -> str:
    """The step of a rounding at the quantity's places."""
    return spell(quantity, step) if quantity.unit != "duration" else f"{step} seconds"


def day_text(day: int) -> str:
    """A date, by days since 1970-01-01."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def declared(kind: Kind) -> str:
    """The kind as a column, input or attribute declares it."""
    match kind:
        case Quantity():
            if kind.places == 3 and kind.unit == "number":
                return f"{kind.unit} {kind.low // 1000} .. {kind.high // 1000} to 0.001"
            return f"{kind.unit} {spell(kind, kind.low)} .. {spell(kind, kind.high)}"
        case Choice():
            return "one of " + ", ".join(word if word.isidentifier() else f'"{word}"' for word in kind.options)
        case _:
            return {"Text": "text", "Flag": "flag", "Day": "date", "Moment": "time"}[type(kind).__name__]


def rescaled(kind: Quantity, places: int) -> Quantity:
    """The quantity rounded to other places: its ends rounded outward."""
    up, down = 10 ** max(places - kind.places, 0), 10 ** max(kind.places - places, 0)
    return evolve(kind, places=places, low=kind.low * up // down, high=-(-kind.high * up // down))


def quantity(chooser: Chooser, unit: Unit, optional: bool = False) -> Quantity:
    """A declared quantity of a unit: everyday ranges, negative ones, one-valued ones and wide ones."""
    match unit:
        case "share":
            places = chooser.pick([4, 2, 3])
            return Quantity(unit, places, 0, 10**places, optional)
        case "count":
            return Quantity(unit, 0, 0, chooser.pick([1000, 5, 10**6]), optional)
        case "duration":
            return Quantity(unit, 0, 0, chooser.pick([30 * 86400, 86400, 100]), optional)
        case "money":
            return Quantity(unit, 2, chooser.pick([0, -50000]), chooser.pick([100000, 10**8]), optional)
        case "number":
            if chooser.chance(8):
                return Quantity(unit, 0, *chooser.pick([(-(2**62), 2**62), (0, 2**63 - 1)]), optional, wide=True)
            places = chooser.pick([0, 2, 1, 3])
            low, high = chooser.pick([(0, 10), (-10, 10), (-5, -1), (1, 5), (0, 10**6)])
            return Quantity(unit, places, low * 10**places, high * 10**places, optional)
        case _:
            places = chooser.pick([2, 0, 1])
            low, high = chooser.pick([(0, 5), (0, 100), (50, 100), (3, 5)])
            return Quantity(unit, places, low * 10**places, high * 10**places, optional)


def _decimal(value: int, places: int) -> str:
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
