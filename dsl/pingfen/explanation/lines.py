"""The lines of one number: they add up exactly, with one line `rounding` where the amounts alone do not."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve

from ..arithmetic import divide
from ..plan.expressions import BestOf, DropMissing, Expression, NumberRead, Substitute, Sum
from ..plan.expressions import Line as Term
from ..plan.label import Label
from ..plan.quantity import Numeric, Type
from ..plan.record import Adjustment, Number
from ..reference import Making
from .conditions import short_text
from .sources import unrounded
from .speaker import Speaker
from .tree import Line


def lines_of(number: Number, making: Making, speaker: Speaker) -> tuple[int, tuple[Line, ...]]:
    """Places and lines of a given number: its value, its adjustments, its own range."""
    assert isinstance(making.value, int)
    assert isinstance(making.number, int)
    source = unrounded(number.value)
    places = max(_places(number.type), _places(source.type))
    unit, finer = 10 ** (places - _places(number.type)), 10 ** (places - _places(source.type))
    if number.kind == "score" and isinstance(source, NumberRead):
        total = _number(source, speaker) * finer
        first = Line("total", total, speaker.name("number", source.path), Label(), source.path)
        return places, (first, *_score_changes(number, total, making.number * unit, unit, speaker))
    lines = [evolve(line, amount=line.amount * finer) for line in _value_lines(source, speaker)]
    rest = making.value * unit - sum(line.amount for line in lines)
    return places, (*lines, *_rounding(rest, speaker), *_changes(number, making, unit, speaker))


def _places(kind: Type) -> int:
    return kind.places if isinstance(kind, Numeric) else 0


def _changes(number: Number, making: Making, unit: int, speaker: Speaker) -> list[Line]:
    """Adjustments that acted, in order, and the number's own range."""
    assert isinstance(making.value, int)
    assert isinstance(making.number, int)
    before, lines = making.value, []
    for adjustment, after in zip(number.adjustments, making.adjusted, strict=True):
        assert isinstance(after, int)
        if after != before:
            lines.append(_adjustment_line(adjustment, (after - before) * unit, speaker))
        before = after
    if making.number != before:
        lines.append(_range_line(number, (making.number - before) * unit, speaker))
    return lines


def _score_changes(number: Number, total: int, score: int, unit: int, speaker: Speaker) -> list[Line]:
    """From total to score: first the clamp to the score's range, then the rounding to its step."""
    low, high = (None if end is None else end * unit for end in (number.low, number.high))
    clamped = total if low is None else max(total, low)
    clamped = clamped if high is None else min(clamped, high)
    lines = [_range_line(number, clamped - total, speaker)] if clamped != total else []
    return [*lines, *_rounding(score - clamped, speaker)]


def _range_line(number: Number, amount: int, speaker: Speaker) -> Line:
    """What the number's own range gave or took."""
    ends: dict[str, Label | str] = {key: speaker.value(number.type, end) for key, end in (("low", number.low), ("high", number.high)) if end is not None}
    key = "range" if len(ends) == 2 else f"range {next(iter(ends))}"
    return Line("range", amount, speaker.say("own range"), speaker.say(key, **ends))


def _rounding(amount: int, speaker: Speaker) -> list[Line]:
    """What keeps the lines from adding up by themselves, where it is anything."""
    return [Line("rounding", amount, speaker.say("rounding"), Label())] if amount else []


def _value_lines(source: Expression, speaker: Speaker) -> list[Line]:
    """Lines at the source's own places."""
    match source:
        case Sum():
            return _sum_lines(source, speaker)
        case BestOf():
            return _best_lines(source, _number(source, speaker), speaker)
        case NumberRead(path=path):
            return [Line("part", _number(source, speaker), speaker.name("number", path), Label(), path)]
        case _:
            return [Line("value", _number(source, speaker), speaker.say("value"), speaker.describe(source))]


def _sum_lines(form: Sum, speaker: Speaker) -> list[Line]:
    weights = [_number(line.weight, speaker) for line in form.lines]
    values = [_read(line, speaker) for line in form.lines]
    whole = sum(weight for weight, value in zip(weights, values, strict=True) if value is not None or isinstance(form.missing, Substitute))
    shared = isinstance(form.missing, DropMissing) and None in values
    lines = []
    for index, (term, weight, value) in enumerate(zip(form.lines, weights, values, strict=True)):
        counted = form.missing.values[index] if value is None and isinstance(form.missing, Substitute) else value
        if counted is None:
            lines.append(Line("dropped", 0, _name(term, speaker), speaker.say("dropped", weight=speaker.value(term.weight.type, weight)), term.path))
            continue
        unit = form.unit * (whole if form.relative else 1)
        amount = divide(weight * counted * term.factor * form.scale * form.step, unit)
        how = speaker.say("substituted", value=_value_text(term, counted, speaker)) if value is None else _weighted(form, term, counted, whole, shared, speaker)
        lines.append(Line("part", amount, _name(term, speaker), how, term.path))
    return lines


def _weighted(form: Sum, term: Term, value: int, whole: int, shared: bool, speaker: Speaker) -> Label:
    """`4.80 × 40%`, with ` / 70%` where the weights are divided by their sum."""
    shown = _value_text(term, value, speaker)
    if form.form == "sum":
        return shown
    weight = speaker.value(term.weight.type, _number(term.weight, speaker))
    if form.form == "weighted mean" or shared:
        return speaker.say("rescaled", value=shown, weight=weight, whole=speaker.value(term.weight.type, whole))
    return speaker.say("weighted", value=shown, weight=weight)


def _best_lines(form: BestOf, value: int, speaker: Speaker) -> list[Line]:
    lines = []
    taken = False
    for term in form.lines:
        number = _read(term, speaker)
        if number is not None and number * term.factor == value and not taken:
            taken = True
            lines.append(Line("part", value, _name(term, speaker), speaker.say("best", count=str(len(form.lines))), term.path))
        else:
            how = speaker.say("missing", subject=_name(term, speaker)) if number is None else speaker.say("not best", value=_value_text(term, number, speaker))
            lines.append(Line("not best", 0, _name(term, speaker), how, term.path))
    return lines


def _adjustment_line(adjustment: Adjustment, amount: int, speaker: Speaker) -> Line:
    label = adjustment.label if adjustment.label.zh or adjustment.label.en else speaker.say(adjustment.kind)
    return Line(adjustment.kind, amount, label, _adjustment_text(adjustment, speaker))


def _adjustment_text(adjustment: Adjustment, speaker: Speaker) -> Label:
    value = speaker.value(adjustment.amount.type, speaker.value_of(adjustment.amount))
    match adjustment.kind:
        case "deduct" | "bonus":
            text = _per(adjustment, value, speaker)
        case "protect":
            text = speaker.say("at least", amount=value)
        case "cap":
            text = speaker.say("at most", amount=value)
        case _:
            assert_never(adjustment.kind)
    if adjustment.condition is None:
        return text
    return speaker.joined(text, speaker.say("when", condition=short_text(adjustment.condition, speaker)), "")


def _per(adjustment: Adjustment, value: Label, speaker: Speaker) -> Label:
    text = value
    if adjustment.per is not None:
        count = speaker.value(adjustment.per.type, speaker.value_of(adjustment.per))
        text = speaker.say("per", amount=value, per=speaker.describe(adjustment.per), count=count)
    if adjustment.most is None:
        return text
    return speaker.joined(text, speaker.say("most", most=speaker.value(adjustment.amount.type, adjustment.most)), "")


def _name(term: Term, speaker: Speaker) -> Label:
    return speaker.name("number", term.path)


def _read(term: Term, speaker: Speaker) -> int | None:
    value = speaker.scene.number(term.path)
    assert value is None or isinstance(value, int)
    return value


def _number(expression: Expression, speaker: Speaker) -> int:
    value = speaker.value_of(expression)
    assert isinstance(value, int)
    return value


def _value_text(term: Term, value: int, speaker: Speaker) -> Label:
    kind = next(number.type for number in speaker.record_plan.numbers if number.path == term.path)
    return speaker.value(kind, value)
