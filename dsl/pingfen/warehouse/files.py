"""Which files a path means: a file, every data file of a folder, or what a glob matches; and the form that their names say."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Literal

from attrs import frozen

from .refusal import refuse

Form = Literal["parquet", "csv", "jsonl"]

_FORMS: dict[str, Form] = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_PACKED = (".gz",)


@frozen
class Files:
    """Files of one form, in the order of their names."""

    form: Form
    paths: tuple[Path, ...]


def find_files(name: str, path: str | Path | tuple[Path, ...]) -> Files:
    """The files that the path of source `name` means, or those that it is. Raises RefusedDataError when there are none or they are of several forms."""
    found = list(path) if isinstance(path, tuple) else _matched(str(path))
    forms = {item: form_of(item) for item in found}
    if not isinstance(path, tuple) and Path(path).is_dir():
        forms = {item: form for item, form in forms.items() if form is not None}
    if not forms:
        raise refuse("no-data-files", name=name, path=path)
    unknown = next((item for item, form in forms.items() if form is None), None)
    if unknown is not None:
        raise refuse("unknown-data-form", name=name, path=unknown)
    first, *others = forms.items()
    for item, form in others:
        if form != first[1]:
            raise refuse("mixed-data-forms", name=name, path=first[0], other=item)
    assert first[1] is not None
    return Files(first[1], tuple(forms))


def form_of(path: Path) -> Form | None:
    """The form that a file's name says; None when it says nothing."""
    inner = path.with_suffix("") if path.suffix in _PACKED else path
    form = _FORMS.get(inner.suffix.lower())
    return form if form == "csv" or inner is path or form == "jsonl" else None


def _matched(path: str) -> list[Path]:
    here = Path(path)
    if here.is_dir():
        return sorted(item for item in here.rglob("*") if item.is_file() and not item.name.startswith("."))
    if here.exists():
        return [here]
    return sorted(Path(item) for item in glob.glob(path, recursive=True) if Path(item).is_file())


def literal_path(path: Path) -> str:
    """The path as the engine reads it, its own glob characters taken as they stand."""
    return "".join(f"[{char}]" if char in "[*?" else char for char in str(path))
