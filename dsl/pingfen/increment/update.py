"""An update: the days that are new, changed or known otherwise are read, the sums move on to a date, and the state is put in place whole."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from attrs import Factory, asdict, define, evolve
from sqlglot import exp

from ..calendar import day_of
from ..diagnostics.diagnostic import Diagnostic
from ..node import evolve as evolve_node
from ..plan.encoding import digest as digest_of
from ..plan.events import Table
from ..plan.ruleset import Plan
from ..sql.clean import CleanTable
from ..sql.scoring import Scoring, scoring_by
from ..sql.subjects import INPUTS, SUBJECTS
from ..sql.trees import column, relation
from ..warehouse import asking
from ..warehouse.border import Border
from ..warehouse.digests import InputDigest
from ..warehouse.mapping import DataMapping, load_mapping
from ..warehouse.refusal import RefusedDataError, refusal_of, refuse
from ..warehouse.request import Request
from ..warehouse.result import Result, shape, write_rejects
from ..warehouse.run import Run, begin
from ..warehouse.session import Session, open_session
from .again import Again
from .choosing import Chosen, choose_days
from .crossing import AllDaysNeededError, Crossing
from .dated import DatedSums, dated_sums, standing
from .delivering import deliver, empty_of, write_days
from .index import HASHED, KeyIndex, without_others
from .kept import Delivery, KeptShares, KeptTable, kept_tables, unopened
from .manifest import State, TableState, read_state
from .partitions import Partition, find_partitions
from .rejected import is_by_itself, rejected_rows, tell_kept
from .running import Running
from .storage import Storage, locked


def update(folder: Path, plan: Plan, digest: str, request: Request) -> Result:
    """Score as of a date from the days that `request.events` delivers and those that the state in `folder` has, and bring the state up to it.

    Raises RefusedDataError for bad rows, and for a state that is another's, damaged or in use; the state stays as it was then.
    """
    mapping = load_mapping(request.mapping)
    asking.refuse_other_years(plan, request.as_of)
    asking.refuse_unknown_names(plan, request.events, mapping)
    asking.refuse_without_subjects(plan, request.subjects)
    delivered = _delivered(folder, plan, request, mapping)
    with locked(folder):
        old = read_state(folder)
        if old is not None and old.ruleset != plan.version.ruleset:
            raise refuse("unusable-state", path=folder, reason="it is of another ruleset")
        job = Job(folder, plan, digest, request, mapping, delivered, old)
        if old is None or not old.clean:
            return job.run(anew=True, because="" if old is None else "rejected rows")
        try:
            return job.run(anew=False)
        except AllDaysNeededError as needed:
            job.notes.clear()
            return _with_all_days(job, needed)


def _delivered(folder: Path, plan: Plan, request: Request, mapping: DataMapping) -> dict[str, dict[str, Partition]]:
    """The days of each table that are delivered; a table that the state knows may bring none, and is not named then."""
    origins = {table.name: asking.given_for(table.name, request.events, mapping) for table in plan.events.tables}
    absent = [name for name, origin in origins.items() if origin is None]
    old = read_state(folder) if absent else None
    known = {} if old is None else old.tables
    for name in absent:
        if name not in known:
            raise refuse("events-needed", table=name)
    return {name: {} if origin is None else find_partitions(name, origin) for name, origin in origins.items()}


def _with_all_days(job: Job, needed: AllDaysNeededError) -> Result:
    """The update that reads all days; where one is gone, what refused the new days by themselves is told."""
    try:
        return job.run(anew=True, because=needed.reason)
    except RefusedDataError as refused:
        if needed.refused is not None and refused.diagnostics[0].code == "partition-gone":
            raise needed.refused from None
        raise


@define(eq=False)
class Job:
    """One update."""

    folder: Path
    plan: Plan
    digest: str
    request: Request
    mapping: DataMapping
    delivered: Mapping[str, Mapping[str, Partition]]
    old: State | None
    notes: list[Diagnostic] = Factory(list)

    def note(self, code: str, **arguments: object) -> None:
        """Something to say besides."""
        self.notes.append(Diagnostic(code, arguments={key: str(value) for key, value in arguments.items()}))

    def run(self, *, anew: bool, because: str = "") -> Result:
        """The whole update; `anew` reads all days and keeps nothing of the state, `because` of something."""
        with open_session(self.request.memory, self.request.threads) as session:
            try:
                return _Update(self, session, anew, because).run()
            except duckdb.Error as failure:
                refused = refusal_of(failure, ", ".join(self.delivered), trusted=self.request.trusted)
                raise failure if refused is None else refused from None

    @property
    def as_of(self) -> int:
        """D as a day number."""
        return day_of(self.request.as_of)

    def is_named_from_here(self, table: str) -> bool:
        """Whether the folder of a table's days is named by no absolute path; where none is named for the table, whether those of no others are."""
        origins = {item.name: asking.given_for(item.name, self.request.events, self.mapping) for item in self.plan.events.tables}
        named = [origins[table]] if origins[table] is not None else list(origins.values())
        return not any(isinstance(origin, str | Path) and Path(origin).is_absolute() for origin in named)

    def definitions(self, kept: Mapping[str, KeptTable]) -> dict[str, str]:
        """What the sums of each table's days depend on, the mapping and the checks of rows with it."""
        mapping = json.dumps(asdict(self.mapping), sort_keys=True)
        return {name: digest_of([table.definition, mapping, self.request.trusted, self.request.unique_keys]) for name, table in kept.items()}


@define(eq=False)
class _Update:
    job: Job
    session: Session
    anew: bool
    because: str
    chosen: dict[str, Chosen] = Factory(dict)
    tables: dict[str, TableState] = Factory(dict)
    indexes: dict[str, KeyIndex] = Factory(dict)

    @property
    def plan(self) -> Plan:
        return self.job.plan

    def run(self) -> Result:
        job = self.job
        storage = Storage(job.folder, 1 if job.old is None else job.old.generation + 1)
        self._choose(storage)
        run = self._read()
        kept = self._deliver(run, storage)
        crossing = Crossing(self.plan, self.session, storage, self.chosen, self.indexes)
        if not self.anew:
            self._check(crossing)
        for name, index in self.indexes.items():
            self.tables[name].index = index.finish()
        self._tell_rejects(run.border, storage)
        result = self._score(run, kept, crossing, storage)
        clean = is_by_itself(self.plan, run.border)
        tables = self._of_other_versions() | self.tables
        path = os.path.abspath(job.request.ruleset) if job.request.ruleset else ""
        parameters = dict(job.request.parameters)
        storage.commit(State(path, self.plan.version.ruleset, job.digest, job.as_of, storage.generation, clean, tables, parameters))
        return result

    def _of_other_versions(self) -> dict[str, TableState]:
        """What the state keeps of tables that this version does not read."""
        known = {} if self.job.old is None else self.job.old.tables
        return {name: table.set_aside() for name, table in known.items() if name not in self.tables}

    def _choose(self, storage: Storage) -> None:
        """The days of each table: those that are kept are in the new state, and their keys in its index."""
        job = self.job
        definitions = job.definitions(kept_tables(self.plan, self.session, job.as_of, {table.name: unopened(table) for table in self.plan.events.tables}))
        for place, table in enumerate(self.plan.events.tables):
            old = None if job.old is None else job.old.tables.get(table.name)
            same = old is not None and old.definition == definitions[table.name]
            chosen = choose_days(table.name, old, job.delivered[table.name], job.as_of, anew=self.anew or not same, here=job.is_named_from_here(table.name))
            self.chosen[table.name] = chosen
            self.tables[table.name] = TableState(definitions[table.name], HASHED, dict(chosen.kept))
            self.indexes[table.name] = self._index(storage, str(place), old, chosen)
            self._tell(table.name, old, same=same)

    def _deliver(self, run: Run, storage: Storage) -> dict[str, KeptTable]:
        """What is kept of the days that were read: relations, and files of the new state."""
        job, opened = self.job, run.border.tables
        clean = {table.name: opened[table.name].clean if table.name in opened else unopened(table) for table in self.plan.events.tables}
        kept, trusted = kept_tables(self.plan, self.session, job.as_of, clean), job.request.trusted
        for name, chosen in self.chosen.items():
            if chosen.fresh:
                job.request.progress(f"summing up {name}")
                bad = rejected_rows(run.border, name, kept[name].key)
                deliver(Delivery(self.session, kept[name], clean[name], job.as_of, trusted, bad), chosen)
                written = write_days(self.session, storage, kept[name], chosen, self.indexes[name], trusted=trusted, rejected=bad is not None)
                self.tables[name].days |= written
        return kept

    def _index(self, storage: Storage, called: str, old: TableState | None, chosen: Chosen) -> KeyIndex:
        """The index of the keys of a table's kept days, made anew where another edition of the engine hashed them."""
        index = KeyIndex(storage, called, without_others(() if old is None else old.index, chosen.kept))
        if old is not None and old.hashed != HASHED:
            index.make_anew(self.session, {day: held.files["keys"] for day, held in chosen.kept.items() if "keys" in held.files})
        return index

    def _tell(self, name: str, old: TableState | None, *, same: bool) -> None:
        """What is read of a table, and why it is more than what is new."""
        chosen, job, because = self.chosen[name], self.job, self.because
        told = {"table": name, "read": len(chosen.fresh), "kept": len(chosen.kept)}
        if not because and old is not None and job.old is not None and job.old.digest != job.digest:
            because = "a changed rule" if same else "a changed definition of what is summed up"
        if because:
            job.note("sums-made-anew", **told, reason=because)
        else:
            job.note("days-read", **told, back=len(chosen.left))

    def _read(self) -> Run:
        """The border: all rows of an update that keeps nothing, else those of the days that are read, subjects and inputs."""
        request = evolve(self.job.request, events={name: self._origin(name, chosen) for name, chosen in self.chosen.items() if chosen.fresh or self.anew})
        plan = self.plan if self.anew else self._plan_of(request.events)
        run = begin(plan, self.job.digest, request, self.session)
        # a table of which no day is read has the ruleset's names
        read = [name for name, chosen in self.chosen.items() if chosen.fresh]
        run.mapping = evolve(self.job.mapping, events={name: item for name, item in self.job.mapping.events.items() if name in read})
        try:
            run.read_sources()
        except RefusedDataError as refused:
            if self.anew:
                raise
            raise AllDaysNeededError("bad rows", refused) from None
        if not self.anew and not is_by_itself(self.plan, run.border):
            raise AllDaysNeededError("bad rows")
        run.plan, run.request, run.mapping = self.plan, self.job.request, self.job.mapping
        return run

    def _origin(self, name: str, chosen: Chosen) -> Any:
        paths = tuple(path for day in chosen.fresh.values() for path in day.paths)
        return paths or empty_of(next(item for item in self.plan.events.tables if item.name == name))

    def _plan_of(self, events: Mapping[str, Any]) -> Plan:
        """The plan of the tables that are read, without references, which the index of keys answers."""
        tables = tuple(_without_references(table) for table in self.plan.events.tables if table.name in events)
        return evolve_node(self.plan, events=evolve_node(self.plan.events, tables=tables))

    def _tell_rejects(self, border: Border, storage: Storage) -> None:
        """The rejects of kept days are told again; without a file for them the rows are refused as in a full run."""
        if any(day.rejected for chosen in self.chosen.values() for day in chosen.kept.values()) and self.job.request.rejects is None:
            raise AllDaysNeededError("rejected rows")
        for name, chosen in self.chosen.items():
            tell_kept(self.session, storage, border, name, chosen)
        if not self.anew and not is_by_itself(self.plan, border):
            raise AllDaysNeededError("rejected rows")

    def _check(self, crossing: Crossing) -> None:
        crossing.check_sizes({name: sum(day.rows + day.rejected for day in table.days.values()) for name, table in self.tables.items()})
        if not self.job.request.trusted:
            if not self.job.request.unique_keys:
                crossing.check_keys()
            crossing.check_references()

    def _score(self, run: Run, kept: dict[str, KeptTable], crossing: Crossing, storage: Storage) -> Result:
        """Running sums, what must be counted anew, and the scorecards."""
        job, given = self.job, SUBJECTS in run.border.tables
        known = {name: table.ask_known() for name, table in kept.items() if table.has_subject}
        shares = KeptShares(kept)
        again = Again(self.plan, self.session, run, self.chosen, self.tables, shares, everything=self.anew)
        sums, scoring = self._scoring(run, shares, {name: unopened(table.table) for name, table in kept.items()})
        again.ask(sums, scoring, named=not given)
        if again.tables:
            again.open()
            sums, scoring = self._scoring(run, shares, again.clean())
        job.request.progress("moving sums on")
        for table in self.plan.events.tables:
            if any(item.role == "subject" for item in table.columns):
                self._run_on(table, kept[table.name], storage)
                if not job.request.trusted:
                    crossing.check_subjects(table, self._running(table), given=given)
        for name, table_name in scoring.tables.items():
            self._stand(name, sums, scoring, again, known.get(table_name), table_name)
        job.request.progress("making scorecards")
        run.complete_subjects(scoring)
        provenance = run.provenance()
        counts = {**provenance.counts, **self._counts(run)}
        provenance = evolve(provenance, counts=counts)
        table = shape(self.session.arrow(scoring.cards), scoring.shown, provenance)
        inputs = self._inputs(run)
        for partition in [each for chosen in self.chosen.values() for each in chosen.fresh.values()] + again.opened:
            partition.refuse_changed()
        rejected = run.border.rejects.table()
        if job.request.rejects is not None:
            self._write_rejects(run, rejected, job.request.rejects)
        return Result(table, rejected, counts, (*job.notes, *again.notes, *run.notes), provenance, lambda: inputs)

    def _scoring(self, run: Run, shares: KeptShares, clean: Mapping[str, CleanTable]) -> tuple[DatedSums, Scoring]:
        sums = dated_sums(self.plan, self.job.as_of, clean, shares, self.session.spell)
        return sums, scoring_by(self.plan, sums, subjects_given=SUBJECTS in run.border.tables, inputs_given=INPUTS in run.border.tables)

    def _running(self, table: Table) -> str:
        return f"running_{self.plan.events.tables.index(table)}"

    def _run_on(self, table: Table, kept: KeptTable, storage: Storage) -> None:
        """The running sums of a table, from those of the state where it was made by the same rule."""
        old = None if self.job.old is None else self.job.old.tables.get(table.name)
        same = self.job.old is not None and self.job.old.digest == self.job.digest and old is not None and old.definition == self.tables[table.name].definition
        moved = same and not self.anew and old is not None and old.running is not None
        before, stored = (self.job.old.as_of, old.running) if moved and self.job.old is not None and old is not None else (None, None)
        index = self.plan.events.tables.index(table)
        Running(self.session, storage, kept, self.chosen[table.name], index, self.job.as_of, before, stored).keep()
        made = self.session.arrow(_everything(self._running(table)))
        self.tables[table.name].running = storage.write(f"running-{index}", made)

    def _stand(self, name: str, sums: DatedSums, scoring: Scoring, again: Again, known: str | None, table: str) -> None:
        """The sums of a table as scorecards read them."""
        made = sums.of_table(table)
        running, anew = f"running_{made.index}", f"again_{made.index}"
        if again.counts(made):
            self.session.keep(anew, scoring.sums[name])
        base = running if known is not None else anew
        select = standing(made, running, anew, base) if again.counts(made) and made.shared | ({running} if base == running else set()) else _everything(base)
        if base == running and SUBJECTS not in again.run.border.tables:
            select = select.where(exp.GT(this=column(known or "", running), expression=exp.Literal.number(0)), copy=False)
        self.session.view(name, select)

    def _write_rejects(self, run: Run, rejected: pa.Table, path: Path) -> None:
        """Write the rejects of all days."""
        write_rejects(rejected, path)
        for label in dict.fromkeys([*run.border.tables, *self.tables]):
            if count := run.border.rejects.count_of(label):
                run.notes.append(Diagnostic("rejected-rows", arguments={"table": label, "count": f"{count:,}", "path": str(path)}))

    def _counts(self, run: Run) -> dict[str, dict[str, int]]:
        counts = {}
        for name, table in self.tables.items():
            rejected = run.border.rejects.count_of(name)
            counts[name] = {"rows": sum(day.rows for day in table.days.values()) + rejected, "rejected": rejected}
        return counts

    def _inputs(self, run: Run) -> list[InputDigest]:
        """Digests of every file of every day, as it was when it was read, and of subjects, inputs and mapping."""
        found = list(run.input_digests(without=tuple(self.tables)))
        for name, table in self.tables.items():
            for day in table.days.values():
                found += [InputDigest(name, stamp[0], told) for stamp, told in zip(day.stamps, day.digests, strict=True)]
        return found


def _everything(name: str) -> exp.Select:
    return exp.Select(expressions=[exp.Star()]).from_(relation(name))


def _without_references(table: Table) -> Table:
    return evolve_node(table, columns=tuple(evolve_node(item, refers_to="") for item in table.columns))
