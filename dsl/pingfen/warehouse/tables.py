"""What the ruleset wants of each table of the data: event tables, subjects with their attributes, plain inputs."""

from __future__ import annotations

from attrs import frozen

from ..node import nodes_in
from ..plan.events import Table
from ..plan.expressions import FieldRead
from ..plan.quantity import INT64_HIGH, INT64_LOW, Numeric, Type
from ..plan.record import GroupExtreme
from ..plan.ruleset import Plan
from ..sql.subjects import VALID_FROM, has_dated, subject_type
from .sources import Wanted


@frozen
class WantedColumn:
    """A column as the border reads it: its type, and whether a cell may be missing."""

    name: str
    type: Type
    optional: bool
    required: bool = True

    @property
    def wanted(self) -> Wanted:
        """The column as a source is asked for it."""
        return Wanted(self.name, self.required)


def event_columns(table: Table) -> list[WantedColumn]:
    """The columns of an event table that are read from the data."""
    return [WantedColumn(item.name, item.type, item.may_be_missing, not item.may_be_missing) for item in table.columns if item.computed is None]


def subject_columns(plan: Plan) -> list[WantedColumn]:
    """The subject's key, its attributes, and the date from which dated ones are valid."""
    attributes = [WantedColumn(item.name, item.type, item.type.optional, not item.type.optional) for item in plan.record.subject.attributes]
    valid = [WantedColumn(VALID_FROM, Numeric("date", 0, INT64_LOW, INT64_HIGH), False, False)] if has_dated(plan) else []
    return [WantedColumn(plan.record.subject.key, subject_type(plan), False), *attributes, *valid]


def input_columns(plan: Plan) -> list[WantedColumn]:
    """The subject's key and the plain inputs that the record reads."""
    fields = [item for item in plan.record.fields if item.kind == "input"]
    inputs = [WantedColumn(item.name, item.type, item.type.optional, not item.type.optional) for item in fields]
    return [WantedColumn(plan.record.subject.key, subject_type(plan), False), *inputs]


def attributes_read(plan: Plan) -> list[str]:
    """The attributes that something reads."""
    record = plan.record
    read = {item.name for item in record.fields if item.kind == "attribute"} | {item.by for item in record.linked}
    for across in record.across:
        match across:
            case GroupExtreme(by=by):
                read.add(by)
            case _:
                read |= {across.category, *across.otherwise} - {""}
    read |= {node.name for node in nodes_in(plan.events) if isinstance(node, FieldRead)}
    return [item.name for item in record.subject.attributes if item.name in read]
