"""Rejected rows of kept days: what was bad by itself stays bad, and is told again without reading its day.

Where a row is bad by what other rows say, as a key that is there twice or a reference that leads to none, and where tables refer to one another, the days are
read together instead.
"""

from __future__ import annotations

import pyarrow as pa
from sqlglot import exp

from ..plan.ruleset import Plan
from ..sql.trees import aliased, binary, column, every, given, relation, text
from ..warehouse.border import Border
from ..warehouse.rejects import REJECTS
from ..warehouse.session import Session
from ..warehouse.sources import FILE, ROW
from .choosing import Chosen
from .index import KEY
from .kept import PARTITION, PLACE, RejectedRows
from .running import stored_rows
from .storage import Storage

_BY_OTHERS = ("duplicate-key", "unknown-subject", "absent-reference")
_TOLD = (ROW, "column", "value", "reason")


def is_by_itself(plan: Plan, border: Border) -> bool:
    """Whether every row that was rejected is bad by itself, whatever other days say."""
    tables = {table.name: table for table in plan.events.tables}
    reasons = [reason for source, _, reason in border.rejects.by_reason() if source in tables]
    refers = any(item.refers_to for table in tables.values() for item in table.columns)
    return not reasons or not (refers or any(reason in _BY_OTHERS for reason in reasons))


def rejected_rows(border: Border, name: str, key: str) -> RejectedRows | None:
    """The rejected rows of a table that was read; another row may have the key of one. None where there are none."""
    kept = border.rejects.not_among(name)
    if kept is None:
        return None
    table = border.tables[name]
    value = table.value(key)
    keys = border.over(table, [aliased(column(FILE), FILE), aliased(value, KEY)], every([given(value), exp.Not(this=exp.Paren(this=kept))]))
    told = exp.Select(expressions=[column(item, "r") for item in _TOLD]).from_(relation(REJECTS, "r"))
    return RejectedRows(keys, told.where(binary(exp.EQ, column("source", "r"), text(name)), copy=False))


def tell_kept(session: Session, storage: Storage, border: Border, name: str, chosen: Chosen) -> None:
    """Add the rejects of a table's kept days to those of the run, by the names that their files have now."""
    days = {day: held.files["rejects"] for day, held in chosen.kept.items() if "rejects" in held.files}
    if not days:
        return
    places = [(day, place, str(path)) for day in days for place, path in enumerate(chosen.partition(day).paths)]
    called = f"places_{name}"
    session.connection.register(called, pa.table([pa.array(item) for item in zip(*places, strict=True)], [PARTITION, PLACE, FILE]))
    select = exp.Select(expressions=[text(name), column(FILE, "f"), *(column(item, "r") for item in _TOLD)])
    select.from_(exp.Select(expressions=[exp.Star()]).from_(stored_rows(storage, list(days.values()))).subquery("r"), copy=False)
    same = [binary(exp.EQ, column(item, "r"), column(item, "f")) for item in (PARTITION, PLACE)]
    select.append("joins", exp.Join(this=relation(called, "f"), on=every(same)))
    session.run(exp.Insert(this=relation(REJECTS), expression=select))
    border.rejects.counts.pop(name, None)
