"""Two fronts put together: exactly the sums that no other one beats, ties by the order of ways."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from pingfen.advice.fronts import NO_MOVES, Entry, Front, combined

GAINS = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), max_size=6)


def front(place: int, gains: Sequence[tuple[int, int]]) -> Front:
    """The front of one lever: each level gains at least one and costs no less."""
    values, costs = (list(accumulate((gain[index] for gain in gains), initial=0)) for index in (0, 1))
    return [Entry(value, cost, ((place, level),) if level else NO_MOVES) for level, (value, cost) in enumerate(zip(values, costs, strict=True))]


def unbeaten(entries: Sequence[Entry]) -> list[Entry]:
    """By the words: an entry is beaten by one as large that comes earlier in the order of ways."""
    return sorted((each for each in entries if not any(other.value >= each.value and other.key < each.key for other in entries)), key=lambda each: each.value)


@given(st.lists(GAINS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_sums_that_are_kept_are_those_that_no_other_beats(gains: list[list[tuple[int, int]]], random: object) -> None:
    """Whatever the order in which levers stand in the lines."""
    places = list(range(len(gains)))
    random.shuffle(places)  # type: ignore[attr-defined]
    together: Front = [Entry(0, 0, NO_MOVES)]
    every = list(together)
    for place, gain in zip(places, gains, strict=True):
        own = front(place, gain)
        together = combined(together, own)
        every = [Entry(one.value + two.value, one.cost + two.cost, tuple(sorted(one.moves + two.moves))) for one in every for two in own]
    assert list(together) == unbeaten(every)
