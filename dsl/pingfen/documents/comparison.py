"""What a subject is compared with, in words: peer values and group values."""

from __future__ import annotations

from typing import assert_never

from ..plan.record import Across, GroupExtreme, Peer, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from ..plan.values import share_text
from ..wording import Wording


def across_text(across: Across, words: Wording) -> str:
    """The definition of a peer or group value."""
    if isinstance(across, GroupExtreme):
        return words.say(f"group {across.kind}", of=words.describe(across.of), by=words.name("field", across.by))
    return _peer_text(across, words) + _too_few_text(across, words)


def _peer_text(peer: Peer, words: Wording) -> str:
    among = "" if peer.among is None else words.say("peers where", condition=words.describe(peer.among))
    peers = words.say("peers", category=words.name("field", peer.category), among=among)
    of = words.describe(peer.of)
    match peer:
        case PeerMean(pooled=pooled):
            return words.say("peer pooled" if pooled else "peer mean", of=of, peers=peers)
        case PeerMedian():
            return words.say("peer median", of=of, peers=peers)
        case PeerRank(better=better):
            return words.say("peer rank", of=of, peers=peers, better=words.say(better))
        case PeerTop(better=better):
            share = share_text(peer.numerator, len(str(peer.denominator)) - 1)
            return words.say("peer top", of=of, peers=peers, better=words.say(better), share=share)
        case PeerMultiple():
            return words.say("peer multiple", of=of, peers=peers)
        case _:
            assert_never(peer)


def _too_few_text(peer: Peer, words: Wording) -> str:
    if not peer.otherwise:
        return words.say("too few", minimum=peer.minimum)
    others = [words.say("same", category=words.name("field", name)) if name else words.say("all subjects") for name in peer.otherwise]
    return words.say("too few else", minimum=peer.minimum, others=words.say("then").join(others))
