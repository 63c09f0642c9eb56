"""wechat-promoter 2025-03-31 written by hand, as an expert would: the integer function, and the whole scorecard with the same checks and outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any, NamedTuple

EXACT = Context(prec=64, traps=[Inexact, InvalidOperation])
scale, whole = EXACT.scaleb, EXACT.to_integral_exact
TWO, FOUR, MINUS_TWO = Decimal(2), Decimal(4), Decimal(-2)
ZERO, ONE, FIVE = Decimal(0), Decimal(1), Decimal(5)
MOST = 10_000_000
FIELDS = ("store_experience", "good_reviews", "quality_returns", "breach_count", "severe_count", "report_count")


def score(store: int | None, praise: int | None, returns: int | None, breaches: int, severe: int, reports: int) -> tuple[Any, ...]:
    """Scaled integers in (4.80 is 480, 98.50% is 9850) and out."""
    if praise is None:
        praise_points = None
    elif praise >= 9800:
        praise_points = 500
    elif praise >= 9500:
        praise_points = 450
    elif praise >= 9000:
        praise_points = 400
    elif praise >= 8000:
        praise_points = 350
    else:
        praise_points = 300
    if returns is None:
        returns_points = None
    elif returns <= 80:
        returns_points = (4004 - 5 * returns) // 8
    elif returns <= 300:
        returns_points = (11111 - 15 * returns) // 22
    else:
        returns_points = 300
    product = product_of(store, praise_points, returns_points) if store is None or praise is None or returns is None else None
    if store is not None and praise_points is not None and returns_points is not None:
        product = (4 * store + 3 * (praise_points + returns_points) + 5) // 10
    conduct = 500 if breaches <= 0 else 400 if breaches <= 1 else 300
    complaints = 500 if reports <= 0 else 400 if reports <= 2 else 300
    service = (3 * conduct + 2 * complaints + 2) // 5
    if product is None:
        return (store, praise_points, returns_points, None, conduct, complaints, service, None, None, "closed", "closed", "closed", "closed")
    total = (7 * product + 3 * service + 5) // 10
    result = total if total >= 300 else 300
    if severe > 0:
        early = late = "closed"
    else:
        early = "open" if result >= 410 else "closed"
        late = "open" if result >= 430 else "closed"
    return (store, praise_points, returns_points, product, conduct, complaints, service, total, result, early, early, early, late)


def product_of(store: int | None, praise: int | None, returns: int | None) -> int | None:
    """The product part where a line is missing: its weight goes to the other two, one alone is not enough."""
    if store is None:
        return None if praise is None or returns is None else (praise + returns + 1) // 2
    if praise is None:
        return None if returns is None else (4 * store + 3 * returns + 3) // 7
    return (4 * store + 3 * praise + 3) // 7


class Step(NamedTuple):
    """One effect on the score."""

    kind: str
    path: str
    effect: Decimal


@dataclass(slots=True)
class Card:
    """What a scorecard holds."""

    score: Decimal | None
    total: Decimal | None
    parts: dict[str, Decimal | None]
    gates: dict[str, str]
    steps: tuple[Step, ...]


def evaluate(metrics: Mapping[str, Any]) -> Card:
    """The scorecard of one record of decimals and whole numbers; every field is checked: there, known, in range, with no more than its places."""
    if len(metrics) != 6:
        raise ValueError("the record has other fields")
    store = share_or_score(metrics["store_experience"], FIVE, TWO)
    praise = share_or_score(metrics["good_reviews"], ONE, FOUR)
    returns = share_or_score(metrics["quality_returns"], ONE, FOUR)
    values = score(store, praise, returns, count(metrics["breach_count"]), count(metrics["severe_count"]), count(metrics["report_count"]))
    store, praise, returns, product, conduct, complaints, service, total, result, flash_sale, invitations, heating, campaigns = values
    parts = {
        "product.store": shown(store),
        "product.praise": shown(praise),
        "product.returns": shown(returns),
        "product": shown(product),
        "service.conduct": shown(conduct),
        "service.complaints": shown(complaints),
        "service": shown(service),
    }
    gates = {"flash_sale": flash_sale, "invitations": invitations, "heating": heating, "campaigns": campaigns}
    return Card(shown(result), shown(total), parts, gates, () if product is None else steps_of(product, service, total, result))


def share_or_score(value: Any, most: Decimal, places: Decimal) -> int | None:
    """A decimal within 0 .. most as a scaled integer; None may be missing."""
    if value is None:
        return None
    if value.__class__ is not Decimal or not ZERO <= value <= most:
        raise ValueError("not a decimal in range")
    return int(whole(scale(value, places)))


def count(value: Any) -> int:
    """A count within its range."""
    if value.__class__ is not int or not 0 <= value <= MOST:
        raise ValueError("not a count in range")
    return int(value)


def shown(value: int | None) -> Decimal | None:
    """A scaled integer as a decimal of two places."""
    return None if value is None else scale(value, MINUS_TWO)


def steps_of(product: int, service: int, total: int, result: int) -> tuple[Step, ...]:
    """The lines of the total, what rounding left, and the clamp."""
    first, second = (7 * product + 5) // 10, (3 * service + 5) // 10
    steps = [Step("part", "product", scale(first, MINUS_TWO)), Step("part", "service", scale(second, MINUS_TWO))]
    if total != first + second:
        steps.append(Step("rounding", "", scale(total - first - second, MINUS_TWO)))
    if result != total:
        steps.append(Step("range", "", scale(result - total, MINUS_TWO)))
    return tuple(steps)
