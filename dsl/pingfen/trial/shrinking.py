"""Makes a counterexample plain: as few differences as possible from a record that people know, and the smallest step that still breaks the claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, assert_never

from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.ruleset import Plan
from ..reference import InterpretationError, Value
from .examples import record_of
from .outcome import Counterexample
from .possibility import impossibilities
from .target import Record, sure_target

if TYPE_CHECKING:
    from .claims import Search

Records = tuple[Record, ...]
ROUNDS = 4


def shrink(search: Search, records: Records, fixed: Mapping[str, Value]) -> Counterexample:
    """The plainest counterexample found from this one, replayed in the reference interpreter."""
    name, plain = plain_record(search.plan)
    plain = plain | dict(fixed)
    field = search.claim.field
    for _ in range(ROUNDS):
        before = records
        records = _closer_step(search, records)
        for other in (each for each in plain if each != field):
            records = _plainer(search, records, other, plain[other])
        if records == before:
            break
    first = records[0]
    return Counterexample(
        field,
        records,
        _replayed(search, records),
        tuple(each for each in plain if each != field and first[each] != plain[each]),
        name,
        tuple(dict.fromkeys(reason for record in records for reason in impossibilities(search.plan, record))),
    )


def plain_record(plan: Plan) -> tuple[str, dict[str, Value]]:
    """The record of the first example that writes one, with its name; else a record of zeros, first choices and no."""
    names = {field.name for field in plan.record.fields}
    for example in plan.examples:
        record = record_of(plan.record, example)
        if not example.tables and record.keys() == names:
            return example.name, record
    return "", {field.name: _simplest(field.type) for field in plan.record.fields}


def _simplest(kind: Type) -> Value:
    match kind:
        case Numeric(low=low, high=high):
            return min(max(0, low), high)
        case Exact(low=low):
            return max(0, low), 1
        case Words(options=options):
            return options[0] if options else ""
        case Truth():
            return False
        case _:
            assert_never(kind)


def _replayed(search: Search, records: Records) -> tuple[Value, ...]:
    """The results by the reference interpreter, which must agree that the claim is broken."""
    plan, target = search.plan.record, search.claim.target
    results = tuple(sure_target(plan, target, record) for record in records)
    if results != tuple(search.target(record) for record in records):
        raise InterpretationError("the generated function and the reference interpreter differ on a counterexample")
    return results


def _with(records: Records, name: str, value: Value) -> Records:
    return tuple({**record, name: value} for record in records)


def _plainer(search: Search, records: Records, name: str, plain: Value) -> Records:
    """One field at its plain value, else as near to it as the claim stays broken."""
    if records[0][name] == plain:
        return records
    changed = _with(records, name, plain)
    if search.broken_by(changed):
        return changed
    kind = search.drawer.types[name]
    now = records[0][name]
    if not isinstance(kind, Numeric) or not isinstance(now, int) or not isinstance(plain, int):
        return records
    far, near = now, plain
    while abs(far - near) > 1:
        middle = (far + near) // 2
        if search.broken_by(_with(records, name, middle)):
            far = middle
        else:
            near = middle
    return _with(records, name, far)


def _closer_step(search: Search, records: Records) -> Records:
    """The two values of the claim's field as near to each other as the claim stays broken."""
    if len(records) != 2:
        return records
    name = search.claim.field
    first, last = records
    while isinstance(low := first[name], int) and isinstance(high := last[name], int) and high - low > 1:
        middle = {**first, name: (low + high) // 2}
        if search.broken_by((first, middle)):
            last = middle
        elif search.broken_by((middle, last)):
            first = middle
        else:
            break
    return first, last
