"""Records made plain: as the examples say, and where they must differ, with values that people would try."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..plan.quantity import Numeric
from ..plan.ruleset import Plan
from ..reference import Value
from ..trial.examples import record_of
from .pairing import NEW, OLD, Pairing, Record


def plainer(pairing: Pairing, limits: Mapping[str, Sequence[Value]], record: Record, plain: Mapping[str, Value], keeps: Callable[[Record], bool]) -> Record:
    """The record with as many fields as possible as in a plain one, and the others as near to it as ordinary values go, as long as it keeps what it shows.

    `limits` are values of each field at which the rules turn."""
    for name in record:
        if name in plain and record[name] != plain[name] and keeps(changed := {**record, name: plain[name]}):
            record = changed
    for field in pairing.fields:
        value, usual = record[field.name], plain.get(field.name)
        if type(value) is int and value != usual and isinstance(field.type, Numeric):
            start = usual if type(usual) is int else 0
            near = _ordinary(field.type, start, [each for each in limits[field.name] if type(each) is int])
            nearer = (each for each in near if abs(each - start) < abs(value - start))
            record = next((changed for each in nearer if keeps(changed := {**record, field.name: each})), record)
    return record


def _ordinary(kind: Numeric, start: int, limits: Sequence[int]) -> list[int]:
    """Values that people would try, nearest to `start` first: where the rules turn, round numbers, and round distances."""
    steps = [digit * 10**places * sign for places in range(len(str(max(abs(kind.low), abs(kind.high))))) for digit in (1, 2, 5) for sign in (1, -1)]
    values = {start, 0, *limits, *steps, *(start + step for step in steps)}
    return sorted((value for value in values if kind.low <= value <= kind.high), key=lambda value: (abs(value - start), value))


def plain_of(pairing: Pairing) -> Record:
    """The first example of the new version as far as the union has its fields; what the old version alone reads, as in its own first example."""
    old, new = (_first_example(plan) for plan in (pairing.old, pairing.new))
    return {**{name + OLD: old[name] for name in pairing.only_old if name in old}, **of_new(pairing, new)}


def _first_example(plan: Plan) -> Mapping[str, Value]:
    return next((record_of(plan.record, example) for example in plan.examples if example.given and not example.tables), {})


def of_new(pairing: Pairing, written: Mapping[str, Value]) -> Record:
    """A record of the new version as far as the union has its fields and values."""
    shared = {each.field.name: each for each in pairing.shared}
    found: Record = {}
    for name, value in written.items():
        if name not in shared:
            found[name + NEW] = value
        elif type(value) is not int:
            found[name] = value
        elif value % shared[name].new_factor == 0 and _fits(shared[name].field.type, value // shared[name].new_factor):
            found[name] = value // shared[name].new_factor
    return found


def _fits(kind: object, value: int) -> bool:
    return isinstance(kind, Numeric) and kind.low <= value <= kind.high
