"""The punctuality of 2013 worked out from the rows, straightforwardly and without any of the compiler: fractions, rounded where the ruleset says.

It is written from the ruleset's text, number by number, so a change of the ruleset has to be made here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet

FOLDER = Path(__file__).parents[2] / "rulesets" / "airline-punctuality"
AS_OF = datetime(2014, 1, 1)
WITHOUT_TAIL_NUMBER = 2_512
RELIABILITY = ((Fraction(1, 200), 100), (Fraction(2, 100), 80), (Fraction(5, 100), 50))
PUNCTUALITY = ((Fraction(50, 100), 0), (Fraction(70, 100), 60), (Fraction(95, 100), 100))
LATENESS = ((Fraction(0), 100), (Fraction(15), 70), (Fraction(60), 0))

Row = Mapping[str, Any]
Number = Fraction | None


def rounded(value: Number, places: int) -> Number:
    """Half away from zero, to this many places."""
    if value is None:
        return None
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def expected(operator: str) -> dict[str, dict[str, object]]:
    """For every operator (`carrier` or `tailnum`) of the file, the metrics, parts, score, grade and gate."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in pyarrow.parquet.read_table(FOLDER / "flights-2013.parquet").to_pylist():
        if row[operator] is not None:
            groups[row[operator]].append(row)
    return {name: _scored(rows) for name, rows in groups.items()}


def _scored(rows: Sequence[Row]) -> dict[str, object]:
    values: dict[str, object] = {}
    metrics: dict[str, Number] = {}
    for days, needs, landed_needs in ((30, 5, 5), (90, 20, 5)):
        flown = _within(rows, days)
        metrics[f"on_time_{days}"] = _share([_is_on_time(row) for row in flown], needs)
        metrics[f"cancelled_{days}"] = _share([row["cancelled"] for row in flown], needs)
        metrics[f"delay_{days}"] = _mean([max(row["arrival_delay_minutes"], 0) for row in flown if row["arrival_delay_minutes"] is not None], landed_needs)
    flights = len(_within(rows, 90))
    values |= {"flights_90": flights, **metrics}
    values |= _parts(metrics) if flights >= 10 else dict.fromkeys(("arrivals", "reliability", "lateness", "total", "score"))
    values["stage"] = "rated" if flights >= 10 else "sparse"
    return values | _outcomes(values)


def _within(rows: Iterable[Row], days: int) -> list[Row]:
    return [row for row in rows if AS_OF - timedelta(days=days) <= row["scheduled_at"] < AS_OF]


def _is_on_time(row: Row) -> bool:
    delay = row["arrival_delay_minutes"]
    return delay is not None and delay < 15


def _share(counted: Sequence[bool], needs: int) -> Number:
    return None if len(counted) < needs else rounded(Fraction(sum(counted), len(counted)), 4)


def _mean(values: Sequence[int], needs: int) -> Number:
    return None if len(values) < needs else rounded(Fraction(sum(values), len(values)), 1)


def _parts(metrics: Mapping[str, Number]) -> dict[str, object]:
    arrivals = _weighted([(60, _curve(metrics["on_time_30"], PUNCTUALITY)), (40, _curve(metrics["on_time_90"], PUNCTUALITY))])
    reliability = _weighted([(50, _ladder(metrics["cancelled_30"])), (50, _ladder(metrics["cancelled_90"]))])
    lateness = _weighted([(50, _curve(metrics["delay_30"], LATENESS)), (50, _curve(metrics["delay_90"], LATENESS))])
    total = _weighted([(50, arrivals), (30, reliability), (20, lateness)])
    recently_cancelled = metrics["cancelled_30"]
    if total is not None and recently_cancelled is not None and recently_cancelled > Fraction(10, 100):
        total = min(total, Fraction(60))
    return {"arrivals": arrivals, "reliability": reliability, "lateness": lateness, "total": total, "score": total}


def _curve(value: Number, points: Sequence[tuple[Fraction, int]]) -> Number:
    if value is None:
        return None
    if value <= points[0][0]:
        return Fraction(points[0][1])
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return rounded(y0 + (y1 - y0) * (value - x0) / (x1 - x0), 2)
    return Fraction(points[-1][1])


def _ladder(value: Number) -> Number:
    if value is None:
        return None
    return Fraction(next((points for limit, points in RELIABILITY if value <= limit), 0))


def _weighted(lines: Iterable[tuple[int, Number]]) -> Number:
    given = [(weight, value) for weight, value in lines if value is not None]
    return rounded(sum((weight * value for weight, value in given), Fraction(0)) / sum(weight for weight, _ in given), 2) if given else None


def _outcomes(values: Mapping[str, object]) -> dict[str, object]:
    score, cancelled = values["score"], values["cancelled_90"]
    if not isinstance(score, Fraction):
        return {"grade": "unrated", "recommended": "closed"}
    grade = "green" if score >= 80 else "amber" if score >= 60 else "red"
    is_open = isinstance(cancelled, Fraction) and score >= 75 and cancelled <= Fraction(3, 100)
    return {"grade": grade, "recommended": "open" if is_open else "closed"}


def as_fraction(value: object) -> object:
    """A result's value as this module has it: decimals and whole numbers as fractions, all else as it is."""
    return Fraction(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value
