"""Opens sources: files, folders, globs, Arrow tables and data frames become relations with the ruleset's columns as they were written.

A relation has `file` and `row` (counted from 1) and `v0`, `v1`, ... in the order of the wanted columns. CSV and JSON lines are read once, as texts, into a
table of the session; Parquet and tables in memory are read where they are.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO, assert_never

import duckdb
import pyarrow as pa
from attrs import Factory, define, frozen
from sqlglot import exp

from ..sql.trees import Tree, aliased, binary, call, column, every, name, relation, text
from .digests import stamp_of
from .files import Files, find_files, literal_path
from .footers import kinds_with_clocks
from .jsonlines import NESTED, stage_json_lines
from .mapping import ColumnMapping, TableMapping
from .refusal import first_line, refuse
from .session import Session, literals

FILE, ROW = "file", "row"


@frozen
class Wanted:
    """A column that the ruleset declares; one that is not `required` may be absent."""

    name: str
    required: bool


@define
class Source:
    """An opened source: the relation, the engine type of each wanted column that is there, and how each is cast. `nested` tells, of columns of JSON lines,
    in which rows an object or a list stands; `given` names the columns that are known to have a value in every row."""

    label: str
    relation: str
    kinds: dict[str, str] = Factory(dict)
    casts: dict[str, str] = Factory(dict)
    nested: dict[str, Tree] = Factory(dict)
    given: frozenset[str] = frozenset()
    stamps: dict[Path, tuple[int, int]] = Factory(dict)
    extra: tuple[str, ...] = ()
    broken: list[tuple[str, int, str, str]] = Factory(list)


@define
class _Opening:
    session: Session
    label: str
    wanted: Sequence[Wanted]
    mapping: TableMapping
    trusted: bool

    @property
    def raw(self) -> str:
        return f"raw_{self.label}"

    def column(self, wanted: Wanted) -> ColumnMapping:
        return self.mapping.columns.get(wanted.name) or ColumnMapping(wanted.name, None)


def open_source(session: Session, label: str, origin: Any, wanted: Sequence[Wanted], mapping: TableMapping, *, trusted: bool = False) -> Source:
    """Open one source under a label; of a trusted one the columns without NULLs are looked up where the source tells them without a scan.

    Raises RefusedDataError for what is not there or cannot be read.
    """
    opening = _Opening(session, label, wanted, mapping, trusted)
    _refuse_unknown_mapped(opening)
    try:
        if isinstance(origin, str | Path | tuple):
            files = find_files(label, origin)
            match files.form:
                case "parquet":
                    return _open_parquet(opening, files)
                case "csv":
                    return _open_csv(opening, files)
                case "jsonl":
                    return _open_json_lines(opening, files)
                case _:
                    assert_never(files.form)
        return _open_table(opening, origin)
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, pa.ArrowException) as failure:
        raise refuse("unreadable-data", name=label, reason=first_line(failure)) from None


def _stamps(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    return {path: stamp_of(path) for path in paths}


def _refuse_unknown_mapped(opening: _Opening) -> None:
    known = [item.name for item in opening.wanted]
    for mapped in opening.mapping.columns:
        if mapped not in known:
            raise refuse("unknown-mapped-column", table=opening.label, column=mapped, near=_near(mapped, known))


def _open_parquet(opening: _Opening, files: Files) -> Source:
    paths = literals([literal_path(path) for path in files.paths])
    options = [exp.EQ(this=exp.to_identifier(option), expression=exp.Boolean(this=True)) for option in ("filename", "file_row_number", "union_by_name")]
    described = opening.session.columns_of(exp.Select(expressions=[exp.Star()]).from_(call("read_parquet", paths, options[2])))
    row = exp.Add(this=column("file_row_number"), expression=exp.Literal.number(1))
    full = _full_columns(opening.session, paths) if opening.trusted else ()
    kinds = kinds_with_clocks(dict(described), files.paths)
    return _view(opening, call("read_parquet", paths, *options), kinds, column("filename"), row, files.paths, full)


def _full_columns(session: Session, paths: exp.Expr) -> list[str]:
    """The columns of which the footers of all files say that they hold no NULL."""
    unknown = exp.Coalesce(this=column("stats_null_count"), expressions=[exp.Literal.number(1)])
    files, every_file = exp.Count(this=exp.Distinct(expressions=[column("file_name")])), exp.ArraySize(this=paths.copy())
    counted = exp.Select(expressions=[column("path_in_schema")]).from_(call("parquet_metadata", paths.copy())).group_by(column("path_in_schema"))
    full = every([binary(exp.EQ, exp.Sum(this=unknown), exp.Literal.number(0)), binary(exp.EQ, files, every_file)])
    return [name for (name,) in session.rows(counted.having(full))]


def _open_table(opening: _Opening, origin: Any) -> Source:
    table = arrow_of(opening.label, origin)
    numbered = table.append_column("pingfen row", pa.array(range(1, table.num_rows + 1), pa.int64()))
    table.validate(full=True)  # texts that are no UTF-8 would pass through the engine unseen
    opening.session.connection.register(opening.raw, numbered)
    described = opening.session.columns_of(exp.Select(expressions=[exp.Star()]).from_(relation(opening.raw)))
    full = [name for name in table.column_names if not table.column(name).null_count]
    return _view(opening, relation(opening.raw), dict(described[:-1]), text(f"<{opening.label}>"), column("pingfen row"), (), full)


def arrow_of(label: str, origin: Any) -> pa.Table:
    """An Arrow table of whatever speaks Arrow or is a pandas frame."""
    if isinstance(origin, pa.RecordBatch):
        return pa.Table.from_batches([origin])
    if isinstance(origin, pa.Table):
        return origin
    if hasattr(origin, "to_arrow"):
        return pa.table(origin.to_arrow())
    if type(origin).__module__.startswith("pandas"):
        return pa.Table.from_pandas(origin, preserve_index=False)
    if hasattr(origin, "__arrow_c_stream__"):
        return pa.table(origin)
    raise refuse("unknown-data-form", name=label, path=type(origin).__name__)


def _view(
    opening: _Opening, origin: exp.Expr, described: Mapping[str, str], file: exp.Expr, row: exp.Expr, paths: tuple[Path, ...], full: Sequence[str]
) -> Source:
    known = {wanted.name for wanted in opening.wanted if opening.column(wanted).column in full}
    source = Source(opening.label, f"read_{opening.label}", stamps=_stamps(paths), given=frozenset(known))
    items = [aliased(file, FILE), aliased(row, ROW)]
    for index, wanted in enumerate(opening.wanted):
        found = _found(opening, wanted, list(described))
        if found is not None:
            source.kinds[wanted.name] = described[found.column] if found.column is not None else "VARCHAR"
            items.append(aliased(column(found.column) if found.column is not None else text(found.constant or ""), f"v{index}"))
            _remember_cast(source, wanted, found)
    source.extra = _extra(opening, list(described))
    opening.session.view(source.relation, exp.Select(expressions=items).from_(origin))
    return source


def _remember_cast(source: Source, wanted: Wanted, found: ColumnMapping) -> None:
    if found.cast is not None:
        source.casts[wanted.name] = found.cast


def _found(opening: _Opening, wanted: Wanted, present: Sequence[str]) -> ColumnMapping | None:
    """Where a wanted column is; None for one that may be absent. Raises RefusedDataError for a missing one, with the nearest name that is there."""
    mapped = opening.column(wanted)
    if mapped.column is None or mapped.column in present:
        return mapped
    if wanted.required or wanted.name in opening.mapping.columns:
        raise refuse("missing-column", table=opening.label, column=mapped.column, near=_near(mapped.column, present), present=", ".join(present))
    return None


def _near(wanted: str, present: Sequence[str]) -> str:
    lowered = {item.lower(): item for item in present}
    near = get_close_matches(wanted.lower(), list(lowered), 1)
    return lowered[near[0]] if near else ""


def _extra(opening: _Opening, present: Sequence[str]) -> tuple[str, ...]:
    used = {opening.column(wanted).column for wanted in opening.wanted}
    return tuple(item for item in present if item not in used)


def _open_csv(opening: _Opening, files: Files) -> Source:
    source = Source(opening.label, f"read_{opening.label}", stamps=_stamps(files.paths))
    selects: list[exp.Query] = []
    for path in files.paths:
        header = _header(opening.label, path)
        found = {wanted.name: _found(opening, wanted, header) for wanted in opening.wanted}
        source.extra = tuple(dict.fromkeys([*source.extra, *_extra(opening, header)]))
        selects.append(_csv_select(opening, path, header, found))
        for wanted in opening.wanted:
            place = found[wanted.name]
            if place is not None:
                source.kinds[wanted.name] = "VARCHAR"
                _remember_cast(source, wanted, place)
    opening.session.keep(source.relation, _all_of(selects))
    source.broken = _broken_rows(opening.session)
    _renumber(opening.session, source)
    return source


def _header(label: str, path: Path) -> list[str]:
    """The names in the first line. Raises RefusedDataError for an empty file, one that is not UTF-8, or a name that is there twice."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb") as stream:
            header = next(csv.reader(io.StringIO(_first_record(stream).decode("utf-8-sig"), newline=""), strict=True), None)
    except UnicodeDecodeError:
        raise refuse("not-utf-8", path=path, byte="-") from None
    except (csv.Error, OSError) as failure:
        raise refuse("unreadable-data", name=label, reason=first_line(failure)) from None
    if not header:
        raise refuse("empty-data", name=label, path=path)
    repeated = next((item for item in header if header.count(item) > 1), None)
    if repeated is not None:
        raise refuse("repeated-column", table=label, column=repeated, path=path)
    return header


def _first_record(stream: BinaryIO | gzip.GzipFile) -> bytes:
    """The bytes of the first line, and of those after it while a quote is open."""
    record = stream.readline()
    while record.count(b'"') % 2 and (line := stream.readline()):
        record += line
    return record


def _csv_select(opening: _Opening, path: Path, header: Sequence[str], found: Mapping[str, ColumnMapping | None]) -> exp.Select:
    """One file's rows as texts, numbered; rows that are broken are left out and told apart."""
    positions = {called: f"h{index}" for index, called in enumerate(header)}
    fields = exp.Struct(expressions=[exp.PropertyEQ(this=exp.to_identifier(item, quoted=True), expression=text("VARCHAR")) for item in positions.values()])
    options: dict[str, exp.Expr] = {
        "auto_detect": exp.Boolean(this=False),
        "header": exp.Boolean(this=True),
        "delim": text(","),
        "quote": text('"'),
        "escape": text('"'),
        "allow_quoted_nulls": exp.Boolean(this=False),
        "strict_mode": exp.Boolean(this=True),
        "store_rejects": exp.Boolean(this=True),
        "rejects_limit": exp.Literal.number(0),
        "columns": fields,
    }
    settings = [exp.EQ(this=exp.to_identifier(option), expression=value) for option, value in options.items()]
    number = exp.Window(this=exp.RowNumber())
    items = [aliased(text(str(path)), FILE), aliased(number, ROW)]
    for index, wanted in enumerate(opening.wanted):
        place = found[wanted.name]
        tree = exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT")) if place is None else text(place.constant or "")
        items.append(aliased(column(positions[place.column]) if place is not None and place.column is not None else tree, f"v{index}"))
    return exp.Select(expressions=items).from_(call("read_csv", text(literal_path(path)), *settings))


def _renumber(session: Session, source: Source) -> None:
    """Rows were numbered without the broken ones: count these in. The n-th broken row of a file stands before the row numbered `row - n + 1` without them."""
    places: list[exp.Expr] = []
    for file in sorted({file for file, _, _, _ in source.broken}):
        rows = sorted({row for other, row, _, _ in source.broken if other == file})
        places += [exp.Tuple(expressions=[text(file), exp.Literal.number(row - index)]) for index, row in enumerate(rows)]
    if not places:
        return
    alias = exp.TableAlias(this=name("b"), columns=[name(FILE), name("place")])
    before = every([binary(exp.EQ, column(FILE, "b"), column(FILE, source.relation)), binary(exp.LTE, column("place", "b"), column(ROW, source.relation))])
    counted = exp.Select(expressions=[exp.Count(this=exp.Star())]).from_(exp.Values(expressions=places, alias=alias)).where(before)
    moved = binary(exp.Add, column(ROW), exp.Subquery(this=counted))
    session.run(exp.Update(this=relation(source.relation), expressions=[exp.EQ(this=column(ROW), expression=moved)]))


def _broken_rows(session: Session) -> list[tuple[str, int, str, str]]:
    """(file, row, reason, line) of rows that could not be split into columns."""
    if not session.rows(exp.select("1").from_("duckdb_tables()").where(exp.EQ(this=column("table_name"), expression=text("reject_errors")))):
        return []
    found = session.connection.execute(
        "SELECT DISTINCT s.file_path, e.line - 1, e.error_type, e.csv_line FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) ORDER BY 1, 2"
    ).fetchall()
    session.connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    return [(file, row, "wrong-encoding" if kind == "INVALID ENCODING" else "broken-row", line) for file, row, kind, line in found]


def _open_json_lines(opening: _Opening, files: Files) -> Source:
    source = Source(opening.label, f"read_{opening.label}", stamps=_stamps(files.paths))
    columns = {wanted.name: mapped.column for wanted in opening.wanted if (mapped := opening.column(wanted)).column is not None}
    target = opening.session.folder / f"{len(list(opening.session.folder.iterdir()))}.parquet"
    listed = list(dict.fromkeys(columns.values()))
    staging = stage_json_lines(files.paths, [item for item in listed if item is not None], target)
    seen = staging.seen or set(filter(None, listed))
    items = [aliased(column(FILE), FILE), aliased(column(ROW), ROW), *([aliased(column(NESTED), NESTED)] if staging.nested else [])]
    for index, wanted in enumerate(opening.wanted):
        place = _found(opening, wanted, sorted(seen))
        if place is not None:
            tree = text(place.constant or "") if place.column is None else column(f"c{listed.index(place.column)}")
            items.append(aliased(tree, f"v{index}"))
            source.kinds[wanted.name] = "VARCHAR"
            _remember_cast(source, wanted, place)
            if place.column in staging.nested:
                source.nested[wanted.name] = call("list_contains", column(NESTED), text(place.column))
    source.extra = _extra(opening, sorted(seen))
    staged = call("read_parquet", text(literal_path(target)))
    broken = [aliased(column(item), item) for item in (FILE, ROW, "broken")]
    bad = exp.Select(expressions=broken).from_(staged.copy()).where(exp.Not(this=exp.Is(this=column("broken"), expression=exp.Null())))
    source.broken = [(file, row, reason, "") for file, row, reason in opening.session.rows(bad)]
    opening.session.view(source.relation, exp.Select(expressions=items).from_(staged).where(exp.Is(this=column("broken"), expression=exp.Null())))
    return source


def _all_of(selects: Sequence[exp.Query]) -> exp.Query:
    united = selects[0]
    for select in selects[1:]:
        united = exp.Union(this=united, expression=select, distinct=False)
    return united
