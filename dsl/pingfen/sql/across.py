"""Values across subjects: peer means by category, extremes by group, each as a window over the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sqlglot import exp

from ..plan.expressions import FieldRead
from ..plan.record import Across, GroupExtreme, PeerMean
from .division import divide
from .trees import Tree, binary, cases, every, given, missing, null, partitioned

if TYPE_CHECKING:
    from .record import Records


def value_of(records: Records, across: Across) -> Tree:
    """A peer or group value of each subject."""
    match across:
        case PeerMean():
            return _peer_mean(records, across)
        case GroupExtreme():
            return _group_extreme(records, across)
        case _:
            assert_never(across)


def _peer_mean(records: Records, peer: PeerMean) -> Tree:
    """The mean over the subjects of the same category whose value is given; none below the minimum or without a category."""
    spell, share = records.spell, records.stairs.share
    category = records.attribute(peer.category)
    value = _denominator(records, peer) if peer.pooled else records.translator.shared(peer.of)
    among = [given(records.translator.shared(peer.of)), *([records.translator.value(peer.among)] if peer.among is not None else [])]
    counts = share(cases([(every(among), value)], None))
    number = share(_over(records, spell.count(counts), category))
    if peer.pooled:
        numerators = share(cases([(given(counts), _numerator(records, peer))], None))
        numerator, denominator = _over(records, spell.total(numerators), category), _over(records, spell.total(counts), category)
    else:
        numerator, denominator = _over(records, spell.total(counts), category), number
    top = share(binary(exp.Mul, numerator, spell.integer(peer.scale)))
    bottom = share(binary(exp.Mul, denominator, spell.integer(peer.unit)))
    mean = divide(spell, top, bottom, peer.mode, peer.step)
    enough = every([given(category), binary(exp.GTE, number, spell.integer(max(peer.minimum, 1)))])
    return cases([(enough, mean)], None)


def _numerator(records: Records, peer: PeerMean) -> Tree:
    assert isinstance(peer.of, FieldRead)
    return records.stairs.share(records.quotient(peer.of.name).numerator)


def _denominator(records: Records, peer: PeerMean) -> Tree:
    assert isinstance(peer.of, FieldRead)
    return records.stairs.share(records.quotient(peer.of.name).denominator or records.spell.integer(1))


def _group_extreme(records: Records, group: GroupExtreme) -> Tree:
    value = records.translator.shared(group.of)
    extreme = records.spell.lowest(value) if group.kind == "lowest" else records.spell.highest(value)
    return partitioned(extreme, group_keys(records, group.by))


def group_keys(records: Records, by: str) -> list[Tree]:
    """What subjects of one group share; one without the attribute is a group of its own."""
    attribute = records.attribute(by)
    alone = records.stairs.share(cases([(missing(attribute), records.subject())], null()))
    return [attribute, alone]


def _over(records: Records, aggregate: Tree, category: Tree) -> Tree:
    return records.spell.narrowed(partitioned(aggregate, [category]))
