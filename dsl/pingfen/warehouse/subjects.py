"""The relations `subjects` and `inputs`, one row a subject: given ones with the attributes that are valid at D, or those that events and inputs name."""

from __future__ import annotations

from attrs import frozen
from sqlglot import exp

from ..plan.ruleset import Plan
from ..sql import clock
from ..sql.stairs import Stairs, with_needed
from ..sql.subjects import INPUTS, SUBJECT, SUBJECTS, VALID_FROM, attribute_column, has_dated, input_column
from ..sql.trees import Tree, aliased, binary, column, every, given, relation
from .border import Border, BorderTable


def keep_subjects(border: Border, plan: Plan, table: BorderTable, as_of: int) -> None:
    """Make `subjects` of the clean attribute rows: the fixed attributes of any row, dated ones of the last row valid before D."""
    values = _values(border, plan, table)
    key = values.of(plan.record.subject.key)
    dated = has_dated(plan) and VALID_FROM in table.cells
    items = [aliased(key, SUBJECT)]
    for index, attribute in enumerate(plan.record.subject.attributes):
        value = values.of(attribute.name)
        last = _last_valid(value, values.of(VALID_FROM), border.session.spell.integer(as_of)) if dated and attribute.dated else _any(value)
        items.append(aliased(last, attribute_column(index)))
    border.session.keep(SUBJECTS, values.whole(exp.Select(expressions=items).group_by(key.copy())))


@frozen
class _Values:
    """The clean columns of a table as values of their own: times in seconds, which may need steps before the select that reads them."""

    border: Border
    plan: Plan
    table: BorderTable
    stairs: Stairs

    def of(self, name: str) -> Tree:
        """The value of a column."""
        clean = self.table.clean.columns[name]
        return clock.seconds_of(self.border.session.spell, self.plan.events.zone, column(clean.name), clean.form, self.stairs.share)

    def whole(self, select: exp.Select) -> exp.Select:
        """A select of such values with the steps that it needs."""
        return with_needed(select.from_(relation(self.stairs.top)), self.stairs.chain())


def _values(border: Border, plan: Plan, table: BorderTable) -> _Values:
    first = exp.Select(expressions=[exp.Star()]).from_(relation(table.clean.relation))
    return _Values(border, plan, table, Stairs(f"v_{table.label}", first, {}))


def _any(value: Tree) -> Tree:
    """The value of all rows, given or not: they agree."""
    return exp.Anonymous(this="any_value", expressions=[value])


def _last_valid(value: Tree, since: Tree, as_of: Tree) -> Tree:
    """The value of the row with the latest `since` before D; a struct keeps a value that is missing there."""
    held = exp.Anonymous(this="struct_pack", expressions=[exp.PropertyEQ(this=exp.to_identifier("v"), expression=value)])
    last = exp.Filter(this=exp.Anonymous(this="arg_max", expressions=[held, since]), expression=exp.Where(this=binary(exp.LT, since, as_of)))
    return exp.Anonymous(this="struct_extract", expressions=[last, exp.Literal.string("v")])


def keep_inputs(border: Border, plan: Plan, table: BorderTable) -> None:
    """Make `inputs` of the clean input rows."""
    values = _values(border, plan, table)
    items = [aliased(values.of(plan.record.subject.key), SUBJECT)]
    for index, field in enumerate(plan.record.fields):
        if field.kind == "input":
            items.append(aliased(values.of(field.name), input_column(index)))
    border.session.view(INPUTS, values.whole(exp.Select(expressions=items)))


def differing_attributes(border: Border, plan: Plan, table: BorderTable, attribute: str) -> exp.Select:
    """Subjects whose rows do not agree on an attribute that is not dated, as `k`."""
    values = _values(border, plan, table)
    key, value = values.of(plan.record.subject.key), values.of(attribute)
    several = binary(exp.GT, exp.Count(this=exp.Distinct(expressions=[value])), exp.Literal.number(1))
    present = exp.Count(this=value.copy())
    partly = every([binary(exp.GT, present, exp.Literal.number(0)), binary(exp.LT, present.copy(), exp.Count(this=exp.Star()))])
    select = exp.Select(expressions=[aliased(key, "k")]).group_by(key.copy())
    return values.whole(select.having(exp.Or(this=several, expression=partly), copy=False))


def unknown_subjects(table: BorderTable, name: str, by: str) -> exp.Select:
    """Values of a subject column that are no given subject, as `k`; `by` is the relation of given subjects."""
    value = column(table.clean.columns[name].name, "a")
    select = exp.Select(expressions=[aliased(value, "k")], distinct=exp.Distinct()).from_(relation(table.clean.relation, "a"))
    select.append("joins", exp.Join(this=relation(by, "b"), side="LEFT", on=binary(exp.EQ, value, column(SUBJECT, "b"))))
    return select.where(every([given(value), exp.Is(this=column(SUBJECT, "b"), expression=exp.Null())]), copy=False)


def without_inputs(required: list[str]) -> exp.Select:
    """Subjects that lack a row of inputs, or a required input in it."""
    joined = exp.Join(this=relation(INPUTS, "i"), side="LEFT", on=binary(exp.EQ, column(SUBJECT, "s"), column(SUBJECT, "i")))
    select = exp.Select(expressions=[aliased(column(SUBJECT, "s"), SUBJECT)]).from_(relation(SUBJECTS, "s"))
    select.append("joins", joined)
    lacking = [exp.Is(this=column(name, "i"), expression=exp.Null()) for name in required]
    return select.where(exp.or_(*lacking), copy=False)
