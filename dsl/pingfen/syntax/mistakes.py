"""Says what is wrong at a place where the grammar does not take a token: rules tried in order, each of them one example of a mistake."""

from __future__ import annotations

from ..diagnostics.diagnostic import Problems
from attrs import frozen
from .machine import Machine
from .tokens import Token


@frozen
class Place:
    """Where the parser stopped."""

    machine: Machine
    tokens: list[Token]
    index: int
    openers: tuple[Token, ...]


def report_mistake(place: Place, problems: Problems) -> None:
    """Report the mistake."""
    token = place.tokens[place.index]
    problems.report("unexpected-token", token.span, found=token.text, expected=", ".join(sorted(place.machine.expected())[:6]))
