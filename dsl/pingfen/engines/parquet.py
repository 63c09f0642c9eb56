"""Parquet as a table: the path of a file, of a folder (partitioned or not) or a glob."""

from __future__ import annotations

from collections.abc import Iterator
from glob import has_magic, iglob
from pathlib import Path

from ..warehouse.files import form_of
from ..warehouse.refusal import refuse

_ENDINGS = (".parquet", ".pq", ".parq")


def is_path(name: str) -> bool:
    """Whether a name is a path, not a table: it has a slash, a pattern or the ending of a Parquet file."""
    return "/" in name or name.startswith(".") or has_magic(name) or name.endswith(_ENDINGS)


def parquet_pattern(name: str) -> str | None:
    """The absolute path, or the glob of the files below a folder; None where there is no file."""
    path = Path(name).absolute()
    pattern = str(path / "**" / f"*{_ending_in(path)}") if path.is_dir() else str(path)
    return pattern if next(iglob(pattern, recursive=True), None) is not None else None


def files_of(pattern: str) -> Iterator[str]:
    """The files that a path or glob stands for."""
    return iglob(pattern, recursive=True)


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
