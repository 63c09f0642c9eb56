"""One run: sources to clean rows, clean rows to sums by subject, sums to scorecards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeGuard

import duckdb
from attrs import Factory, define
from sqlglot import exp

from ..calendar import day_of
from ..diagnostics.diagnostic import Diagnostic
from ..plan.ruleset import Plan
from ..release import VERSION
from ..sql.scoring import Scoring, build_scoring
from ..sql.subjects import INPUTS, SUBJECT, SUBJECTS
from ..sql.trees import column, relation
from . import asking
from .border import Border
from .checks import check_rows
from .digests import InputDigest, digest_of_file, digest_of_table, stamp_of
from .mapping import DataMapping, load_mapping
from .refusal import RefusedDataError, refusal_of, refuse
from .rejects import Rejects
from .request import Request
from .result import Provenance, Result, shape, write_rejects
from .session import Session, open_session
from .sources import arrow_of
from .subjects import keep_inputs, keep_subjects, without_inputs
from .tables import event_columns, input_columns, subject_columns


def score(plan: Plan, digest: str, request: Request) -> Result:
    """Score every subject. Raises RefusedDataError when the data is refused; nothing is written then."""
    with open_session(request.memory, request.threads) as session:
        run = begin(plan, digest, request, session)
        try:
            return run.score()
        except duckdb.Error as failure:
            refused = refusal_of(failure, ", ".join(run.border.tables), trusted=request.trusted)
            raise failure if refused is None else refused from None


def begin(plan: Plan, digest: str, request: Request, session: Session) -> Run:
    """A run of which nothing is done yet."""
    rejects = Rejects(session)
    rejects.prepare()
    border = Border(session, plan.events, rejects, keep_going=request.rejects is not None, trusted=request.trusted)
    return Run(plan, digest, request, session, border, load_mapping(request.mapping))


@define(eq=False)
class Run:
    """The state of one run."""

    plan: Plan
    digest: str
    request: Request
    session: Session
    border: Border
    mapping: DataMapping
    notes: list[Diagnostic] = Factory(list)

    @property
    def as_of(self) -> int:
        """D as a day number."""
        return day_of(self.request.as_of)

    def score(self) -> Result:
        """The whole run."""
        self.read_sources()
        scoring = self.scoring()
        for name, select in scoring.sums.items():
            self.request.progress(f"counting {scoring.tables[name]}")
            self.session.keep(name, select)
        self.complete_subjects(scoring)
        self.request.progress("making scorecards")
        raw = self.session.arrow(scoring.cards)
        provenance = self.provenance()
        table = shape(raw, scoring.shown, provenance)
        rejected = self.border.rejects.table()
        if self.request.rejects is not None:
            self.write_rejects(rejected, self.request.rejects)
        return Result(table, rejected, provenance.counts, tuple(self.notes), provenance, self.input_digests)

    def write_rejects(self, rejected: Any, path: Path) -> None:
        """Write the rejects to their file, and note how many of each source are in it."""
        write_rejects(rejected, path)
        for label in self.border.tables:
            if count := self.border.rejects.count_of(label):
                self.notes.append(Diagnostic("rejected-rows", arguments={"table": label, "count": f"{count:,}", "path": str(path)}))

    def read_sources(self) -> None:
        """Open every source, check its rows unless they are trusted, and make the relations of subjects and inputs. Raises RefusedDataError."""
        self.refuse_other_years()
        self.open_sources()
        if self.request.trusted:
            self._tell_broken_rows()
        else:
            check_rows(self.border, self.plan, self.request)
        self.refuse_bad_rows()
        self.keep_relations()

    def refuse_other_years(self) -> None:
        """D lies in the declared years, or is the day after them: no other day has data, nor offsets of its zone."""
        asking.refuse_other_years(self.plan, self.request.as_of)

    def _tell_broken_rows(self) -> None:
        """Rows that could not be split into columns were not read, trusted or not."""
        for label, table in self.border.tables.items():
            self.border.rejects.add_broken(label, table.source.broken)

    def open_sources(self) -> None:
        """Open every source; what is missing or unknown is refused."""
        asking.refuse_unknown_names(self.plan, self.request.events, self.mapping, self.request.elsewhere)
        asking.refuse_without_subjects(self.plan, self.request.subjects)
        if self.request.subjects is not None:
            self._open(SUBJECTS, self.request.subjects, subject_columns(self.plan), self.mapping.subjects)
        for table in self.plan.events.tables:
            origin = asking.origin_of(table.name, self.request.events, self.mapping)
            self._open(table.name, origin, event_columns(table), self.mapping.events.get(table.name, _NO_MAPPING))
        if self.has_inputs():
            self._open(INPUTS, self.request.inputs, input_columns(self.plan), self.mapping.inputs)

    def has_inputs(self) -> bool:
        """Whether plain inputs are given; they must be where one is required."""
        return asking.has_inputs(self.plan, self.request.inputs)

    def refuse_bad_rows(self) -> None:
        """Refuse the run where bad rows were found and no rejects file is named."""
        if self.request.rejects is None and (found := self.border.rejects.diagnostics()):
            raise RefusedDataError(found)

    def keep_relations(self) -> None:
        """Make the relations of given subjects and inputs."""
        if SUBJECTS in self.border.tables:
            keep_subjects(self.border, self.plan, self.border.tables[SUBJECTS], self.as_of)
        if INPUTS in self.border.tables:
            keep_inputs(self.border, self.plan, self.border.tables[INPUTS])

    def scoring(self) -> Scoring:
        """The selects of this run."""
        clean = {table.name: self.border.tables[table.name].clean for table in self.plan.events.tables}
        given = {name: name in self.border.tables for name in (SUBJECTS, INPUTS)}
        return build_scoring(self.plan, self.as_of, clean, self.session.spell, subjects_given=given[SUBJECTS], inputs_given=given[INPUTS])

    def complete_subjects(self, scoring: Scoring) -> None:
        """Make `subjects` where events and inputs name them; those that lack a required input are left out or refuse the run."""
        if scoring.named_subjects is not None:
            self.session.keep(SUBJECTS, scoring.named_subjects)
        most = self.plan.record.subject.most
        count = self.session.rows(_count(SUBJECTS))[0][0]
        if scoring.named_subjects is not None:
            self.notes.append(Diagnostic("named-subjects", arguments={"count": f"{count:,}"}))
        if count > most:
            raise refuse("too-many-subjects", count=f"{count:,}", most=f"{most:,}")
        required = [f"i{index}" for index, item in enumerate(self.plan.record.fields) if item.kind == "input" and not item.type.optional]
        if required and not self.request.trusted:
            self._leave_without_inputs(required)

    def provenance(self) -> Provenance:
        """What the result is made from."""
        version = self.plan.version
        counts = {label: {"rows": table.rows, "rejected": self.border.rejects.count_of(label)} for label, table in self.border.tables.items()}
        reasons: dict[str, int] = {}
        for (_, _, reason), count in self.border.rejects.by_reason().items():
            reasons[reason] = reasons.get(reason, 0) + count
        mapping = str(self.request.mapping) if _is_path(self.request.mapping) else self.request.mapping
        return Provenance(
            version.ruleset,
            version.version,
            self.digest,
            self.request.ruleset,
            self.request.as_of.isoformat(),
            dict(self.request.parameters),
            f"pingfen {VERSION}",
            counts,
            reasons,
            self._named_sources(),
            mapping,
            self.request.trusted,
        )

    def _named_sources(self) -> dict[str, Any]:
        """Where each source was, None for those that were not given and for tables in memory."""
        request = self.request
        return {
            "events": {name: _path_text(item) for name, item in request.events.items()},
            SUBJECTS: _path_text(request.subjects),
            INPUTS: _path_text(request.inputs),
        }

    def input_digests(self, without: Collection[str] = ()) -> list[InputDigest]:
        """Digests of every file and table that was read, but for the sources `without`. Raises RefusedDataError for a file that was changed since."""
        found = [InputDigest("mapping", str(self.request.mapping), digest_of_file(Path(self.request.mapping)))] if _is_path(self.request.mapping) else []
        for label, table in self.border.tables.items():
            if label in without:
                continue
            for path, stamp in table.source.stamps.items():
                if stamp_of(path) != stamp:
                    raise refuse("input-changed", path=path)
                found.append(InputDigest(label, str(path), digest_of_file(path)))
            if not table.source.stamps:
                found.append(InputDigest(label, f"<{label}>", digest_of_table(self._origin_of(label))))
        return found

    def _origin_of(self, label: str) -> Any:
        origins: Mapping[str, Any] = {SUBJECTS: self.request.subjects, INPUTS: self.request.inputs, **self.request.events}
        return arrow_of(label, origins[label])

    def _open(self, label: str, origin: Any, columns: list[Any], mapping: Any) -> None:
        self.request.progress(f"reading {label}")
        table = self.border.open(label, origin, columns, mapping)
        if table.source.extra:
            self.notes.append(Diagnostic("ignored-columns", arguments={"table": label, "columns": ", ".join(table.source.extra)}))

    def _leave_without_inputs(self, required: list[str]) -> None:
        lacking = self.session.rows(without_inputs(required))
        if not lacking:
            return
        if self.request.rejects is None:
            names = ", ".join(f"`{row[0]}`" for row in sorted(lacking)[:3])
            raise refuse("missing-inputs", count=f"{len(lacking):,}", rows=names)
        self.border.rejects.add_subjects(SUBJECTS, without_inputs(required), "missing-inputs")
        inside = exp.Select(expressions=[column(SUBJECT)]).from_(without_inputs(required).subquery("w"))
        self.session.run(exp.Delete(this=relation(SUBJECTS), where=exp.Where(this=exp.In(this=column(SUBJECT), query=exp.Subquery(this=inside)))))


_NO_MAPPING = DataMapping().subjects


def _is_path(origin: Any) -> TypeGuard[str | Path]:
    return isinstance(origin, str | Path)


def _path_text(origin: Any) -> str | None:
    return str(origin) if _is_path(origin) else None


def _count(name: str) -> exp.Select:
    return exp.Select(expressions=[exp.Count(this=exp.Star())]).from_(relation(name))
