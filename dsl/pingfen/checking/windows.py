"""Checks the windows of metrics: days, calendar months or full periods, the latest rows, a lag that the window outlasts, and weights by age."""

from __future__ import annotations

from math import gcd
from typing import assert_never

from ..diagnostics.diagnostic import Label
from ..node import frozen
from ..plan.events import AgeBand, Window
from ..syntax.declarations import EnoughClause, RecencyClause, WindowClause
from ..syntax.expressions import Expression, NumberLiteral, Reference
from .knowledge import Knowledge
from .quantities import SECONDS, literal_unit, literal_value
from .tables import ROWS

DAY = 86400
MOST_DAYS, MOST_MONTHS = 36_600, 1_200
"""A hundred years."""

FULL = {"weeks": ("full weeks", 7), "months": ("full months", 31), "quarters": ("full quarters", 92)}
"""Units of full periods, and the most days that one has."""


@frozen
class Reach:
    """What a window reads: `window` at most, of it the latest rows where `latest` is written, and the shorter windows that are taken where their count (of the
    rows that `enough` names) is at least so many."""

    window: Window
    latest: int | None = None
    shorter: tuple[tuple[Window, int, EnoughClause], ...] = ()


def reach_of(clause: WindowClause, known: Knowledge) -> Reach | None:
    """What the window reads; None where a length or the lag is no whole number (reported)."""
    lag = 0 if clause.lag is None else days_of(clause.lag, known)
    if lag is None:
        return None
    match clause.form:
        case "":
            return _of_time(clause, lag, known)
        case "rows":
            return _of_rows(clause, lag, known)
        case "weeks" | "months" | "quarters":
            unit, days = FULL[clause.form]
            length = row_count(clause.length, known, MOST_DAYS // days)
            return None if length is None else Reach(Window(length, unit, lag))  # type: ignore[arg-type]
        case _:
            assert_never(clause.form)


def _of_time(clause: WindowClause, lag: int, known: Knowledge) -> Reach | None:
    """A window of days or months, or one that grows while its volume is too small."""
    lengths = [clause.length, *(step.length for step in clause.longer)]
    windows = [_timed(length, lag, known) for length in lengths]
    steps = [clause.enough, *(step.enough for step in clause.longer)]
    if None in windows or not _grows(lengths, [window for window in windows if window is not None], known):
        return None
    whole = [window for window in windows if window is not None]
    if clause.lag is not None:
        _check_lag(whole[0], clause.length, clause, known)
    if clause.enough is not None and steps[-1] is not None:
        known.report("clause-not-used", steps[-1].span, clause=known.text(steps[-1].span), reason="the last window")
        return None
    shorter = _shorter(whole, steps, known)
    return None if shorter is None else Reach(whole[-1], shorter=shorter)


def _shorter(windows: list[Window], steps: list[EnoughClause | None], known: Knowledge) -> tuple[tuple[Window, int, EnoughClause], ...] | None:
    """Every window but the last with how many rows it needs: a step that does not say so needs as many as the one before it."""
    found, asked = [], steps[0]
    for window, step in zip(windows[:-1], steps, strict=False):
        asked = step or asked
        assert asked is not None
        least = row_count(asked.least, known, ROWS)
        if least is None:
            return None
        found.append((window, least, asked))
    return tuple(found)


def _grows(lengths: list[Expression], windows: list[Window], known: Knowledge) -> bool:
    """Whether each window holds the one before it and more."""
    for index in range(1, len(windows)):
        before, after = windows[index - 1], windows[index]
        longest = before.length * (31 if before.unit == "months" else 1)
        shortest = after.length * (28 if after.unit == "months" else 1)
        if not (after.length > before.length if after.unit == before.unit else shortest > longest):
            node, other = lengths[index], lengths[index - 1]
            known.report("window-not-longer", node.span, labels=(Label(other.span, "before"),), window=known.text(node.span), before=known.text(other.span))
            return False
    return True


def _of_rows(clause: WindowClause, lag: int, known: Knowledge) -> Reach | None:
    latest = row_count(clause.length, known, ROWS)
    window = Window(0, "all", lag) if clause.inside is None else _timed(clause.inside, lag, known)
    if latest is None or window is None:
        return None
    if clause.lag is not None and clause.inside is not None:
        _check_lag(window, clause.inside, clause, known)
    return Reach(window, latest)


def _timed(node: Expression, lag: int, known: Knowledge) -> Window | None:
    """A length of days or calendar months, before the lag."""
    literal = _written(node, known)
    if literal is None:
        return None
    if literal.unit == "month":
        return _months(literal, node, lag, known)
    days = _days(literal, node, known)
    return None if days is None else Window(days, "days", lag)


def _check_lag(window: Window, length: Expression, clause: WindowClause, known: Knowledge) -> None:
    assert clause.lag is not None
    if window.length * (28 if window.unit == "months" else 1) < window.lag:
        known.report("window-shorter-than-lag", clause.span, window=known.text(length.span), lag=known.text(clause.lag.span))


def row_count(node: Expression, known: Knowledge, most: int) -> int | None:
    """A whole number of rows or periods that is written, or that a parameter stands for."""
    literal = _written(node, known)
    if literal is None:
        return None
    value, places = literal_value(literal)
    if literal.unit or places or not 1 <= value <= most:
        known.report("count-out-of-range", node.span, text=known.text(node.span), most=most)
        return None
    return value


def days_of(node: Expression, known: Knowledge) -> int | None:
    """A whole number of days that is written, or that a parameter stands for."""
    literal = _written(node, known)
    return None if literal is None else _days(literal, node, known)


def oldest_age(window: Window) -> int | None:
    """The most days that a row of the window can be old; None where there is no limit."""
    match window.unit:
        case "days":
            return window.lag + window.length
        case "months":
            return window.lag + 31 * window.length
        case "full weeks" | "full months" | "full quarters":
            days = next(days for unit, days in FULL.values() if unit == window.unit)
            return window.lag + days * (window.length + 1) - 1
        case "all":
            return None
        case _:
            assert_never(window.unit)


def bands_of(clause: RecencyClause, window: Window, known: Knowledge) -> tuple[AgeBand, ...] | None:
    """Weights by age, as the smallest integers of their ratios; every row of the window has one. None where they are wrong (reported)."""
    ages = [None if row.limit is None else days_of(row.limit, known) for row in clause.rows]
    if any(age is None and row.limit is not None for age, row in zip(ages, clause.rows, strict=True)):
        return None
    weights = _weights(clause, known)
    if weights is None or not _in_order(clause, ages, weights, known) or not _covers(clause, ages, window, known):
        return None
    divisor = gcd(*weights)
    return tuple(AgeBand(age, weight // divisor) for age, weight in zip(ages, weights, strict=True))


def _weights(clause: RecencyClause, known: Knowledge) -> list[int] | None:
    literals = [known.literal(row.weight) for row in clause.rows]
    unit = literal_unit(literals[0])
    for row, literal in zip(clause.rows, literals, strict=True):
        if literal_unit(literal) != unit or unit == "duration" or literal.unit == "month":
            known.report("weight-of-other-kind", row.weight.span, text=known.text(row.weight.span))
            return None
    values = [literal_value(literal) for literal in literals]
    places = max(own for _, own in values)
    weights = [value * 10 ** (places - own) for value, own in values]
    if not 0 < weights[0] <= ROWS * max(gcd(*weights), 1):
        known.report("count-out-of-range", clause.rows[0].weight.span, text=known.text(clause.rows[0].weight.span), most=ROWS)
        return None
    return weights


def _in_order(clause: RecencyClause, ages: list[int | None], weights: list[int], known: Knowledge) -> bool:
    """Whether ages rise, `else` stands last, and no older row weighs more than a newer one."""
    for index in range(1, len(ages)):
        row, before = clause.rows[index], clause.rows[index - 1]
        last, age = ages[index - 1], ages[index]
        code = "recency-order" if last is None or (age is not None and age <= last) else "recency-rises" if weights[index] > weights[index - 1] else ""
        if code:
            known.report(code, row.span, labels=(Label(before.span, "before"),), row=known.text(row.span), before=known.text(before.span))
            return False
    return True


def _covers(clause: RecencyClause, ages: list[int | None], window: Window, known: Knowledge) -> bool:
    """Whether the last row reaches the oldest that the window reads."""
    last, oldest = ages[-1], oldest_age(window)
    if last is None or (oldest is not None and oldest <= last):
        return True
    known.report("recency-uncovered", clause.rows[-1].span, days=last, oldest=f"{oldest} days" if oldest is not None else "")
    return False


def _written(node: Expression, known: Knowledge) -> NumberLiteral | None:
    """The literal that is written, or that a parameter stands for."""
    match node:
        case NumberLiteral():
            return known.literal(node)
        case Reference() if len(node.names) == 1 and node.names[0].text in known.symbols.params:
            value = known.symbols.params[node.names[0].text].value
            if isinstance(value, NumberLiteral):
                return known.literal(value)
        case Reference():
            return None
        case _:
            pass
    known.report("not-whole-days", node.span, text=known.text(node.span))
    return None


def _days(literal: NumberLiteral, node: Expression, known: Knowledge) -> int | None:
    value, places = literal_value(literal)
    if literal.unit not in SECONDS or places or value % DAY or value <= 0:
        known.report("not-whole-days", node.span, text=known.text(node.span))
        return None
    return bounded(value // DAY, MOST_DAYS, "days", node, known)


def _months(literal: NumberLiteral, node: Expression, lag: int, known: Knowledge) -> Window | None:
    value, places = literal_value(literal)
    if places or value <= 0:
        known.report("not-whole-days", node.span, text=known.text(node.span))
        return None
    length = bounded(value, MOST_MONTHS, "months", node, known)
    return None if length is None else Window(length, "months", lag)


def bounded(value: int, most: int, unit: str, node: Expression, known: Knowledge) -> int | None:
    """The length, if every bound it makes is a day of the calendar."""
    if value <= most:
        return value
    known.report("value-out-of-range", node.span, text=known.text(node.span), range=f"1 .. {most} {unit}")
    return None
