"""Peers: the subjects of one category whose value is given and which are admitted, and what a subject is among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from attrs import frozen

from ..arithmetic import divide
from ..plan.expressions import FieldRead
from ..plan.record import Peer, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from .evaluation import InterpretationError, Value
from .expressions import holds, optional_number
from .scorecard import RecordScene
from .subject import SubjectScene


@frozen(repr=False)
class Members:
    """The peers of one group, in no order: their values, and their quotients where the peer value pools them."""

    values: Sequence[int]
    quotients: Sequence[tuple[int, int]]


def peer_values(peer: Peer, subjects: Mapping[Value, SubjectScene], scenes: Mapping[Value, RecordScene]) -> dict[Value, Value]:
    """The peer value of every subject."""
    admitted = {subject: value for subject, scene in scenes.items() if (value := _admitted(peer, scene)) is not None}
    groups = [_groups(attribute, peer, admitted, subjects) for attribute in (peer.category, *peer.otherwise)]
    found: dict[Value, Value] = {}
    for subject, scene in subjects.items():
        attributes = (peer.category, *peer.otherwise)
        chosen = (members[key] for attribute, members in zip(attributes, groups, strict=True) if (key := _key(attribute, scene)) in members)
        peers = next((members for members in chosen if len(members.values) >= peer.minimum), None)
        found[subject] = None if peers is None else _value(peer, admitted.get(subject), peers)
    return found


def _admitted(peer: Peer, scene: RecordScene) -> int | None:
    """The value of a subject that is a peer of its category."""
    value = optional_number(peer.of, scene)
    return value if value is not None and (peer.among is None or holds(peer.among, scene)) else None


def _key(attribute: str, scene: SubjectScene) -> Value:
    """The group of a subject: "" without an attribute; None, which no group has, where it is missing."""
    return scene.values[attribute] if attribute else ""


def _groups(attribute: str, peer: Peer, admitted: Mapping[Value, int], subjects: Mapping[Value, SubjectScene]) -> dict[Value, Members]:
    members: dict[Value, list[Value]] = {}
    for subject in admitted:
        key = _key(attribute, subjects[subject])
        if key is not None:
            members.setdefault(key, []).append(subject)
    pooled = isinstance(peer, PeerMean) and peer.pooled
    return {
        key: Members([admitted[subject] for subject in found], [_quotient(peer, subjects[subject]) for subject in found] if pooled else [])
        for key, found in members.items()
    }


def _quotient(peer: Peer, scene: SubjectScene) -> tuple[int, int]:
    """Numerator and denominator of the metric that a peer mean pools."""
    measured = scene.measured.get(peer.of.name) if isinstance(peer.of, FieldRead) else None
    if measured is None or measured.quotient is None:
        raise InterpretationError(f"`{peer.name}` pools what is no quotient")
    return measured.quotient.numerator, measured.quotient.denominator


def _value(peer: Peer, own: int | None, peers: Members) -> Value:
    match peer:
        case PeerMean():
            return _mean(peer, peers)
        case PeerMedian():
            return _median(peer, sorted(peers.values))
        case PeerRank():
            return None if own is None else _rank(peer, own, peers.values)
        case PeerTop():
            return None if own is None else (1 + _better(peer, own, peers.values)) * peer.denominator <= peer.numerator * len(peers.values)
        case PeerMultiple():
            return None if own is None else _multiple(peer, own, peers.values)
        case _:
            assert_never(peer)


def _mean(peer: PeerMean, peers: Members) -> int | None:
    numerator, denominator = sum(peers.values), len(peers.values)
    if peer.pooled:
        numerator, denominator = sum(above for above, _ in peers.quotients), sum(below for _, below in peers.quotients)
    return divide(numerator * peer.scale, denominator * peer.unit, peer.mode) * peer.step if denominator else None


def _median(peer: PeerMedian, ordered: Sequence[int]) -> int:
    count = len(ordered)
    middle = ordered[(count - 1) // 2 : count // 2 + 1]
    return divide(sum(middle) * peer.scale, len(middle) * peer.unit, peer.mode) * peer.step


def _better(peer: PeerRank | PeerTop, own: int, values: Sequence[int]) -> int:
    """How many peers are better."""
    is_better: Callable[[int], bool] = own.__lt__ if peer.better == "higher" else own.__gt__
    return sum(is_better(value) for value in values)


def _rank(peer: PeerRank, own: int, values: Sequence[int]) -> int:
    return divide((len(values) - _better(peer, own, values)) * peer.scale, len(values) * peer.unit, peer.mode) * peer.step


def _multiple(peer: PeerMultiple, own: int, values: Sequence[int]) -> int | None:
    whole = sum(values)
    return divide(own * len(values) * peer.scale, whole * peer.unit, peer.mode) * peer.step if whole else None
