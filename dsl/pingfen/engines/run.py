"""One run on an engine: tables found, rows checked, then one statement whose result stays in the engine or comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, assert_never

import pyarrow as pa
from attrs import asdict, frozen
from sqlglot import exp

from ..calendar import day_of
from ..diagnostics.diagnostic import Diagnostic
from ..plan.ruleset import Plan
from ..release import VERSION
from ..sql.limits import renamed_told, takes_name
from ..sql.natural import natural_columns
from ..sql.statement import Statement, build_statement, over
from ..sql.subjects import SUBJECTS
from ..sql.typed import UnfitColumnError
from ..warehouse import asking
from ..warehouse.mapping import load_mapping
from ..warehouse.refusal import refuse
from ..warehouse.result import Provenance, Result, constants_of, shape
from .engine import Engine, failures_told
from .opening import Opened, open_sources
from .request import EngineRequest
from .validation import refuse_bad_rows


@frozen
class Kept:
    """A result that stayed in the engine: its table or folder, how many subjects it has, and what the run has to say besides."""

    target: str
    subjects: int
    notes: tuple[Diagnostic, ...]
    provenance: Provenance


def score(plan: Plan, digest: str, request: EngineRequest) -> Result | Kept:
    """Score every subject in the engine: a Kept where the request names a table or folder, else a Result, fetched. Raises RefusedDataError when the data or
    the engine refuses; nothing is written then."""
    asking.refuse_other_years(plan, request.as_of)
    with open_engine(request) as engine, failures_told(engine):
        if request.into is not None:
            engine.refuse_fleeting(request.into)
        opened = open_sources(engine, plan, request, load_mapping(request.mapping))
        statement = _statement(plan, request, engine, opened)
        engine.settle(statement.settings)
        counts = {} if request.trusted else refuse_bad_rows(engine, plan, request, opened.sources)
        provenance = _provenance(plan, digest, request, counts)
        request.progress("making scorecards")
        if request.into is None and request.folder is None:
            return _fetched(engine, statement, provenance, Ending(plan, opened))
        return _kept(engine, statement, provenance, Ending(plan, opened), request)


def open_engine(request: EngineRequest) -> AbstractContextManager[Engine]:
    """The engine that a request names."""
    match request.engine:
        case "duckdb":
            from .duckdb import open_duckdb

            return open_duckdb(request.dsn, request.session)
        case "spark":
            from .spark import open_spark

            return open_spark(request.master, request.session)
        case "postgres":
            from .postgres import open_postgres

            return open_postgres(request.dsn, request.session)
        case "clickhouse":
            from .clickhouse import open_clickhouse

            return open_clickhouse(request.dsn, request.session)
        case _:
            assert_never(request.engine)


def _statement(plan: Plan, request: EngineRequest, engine: Engine, opened: Opened) -> Statement:
    try:
        return build_statement(plan, day_of(request.as_of), engine.spell, opened.sources)
    except UnfitColumnError as unfit:
        if unfit.bad is not None:
            raise refuse(unfit.bad[0], table=unfit.table, column=unfit.column, count="1", rows=f"`{unfit.bad[1][:60]}`") from None
        unit = getattr(unfit.wanted, "unit", None) or {"Words": "text", "Truth": "flag"}.get(type(unfit.wanted).__name__, "number")
        raise refuse("mismatched-column", table=unfit.table, column=unfit.column, kind=unfit.held.family, wanted=unit) from None


def _fetched(engine: Engine, statement: Statement, provenance: Provenance, ending: Ending) -> Result:
    """The rows in the client, in the order of the subjects' UTF-8 bytes, which is Arrow's own."""
    raw = engine.arrow(statement.text).sort_by([(statement.shown[0].column, "ascending")])
    ending.check(raw.num_rows)
    return Result(shape(raw, statement.shown, provenance), _no_rejects(), provenance.counts, ending.notes(raw.num_rows), provenance, list)


def _kept(engine: Engine, statement: Statement, provenance: Provenance, ending: Ending, request: EngineRequest) -> Kept:
    natural = natural_columns(engine.spell, statement.shown, constants_of(provenance))
    select = engine.spell.generate(over(statement.tree.copy(), statement.step, natural.columns))
    note = json.dumps(asdict(provenance) | ({"renamed": natural.renamed} if natural.renamed else {}), ensure_ascii=False)
    target = request.into if request.into is not None else str(request.folder)
    if request.into is not None:
        _refuse_other_table(engine, request.into)
        count = engine.keep_table(select, target, note, ending.check)
    else:
        count = engine.keep_folder(select, target, note, ending.check)
    return Kept(target, count, (*ending.notes(count), *renamed_told(engine.title, natural.renamed)), provenance)


@frozen
class Ending:
    """What is known once the subjects are counted."""

    plan: Plan
    opened: Opened

    def check(self, count: int) -> None:
        """Raises RefusedDataError where there are more subjects than ranges were proved for."""
        most = self.plan.record.subject.most
        if count > most:
            raise refuse("too-many-subjects", count=f"{count:,}", most=f"{most:,}")

    def notes(self, count: int) -> tuple[Diagnostic, ...]:
        """What is to be said."""
        named_here = [] if SUBJECTS in self.opened.sources else [Diagnostic("named-subjects", arguments={"count": f"{count:,}"})]
        return (*self.opened.notes, *named_here)


def _refuse_other_table(engine: Engine, name: str) -> None:
    """A table that is no result is never replaced, and a name that the engine would cut is not taken: another name may be cut to the same."""
    last = exp.to_table(name, dialect=engine.spell.name).name
    if not takes_name(engine.spell.name, last):
        raise refuse("target-name-too-long", engine=engine.title, target=last)
    found = engine.find(name)
    if found is not None and not {"digest", "as_of", "reasons"} <= set(found.columns):
        raise refuse("target-not-a-result", target=name)


def _provenance(plan: Plan, digest: str, request: EngineRequest, counts: Mapping[str, Mapping[str, int]]) -> Provenance:
    version = plan.version
    sources: dict[str, Any] = {"engine": request.engine, "events": dict(request.events), "subjects": request.subjects, "inputs": request.inputs}
    mapping = None if request.mapping is None else request.mapping if isinstance(request.mapping, Mapping) else str(request.mapping)
    return Provenance(
        version.ruleset,
        version.version,
        digest,
        request.ruleset,
        request.as_of.isoformat(),
        dict(request.parameters),
        f"pingfen {VERSION}",
        counts,
        {},
        sources,
        mapping,
        request.trusted,
    )


def _no_rejects() -> pa.Table:
    columns = {"source": pa.string(), "file": pa.string(), "row": pa.int64(), "column": pa.string(), "value": pa.string(), "reason": pa.string()}
    return pa.schema(list(columns.items())).empty_table()
