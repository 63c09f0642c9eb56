"""Several data sets in one run are as if each stood alone."""

from __future__ import annotations

import pytest

from ..paths import events_by_reference
from .pairs import pairs_of_seed
from .worlds import joined_plan, joined_tables, parted


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_joined_data_sets_keep_their_scorecards(first: int) -> None:
    """The interpreter gives each data set of a joined run what it gives it alone: `first`, peers, groups, links and references do not cross."""
    for seed in range(first, first + 10):
        pairs = pairs_of_seed(seed, 3)
        joined = events_by_reference(joined_plan(pairs.plan), joined_tables(pairs.plan, pairs.worlds), pairs.as_of)
        assert parted(joined, 3) == [events_by_reference(pairs.plan, world, pairs.as_of) for world in pairs.worlds], seed
