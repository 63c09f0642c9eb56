"""Two versions side by side: the fields that both read, those that one alone reads, and the pair of records behind one record of the union.

A field is shared where both versions give its name the same kind and unit; then it takes values that both allow. Fields of one version vary by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..node import evolve
from ..plan.quantity import Exact, Numeric, Type, Words
from ..plan.record import Field, RecordPlan
from ..plan.ruleset import Plan
from ..reference import Value
from .effects import with_effects

Record = dict[str, Value]
OLD, NEW = " (old)", " (new)"


@frozen(repr=False)
class Shared:
    """A field of both versions: its name, its type in the union, and by what each version's scale is finer."""

    field: Field
    old_factor: int
    new_factor: int


@frozen(repr=False)
class Pairing:
    """Two plans and the union of their fields; those of one name and different kinds count as fields of one version each. `sides` are what is compared: both
    record plans, where what is hidden and what closes linked shops is an outcome too."""

    old: Plan
    new: Plan
    sides: tuple[RecordPlan, RecordPlan]
    shared: tuple[Shared, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    fields: tuple[Field, ...]

    def records(self, union: Mapping[str, Value]) -> tuple[Record, Record]:
        """The old version's record and the new one's."""
        by_name = {shared.field.name: shared for shared in self.shared}
        old = {each.name: _scaled(union, each.name, OLD, by_name.get(each.name), old=True) for each in self.old.record.fields}
        new = {each.name: _scaled(union, each.name, NEW, by_name.get(each.name), old=False) for each in self.new.record.fields}
        return old, new


def pair(old: Plan, new: Plan) -> Pairing:
    """The two plans side by side."""
    after = {field.name: field for field in new.record.fields}
    before = {field.name: field for field in old.record.fields}
    shared = {name: met for name, field in before.items() if name in after and (met := _met(field, after[name])) is not None}
    only_old = [field for name, field in before.items() if name not in shared]
    only_new = [field for name, field in after.items() if name not in shared]
    renamed = [evolve(field, name=field.name + OLD) for field in only_old] + [evolve(field, name=field.name + NEW) for field in only_new]
    fields = (*(each.field for each in shared.values()), *renamed)
    names = tuple(field.name for field in only_old), tuple(field.name for field in only_new)
    return Pairing(old, new, with_effects(old.record, new.record), tuple(shared.values()), *names, fields)


def _scaled(union: Mapping[str, Value], name: str, mark: str, shared: Shared | None, *, old: bool) -> Value:
    if shared is None:
        return union[name + mark]
    value = union[name]
    return value * (shared.old_factor if old else shared.new_factor) if type(value) is int else value


def _met(old: Field, new: Field) -> Shared | None:
    """The field of both, with the values that both allow; None where there are none."""
    match old.type, new.type:
        case Numeric() as before, Numeric() as after if before.unit == after.unit:
            places = min(before.places, after.places)
            factors = 10 ** (before.places - places), 10 ** (after.places - places)
            low, high = max(-(-before.low // factors[0]), -(-after.low // factors[1])), min(before.high // factors[0], after.high // factors[1])
            kind: Type = Numeric(before.unit, places, low, high, before.optional and after.optional)
            return Shared(evolve(new, type=kind), *factors) if low <= high else None
        case Exact() as before, Exact() as after if (before.unit, before.places) == (after.unit, after.places):
            both = evolve(before, low=max(before.low, after.low), high=min(before.high, after.high), most=min(before.most, after.most))
            return Shared(evolve(new, type=both), 1, 1)
        case Words() as before, Words() as after:
            options = tuple(each for each in before.options if each in after.options) if before.options and after.options else before.options or after.options
            common = Words(options, before.optional and after.optional)
            return Shared(evolve(new, type=common), 1, 1) if options or not (before.options and after.options) else None
        case _:
            same = type(old.type) is type(new.type) and not isinstance(old.type, Numeric | Exact)
            return Shared(evolve(new, type=evolve(new.type, optional=old.type.optional and new.type.optional)), 1, 1) if same else None
