"""Recomputes one row of a result: from the recorded inputs, their digests checked, through the border and the interpreter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
from attrs import frozen

from ..calendar import date_text
from ..diagnostics.diagnostic import Diagnostic
from ..plan.quantity import Exact, Numeric, Type
from ..plan.ruleset import Plan
from ..plan.values import decimal_text
from ..reference import Value
from ..sql.subjects import INPUTS, SUBJECTS
from .digests import digest_of_file
from .interpreting import interpret
from .mapping import load_mapping
from .records import clean_value, row_of, types_of
from .refusal import refuse
from .request import Request
from .result import METADATA_KEY, provenance_path
from .run import begin
from .session import open_session


@frozen
class Recorded:
    """A result that was read back: where it came from, its rows and the name of the subject's column."""

    path: Path
    metadata: Mapping[str, Any]
    table: pa.Table

    @property
    def key(self) -> str:
        """The subject's column."""
        return str(self.table.column_names[0])

    @property
    def as_of(self) -> date:
        """The as-of date."""
        return date.fromisoformat(self.metadata["as_of"])

    def row(self, subject: str) -> dict[str, Any]:
        """The subject's row. Raises RefusedDataError where there is none."""
        subjects = [str(item) for item in self.table.column(self.key).to_pylist()]
        if subject not in subjects:
            near = get_close_matches(subject, subjects, 1)
            raise refuse("subject-not-in-result", subject=subject, near=near[0] if near else "")
        return dict(self.table.slice(subjects.index(subject), 1).to_pylist()[0])


def by_date(recorded: Recorded, subject: str) -> list[Recorded]:
    """A result of several dates as one for each date on which the subject has a row, with the digest of the version that counted on it; one of a single date
    as it is. Raises RefusedDataError where the subject has no row."""
    recorded.row(subject)
    if ".." not in recorded.metadata["as_of"]:
        return [recorded]
    told = recorded.table.column("as_of").to_pylist()
    parts = []
    for day in dict.fromkeys(told):
        table = recorded.table.filter(pa.array([item == day for item in told]))
        if subject in [str(item) for item in table.column(recorded.key).to_pylist()]:
            parts.append(Recorded(recorded.path, {**recorded.metadata, "as_of": day, "digest": table.column("digest")[0].as_py()}, table))
    return parts


def read_result(path: Path) -> Recorded:
    """A result that `Result.write` wrote. Raises RefusedDataError."""
    try:
        table = _read_table(path)
        described = (table.schema.metadata or {}).get(METADATA_KEY) or provenance_path(path).read_bytes()
        metadata = json.loads(described)
        return Recorded(path, {**metadata, "inputs": list(metadata["inputs"]), "sources": dict(metadata["sources"])}, table)
    except FileNotFoundError as failure:
        raise refuse("no-result", path=path, reason=f"`{failure.filename or path}` is not there") from None
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as failure:
        raise refuse("no-result", path=path, reason=" ".join(str(failure).split())[:120] or "-") from None


def _read_table(path: Path) -> pa.Table:
    match path.suffix.lower():
        case ".parquet":
            return pa.parquet.read_table(path)
        case ".arrow":
            with pa.OSFile(str(path), "rb") as stream:
                return pa.ipc.open_file(stream).read_all()
        case ".csv":
            texts = pa.csv.ConvertOptions(column_types=_all_texts(path), strings_can_be_null=True, quoted_strings_can_be_null=False)
            return pa.csv.read_csv(path, convert_options=texts)
        case _:
            rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
            return pa.Table.from_pylist([{name: _text(value) for name, value in row.items()} for row in rows])


def _all_texts(path: Path) -> dict[str, pa.DataType]:
    with pa.csv.open_csv(path) as reader:
        return dict.fromkeys(reader.schema.names, pa.string())


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def check_inputs(recorded: Recorded) -> None:
    """Every recorded file still has its digest. Raises RefusedDataError."""
    for item in recorded.metadata["inputs"]:
        if item["path"].startswith("<"):
            raise refuse("no-result", path=recorded.path, reason=f"{item['source']} was a table in memory")
        try:
            found = digest_of_file(Path(item["path"]))
        except OSError as failure:
            raise refuse("cannot-read", path=item["path"], reason=(failure.strerror or "unknown").lower()) from None
        if found != item["digest"]:
            raise refuse("input-changed", path=item["path"], wanted=item["digest"], found=found)


def request_of(recorded: Recorded) -> Request:
    """The request that the result answers: the files that were read of each source, which for an update are those of all its days, whenever they came. A result
    over several versions tells the sources of all: those that the row's version does not read are passed over."""
    sources = recorded.metadata["sources"]
    events = {**sources["events"], **_files_by_source(recorded)}
    mapping = recorded.metadata["mapping"]
    mapping = Path(mapping) if isinstance(mapping, str) else mapping
    return Request(
        events,
        recorded.as_of,
        subjects=sources["subjects"],
        inputs=sources["inputs"],
        mapping=mapping,
        rejects=Path("-") if recorded.metadata["rejected"] else None,
        trusted=recorded.metadata["trusted"],
        elsewhere=(*events, *load_mapping(mapping).events),
    )


def _files_by_source(recorded: Recorded) -> dict[str, tuple[Path, ...]]:
    """The recorded files of each event table."""
    found: dict[str, tuple[Path, ...]] = {}
    for item in recorded.metadata["inputs"]:
        if item["source"] not in ("mapping", SUBJECTS, INPUTS):
            found[item["source"]] = (*found.get(item["source"], ()), Path(item["path"]))
    return found


def verify_row(plan: Plan, recorded: Recorded, subject: str) -> list[Diagnostic]:
    """What differs between the subject's row and the interpreter's answer; nothing where all is the same to the last digit."""
    row = recorded.row(subject)
    with open_session() as session:
        run = begin(plan, "", request_of(recorded), session)
        run.read_sources()
        found = interpret(run, subject)
    if found is None:
        raise refuse("subject-not-in-result", subject=subject, near="")
    return _differences(plan, subject, row, row_of(plan.record, *found))


def _differences(plan: Plan, subject: str, row: Mapping[str, Any], wanted: Mapping[str, Value]) -> list[Diagnostic]:
    kinds = types_of(plan.record)
    found = []
    for column, value in wanted.items():
        kind, written = kinds.get(column), row.get(column)
        same = _reads_same(written, _written(kind, value)) if isinstance(written, str) else clean_value(kind, written) == value
        if not same:
            arguments = {"column": column, "subject": subject, "found": "none" if written is None else str(written), "wanted": _written(kind, value) or "none"}
            found.append(Diagnostic("differing-result", arguments=arguments))
    return found


def _reads_same(written: str, wanted: str | None) -> bool:
    """Equal as written; a result over several versions writes a number with the places of the finest."""
    if wanted is None or written == wanted:
        return written == wanted
    zeros = written.removeprefix(wanted)
    return "." in written and zeros != written and not zeros.strip("0.")


def _written(kind: Type | None, value: Value) -> str | None:
    """A clean value as CSV and JSON lines hold it."""
    match kind, value:
        case _, None:
            return None
        case _, bool():
            return "true" if value else "false"
        case Numeric(unit="date"), int():
            return date_text(value)
        case Numeric(unit="time"), int():
            return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M:%S}Z"
        case Numeric(places=places) | Exact(places=places), int():
            return decimal_text(value, places)
        case _:
            return str(value)
