"""Times of records are told on the ruleset's clock, as the rules are written, so that what is told can be compared and written into an example."""

from __future__ import annotations

import pytest

from pingfen.calendar import load_transitions
from pingfen.plan.quantity import Numeric
from pingfen.wording.values import written_value

TIME = Numeric("time", 0, -(2**62), 2**62)
ZONE = load_transitions("America/New_York", 1980, 1999)


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (486_478_800, "1985-06-01 09:00"),
        (486_478_799, "1985-06-01 08:59:59"),
        (499_152_600, "1985-10-26 01:30"),
        (499_239_000, "1985-10-27 01:30"),
        (499_242_600, "1985-10-27 06:30 UTC"),
    ],
    ids=["a time", "with seconds", "the day before", "shown twice, the first time", "the second time"],
)
def test_a_time_is_told_on_the_clock_of_the_ruleset(instant: int, told: str) -> None:
    assert written_value(TIME, instant, "en", ZONE) == told
