"""Conditions: two-valued by construction, every value that may be missing behind a guard."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from .choosing import Chooser
from .kinds import FAMILIES, Choice, Day, ExactShare, Flag, Moment, Named, Quantity, Text, day_text, family_of, spell

FIRST_DAY, LAST_DAY = 19000, 19600


@frozen
class Scope:
    """What may be read at a place: named values, stages, outcomes with their words, and populations that refer to the row at hand.

    `rows` says that a row of an event table is read, not a record.
    """

    values: tuple[Named, ...] = ()
    stages: tuple[str, ...] = ()
    outcomes: tuple[Named, ...] = ()
    referring: tuple[str, ...] = ()
    rows: bool = False

    def plus(self, *values: Named) -> Scope:
        """The scope with more values."""
        return evolve(self, values=self.values + values)

    def quantities(self, *units: str, optional: bool = True, wide: bool = False) -> list[Named]:
        """The numbers, of these units if some are named, and with `wide` those that may only be compared."""
        found = [value for value in self.values if isinstance(value.kind, Quantity) and (wide or not value.kind.wide)]
        return [value for value in found if (not units or value.kind.unit in units) and (optional or not value.kind.optional)]  # type: ignore[union-attr]


def condition(chooser: Chooser, scope: Scope, depth: int = 2) -> str:
    """A condition, in parentheses where it has parts of its own."""
    if depth == 0 or chooser.chance(55):
        return atom(chooser, scope)
    form = chooser.integer(0, 4)
    parts = [condition(chooser, scope, depth - 1) for _ in range(chooser.integer(2, 3))]
    if form <= 1:
        return "(" + (" and ", " or ")[form].join(parts) + ")"
    if form == 2:
        return f"(not {parts[0]})"
    if form == 3:
        return f"({parts[0]} or {parts[1]} and {parts[-1]})"
    return at_least(chooser, scope)


def at_least(chooser: Chooser, scope: Scope) -> str:
    """Some of several conditions; with `missing not counted` they need no guards."""
    if chooser.chance(50):
        parts = [_tolerant(chooser, scope) for _ in range(chooser.integer(2, 4))]
        return f"at least {chooser.integer(1, len(parts))} of ({', '.join(parts)}) missing not counted"
    parts = [atom(chooser, scope) for _ in range(chooser.integer(2, 4))]
    return f"at least {chooser.integer(1, len(parts))} of ({', '.join(parts)})"


def _tolerant(chooser: Chooser, scope: Scope) -> str:
    """A part whose missing values are not counted: one test, or several of which the first may decide whether the others are read."""
    if chooser.chance(70):
        return atom(chooser, scope, guarded=False)
    first, second, third = (atom(chooser, scope, guarded=False) for _ in range(3))
    return chooser.pick([f"({first} and {second})", f"({first} or {second})", f"(({first} and {second}) or {third})", f"(not ({first} or {second}))"])


def atom(chooser: Chooser, scope: Scope, guarded: bool = True) -> str:
    """One test of one value; `guarded` False leaves the guard out (for conditions whose missing values are not counted)."""
    tests: list[tuple[Named | None, Callable[[], str]]] = [(value, lambda value=value: _test(chooser, value, scope)) for value in scope.values]  # type: ignore[misc]
    tests += [(None, lambda: f"stage is{chooser.pick(['', ' not'])} {chooser.pick(scope.stages)}")] * bool(scope.stages)
    tests += [(None, lambda outcome=outcome: _outcome(chooser, outcome)) for outcome in scope.outcomes]  # type: ignore[misc]
    tests += [(None, lambda: _any(chooser.some(scope.referring, 1, 2)))] * bool(scope.referring)
    value, test = chooser.pick(tests)
    if value is None or not value.kind.optional or not guarded:
        return test()
    form = chooser.integer(0, 3)
    if form == 0:
        return f"({value.name} given and {test()})"
    if form == 1:
        return f"({value.name} missing or {test()})"
    return f"{value.name} {'given' if form == 2 else 'missing'}"


def _any(populations: list[str]) -> str:
    return f"any {populations[0]}" if len(populations) == 1 else f"any of ({', '.join(populations)})"


def _outcome(chooser: Chooser, outcome: Named) -> str:
    assert isinstance(outcome.kind, Choice)
    return f"{outcome.name} is{chooser.pick(['', ' not'])} {chooser.pick(outcome.kind.options)}"


def _test(chooser: Chooser, value: Named, scope: Scope) -> str:
    name, kind = value.name, value.kind
    match kind:
        case Quantity():
            return _number_test(chooser, value, scope)
        case Choice():
            words = [word if word.isidentifier() else f'"{word}"' for word in kind.options]
            if chooser.chance(40):
                return f"{name} {chooser.pick(['in', 'not in'])} ({', '.join(chooser.some(words, 1, 2))})"
            return f"{name} {chooser.pick(['is', 'is not'])} {chooser.pick(words)}"
        case Text():
            texts = ["north", "南", "é", ""]
            if chooser.chance(40):
                chosen = ", ".join(f'"{text}"' for text in chooser.some(texts, 1, 3))
                return f"{name} {chooser.pick(['in', 'not in'])} ({chosen})"
            return f'{name} {chooser.pick(["is", "is not"])} "{chooser.pick(texts)}"'
        case Flag():
            return chooser.pick([name, f"not {name}"])
        case Day():
            day = chooser.integer(FIRST_DAY, LAST_DAY)
            if chooser.chance(30) and not scope.rows:
                return f"age of {name} {chooser.pick(['>=', '<', '=', 'above'])} {chooser.integer(0, 60)} days"
            if chooser.chance(50):
                return f"{name} in {day_text(day)} .. {day_text(day + chooser.integer(0, 60))}"
            return f"{name} {chooser.pick(['<', '>=', '=', '<>'])} {day_text(day)}"
        case Moment():
            return _time_test(chooser, name, scope)
        case ExactShare():
            return f"{name} {chooser.pick(['<', '>=', '<=', '>', '='])} {chooser.pick(['1%', '50%', '33.33%', '0%', '100%'])}"


def _time_test(chooser: Chooser, name: str, scope: Scope) -> str:
    """The hands of a clock are asked of rows alone."""
    form = chooser.integer(0 if scope.rows else 1, 2)
    if form == 0:
        start, end = chooser.integer(0, 23), chooser.integer(0, 23)
        return f"{name} {chooser.pick(['in', 'not in'])} {start:02d}:00 .. {end if end != start else (end + 1) % 24:02d}:{chooser.pick([0, 30]):02d}"
    day = chooser.integer(FIRST_DAY, LAST_DAY)
    if form == 1:
        return f"{name} in {day_text(day)} .. {day_text(day + chooser.integer(0, 60))}"
    return f"{name} {chooser.pick(['<', '>='])} {day_text(day)} {chooser.integer(4, 23):02d}:{chooser.integer(0, 59):02d}"


def _number_test(chooser: Chooser, value: Named, scope: Scope) -> str:
    kind = value.kind
    assert isinstance(kind, Quantity)
    others = [other for other in scope.quantities(*FAMILIES[family_of(kind.unit)], optional=False) if other.name != value.name and _meets(kind, other)]
    form = chooser.integer(0, 3)
    others = [] if kind.wide else others
    if form == 1:
        low, high = sorted(chooser.integer(kind.low, kind.high) for _ in range(2))
        ends = chooser.pick([f"{spell(kind, low)} .. {spell(kind, high)}", f"[{spell(kind, low)} .. {spell(kind, high)}]"])
        if low < high:
            ends = chooser.pick([ends, f"({spell(kind, low)} .. {spell(kind, high)}]", f"[{spell(kind, low)} .. {spell(kind, high)})"])
        return f"{value.name} {chooser.pick(['in', 'not in'])} {ends}"
    low, high = (kind.low + 1, kind.high - 1) if kind.high - kind.low >= 2 else (kind.low, kind.high)
    right = chooser.pick(others).name if form == 2 and others else spell(kind, chooser.integer(low, high))
    return f"{value.name} {chooser.pick(['>=', '<', '<=', '>', '=', '<>', 'above', 'below'])} {right}"


def _meets(kind: Quantity, other: Named) -> bool:
    """Numbers meet counts and scores, but scores meet no counts."""
    assert isinstance(other.kind, Quantity)
    return kind.unit == other.kind.unit or {kind.unit, other.kind.unit} <= {"score", "points", "number"} or {kind.unit, other.kind.unit} == {"count", "number"}
