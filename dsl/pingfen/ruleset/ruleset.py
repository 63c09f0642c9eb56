"""`Ruleset`: one version of a ruleset, ready to score."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ArtifactError
from ..generated import Scorer, UnscorableError, build_scorer
from ..plan.record import RecordPlan
from ..scorecard import Scorecard, Shape, shape_of
from .intake import Intake

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ..explanation import Explanation
    from ..plan.ruleset import Plan, Version
    from ..warehouse.result import Result


class Origin(Protocol):
    """Where a ruleset's plan comes from; each part is made when it is asked for."""

    @property
    def name(self) -> str: ...
    @property
    def record(self) -> RecordPlan: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def digest(self) -> str: ...
    @property
    def title(self) -> tuple[str, str]: ...
    @property
    def parameters(self) -> Mapping[str, str]: ...
    @property
    def is_foreign(self) -> bool: ...


class Ruleset:
    """One version of a ruleset. `evaluate` scores one record, `scorer` gives the bare function, `score` scores subjects from their events."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    @property
    def name(self) -> str:
        """The ruleset's name, such as `wechat.promoter`."""
        return self._origin.title[0]

    @property
    def version(self) -> str:
        """The version's name, such as `2025-03-31`."""
        return self._origin.title[1]

    @cached_property
    def effective(self) -> tuple[date, date | None]:
        """First and last day in effect; None is open."""
        from datetime import date

        version: Version = self.plan.version
        first, last = (None if day is None else date.fromordinal(day + 719163) for day in (version.first_day, version.last_day))
        assert first is not None
        return first, last

    @property
    def digest(self) -> str:
        """SHA-256 over format version, plan, schema and examples: equal digests give equal scores."""
        return self._origin.digest

    @property
    def path(self) -> str:
        """The file that it was loaded from, or the name that its text was given."""
        return self._origin.name

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters that it was compiled with."""
        return self._origin.parameters

    @property
    def plan(self) -> Plan:
        """The plan: what the ruleset means."""
        return self._origin.plan

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the record that `evaluate` takes."""
        return tuple(field.name for field in self._origin.record.fields)

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the record; a bound that no float says exactly is a Decimal."""
        from ..plan.schema import record_schema

        return record_schema(self.plan)

    def evaluate(self, metrics: Mapping[str, Any]) -> Scorecard:
        """The scorecard of one record, closed by linked entities as a group of one.

        `metrics` holds every field of the record: Decimal, int, str, bool, date, or None where it is missing; a share of 95% is Decimal("0.95"), an exact
        quotient is "199 of 20000" or (199, 20000). Raises InputError for a record that is not what the ruleset reads.
        """
        intake, shape = self._intake, self._shape
        record = intake.read(metrics)
        try:
            return Scorecard(shape, record, shape.detailed.function(*(intake.arguments(record) if intake.is_exact else record)))
        except (TypeError, NameError, ZeroDivisionError):
            if self._origin.is_foreign:
                raise self._refused(UnscorableError("a read of what is not there")) from None
            raise

    def scaled(self, metrics: Mapping[str, Any]) -> dict[str, Any]:
        """A record as the plan holds it: scaled whole numbers, texts, flags, pairs and None by field. Raises InputError."""
        return dict(zip(self.fields, self._intake.read(metrics), strict=True))

    def scorer(self) -> Scorer:
        """The generated function over scaled integers, for hot paths: it checks nothing. `.inputs` and `.outputs` name its arguments and results.

        Raises ArtifactError where an artifact's plan reads what is not there: who gets a scorer knows that the record's half holds together.
        """
        return self._scorer

    def explain(self, metrics: Mapping[str, Any]) -> Explanation:
        """The explanation of one record: a tree whose lines add up at every node. Raises InputError."""
        from ..explanation import explain

        record = self._intake.read(metrics)
        self.scorer()
        return explain(self.plan, dict(zip(self.fields, record, strict=True)))

    def score(
        self,
        events: Mapping[str, Any],
        as_of: date,
        *,
        subjects: Any = None,
        inputs: Any = None,
        mapping: Path | Mapping[str, Any] | None = None,
        rejects: str | Path | None = None,
        trusted: bool = False,
        unique_keys: bool = False,
        memory: str | None = None,
    ) -> Result:
        """Scores all subjects from their events as of a date.

        `events` names a source for each event table, `subjects` and `inputs` are sources of attributes and plain inputs: the path of a file, a folder or a
        glob (CSV, Parquet, JSON lines), an Arrow table, a pandas or a Polars frame. Raises RefusedDataError where rows are bad and `rejects` names no file
        for them, and TypeError for an `as_of` that is no plain date: a time of day would need a zone to say which day it is.
        """
        from datetime import date, datetime
        from pathlib import Path

        from ..warehouse.request import Request
        from ..warehouse.run import score

        if not isinstance(as_of, date) or isinstance(as_of, datetime):
            raise TypeError(f"`as_of` is a datetime.date, not a {type(as_of).__name__}")
        self.scorer()
        request = Request(
            events,
            as_of,
            subjects,
            inputs,
            mapping,
            None if rejects is None else Path(rejects),
            trusted,
            unique_keys,
            memory,
            parameters=self._origin.parameters,
            ruleset=self._origin.name,
        )
        return score(self.plan, self.digest, request)

    def __repr__(self) -> str:
        return f"<Ruleset {self.name} {self.version}>"

    @cached_property
    def _intake(self) -> Intake:
        return Intake(self._origin.record.fields)

    @cached_property
    def _shape(self) -> Shape:
        try:
            return shape_of(self._origin.record, self.name, self.version, lambda: self.digest)
        except UnscorableError as problem:
            raise self._refused(problem) from None

    @cached_property
    def _scorer(self) -> Scorer:
        try:
            return build_scorer(self._origin.record)
        except UnscorableError as problem:
            raise self._refused(problem) from None

    def _refused(self, problem: UnscorableError) -> ArtifactError:
        """A plan that no compiler of ours makes, which only an artifact can hold."""
        from ..diagnostics.diagnostic import Diagnostic

        return ArtifactError([Diagnostic("artifact-malformed", arguments={"path": self._origin.name, "place": "plan.record", "reason": problem.reason})])
