"""The whole of a ruleset version as SQL: one select a table for its sums, and one that makes scorecards of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import Factory, evolve, frozen
from sqlglot import exp

from ..plan.quantity import Exact, Type, Words
from ..plan.record import Field, Tier
from ..plan.ruleset import Plan
from . import trees
from .clean import CleanTable
from .dialect import Dialect
from .metrics import Sums
from .populations import Populations
from .reasons import Told, reasons_of
from .record import Records
from .rows import KnownTables
from .stairs import Stairs, with_needed
from .subjects import INPUTS, SUBJECT, SUBJECTS, attribute_column, input_column
from .trees import Tree, aliased, cases, column, relation

Kind = Literal["subject", "stage", "score", "total", "part", "display", "gate", "sanction", "tier", "metric", "input", "attribute", "peer", "group", "reasons"]


@frozen
class Shown:
    """One column of the result: its name in the select, what it is of, and its type. `part` is of an exact quotient.

    Without a type it holds reasons: a whole number whose bits, from the lowest, say which of those `told` apply.
    """

    column: str
    kind: Kind
    name: str
    type: Type | None
    part: Literal["", "numerator", "denominator"] = ""
    told: tuple[Told, ...] = ()


@frozen
class Scoring:
    """Selects to run in order: `sums` by the names of the relations they make, then `subjects` if the events name them, then `cards`.

    `names` says what columns made on the way are called after: `metric late_share`, `number product.praise`; `notes` by which rules each is made.
    """

    sums: Mapping[str, exp.Select]
    tables: Mapping[str, str]
    named_subjects: exp.Query | None
    cards: exp.Select
    shown: tuple[Shown, ...]
    names: Mapping[str, str] = Factory(dict)
    notes: Mapping[str, list[str]] = Factory(dict)


def build_scoring(plan: Plan, as_of: int, clean: Mapping[str, CleanTable], spell: Dialect, *, subjects_given: bool, inputs_given: bool) -> Scoring:
    """The selects of a plan as of a day.

    They read the relations of `clean`, `subjects` (`subject` and the attributes), where inputs are given `inputs` (`subject` and the inputs), and the sums.
    Without given subjects `named_subjects` selects those that events and inputs name. Raises CircularQueryError.
    """
    populations = Populations(KnownTables(plan.events, spell, as_of, dict(clean), tuple(each.name for each in plan.record.subject.attributes)))
    return scoring_by(plan, Sums(populations), subjects_given=subjects_given, inputs_given=inputs_given)


def scoring_by(plan: Plan, sums: Sums, *, subjects_given: bool, inputs_given: bool) -> Scoring:
    """The selects of a plan by sums that may be made in a way of their own. Raises CircularQueryError."""
    populations = sums.populations
    spell, as_of = populations.known.spell, populations.known.as_of
    records = Records(plan, spell, as_of, sums, Stairs("card", exp.Select(), {}))
    shown, items = _shown(records)
    if not subjects_given:
        for table in plan.events.tables:
            sums.of_table(table.name)
    _begin(records, subjects_given=subjects_given, inputs_given=inputs_given)
    order = exp.Ordered(this=spell.by_bytes(column(SUBJECT)), desc=False, nulls_first=False)
    cards = exp.Select(expressions=items).from_(relation(records.stairs.top)).order_by(order)
    selects = {item.name: item.select() for item in sums.tables.values()}
    stairs = [*populations.stairs(), records.stairs]
    chain = populations.chains()
    return Scoring(
        {made: with_needed(select, chain) for made, select in selects.items()},
        {item.name: item.rows.table.name for item in sums.tables.values()},
        None if subjects_given else _named_subjects(list(selects), inputs_given),
        with_needed(cards, records.stairs.chain()),
        shown,
        {made: called for each in stairs for made, called in each.names.items()},
        {made: of for each in stairs for made, of in each.notes.items()} | {item.column: _rules_of(records, item) for item in shown},
    )


def _begin(records: Records, *, subjects_given: bool, inputs_given: bool) -> None:
    """The first select of the records: subjects with the sums of each table and their inputs; where one table alone names the subjects, its sums."""
    first = records.stairs.first
    sums = list(records.sums.tables.values())
    alone = sums[0].name if len(sums) == 1 and not subjects_given and not inputs_given else ""
    first.append("expressions", aliased(column(SUBJECT, alone or SUBJECTS), SUBJECT))
    for index, attribute in enumerate(records.record.subject.attributes):
        value: Tree = column(attribute_column(index), SUBJECTS) if subjects_given else records.translator.absent(attribute.type)
        first.append("expressions", aliased(value, attribute_column(index)))
    first.from_(relation(alone or SUBJECTS), copy=False)
    for item in sums:
        for made, _ in item.columns.values():
            first.append("expressions", aliased(_sum(records, column(made, item.name)), made))
        if not alone:
            _join(first, item.name)
    for index, field in enumerate(records.record.fields):
        if field.kind == "input":
            value = column(input_column(index), INPUTS) if inputs_given else records.translator.absent(field.type)
            first.append("expressions", aliased(value, input_column(index)))
    if inputs_given:
        _join(first, INPUTS)


def _sum(records: Records, made: exp.Column) -> Tree:
    """A sum, 0 for a subject without rows where it is read so."""
    return exp.Coalesce(this=made, expressions=[records.spell.integer(0)]) if made.name in records.filled else made


def _join(select: exp.Select, other: str) -> None:
    condition = trees.binary(exp.EQ, column(SUBJECT, SUBJECTS), column(SUBJECT, other))
    select.append("joins", exp.Join(this=relation(other), side="LEFT", on=condition))


def _named_subjects(sums: list[str], inputs_given: bool) -> exp.Query:
    selects = [exp.Select(expressions=[column(SUBJECT)]).from_(relation(item)) for item in [*sums, *([INPUTS] if inputs_given else [])]]
    united: exp.Query = selects[0] if selects else exp.Select(expressions=[aliased(trees.text(""), SUBJECT)]).where(trees.truth(False))
    for select in selects[1:]:
        united = exp.Union(this=united, expression=select, distinct=True)
    return united


def _shown(records: Records) -> tuple[tuple[Shown, ...], list[exp.Expr]]:
    """The columns of the result and their trees, in the order in which people read them."""
    shown: list[Shown] = []
    items: list[exp.Expr] = []

    def show(kind: Kind, called: str, type_: Type | None, tree: Tree, part: Literal["", "numerator", "denominator"] = "") -> None:
        code = f"r{len(shown)}"
        shown.append(Shown(code, kind, called, type_, part))
        items.append(aliased(tree, code))

    record = records.record
    show("subject", record.subject.key, Words(), records.subject())
    if record.stages:
        show("stage", "stage", Words(), records.stage())
    for kind in ("score", "total", "part", "display"):
        for number in record.numbers:
            if number.kind == kind:
                show(number.kind, number.path, number.type, _unless_hidden(records, number.path))
    for outcome in record.outcomes:
        show("tier" if isinstance(outcome, Tier) else outcome.kind, outcome.name, Words(optional=True), records.linked_outcome(outcome.name))
    for field in record.fields:
        for part, tree in _field_parts(records, field):
            if field.kind != "as of":
                show(field.kind, field.name, field.type, tree, part)
    for mask, told in reasons_of(records):
        show("reasons", "reasons", None, mask)
        shown[-1] = evolve(shown[-1], told=told)
    return tuple(shown), items


def _rules_of(records: Records, item: Shown) -> list[str]:
    """The rules of a column of the result."""
    match item.kind:
        case "score" | "total" | "part" | "display":
            return [f"number {item.name}", *(f"hidden {index}" for index, rule in enumerate(records.record.hidden) if item.name in rule.paths)]
        case "gate" | "sanction" | "tier":
            return [f"outcome {item.name}", *(f"closing {index}" for index, rule in enumerate(records.record.linked) if item.name in rule.outcomes)]
        case "metric":
            return [f"metric {item.name}"]
        case _:
            return ["stage" if item.kind == "stage" else f"field {item.name}"]


def _unless_hidden(records: Records, path: str) -> Tree:
    conditions = [(records.translator.value(rule.condition), trees.null()) for rule in records.record.hidden if path in rule.paths]
    return cases(conditions, records.number(path))


def _field_parts(records: Records, field: Field) -> list[tuple[Literal["", "numerator", "denominator"], Tree]]:
    if isinstance(field.type, Exact):
        return [("numerator", records.field(field.name, "numerator")), ("denominator", records.field(field.name, "denominator"))]
    return [("", records.field(field.name))]
