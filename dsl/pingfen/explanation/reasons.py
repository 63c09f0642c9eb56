"""Why an expression has its value: the band it falls in, the case that holds, the points of a curve around it, what is missing."""

from __future__ import annotations

from typing import assert_never

from ..plan.expressions import (
    Arithmetic,
    Band,
    Bands,
    BestOf,
    Cases,
    Curve,
    Divided,
    Expression,
    Extreme,
    FieldRead,
    Lookup,
    NumberRead,
    Sum,
)
from ..plan.label import Label
from ..plan.values import Value
from .conditions import short_text
from .speaker import Speaker


def reasons_of(expression: Expression, speaker: Speaker) -> tuple[Label, ...]:
    """The reasons in the order in which the value was found, each once."""
    return tuple(dict.fromkeys(_reasons(expression, speaker)))


def _reasons(expression: Expression, speaker: Speaker) -> tuple[Label, ...]:
    match expression:
        case Bands() | Curve():
            return (*_inner_reasons(expression.subject, speaker), _banded(expression, speaker))
        case Cases():
            return _case_reasons(expression, speaker)
        case Lookup():
            table = speaker.name("table", expression.table)
            return (speaker.say("table", table=table, column=expression.column, keys=_keys_text(expression, speaker)),)
        case FieldRead():
            return (_field_reason(expression, speaker),)
        case NumberRead() | Sum() | BestOf():
            return ()
        case Arithmetic() | Divided() | Extreme():
            return _calculated(expression, speaker)
        case _:
            return ()


def _banded(expression: Bands | Curve, speaker: Speaker) -> Label:
    subject = speaker.value_of(expression.subject)
    if subject is None:
        return speaker.say("missing", subject=speaker.describe(expression.subject))
    assert isinstance(subject, int)
    match expression:
        case Bands():
            return _band_reason(expression, subject, speaker)
        case Curve():
            return _curve_reason(expression, subject, speaker)
        case _:
            assert_never(expression)


def _band_reason(bands: Bands, subject: int, speaker: Speaker) -> Label:
    name, value = speaker.describe(bands.subject), speaker.value(bands.subject.type, subject)
    row = next((row for row in bands.rows if _lies_in(row, subject, speaker)), None)
    if row is None:
        return speaker.say("else", subject=name, value=value)
    return speaker.say("band", subject=name, value=value, band=_band_text(row, speaker))


def _lies_in(row: Band, subject: int, speaker: Speaker) -> bool:
    low = _limit(row.low, speaker)
    high = _limit(row.high, speaker)
    above = low is None or subject > low or (row.low_closed and subject == low)
    return above and (high is None or subject < high or (row.high_closed and subject == high))


def _limit(limit: Expression | None, speaker: Speaker) -> int | None:
    value = None if limit is None else speaker.value_of(limit)
    assert value is None or isinstance(value, int)
    return value


def _band_text(row: Band, speaker: Speaker) -> Label:
    """`≥ 95.00%`, or `(30000 .. 300000]`."""
    ends = [None if limit is None else speaker.value(limit.type, speaker.value_of(limit)) for limit in (row.low, row.high)]
    match ends:
        case [None, Label() as high]:
            return Label(zh=f"{'≤' if row.high_closed else '<'} {high.zh}", en=f"{'≤' if row.high_closed else '<'} {high.en}")
        case [Label() as low, None]:
            return Label(zh=f"{'≥' if row.low_closed else '>'} {low.zh}", en=f"{'≥' if row.low_closed else '>'} {low.en}")
        case [Label() as low, Label() as high]:
            first, last = "[" if row.low_closed else "(", "]" if row.high_closed else ")"
            return Label(zh=f"{first}{low.zh} .. {high.zh}{last}", en=f"{first}{low.en} .. {high.en}{last}")
        case _:
            return Label(zh="全部", en="all values")


def _curve_reason(curve: Curve, subject: int, speaker: Speaker) -> Label:
    named = {"subject": speaker.describe(curve.subject), "value": speaker.value(curve.subject.type, subject)}
    points = curve.points
    index = next((index for index, (x, _) in enumerate(points) if subject <= x), len(points))
    if index in (0, len(points)):
        x, y = points[min(index, len(points) - 1)]
        ends: dict[str, Label | str] = {"point": speaker.value(curve.subject.type, x), "point_value": speaker.point(curve, y)}
        return speaker.say("before" if index == 0 else "after", **named, **ends)
    (x0, y0), (x1, y1) = points[index - 1], points[index]
    around: dict[str, Label | str] = {
        "low": speaker.value(curve.subject.type, x0),
        "low_value": speaker.point(curve, y0),
        "high": speaker.value(curve.subject.type, x1),
        "high_value": speaker.point(curve, y1),
    }
    return speaker.say("between", **named, **around)


def _case_reasons(cases: Cases, speaker: Speaker) -> tuple[Label, ...]:
    for row in cases.rows:
        if speaker.holds(row.condition):
            return (speaker.say("case", condition=short_text(row.condition, speaker)), *_inner_reasons(row.value, speaker))
    return (speaker.say("no case"), *_inner_reasons(cases.otherwise, speaker))


def _keys_text(lookup: Lookup, speaker: Speaker) -> Label:
    texts = [speaker.value(key.type, speaker.value_of(key)) for key in lookup.keys]
    return Label(zh=", ".join(text.zh for text in texts), en=", ".join(text.en for text in texts))


def _field_reason(field: FieldRead, speaker: Speaker) -> Label:
    value: Value = speaker.value_of(field)
    if value is None:
        return speaker.say("missing", subject=speaker.describe(field))
    return speaker.say("field", subject=speaker.describe(field), value=speaker.value(field.type, value))


def _calculated(expression: Arithmetic | Divided | Extreme, speaker: Speaker) -> tuple[Label, ...]:
    reasons = [reason for operand in operands_of(expression) for reason in reasons_of(operand, speaker)]
    return (speaker.say("formula", formula=speaker.describe(expression)), *reasons)


def _inner_reasons(expression: Expression, speaker: Speaker) -> tuple[Label, ...]:
    """Reasons of a subject or of a row's value; a plain field's value is said by the line that reads it."""
    return () if isinstance(expression, FieldRead) and speaker.value_of(expression) is not None else reasons_of(expression, speaker)


def operands_of(expression: Arithmetic | Divided | Extreme) -> tuple[Expression, ...]:
    """What is calculated with."""
    match expression:
        case Divided(numerator=first, denominator=second):
            return first, second
        case Arithmetic(left=first, right=second) | Extreme(left=first, right=second):
            return first, second
        case _:
            assert_never(expression)
