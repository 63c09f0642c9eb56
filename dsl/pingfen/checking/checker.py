"""Checks a bound ruleset in the order of its names and collects what the plan is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ..binding.binder import Bound
from ..diagnostics.diagnostic import Problems
from ..node import Factory, define, frozen
from ..plan.events import Metric, Population, Table
from ..plan.record import Across, Field, GroupExtreme, Hidden, Linked, Number, Outcome, Peer, StageRow, Subject
from ..plan.ruleset import Assumption, Citation, Claim, Example, Version
from ..syntax.declarations import AttributeRow, GateLine, GroupLine, InputLine, MetricLine, PeerLine, TierBlock
from .across import check_group
from .claims import check_claim, direction_claims, unique_claims
from .declared import declared_type
from .examples import check_example
from .fields import across_read, record_fields, subject_of
from .header import begin, check_header, citations, version_of
from .improvable import note_improvable
from .knowledge import Knowledge
from .lookups import check_lookup
from .marks import SourceMap
from .metrics import check_metric
from .outcomes import check_display, check_gate, check_hidden, check_linked, check_tier
from .parameters import apply, assumptions, check_param
from .peers import check_peer
from .points import check_part, check_score, total_never_made
from .populations import check_population
from .stages import check_stages
from .tables import check_column, check_table


@define
class Checked:
    """What is known of a ruleset. `sound` says that no error was found, so that a plan can be made of it."""

    known: Knowledge
    sound: bool = True
    version: Version | None = None
    subject: Subject | None = None
    tables: dict[str, Table] = Factory(dict)
    populations: dict[str, Population] = Factory(dict)
    metrics: list[Metric] = Factory(list)
    across: list[Across] = Factory(list)
    stages: tuple[StageRow, ...] = ()
    numbers: list[Number] = Factory(list)
    outcomes: dict[str, Outcome] = Factory(dict)
    linked: list[Linked] = Factory(list)
    hidden: list[Hidden] = Factory(list)
    fields: tuple[Field, ...] = ()
    claims: tuple[Claim, ...] = ()
    examples: list[Example] = Factory(list)
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @property
    def marks(self) -> SourceMap:
        """Where everything stands in the text."""
        return self.known.marks


@frozen
class Key:
    """A key of binding in its two halves: `field volume` is a field named `volume`."""

    kind: str
    name: str


def is_sound(problems: Problems) -> bool:
    """Whether a plan can be made: a row that is never reached is a mistake and still has a meaning."""
    hindering = [found for found in problems.found if not found.code.endswith("-never-reached")]
    return not Problems(problems.source, hindering).has_errors


def check(bound: Bound, problems: Problems, parameters: Mapping[str, str]) -> Checked:
    """The checked ruleset; reports every mistake of units, ranges, missing values, weights, bands, windows, examples and claims."""
    known = begin(bound, problems)
    checked = Checked(known)
    apply(parameters, known)
    check_header(known)
    checked.version = version_of(known)
    _check_constants(known)
    keys = [Key(*(key.split(" ", 1) if " " in key else (key, ""))) for key in bound.order]
    for key in keys:
        if f"{key.kind} {key.name}".strip() not in bound.circular:
            _check_one(key, checked)
    _check_outcomes(keys, checked)
    _check_rest(checked)
    checked.sound = is_sound(problems)
    return checked


def _check_constants(known: Knowledge) -> None:
    symbols = known.symbols
    for param in symbols.params.values():
        check_param(param, known)
    for name, row in symbols.attributes().items():
        kind = declared_type(row.kind, row.optional, known)
        if kind is not None:
            known.fields[name] = kind
    for lookup in symbols.lookups.values():
        check_lookup(lookup, known)


def _check_one(key: Key, checked: Checked) -> None:
    known = checked.known
    symbols = known.symbols
    match key.kind:
        case "column":
            table, column = key.name.split(".", 1)
            check_column(table, symbols.columns[table][column], known)
        case "source" if key.name in symbols.populations and key.name not in symbols.tables:
            population = check_population(symbols.populations[key.name], known)
            if population is not None:
                checked.populations[key.name] = population
        case "field":
            _check_field(key.name, checked)
        case "stage" if symbols.stages_block is not None:
            known.stage_rows = check_stages(symbols.stages_block, known) or ()
        case "number":
            _check_number(key.name, checked)
        case _:
            pass


def _check_field(name: str, checked: Checked) -> None:
    known = checked.known
    line = known.symbols.fields[name]
    match line:
        case MetricLine():
            metric = check_metric(line, known)
            checked.metrics += [metric] if metric is not None else []
        case InputLine():
            kind = declared_type(line.kind, line.optional, known)
            if kind is not None:
                known.fields[name] = kind
                note_improvable(line, kind, known)
        case PeerLine():
            peer: Peer | None = check_peer(line, known)
            checked.across += [peer] if peer is not None else []
        case GroupLine():
            group: GroupExtreme | None = check_group(line, known)
            checked.across += [group] if group is not None else []
        case AttributeRow():
            pass
        case _:
            assert_never(line)


def _check_number(path: str, checked: Checked) -> None:
    known = checked.known
    symbols = known.symbols
    made: Number | None
    if path == "score":
        unmade = total_never_made(known)
        checked.numbers += [unmade] if unmade is not None else []
        made = check_score(known)
    elif path == "total":
        made = check_part(path, symbols.total, known) if symbols.total is not None else None
    elif path in symbols.parts:
        made = check_part(path, symbols.parts[path], known)
    else:
        made = check_display(symbols.displays[path], known)
    if made is not None:
        checked.numbers.append(made)


def _check_outcomes(keys: list[Key], checked: Checked) -> None:
    known = checked.known
    known.after_numbers = True
    for key in keys:
        if key.kind != "outcome" or f"outcome {key.name}" in known.bound.circular:
            continue
        line = known.symbols.outcomes[key.name]
        match line:
            case GateLine():
                outcome: Outcome | None = check_gate(line, known)
            case TierBlock():
                outcome = check_tier(line, known)
            case _:
                assert_never(line)
        if outcome is not None:
            checked.outcomes[key.name] = outcome


def _check_rest(checked: Checked) -> None:
    known = checked.known
    symbols = known.symbols
    checked.stages = known.stage_rows
    for name, table in symbols.tables.items():
        made = check_table(table, known)
        if made is not None:
            checked.tables[name] = made
    for block in symbols.linked:
        checked.linked += check_linked(block, known)
    for line in symbols.hidden:
        hidden = check_hidden(line, tuple(checked.numbers), known)
        checked.hidden += [hidden] if hidden is not None else []
    claims = tuple(claim for line in symbols.claims for claim in check_claim(line, known))
    checked.across = across_read(checked, claims)
    checked.fields = record_fields(checked, claims)
    names = {field.name for field in checked.fields}
    checked.claims = unique_claims((*claims, *direction_claims(known, names, claims)))
    checked.subject = subject_of(known)
    _check_texts(checked)


def _check_texts(checked: Checked) -> None:
    known = checked.known
    seen: set[str] = set()
    whole = is_sound(known.problems)
    for block in known.symbols.examples if whole else ():
        if block.name.text in seen:
            known.report("example-twice", block.name.span, name=block.name.text)
        seen.add(block.name.text)
        example = check_example(block, checked.fields, known)
        checked.examples += [example] if example is not None else []
    checked.citations, checked.assumptions = citations(known), assumptions(known)
