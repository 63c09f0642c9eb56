"""Puts declarations in an order in which each reads only earlier ones, and finds those that read themselves in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..node import Factory, define


@define
class Walk:
    """A depth-first walk; `order` grows as declarations are done, `circles` holds each circle once, from where it was entered."""

    reads: Mapping[str, Sequence[str]]
    order: list[str] = Factory(list)
    circles: list[tuple[str, ...]] = Factory(list)
    open: dict[str, None] = Factory(dict)
    done: set[str] = Factory(set)

    def visit(self, start: str) -> None:
        """Visits a declaration and all that it reads; without recursion, for texts come from strangers."""
        if start in self.done:
            return
        stack = [(start, iter(self.reads.get(start, ())))]
        self.open[start] = None
        while stack:
            key, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                self._close(key)
                stack.pop()
            elif following in self.open:
                trail = list(self.open)
                self.circles.append(tuple(trail[trail.index(following) :]))
            elif following not in self.done:
                self.open[following] = None
                stack.append((following, iter(self.reads.get(following, ()))))

    def _close(self, key: str) -> None:
        del self.open[key]
        self.done.add(key)
        self.order.append(key)


def evaluation_order(reads: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The keys so that each stands behind what it reads, near the order given, and the circles among them."""
    walk = Walk(reads)
    for key in reads:
        walk.visit(key)
    return tuple(walk.order), tuple(walk.circles)


def reachable(reads: Mapping[str, Sequence[str]], roots: Sequence[str]) -> set[str]:
    """All keys that the roots read, directly or not, the roots included."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += reads.get(key, ())
    return found
