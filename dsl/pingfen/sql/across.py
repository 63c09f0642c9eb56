"""Values across subjects: peer values by category, extremes by group, each as a window over the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan.record import Across, GroupExtreme
from . import peers
from .trees import Tree, cases, missing, null, partitioned

if TYPE_CHECKING:
    from .record import Records


def value_of(records: Records, across: Across) -> Tree:
    """A peer or group value of each subject."""
    return _group_extreme(records, across) if isinstance(across, GroupExtreme) else peers.value_of(records, across)


def _group_extreme(records: Records, group: GroupExtreme) -> Tree:
    value = records.translator.shared(group.of)
    extreme = records.spell.lowest(value) if group.kind == "lowest" else records.spell.highest(value)
    return partitioned(extreme, group_keys(records, group.by))


def group_keys(records: Records, by: str) -> list[Tree]:
    """What subjects of one group share; one without the attribute is a group of its own."""
    attribute = records.attribute(by)
    alone = records.stairs.share(cases([(missing(attribute), records.subject())], null()))
    return [attribute, alone]
