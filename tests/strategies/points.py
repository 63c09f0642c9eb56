"""The second half: stages, the total with its parts and adjustments, displays, gates, sanctions and tiers."""

from __future__ import annotations

import itertools

from attrs import evolve, frozen

from .choosing import Chooser
from .conditions import Scope, condition
from .kinds import FAMILIES, Choice, Flag, Named, Quantity, family_of, rescaled, spell
from .numbers import Lookup, Value, block, literal


@frozen
class Scale:
    """The score's range and step, whole numbers at `places`."""

    places: int
    low: int
    high: int
    step: int
    mode: str

    @property
    def header(self) -> str:
        """The line of the header."""
        kind = Quantity("score", self.places, self.low, self.high)
        ends = f"score {spell(kind, self.low)} .. {spell(kind, self.high)}"
        return f"{ends} {self.mode} {spell(kind, self.step)}" if self.mode or self.step != 1 else ends


SCALES = (
    Scale(2, 300, 500, 1, ""), Scale(2, 5000, 10000, 1, "to"), Scale(1, 0, 50, 5, "to"), Scale(1, 0, 50, 5, "down to"), Scale(0, 0, 100, 1, ""),
    Scale(2, 0, 500, 1, "half even to"), Scale(1, -50, 50, 1, "up to"),
)  # fmt: skip

ROUNDINGS = ("to", "up to", "down to", "half even to")


@frozen
class Points:
    """The text of the second half and the numbers it makes."""

    text: str
    numbers: tuple[Named, ...]


@frozen
class Stages:
    """The block's text, the names, and whether a stage gives no score."""

    text: str
    names: tuple[str, ...]
    without: bool


def stages(chooser: Chooser, scope: Scope, scale: Scale) -> Stages:
    """A first-match list of two to four stages, the last `else full` or with a full one before it."""
    scope = evolve(scope, values=tuple(value for value in scope.values if not value.kind.optional))
    names = ["newcomer", "成长", "regular", "veteran"][: chooser.integer(2, 4)]
    rows = []
    full = chooser.integer(0, len(names) - 1)
    for index, name in enumerate(names):
        guard = "else" if index == len(names) - 1 else f"when {condition(chooser, scope, 1)}"
        rows.append(f"{name} {guard} {'full' if index == full else _stage_result(chooser, scope, scale)}")
    text = "stages {\n  " + "\n  ".join(rows) + "\n}"
    return Stages(text, tuple(names), "no score" in text)


def _stage_result(chooser: Chooser, scope: Scope, scale: Scale) -> str:
    if chooser.chance(20):
        return "no score"
    return f"{{ score {_on_step(chooser, scale)} when {condition(chooser, scope, 0)}, else {_on_step(chooser, scale)} }}"


def _on_step(chooser: Chooser, scale: Scale) -> str:
    value = scale.low + chooser.integer(0, (scale.high - scale.low) // scale.step) * scale.step
    return spell(Quantity("score", scale.places, value, value), value)


@frozen
class Part:
    """A part: its text behind the weight, its quantity, and the named parts inside it."""

    text: str
    kind: Quantity
    inner: tuple[Named, ...]


def total(chooser: Chooser, scope: Scope, scale: Scale, lookups: tuple[Lookup, ...], weights: str) -> Points:
    """The total with its parts; `weights` is a table whose columns `one` and `two` add to 100% in every row ("" without such a table)."""
    names = iter([f"{chooser.pick(['goods', '物流', 'service', 'qualité'])}_{index}" for index in range(40)])
    block_text, kind, inner = _parts(chooser, scope, scale, lookups, names, 0, weights)
    lines = "".join(f"\n  {line}" for line in _adjustments(chooser, scope, Quantity("score", scale.places, scale.low, scale.high), scale.step))
    rounding = chooser.pick(["", "", f" {scale.mode or 'to'} {spell(Quantity('score', scale.places, 0, 0), 1)}"])
    text = f"total{chooser.pick(['', ' ' + chr(34) + '总分' + chr(34)])}{_combine(block_text)}{rounding}{_clause(block_text)} {{{block_text[2]}{lines}\n}}"
    whole = Quantity("score", scale.places, scale.low, scale.high, kind.optional)
    return Points(text, (*inner, Named("total", evolve(whole, loose=True)), Named("score", evolve(whole, loose=True))))


Block = tuple[str, str, str]


def _combine(block_text: Block) -> str:
    return f" {block_text[0]}" if block_text[0] else ""


def _clause(block_text: Block) -> str:
    return f" {block_text[1]}" if block_text[1] else ""


def _parts(
    chooser: Chooser, scope: Scope, scale: Scale, lookups: tuple[Lookup, ...], names: object, depth: int, weights: str = ""
) -> tuple[Block, Quantity, tuple[Named, ...]]:
    """A block of parts: how they combine, the clause for the missing, and the lines; with the quantity they make and all parts named."""
    combine = "" if weights and chooser.chance(50) else chooser.pick(["", "weighted mean", "sum", "best of", ""])
    count = 2 if combine == "" and weights else chooser.integer(1, 4)
    whole = weights if combine == "" and count == 2 and weights and chooser.chance(85) else ""
    shares = [f"{whole}.one", f"{whole}.two"] if whole else _weights(chooser, combine, count)
    if combine == "" and count == 1 and chooser.chance(50):
        shares = [""]
    lines, kinds, named = [], [], []
    for share in shares:
        line, kind, inner = _part(chooser, scope, scale, lookups, names, depth, share)
        lines.append(f"\n{'  ' * (depth + 1)}{line}")
        kinds.append(kind)
        named += inner
    missing = any(kind.optional for kind in kinds)
    bare = len(shares) == 1 and shares == [""]
    clause, optional = ("", missing) if not missing or bare or combine == "best of" else _missing(chooser, combine, len(kinds), kinds[0])
    if combine == "best of":
        optional = all(kind.optional for kind in kinds)
    reach = sum(max(abs(kind.low), abs(kind.high)) for kind in kinds)
    return (combine, clause, "".join(lines)), Quantity("score", scale.places, -reach, reach, optional), tuple(named)


def _weights(chooser: Chooser, combine: str, count: int) -> list[str]:
    if combine == "":
        cuts = [0, *chooser.rising(1, 99, count - 1)[: count - 1], 100] if count > 1 else [0, 100]
        return [f"{high - low}%" for low, high in itertools.pairwise(cuts)]
    if combine == "weighted mean":
        return [str(chooser.integer(1, 9)) for _ in range(count)]
    return [""] * count


def _missing(chooser: Chooser, combine: str, count: int, kind: Quantity) -> tuple[str, bool]:
    drops = [
        ("missing drop", True), ("missing drop needs half the parts", True), (f"missing drop needs {chooser.integer(1, count)} parts", True),
        ("missing drop needs 50% of the weight", True),
    ]  # fmt: skip
    plain = [("missing no score", True), *[(f"missing {chooser.integer(0, 5)}", False)] * 3]
    return chooser.pick(plain + drops if combine in ("", "weighted mean") else plain)


def _part(
    chooser: Chooser, scope: Scope, scale: Scale, lookups: tuple[Lookup, ...], names: object, depth: int, share: str
) -> tuple[str, Quantity, list[Named]]:
    name = next(names)  # type: ignore[call-overload]
    weight = f" weight {share}{chooser.pick(['', ' assumed']) if '.' not in share else ''}" if share else ""
    word = chooser.pick(["part", "indicator", "dimension"])
    label = chooser.pick(["", ' "标签"', ' "label"'])
    within, bounds = "", None
    if chooser.chance(30):
        kind = Quantity("score", scale.places, scale.low, scale.high)
        within, bounds = f" within {spell(kind, scale.low)} .. {spell(kind, scale.high)}", (scale.low, scale.high)
    head = f"{word} {name}{label}{weight}"
    adjustments = _adjustments(chooser, scope, Quantity("score", scale.places, scale.low, scale.high), 1) if chooser.chance(35) else []
    space = "\n" + "  " * (depth + 2)
    if depth < 2 and chooser.chance(30):
        block_text, kind, inner = _parts(chooser, scope, scale, lookups, names, depth + 1)
        lines = "".join(f"{space}{line}" for line in adjustments)
        text = f"{head}{_combine(block_text)}{_clause(block_text)}{within} {{{block_text[2]}{lines}\n{'  ' * (depth + 1)}}}"
        kind = evolve(_bounded(kind, bounds), loose=True)
        return text, kind, [*inner, Named(name, kind)]
    value = block(chooser, scope, "score", lookups)
    rounding = chooser.pick(["", "", "", f" down to {spell(Quantity('score', scale.places, 0, 0), 1)}"])
    kind = _bounded(_at_places(value, scale), bounds)
    tail = f" {{{''.join(f'{space}{line}' for line in adjustments)}\n{'  ' * (depth + 1)}}}" if adjustments else ""
    kind = evolve(kind, loose=True)
    return f"{head}{rounding}{within} = {value.text}{tail}", kind, [Named(name, kind)]


def _bounded(kind: Quantity, bounds: tuple[int, int] | None) -> Quantity:
    return kind if bounds is None else evolve(kind, low=bounds[0], high=bounds[1])


def _at_places(value: Value, scale: Scale) -> Quantity:
    """The quantity after rounding to the score's places."""
    return evolve(rescaled(value.kind, scale.places), unit="score")


def _adjustments(chooser: Chooser, scope: Scope, kind: Quantity, step: int) -> list[str]:
    counts = [count.name for count in scope.quantities("count", optional=False)]
    lines: list[str] = []
    middle = kind.low + (kind.high - kind.low) // 2 // step * step
    for _ in range(chooser.integer(0, 3)):
        when = f" when {condition(chooser, scope, 1)}" if scope.values and chooser.chance(75) else ""
        small = spell(kind, chooser.integer(1, 20))
        match chooser.pick(["deduct", "bonus", "protect", "cap", "below", "per"]):
            case "per" if counts:
                most = f", no more than {spell(kind, 100 * step)} in all" if chooser.chance(80) else ""
                lines.append(f"{chooser.pick(['deduct', 'bonus'])} {small} per {chooser.pick(counts)}{most if most else ''}{when if not most else ''}")
            case "protect":
                lines.append(f"protect at least {spell(kind, middle - chooser.integer(0, 3) * step)}{when or ' when ' + condition(chooser, scope, 0)}")
            case "cap":
                lines.append(f"cap at most {spell(kind, middle + chooser.integer(0, 3) * step)}{when}")
            case "below":
                lines.append(f"cap below {spell(kind, middle + chooser.integer(2, 5) * step)}{when}")
            case "bonus":
                lines.append(f"bonus {small}{when}")
            case _:
                lines.append(f"deduct {small}{when or ' when ' + condition(chooser, scope, 0)}")
    return lines


def display(chooser: Chooser, name: str, scope: Scope, lookups: tuple[Lookup, ...]) -> tuple[str, Named]:
    """A display by any of the forms, rounded or with all its digits."""
    family = chooser.pick(["score", "score", "share", "duration", "money", "count"])
    value = block(chooser, scope, family, lookups)
    kind = value.kind
    made = kind
    if value.raw or chooser.chance(50):
        places = {"share": 4, "duration": 0, "money": 2}.get(kind.unit, chooser.pick([2, 1, 0]))
        made = rescaled(kind, places)
        step = spell(made, 1) if made.unit != "duration" else "1 seconds"
        rounding = f" {chooser.pick(['to', 'up to', 'down to', 'half even to'])} {step}"
    else:
        rounding = chooser.pick([" exact", ""])
    made = evolve(made, loose=True)
    return f"display {name} {chooser.pick(['', chr(34) + '展示' + chr(34) + ' '])}= {value.text}{rounding}", Named(name, made)


def gate(chooser: Chooser, name: str, scope: Scope) -> str:
    """A gate or sanction, sometimes with the outcome where a number is missing."""
    missing = [value for value in scope.quantities() if value.kind.optional]
    without, inner = "", scope
    if missing and chooser.chance(50):
        value = chooser.pick(missing)
        inner = evolve(scope, values=tuple(evolve(other, kind=evolve(other.kind, optional=False)) if other == value else other for other in scope.values))
        subject = "a score" if value.name == "score" else value.name
    else:
        subject = ""
    if chooser.chance(25):
        without = f", {chooser.pick(['applies', 'clear'])} without {subject}" if subject else ""
        return f"sanction {name} applies when {condition(chooser, inner)}{without}"
    without = f", {chooser.pick(['open', 'closed'])} without {subject}" if subject else ""
    return f"gate {name} {chooser.pick(['open', 'closed'])} when {condition(chooser, inner)}{without}"


def tier(chooser: Chooser, name: str, scope: Scope) -> tuple[str, Named]:
    """A tier by a ladder or ranges over a number, with forces."""
    options = ("bronze", "silver", "黄金")
    subject = chooser.pick(list(scope.quantities()))
    kind = subject.kind
    assert isinstance(kind, Quantity)
    limit = chooser.integer(kind.low + 1, max(kind.high - 1, kind.low + 1))
    low, high = chooser.pick(options), chooser.pick(options)
    missing = f"none -> {chooser.pick(options)}, " * kind.optional
    if kind.loose:
        value = f"ranges {subject.name} {{ {missing}(.. {spell(kind, limit)}) -> {low}, [{spell(kind, limit)} ..) -> {high} }}"
    else:
        value = f"ladder {subject.name} {{ >= {spell(kind, limit)} -> {high}, {missing}else -> {low} }}"
    forces = [f"force {chooser.pick(options)} when {condition(chooser, scope, 1)}" for _ in range(chooser.integer(0, 2))]
    tail = f" {{ {chr(10).join(forces)} }}" if forces else ""
    return f"tier {name} of {', '.join(options)} = {value}{tail}", Named(name, Choice(options))


def peer(chooser: Chooser, name: str, of: Named, by: Named, scope: Scope, pooled: bool) -> tuple[str, Named]:
    """What a number is among the subjects of a category."""
    kind = of.kind
    assert isinstance(kind, Quantity)
    among = f" among {condition(chooser, scope, 0)}" if scope.values and chooser.chance(30) else ""
    whom = f"{of.name} by {by.name} at least {chooser.integer(1, 3)} subjects{chooser.pick(['', ' assumed'])}"
    other = "industry" if by.name == "category" else "category"
    whom += chooser.pick(["", "", " else all subjects", f" else by {other}", " else by owner_id else all subjects"])
    better = chooser.pick(["", " better higher", " better lower"])
    form = "pooled mean of" if pooled else chooser.pick(["mean of", "median of", "rank rate of", "top", *["multiple of mean of"] * (kind.low >= 0)])
    match form:
        case "rank rate of":
            return f"peer {name} = rank rate of {whom} {chooser.pick(ROUNDINGS)} 0.01%{better}{among}", Named(name, Quantity("share", 4, 0, 10000, True))
        case "top":
            return f"peer {name} = top {chooser.pick(['10%', '50%', '33.3%'])} of {whom}{better}{among}", Named(name, Flag(True))
        case "multiple of mean of":
            made = Quantity("number", 2, 0, 10**10, True)
            return f"peer {name} = multiple of mean of {whom} {chooser.pick(ROUNDINGS)} 0.01{among}", Named(name, made)
        case _:
            places = {"share": 4, "duration": 0, "money": 2}.get(kind.unit, 2)
            made = evolve(rescaled(kind, places), optional=True, unit="number" if kind.unit == "count" else kind.unit)
            step = spell(made, 1) if made.unit != "duration" else "1 seconds"
            return f"peer {name} = {form} {whom} {chooser.pick(ROUNDINGS)} {step}{among}", Named(name, made)


def family_units(kind: Quantity) -> tuple[str, ...]:
    """The units that meet this one."""
    return FAMILIES[family_of(kind.unit)]


__all__ = ["SCALES", "Points", "Scale", "Stages", "display", "family_units", "gate", "literal", "peer", "stages", "tier", "total"]
