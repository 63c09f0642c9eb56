"""Numeric values: arithmetic with ranges kept small enough for 64 bits, and the blocks (ladder, ranges, curve, cases, table)."""

from __future__ import annotations

from attrs import evolve, frozen

from .choosing import Chooser
from .conditions import Scope, condition
from .kinds import FAMILIES, LARGEST, Named, Quantity, family_of, spell


@frozen
class Value:
    """A text with the quantity it makes; `raw` where it is a fraction that still needs a rounding."""

    text: str
    kind: Quantity
    raw: bool = False


@frozen
class Lookup:
    """A column of a table: read as a value."""

    name: str
    kind: Quantity


def arithmetic(chooser: Chooser, scope: Scope, family: str, depth: int = 2) -> Value:
    """A value of the family made of names, literals and operators."""
    if depth == 0 or chooser.chance(45):
        return _leaf(chooser, scope, family)
    form = chooser.integer(0, 6)
    left = arithmetic(chooser, scope, family, depth - 1)
    made = None
    match form:
        case 0 | 1:
            made = _sum(chooser, left, arithmetic(chooser, scope, family, depth - 1))
        case 2:
            made = _product(left, _factor(chooser, scope))
        case 3:
            made = Value(f"(-{left.text})", evolve(left.kind, low=-left.kind.high, high=-left.kind.low))
        case 4:
            made = _limited(chooser, left)
        case 5:
            made = _rounded(chooser, left)
        case 6:
            made = _quotient(chooser, left, scope)
    return made if made and max(abs(made.kind.low), abs(made.kind.high)) <= LARGEST and made.kind.places <= 8 else left


def block(chooser: Chooser, scope: Scope, family: str, lookups: tuple[Lookup, ...] = (), depth: int = 2) -> Value:
    """A value of the family by any of the forms that make a part."""
    subjects = scope.quantities(wide=True)
    known = [value for value in subjects if not value.kind.loose]  # type: ignore[union-attr]
    narrow = [value for value in known if not value.kind.wide]  # type: ignore[union-attr]
    if family == "money":
        return arithmetic(chooser, scope, "money" if scope.quantities("money") else "score")
    usable = [lookup for lookup in lookups if family_of(lookup.kind.unit) == family]
    missing = [subject for subject in known if subject.kind.optional]
    forms = ["arithmetic", *["guarded"] * bool(missing), *["ranges"] * bool(subjects), *["ladder"] * bool(known), *["curve"] * bool(narrow)]
    forms += [*["cases"] * (depth > 0 and any(not value.kind.optional for value in scope.values)), *["table"] * bool(usable)]
    match chooser.pick(forms):
        case "ladder":
            return _ladder(chooser, chooser.pick(known), scope, family)
        case "ranges":
            return _ranges(chooser, chooser.pick(subjects), family)
        case "curve":
            return _curve(chooser, chooser.pick(narrow), family)
        case "cases":
            return _cases(chooser, scope, family, lookups, depth)
        case "guarded":
            return _guarded(chooser, chooser.pick(missing), scope, family)
        case "table":
            lookup = chooser.pick(usable)
            return Value(lookup.name, lookup.kind)
        case _:
            return arithmetic(chooser, scope, family)


def literal(chooser: Chooser, family: str) -> Value:
    """A written value of the family."""
    unit = FAMILIES[family][-1]
    places = {"share": 4, "duration": 0, "money": 2, "count": 0, "score": chooser.pick([2, 0, 1])}[family]
    low, high = {"share": (0, 10**4), "duration": (0, 86400), "money": (0, 10**5), "count": (0, 100), "score": (0, 5 * 10**places)}[family]
    value = chooser.integer(low, high)
    return Value(spell(Quantity(unit, places, low, high), value), Quantity(unit, places, value, value))


def _leaf(chooser: Chooser, scope: Scope, family: str) -> Value:
    names = [Value(named.name, named.kind) for named in scope.quantities(*FAMILIES[family])]  # type: ignore[arg-type]
    if family == "money" and names:
        return chooser.pick(names)
    if family == "score":
        names += [Value(f"points({named.name})", _as_points(named.kind)) for named in scope.quantities("share")]  # type: ignore[arg-type]
    return chooser.pick(names) if names and chooser.chance(80) else literal(chooser, family)


def _as_points(kind: Quantity) -> Quantity:
    return Quantity("points", max(kind.places - 2, 0), kind.low, kind.high, kind.optional) if kind.places >= 2 else kind


def _aligned(left: Quantity, right: Quantity) -> tuple[int, int, int, int, int]:
    places = max(left.places, right.places)
    one, two = 10 ** (places - left.places), 10 ** (places - right.places)
    return places, left.low * one, left.high * one, right.low * two, right.high * two


def _joined_unit(left: Quantity, right: Quantity) -> Quantity | None:
    """The unit in which two values meet, None where they do not (scores meet no counts)."""
    if left.unit == right.unit:
        return left
    units = {left.unit, right.unit}
    return evolve(left, unit="score") if units <= {"score", "points", "number"} else evolve(left, unit="number") if units == {"count", "number"} else None


def _sum(chooser: Chooser, left: Value, right: Value) -> Value | None:
    unit = _joined_unit(left.kind, right.kind)
    if unit is None:
        return None
    places, a, b, c, d = _aligned(left.kind, right.kind)
    low, high = (a + c, b + d) if (adds := chooser.chance(60)) else (a - d, b - c)
    return Value(f"({left.text} {'+' if adds else '-'} {right.text})", Quantity(unit.unit, places, low, high, left.kind.optional or right.kind.optional))


def _factor(chooser: Chooser, scope: Scope) -> Value:
    factors = [Value(named.name, named.kind) for named in scope.quantities("number", "share")]  # type: ignore[arg-type]
    written = chooser.pick([Value("2", Quantity("number", 0, 2, 2)), Value("0.5", Quantity("number", 1, 5, 5)), Value("30%", Quantity("share", 2, 30, 30))])
    return chooser.pick(factors) if factors and chooser.chance(50) else written


def _product(left: Value, right: Value) -> Value | None:
    if left.kind.unit == "count" or (left.kind.unit == "share" and right.kind.unit != "share"):
        return None
    unit = "number" if left.kind.unit == "number" and right.kind.unit == "share" else left.kind.unit
    ends = [one * two for one in (left.kind.low, left.kind.high) for two in (right.kind.low, right.kind.high)]
    kind = Quantity(unit, left.kind.places + right.kind.places, min(ends), max(ends), left.kind.optional or right.kind.optional)  # type: ignore[arg-type]
    return Value(f"{left.text} * {right.text}", kind)


def _limited(chooser: Chooser, left: Value) -> Value:
    limit = chooser.integer(left.kind.low, left.kind.high)
    if chooser.chance(50):
        return Value(f"({left.text}, at least {spell(left.kind, limit)})", evolve(left.kind, low=limit))
    return Value(f"({left.text}, at most {spell(left.kind, limit)})", evolve(left.kind, high=limit))


def _rounded(chooser: Chooser, left: Value) -> Value:
    kind = left.kind
    step = chooser.pick([1, 5, 10, 7]) if kind.unit != "duration" else 60
    mode = chooser.pick(["to", "up to", "down to", "half even to"])
    text = f"({left.text} {mode} {spell(kind, step)})"
    return Value(text, evolve(kind, low=(kind.low // step) * step, high=-(-kind.high // step) * step))


def _quotient(chooser: Chooser, left: Value, scope: Scope) -> Value | None:
    # a display may always be 0, whatever its kind allows: two quotients of written numbers, rounded down
    named_numbers = [named for named in scope.quantities("count", "number") if not named.name.startswith("shown_")]
    divisors = [named for named in named_numbers if named.kind.low >= 0 and named.kind.high]  # type: ignore[union-attr]
    if left.kind.unit == "count":
        divisors = [named for named in divisors if named.kind.unit == "count"]  # type: ignore[union-attr]
    if not divisors or chooser.chance(30):
        divisors = [Named("3", Quantity("number", 0, 3, 3)), Named("7", Quantity("number", 0, 7, 7))]
    divisor = chooser.pick(divisors)
    kind = divisor.kind
    assert isinstance(kind, Quantity)
    unit = "number" if left.kind.unit == "count" else left.kind.unit
    places = {"share": 4, "duration": 0, "money": 2}.get(unit, 2)
    reach = max(abs(left.kind.low), abs(left.kind.high)) * 10 ** max(places + kind.places - left.kind.places, 0) + 1
    made = Quantity(unit, places, -reach if left.kind.low < 0 else 0, reach, left.kind.optional or kind.optional or kind.low == 0)
    mode = chooser.pick(["to", "up to", "down to", "half even to"])
    step = spell(made, 1) if unit != "duration" else "1 seconds"
    return Value(f"({left.text} / {divisor.name} {mode} {step})", made)


def _row_value(chooser: Chooser, scope: Scope, family: str) -> Value:
    """A row's value: mostly written, sometimes a name."""
    names = [Value(named.name, named.kind) for named in scope.quantities(*FAMILIES[family], optional=False)]  # type: ignore[arg-type]
    return chooser.pick(names) if names and chooser.chance(15) else literal(chooser, family)


def _collected(values: list[Value], optional: bool) -> Quantity:
    """The quantity that holds every row's value."""
    places = max(value.kind.places for value in values)
    low = min(value.kind.low * 10 ** (places - value.kind.places) for value in values)
    high = max(value.kind.high * 10 ** (places - value.kind.places) for value in values)
    units = {value.kind.unit for value in values}
    unit = values[0].kind.unit if len(units) == 1 else "number" if units == {"count", "number"} else "score"
    return Quantity(unit, places, low, high, optional or any(value.kind.optional for value in values))


def _none_row(chooser: Chooser, subject: Named, family: str) -> tuple[list[str], list[Value], bool]:
    """The row `none` where the subject may be missing: its text, its value, and whether it answers `none`."""
    if not subject.kind.optional:
        return [], [], False
    if chooser.chance(40):
        return ["none -> none"], [], True
    value = literal(chooser, family)
    return [f"none -> {value.text}"], [value], False


def _ladder(chooser: Chooser, subject: Named, scope: Scope, family: str) -> Value:
    kind = subject.kind
    assert isinstance(kind, Quantity)
    limits = chooser.rising(kind.low + 1, max(kind.high, kind.low + 1), 4)
    rising = chooser.chance(50)
    sign = chooser.pick(["<=", "<"] if rising else [">=", ">"])
    ordered = limits if rising else limits[::-1]
    if (sign == "<=" and ordered[-1] >= kind.high) or (sign == ">" and ordered[0] >= kind.high):
        ordered = [limit - 1 for limit in ordered]
    values = [_row_value(chooser, scope, family) for _ in range(len(ordered) + 1)]
    values = [value if _meets_all(value, values) else literal(chooser, family) for value in values]
    none_rows, none_values, missing = _none_row(chooser, subject, family)
    rows = [f"{sign} {spell(kind, limit)} -> {value.text}" for limit, value in zip(ordered, values, strict=False)]
    rows += [*none_rows, f"else -> {values[-1].text}"]
    return Value(f"ladder {subject.name} {{ {', '.join(rows)} }}", _collected(values + none_values, missing))


def _meets_all(value: Value, values: list[Value]) -> bool:
    """Counts stand beside no scores."""
    return value.kind.unit != "count" or all(other.kind.unit in ("count", "number") for other in values)


def _ranges(chooser: Chooser, subject: Named, family: str) -> Value:
    kind = subject.kind
    assert isinstance(kind, Quantity)
    cuts = chooser.rising(kind.low + 1, max(kind.high - 1, kind.low + 1), 3)
    values = [literal(chooser, family) for _ in range(len(cuts) + 1)]
    rows, open_low = [], False
    for index, value in enumerate(tuple(values)):
        start = f"{'(' if open_low else '['}{spell(kind, kind.low if index == 0 else cuts[index - 1])}"
        if index == 0 and (kind.loose or chooser.chance(30)):
            start = "("
        if index == len(cuts):
            rows.append(f"{start} ..) -> {value.text}")
            break
        cut, single = spell(kind, cuts[index]), chooser.chance(20)
        closed = not single and chooser.chance(50)
        rows.append(f"{start} .. {cut}{']' if closed else ')'} -> {value.text}")
        if single:
            values.append(literal(chooser, family))
            rows.append(f"[{cut} .. {cut}] -> {values[-1].text}")
        open_low = closed or single
    none_rows, none_values, missing = _none_row(chooser, subject, family)
    if chooser.chance(30):
        rows.reverse()
    if chooser.chance(30):
        first = chooser.integer(0, len(rows) - 1)
        rows = rows[first:] + rows[:first]
    return Value(f"ranges {subject.name} {{ {', '.join(rows + none_rows)} }}", _collected(values + none_values, missing))


def _curve(chooser: Chooser, subject: Named, family: str) -> Value:
    kind = subject.kind
    assert isinstance(kind, Quantity)
    points = chooser.rising(kind.low, kind.high, 4)
    if len(points) == 1:
        points = [kind.low, kind.low + 1]
    values = [literal(chooser, family) for _ in points]
    none_rows, none_values, missing = _none_row(chooser, subject, family)
    rows = [f"{spell(kind, point)} -> {value.text}" for point, value in zip(points, values, strict=True)]
    return Value(f"curve {subject.name} {{ {', '.join(rows + none_rows)} }}", _collected(values + none_values, missing), raw=True)


def _guarded(chooser: Chooser, subject: Named, scope: Scope, family: str) -> Value:
    """Cases whose first row takes the missing value, so that the rows behind it may read it bare."""
    first = literal(chooser, family)
    assert isinstance(subject.kind, Quantity)
    given = Named(subject.name, evolve(subject.kind, optional=False))
    rest = _ladder(chooser, given, Scope(), family)
    none = chooser.chance(50)
    return Value(f"cases {{ {'none' if none else first.text} when {subject.name} missing, else {rest.text} }}", _collected([first, rest], none))


def _cases(chooser: Chooser, scope: Scope, family: str, lookups: tuple[Lookup, ...], depth: int) -> Value:
    branches = [block(chooser, scope, family, lookups, 0) for _ in range(chooser.integer(2, 4))]
    units = {branch.kind.unit for branch in branches}
    if "count" in units and units - {"count", "number"}:
        branches = [literal(chooser, family) for _ in branches]
    told = evolve(scope, values=tuple(value for value in scope.values if not value.kind.optional), stages=())
    rows = [f"{branch.text} when {condition(chooser, told, depth - 1)}" for branch in branches[:-1]]
    none = chooser.chance(20)
    rows += [f"none when {condition(chooser, told, 0)}"] * none
    rows.append(f"else {branches[-1].text}")
    separator = chooser.pick([", ", "\n    "])
    return Value(f"cases {{ {separator.join(rows)} }}", _collected(branches, none), raw=any(branch.raw for branch in branches))
