"""Gates, sanctions and tiers, and their closing by linked entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sqlglot import exp

from ..plan.record import Gate, Linked, Outcome, Tier
from .across import group_keys
from .emitted import said_of
from .trees import Tree, cases, either, missing, null, partitioned, text

if TYPE_CHECKING:
    from .record import Records


def outcome_of(records: Records, outcome: Outcome) -> Tree:
    """An outcome before closing."""
    translator = records.translator
    match outcome:
        case Gate(without=without, condition=condition):
            fallen = [(missing(translator.value(value)), text(fate)) for value, fate in without]
            return cases([*fallen, (translator.value(condition), text(outcome.held))], text(outcome.unheld))
        case Tier(value=value, forces=forces):
            own = translator.shared(value)
            forced = [(translator.value(force.condition), text(force.tier)) for force in reversed(forces)]
            return cases([(missing(own), exp.Cast(this=null(), to=exp.DataType.build("TEXT"))), *forced], own)
        case _:
            assert_never(outcome)


def linked_of(records: Records, outcome: Outcome) -> Tree:
    """An outcome after closing: closed (or applying) where one member of the group meets a condition."""
    closings = [closing_of(records, rule) for rule in records.record.linked if outcome.name in rule.outcomes]
    own = records.outcome(outcome.name)
    if not closings or not isinstance(outcome, Gate):
        return own
    return cases([(either(closings), text(outcome.shut))], own)


def closing_of(records: Records, rule: Linked) -> Tree:
    """Whether one member of the subject's group meets the condition."""
    condition = records.translator.shared(rule.condition)
    with said_of(f"linked by {rule.by}"):
        closing = records.spell.any_of(condition)
    found = records.stairs.share(partitioned(closing, group_keys(records, rule.by)))
    return records.stairs.call(found, f"closing {rule.by}", f"closing {records.record.linked.index(rule)}")
