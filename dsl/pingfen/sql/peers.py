"""Peer values: what a subject is compared with among those of its category, each as windows over the records.

The peers of a group stand in one partition with everybody else of it; the flag of who is a peer is one of the keys wherever an order counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen
from sqlglot import exp

from ..plan.expressions import FieldRead
from ..plan.record import Peer, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from .dialect import Dialect
from .division import divide
from .trees import Tree, binary, call, cases, every, given, partitioned

if TYPE_CHECKING:
    from .record import Records


@frozen
class Group:
    """One group of peers as a subject sees it: its keys (none: all subjects), who is a peer, the value of each peer and how many they are."""

    records: Records
    keys: tuple[Tree, ...]
    admitted: Tree
    value: Tree
    number: Tree

    @property
    def spell(self) -> Dialect:
        """The engine's spelling."""
        return self.records.spell

    def over(self, aggregate: Tree) -> Tree:
        """An aggregate over the whole group."""
        return self.records.stairs.share(self.spell.narrowed(partitioned(aggregate, self.keys)))

    def ordered(self, function: Tree, value: Tree) -> Tree:
        """A function over the peers from the smallest value up to the subject's own."""
        return self.records.stairs.share(self.spell.narrowed(partitioned(function, [*self.keys, self.admitted], [value])))

    def total(self, value: Tree) -> Tree:
        """The sum of a value over the group."""
        return self.over(self.spell.total(value))


def value_of(records: Records, peer: Peer) -> Tree:
    """The peer value of each subject, by the first of its groups that is large enough; none without one."""
    share, spell = records.stairs.share, records.spell
    value = records.translator.shared(peer.of)
    admitted = share(every([given(value), *([records.translator.value(peer.among)] if peer.among is not None else [])]))
    own = share(cases([(admitted, value)], None))
    rows = []
    for attribute in (peer.category, *peer.otherwise):
        keys = (records.attribute(attribute),) if attribute else ()
        number = share(spell.narrowed(partitioned(spell.count(own), keys)))
        enough = [*(given(key) for key in keys), binary(exp.GTE, number, spell.integer(max(peer.minimum, 1)))]
        rows.append((every(enough), _value(peer, Group(records, keys, admitted, own, number))))
    return cases(rows, None)


def _value(peer: Peer, group: Group) -> Tree:
    match peer:
        case PeerMean():
            return _mean(peer, group)
        case PeerMedian():
            return _median(peer, group)
        case PeerRank():
            return _quotient(peer, group, binary(exp.Sub, group.number, _better(peer, group)), group.number)
        case PeerTop():
            return _top(peer, group)
        case PeerMultiple():
            return _quotient(peer, group, binary(exp.Mul, group.value, group.number), group.total(group.value))
        case _:
            assert_never(peer)


def _mean(peer: PeerMean, group: Group) -> Tree:
    """The mean of the peers' published values, or of all their rows."""
    if not peer.pooled:
        return _divided(peer, group, group.total(group.value), group.number)
    assert isinstance(peer.of, FieldRead)
    quotient, share = group.records.quotient(peer.of.name), group.records.stairs.share
    numerators = share(cases([(group.admitted, quotient.numerator)], None))
    denominators = share(cases([(group.admitted, quotient.denominator or group.spell.integer(1))], None))
    return _divided(peer, group, group.total(numerators), group.total(denominators))


def _median(peer: PeerMedian, group: Group) -> Tree:
    """The mean of the one or two peers in the middle; which of equal values stands first makes no difference."""
    spell, share = group.spell, group.records.stairs.share
    place = group.ordered(exp.RowNumber(), group.value)
    middle = [spell.whole_quotient(binary(exp.Add, group.number, spell.integer(more)), spell.integer(2)) for more in (1, 2)]
    between = [binary(exp.GTE, place, share(middle[0])), binary(exp.LTE, place, share(middle[1]))]
    central = share(cases([(every([group.admitted, *between]), group.value)], None))
    return _divided(peer, group, group.total(central), group.over(spell.count(central)))


def _better(peer: PeerRank | PeerTop, group: Group) -> Tree:
    """How many peers are better than a subject that is a peer."""
    spell = group.spell
    if peer.better == "lower":
        return binary(exp.Sub, group.ordered(call("RANK"), group.value), spell.integer(1))
    return binary(exp.Sub, group.number, group.ordered(spell.count(group.value), group.value))


def _top(peer: PeerTop, group: Group) -> Tree:
    spell = group.spell
    place = binary(exp.Add, spell.integer(1), _better(peer, group))
    left, right = binary(exp.Mul, place, spell.integer(peer.denominator)), binary(exp.Mul, spell.integer(peer.numerator), group.number)
    return cases([(group.admitted, binary(exp.LTE, left, right))], None)


def _quotient(peer: PeerRank | PeerMultiple, group: Group, numerator: Tree, denominator: Tree) -> Tree:
    """A quotient of a subject that is a peer; none for the others."""
    return cases([(group.admitted, _divided(peer, group, numerator, denominator))], None)


def _divided(peer: PeerMean | PeerMedian | PeerRank | PeerMultiple, group: Group, numerator: Tree, denominator: Tree) -> Tree:
    share, spell = group.records.stairs.share, group.spell
    top, bottom = binary(exp.Mul, numerator, spell.integer(peer.scale)), binary(exp.Mul, denominator, spell.integer(peer.unit))
    return divide(spell, share, top, bottom, peer.mode, peer.step)
