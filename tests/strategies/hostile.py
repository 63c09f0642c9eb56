"""Names that statements have for their own steps and columns, put into a generated text in place of its names."""

from __future__ import annotations

import re
from random import Random

OWN = ("a{}", "r{}", "i{}", "card_x{}", "k0_x{}", "w0_x{}", "s0_{}", "s1_{}", "c{}_0", "k0_c{}_0", "v{}_orders", "scorecards_{}", "orders_known_{}")
_NAMED = re.compile(r"\b(?:volume|好评率|délai|rate|kept|有效|первые|given|输入|entrée|shown|gate|peers|[a-z]{1,3}_(?:amount|标签|état|kind))_\d+\b")


def with_own_names(text: str, seed: int) -> str:
    """The text with other names for its populations, columns, metrics, inputs, peers, displays and gates, each its own; the text itself is drawn before."""
    found = sorted(set(_NAMED.findall(text)))
    names = [pattern.format(index) for index in range(1 + len(found) // 4) for pattern in OWN]
    Random(seed).shuffle(names)
    given = dict(zip(found, names, strict=False))
    return _NAMED.sub(lambda name: given[name[0]], text)
