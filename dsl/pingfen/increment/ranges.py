"""A range of dates in one run: the border once, each table once for all sums over days, then the scorecards of each date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa
from attrs import define, evolve, frozen
from sqlglot import exp

from ..calendar import date_of, date_text, day_of
from ..diagnostics.diagnostic import Diagnostic
from ..node import nodes_in
from ..plan.events import Derived
from ..plan.expressions import AsOfRead
from ..plan.ruleset import Plan
from ..sql.clean import CleanTable
from ..sql.dialect import Dialect
from ..sql.scoring import Scoring, scoring_by
from ..sql.subjects import INPUTS, SUBJECT, SUBJECTS, has_dated
from ..sql.trees import aliased, binary, column, relation
from ..warehouse.refusal import refusal_of
from ..warehouse.rejects import REJECTS
from ..warehouse.request import Request
from ..warehouse.result import Result, shape, write_rejects
from ..warehouse.run import Run, begin
from ..warehouse.session import open_session
from ..warehouse.subjects import keep_subjects
from .dated import DatedSums, DatedTable, dated_sums, standing
from .joining import joined
from .shared import Added, SharedSums
from .sharing import aggregates_of, names_by_day
from .together import DatesTogether, may_be_together
from .weights import DATE


@frozen
class Stretch:
    """Dates from the first to the last on which one version of a ruleset counts."""

    plan: Plan
    digest: str
    first: date
    last: date


def score_range(stretches: Sequence[Stretch], request: Request) -> Result:
    """Score every subject as of each date of the stretches, which follow one another, each of the tables that its version reads. Raises RefusedDataError when
    the data is refused by one of them; nothing is written then."""
    elsewhere = tuple(dict.fromkeys(table.name for each in stretches for table in each.plan.events.tables))
    result = joined([score_dates(each.plan, each.digest, evolve(request, as_of=each.first, elsewhere=elsewhere), each.last) for each in stretches])
    if request.rejects is None:
        return result
    write_rejects(result.rejects, request.rejects)
    counts = [(label, count["rejected"]) for label, count in result.counts.items() if count["rejected"]]
    notes = [Diagnostic("rejected-rows", arguments={"table": label, "count": f"{count:,}", "path": str(request.rejects)}) for label, count in counts]
    return evolve(result, notes=(*result.notes, *notes))


def score_dates(plan: Plan, digest: str, request: Request, last: date) -> Result:
    """Score every subject as of each date from `request.as_of` to `last` by one plan. Raises RefusedDataError."""
    with open_session(request.memory, request.threads) as session:
        run = begin(plan, digest, request, session)
        try:
            return DatesRun(run, list(range(day_of(request.as_of), day_of(last) + 1))).score()
        except duckdb.Error as failure:
            refused = refusal_of(failure, ", ".join(run.border.tables), trusted=request.trusted)
            raise failure if refused is None else refused from None


@define(eq=False)
class DatesRun:
    """A run over dates that follow one another."""

    run: Run
    dates: Sequence[int]
    always: tuple[DatedSums, Scoring, str] | None = None
    together: DatesTogether | None = None

    @property
    def plan(self) -> Plan:
        """The plan of all dates."""
        return self.run.plan

    @property
    def clean(self) -> dict[str, CleanTable]:
        """The clean relations of the events."""
        return {table.name: self.run.border.tables[table.name].clean for table in self.plan.events.tables}

    def score(self) -> Result:
        """The whole run."""
        run = self.run
        self._read()
        shared = SharedSums(self.plan, run.session, self.clean, self.dates)
        self._scoring(shared, self.dates[0])  # asks for every column
        run.request.progress("counting the days")
        added = shared.keep(self._naming())
        tables = [table for as_of in self.dates for table in self._cards(shared, added, as_of)]
        self._forget_repeated()
        provenance = evolve(run.provenance(), as_of=f"{date_text(self.dates[0])}..{date_text(self.dates[-1])}")
        self._tell(shared)
        return Result(pa.concat_tables(tables), run.border.rejects.table(), provenance.counts, tuple(run.notes), provenance, run.input_digests)

    def _naming(self) -> list[str]:
        """The tables whose rows name subjects from a day on."""
        return [] if SUBJECTS in self.run.border.tables else [table.name for table in self.plan.events.tables if names_by_day(self.plan, table.name)]

    def _forget_repeated(self) -> None:
        """What every date said again is told once."""
        session, rejects = self.run.session, self.run.border.rejects
        everything = exp.Select(expressions=[exp.Star()], distinct=exp.Distinct()).from_(relation(REJECTS))
        session.keep(REJECTS, everything)
        rejects.counts.clear()
        told = {note.code if note.code == "named-subjects" else note.code + repr(note.arguments): note for note in self.run.notes}
        self.run.notes = list(told.values())

    def _read(self) -> None:
        """The border, once; both ends of the range lie in the declared years."""
        for end in (self.dates[-1], self.dates[0]):
            evolve_request(self.run, end)
            self.run.refuse_other_years()
        self.run.read_sources()

    def _scoring(self, shared: SharedSums, as_of: int) -> tuple[DatedSums, Scoring]:
        sums = dated_sums(self.plan, as_of, self.clean, shared, self.run.session.spell)
        tables = self.run.border.tables
        return sums, scoring_by(self.plan, sums, subjects_given=SUBJECTS in tables, inputs_given=INPUTS in tables)

    def _cards(self, shared: SharedSums, added: Sequence[Added], as_of: int) -> list[pa.Table]:
        """The scorecards of a date; where those of several dates are made together, of all dates since the last ones, or none yet."""
        run, session = self.run, self.run.session
        evolve_request(run, as_of)
        run.request.progress(f"scoring {date_text(as_of)}")
        if SUBJECTS in run.border.tables and has_dated(self.plan) and as_of != self.dates[0]:
            keep_subjects(run.border, self.plan, run.border.tables[SUBJECTS], as_of)
        sums, scoring, cards = self._selects(shared, as_of)
        for name, table in scoring.tables.items():
            self._stand(name, sums.of_table(table), scoring, [item for item in added if item.table == table], as_of)
        run.complete_subjects(scoring)
        if self.together is None:
            return [shape(session.connection.sql(cards).to_arrow_table(), scoring.shown, run.provenance())]
        self.together.add()
        return self._made_together(self.together, as_of) if self.together.is_full or as_of == self.dates[-1] else []

    def _selects(self, shared: SharedSums, as_of: int) -> tuple[DatedSums, Scoring, str]:
        """The selects of a date, those of the first one where they are the same."""
        if self.always is not None:
            return self.always
        sums, scoring = self._scoring(shared, as_of)
        found = sums, scoring, self.run.session.spell.generate(scoring.cards)
        if self._says_the_same(sums):
            self.always = found
            if len(self.dates) > 1 and may_be_together(scoring, inputs_given=INPUTS in self.run.border.tables):
                self.together = DatesTogether(self.run.session, scoring)
        return found

    def _made_together(self, together: DatesTogether, last: int) -> list[pa.Table]:
        raws, provenance = together.make(), self.run.provenance()
        dates = range(last - len(raws) + 1, last + 1)
        return [shape(raw, together.scoring.shown, evolve(provenance, as_of=date_of(as_of).isoformat())) for raw, as_of in zip(raws, dates, strict=True)]

    def _says_the_same(self, sums: DatedSums) -> bool:
        """Whether the selects are the same on every date: they read sums, which are other ones, and the date itself nowhere."""
        if any(self._counts_anew(sums.of_table(name)) for name in list(sums.tables)):
            return False
        derived = [metric.made for metric in self.plan.events.metrics if isinstance(metric.made, Derived)]
        dated = any(field.kind == "as of" for field in self.plan.record.fields)
        return not dated and not any(isinstance(node, AsOfRead) for part in (self.plan.record, *derived) for node in nodes_in(part))

    def _stand(self, name: str, table: DatedTable, scoring: Scoring, added: Sequence[Added], as_of: int) -> None:
        """Make the sums of a table as they stand on a date."""
        session, running, again = self.run.session, f"running_{table.index}", f"again_{table.index}"
        if added:
            self._add(running, added, as_of)
        if not self._counts_anew(table):
            session.view(name, everything_of(running))
            return
        session.keep(again, scoring.sums[name])
        session.view(name, standing(table, running, again, again) if added else everything_of(again))

    def _counts_anew(self, table: DatedTable) -> bool:
        named = SUBJECTS not in self.run.border.tables
        return bool(table.counted) or (named and not names_by_day(self.plan, table.rows.table.name))

    def _add(self, running: str, added: Sequence[Added], as_of: int) -> None:
        """The running sums of the date before, with what this date adds."""
        spell = self.run.session.spell
        names = [name for item in added for name in item.columns]
        parts = []
        for item in added:
            items = [column(name) if name in item.columns else aliased(spell.integer(0), name) for name in names]
            select = exp.Select(expressions=[column(SUBJECT), *items]).from_(relation(item.relation))
            parts.append(select.where(binary(exp.EQ, column(DATE), spell.integer(as_of))))
        if as_of != self.dates[0]:
            parts.append(exp.Select(expressions=[column(SUBJECT), *(column(name) for name in names)]).from_(relation(running)))
        self.run.session.keep(running, summed(spell, parts, names))

    def _tell(self, shared: SharedSums) -> None:
        """Which metrics were counted anew for each date, and why."""
        for metric in self.plan.events.metrics:
            reasons = [reason for aggregate in aggregates_of(metric) for reason in shared.reasons_of(aggregate)]
            if reasons:
                told = {"metric": metric.name, "reason": reasons[0], "count": str(len(self.dates))}
                self.run.notes.append(Diagnostic("metric-counted-anew", arguments=told))


def everything_of(name: str) -> exp.Select:
    """All columns of a relation."""
    return exp.Select(expressions=[exp.Star()]).from_(relation(name))


def evolve_request(run: Run, as_of: int) -> None:
    """Let a run be as of a date."""
    run.request = evolve(run.request, as_of=date_of(as_of))


def summed(spell: Dialect, parts: Sequence[exp.Select], names: Sequence[str]) -> exp.Select:
    """Relations of subjects and sums, added."""
    united: exp.Query = parts[0]
    for part in parts[1:]:
        united = exp.Union(this=united, expression=part, distinct=False)
    totals: list[exp.Expr] = [aliased(spell.narrowed(spell.total(column(name))), name) for name in names]
    return exp.Select(expressions=[column(SUBJECT), *totals]).from_(united.subquery("u")).group_by(column(SUBJECT))
