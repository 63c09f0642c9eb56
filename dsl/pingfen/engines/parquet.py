"""Parquet as a table: the path of a file, of a folder (partitioned or not) or a glob."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from glob import has_magic, iglob
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from ..warehouse.files import form_of
from ..warehouse.refusal import refuse

_ENDINGS = (".parquet", ".pq", ".parq")
LOCAL, MIXED = "timestamp without time zone", "timestamp, with and without time zone"


def is_path(name: str) -> bool:
    """Whether a name is a path, not a table: it has a slash, a pattern or the ending of a Parquet file."""
    return "/" in name or name.startswith(".") or has_magic(name) or name.endswith(_ENDINGS)


def parquet_pattern(name: str) -> str | None:
    """The absolute path, or the glob of the files below a folder; None where there is no file."""
    path = Path(name).absolute()
    pattern = str(path / "**" / f"*{_ending_in(path)}") if path.is_dir() else str(path)
    return pattern if next(iglob(pattern, recursive=True), None) is not None else None


def clocks_in(pattern: str) -> Mapping[str, str]:
    """The columns of timestamps that are not points in time, by what the files' own footers say: LOCAL, or MIXED where files differ. Raises ArrowException."""
    zoned: defaultdict[str, set[bool]] = defaultdict(set)
    for path in iglob(pattern, recursive=True):
        schema = parquet.read_metadata(path).schema
        leaves = (schema.column(index) for index in range(len(schema)))
        # what Spark, Hive and Impala write as INT96 is a point in time
        instants = {leaf.path for leaf in leaves if leaf.physical_type == "INT96"}
        for field in schema.to_arrow_schema():
            if pa.types.is_timestamp(field.type):
                zoned[field.name].add(field.type.tz is not None or field.name in instants)
    return {name: MIXED if len(found) > 1 else LOCAL for name, found in zoned.items() if False in found}


def refuse_other_forms(engine: str, label: str, name: str) -> None:
    """Hold that a path leads to no file of another form, and that the files of a folder have one ending. Raises RefusedDataError."""
    path = Path(name)
    if not is_path(name) and not path.is_file():
        return
    if is_other_form(path):
        raise refuse("file-not-taken", name=label, path=name, engine=engine)
    if path.is_dir():
        _refuse_mixed(engine, label, path)


def is_other_form(path: Path) -> bool:
    """Whether a file's name says that it holds data, and not as Parquet."""
    return form_of(path) not in (None, "parquet")


def _refuse_mixed(engine: str, label: str, folder: Path) -> None:
    one, other = (next((item for item in _files_in(folder) if matches(item)), None) for matches in (_is_parquet, is_other_form))
    if other is not None:
        raise refuse("file-not-taken", name=label, path=other, engine=engine) if one is None else refuse("mixed-data-forms", name=label, path=one, other=other)
    unlike = next((item for item in _files_in(folder) if one is not None and _is_parquet(item) and item.suffix != one.suffix), None)
    if unlike is not None:
        raise refuse("mixed-data-forms", name=label, path=one, other=unlike)


def _ending_in(folder: Path) -> str:
    return next((item.suffix for item in _files_in(folder) if _is_parquet(item)), _ENDINGS[0])


def _is_parquet(path: Path) -> bool:
    return path.suffix in _ENDINGS


def _files_in(folder: Path) -> Iterator[Path]:
    """The files below a folder, without those that are hidden or a writer's own."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts):
            yield path
