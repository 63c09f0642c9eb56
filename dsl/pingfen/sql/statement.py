"""One statement from an engine's own tables to scorecards: the typed tables read, the sums by subject, the scorecards, all as named subqueries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import Factory, frozen
from sqlglot import exp

from ..node import evolve
from ..plan.ruleset import Plan
from . import trees
from .apart import RELATIONS
from .clean import CleanTable
from .dialect import Dialect
from .naming import Foreign, name_readably
from .natural import names_of_result, natural_columns
from .remarks import Commenting, remark
from .scoring import Scoring, Shown, build_scoring
from .stairs import named, with_needed
from .subjects import INPUTS, SUBJECT, SUBJECTS
from .tidying import tidy
from .trees import Tree, aliased, column, relation
from .typed import SourceTable, TypedTable, data_names, inputs_of, open_typed, put_sources, subjects_of, wanted_of

UNITED = "united"


@frozen
class Statement:
    """`settings` are statements to run before; `tree` is one select, `text` the same for the engine; `shown` are its columns. `renamed` are columns as people
    keep them that stand under a short name. `step` is a name that one more step over the statement can have."""

    settings: tuple[str, ...]
    tree: exp.Select
    text: str
    shown: tuple[Shown, ...]
    step: str
    renamed: Mapping[str, str] = Factory(dict)


def build_statement(
    plan: Plan,
    as_of: int,
    spell: Dialect,
    sources: Mapping[str, SourceTable],
    *,
    commenting: Commenting | None = None,
    natural: Mapping[str, str] | None = None,
) -> Statement:
    """The statement that scores all subjects as of a day, over the event tables, `subjects` and `inputs` among `sources`; rows must be valid
    (build_validation finds those that are not). Its columns are called as `shown` says; with `natural` they are those of a result as people keep
    them, and those constants besides.

    Raises UnfitColumnError and CircularQueryError.
    """
    wanted = wanted_of(plan)
    typed = {label: open_typed(plan.events, spell, label, source, wanted[label]) for label, source in sources.items()}
    clean, chain = _clean_tables(plan, typed)
    scoring = build_scoring(plan, as_of, clean, spell, subjects_given=SUBJECTS in typed, inputs_given=INPUTS in typed)
    chain += _given_relations(plan, spell, typed, as_of)
    chain += [named(made, _bare(select, chain)) for made, select in scoring.sums.items()]
    cards = _bare(scoring.cards, chain)
    cards.set("order", None)
    if scoring.named_subjects is not None:
        chain += _name_subjects(plan, scoring, chain, inputs_given=INPUTS in typed)
    tree = _flattened(with_needed(cards, chain))
    tidy(tree)
    if commenting is not None:
        remark(tree, scoring.notes, commenting)
    raw_names = {label: list(columns) for label, columns in wanted.items()}
    names = name_readably(tree, plan, scoring.names, raw_names, Foreign(data_names(sources), names_of_result(spell, scoring.shown)))
    shown = tuple(evolve(item, column=names.columns[item.column]) for item in scoring.shown)
    step = names.spaces.choose(RELATIONS, "result")
    renamed: Mapping[str, str] = {}
    if natural is not None:
        made = natural_columns(spell, shown, natural)
        tree, renamed = over(tree, step, made.columns), made.renamed
    put_sources(tree, sources)
    return Statement(spell.settings, tree, spell.generate(tree.copy(), pretty=True), shown, step, renamed)


def over(tree: exp.Select, step: str, columns: Sequence[exp.Alias]) -> exp.Select:
    """A statement that becomes a step of that name, and other columns as its last step."""
    chain = tree.args.pop("with_", None)
    outer = exp.Select(expressions=list(columns)).from_(relation(step))
    tidy(outer)
    outer.set("with_", exp.With(expressions=[*(chain.expressions if chain is not None else []), named(step, tree)]))
    return outer


def _clean_tables(plan: Plan, typed: Mapping[str, TypedTable]) -> tuple[dict[str, CleanTable], list[exp.CTE]]:
    clean: dict[str, CleanTable] = {}
    chain: list[exp.CTE] = []
    for index, table in enumerate(plan.events.tables):
        codes = {item.name: f"c{place}_{index}" for place, item in enumerate(table.columns) if item.computed is None}
        clean[table.name], made = typed[table.name].clean(codes)
        chain += made
    return clean, chain


def _given_relations(plan: Plan, spell: Dialect, typed: Mapping[str, TypedTable], as_of: int) -> list[exp.CTE]:
    chain: list[exp.CTE] = []
    if SUBJECTS in typed:
        subjects = named(SUBJECTS, subjects_of(plan, spell, typed[SUBJECTS], as_of))
        chain += [*typed[SUBJECTS].stairs.chain(), subjects]
    if INPUTS in typed:
        inputs = named(INPUTS, inputs_of(plan, spell, typed[INPUTS]))
        chain += [*typed[INPUTS].stairs.chain(), inputs]
    return chain


def _bare(select: exp.Select, chain: list[exp.CTE]) -> exp.Select:
    """The select without its named subqueries, which join the chain."""
    known = {item.alias for item in chain}
    inner = select.args.get("with_")
    if inner is not None:
        chain += [item for item in inner.expressions if item.alias not in known]
        select.set("with_", None)
    return select


def _name_subjects(plan: Plan, scoring: Scoring, chain: Sequence[exp.CTE], *, inputs_given: bool) -> list[exp.CTE]:
    """Subjects that events and inputs name: the sums of all tables put under one another and brought together by subject, so that each is made once."""
    first = next(item.this for item in chain if item.alias == "card_0")
    if first.args["from_"].this.name != SUBJECTS:
        return []
    made = {item.alias: [each.alias for each in item.this.expressions if each.alias != SUBJECT] for item in chain if item.alias in scoring.sums}
    every = [name for names in made.values() for name in names]
    parts = [_part(source, names, every) for source, names in made.items()]
    if inputs_given:
        parts.append(_part(INPUTS, [], every))
    if not parts:
        return []
    stacked: exp.Query = parts[0]
    for part in parts[1:]:
        stacked = exp.Union(this=stacked, expression=part, distinct=False)
    items = [aliased(exp.Max(this=column(name)), name) for name in every]
    select = exp.Select(expressions=[column(SUBJECT), *items]).from_(stacked.subquery("parts")).group_by(column(SUBJECT))
    _read_united(first, set(scoring.sums))
    return [named(UNITED, select)]


def _part(source: str, names: Sequence[str], every: Sequence[str]) -> exp.Select:
    absent = exp.Cast(this=trees.null(), to=exp.DataType.build("BIGINT"))
    items: list[Tree] = [column(name) if name in names else aliased(absent.copy(), name) for name in every]
    return exp.Select(expressions=[column(SUBJECT), *items]).from_(relation(source))


def _read_united(first: exp.Select, sums: set[str]) -> None:
    """Let the first select of the records read the united sums instead of subjects joined with each."""
    first.from_(relation(UNITED), copy=False)
    first.set("joins", [item for item in first.args.get("joins") or [] if item.this.name not in sums])
    for each in list(first.find_all(exp.Column)):
        if each.table in sums or each.table == SUBJECTS:
            each.set("table", trees.name(UNITED))


def _flattened(tree: exp.Select) -> exp.Select:
    """Without the named subqueries that only repeat another."""
    inner = tree.args.get("with_")
    if inner is None:
        return tree
    same = {item.alias: item.this.args["from_"].this.name for item in inner.expressions if _repeats(item.this)}
    for table in list(tree.find_all(exp.Table)):
        target = table.name
        while target in same and not table.args.get("db"):
            target = same[target]
        if target != table.name:
            table.set("this", trees.name(target))
    inner.set("expressions", [item for item in inner.expressions if item.alias not in same])
    return tree


def _repeats(select: exp.Expr) -> bool:
    """Whether it is `SELECT * FROM another`."""
    if not isinstance(select, exp.Select) or len(select.expressions) != 1 or not isinstance(select.expressions[0], exp.Star):
        return False
    return isinstance(select.args["from_"].this, exp.Table) and not any(select.args.get(part) for part in ("joins", "where", "group", "order", "offset"))
