"""Mapping files: how the tables and columns of users are called, which columns are constants, and simple casts.

[events.flights]
table = "ontime"                      # the name on the command line, when it is another
[events.flights.columns]
operator = "carrier"                  # ruleset's column = column of the data
arrival_delay = { column = "arr_delay", cast = "number" }
channel = { constant = "web" }
[subjects.columns]                    # and [inputs.columns]
industry = "main_category"
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import Factory, frozen

from .refusal import refuse

CASTS = ("number", "text", "flag", "date", "time", "percent", "minutes", "hours", "days", "epoch seconds", "epoch milliseconds", "epoch microseconds")
PLACE = re.compile(r":? \(?(?:at )?line (?P<line>\d+),? column (?P<column>\d+)(?: \(char \d+\))?\)?| \(at end of document\)")


@frozen
class ColumnMapping:
    """Where a column's values come from: a column of the data, or a constant; and how they are read."""

    column: str | None
    constant: str | None
    cast: str | None = None


@frozen
class TableMapping:
    """Another name of the source, and columns by the names of the ruleset."""

    table: str | None = None
    columns: Mapping[str, ColumnMapping] = Factory(dict)


@frozen
class DataMapping:
    """The mapping of every event table, of subjects and of inputs."""

    events: Mapping[str, TableMapping] = Factory(dict)
    subjects: TableMapping = TableMapping()
    inputs: TableMapping = TableMapping()


def load_mapping(source: Path | Mapping[str, Any] | None) -> DataMapping:
    """The mapping in a TOML or JSON file, or in what one holds. Raises RefusedDataError."""
    if source is None:
        return DataMapping()
    if isinstance(source, Mapping):
        return _data_mapping(source, "<mapping>")
    return _data_mapping(_parsed(Path(source)), str(source))


def _parsed(path: Path) -> Any:
    try:
        text = path.read_bytes().decode()
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as failure:
        raise refuse("cannot-read", path=path, reason=(failure.strerror or "unknown").lower()) from None
    except (ValueError, RecursionError) as failure:
        raise refuse("bad-mapping", path=path, **_told(failure)) from None


def _told(failure: ValueError | RecursionError) -> dict[str, str]:
    """Where a file cannot be read as TOML or JSON, and why: what the readers say, its place taken out of the words."""
    if isinstance(failure, RecursionError):
        return {"place": "line 1", "reason": "values are nested too deeply"}
    if isinstance(failure, UnicodeDecodeError):
        return {"place": f"byte {failure.start + 1}", "reason": "the file is not UTF-8"}
    words = " ".join(str(failure).split())
    found = PLACE.search(words)
    reason = PLACE.sub("", words)
    return {"place": f"line {found['line']}, column {found['column']}" if found and found["line"] else "the end", "reason": reason[:1].lower() + reason[1:]}


def _data_mapping(value: Any, path: str) -> DataMapping:
    top = _object(value, path, "-", ("events", "subjects", "inputs"))
    events = _object(top.get("events", {}), path, "events", None)
    return DataMapping(
        {name: _table(item, path, f"events.{name}") for name, item in events.items()},
        _table(top.get("subjects", {}), path, "subjects"),
        _table(top.get("inputs", {}), path, "inputs"),
    )


def _table(value: Any, path: str, place: str) -> TableMapping:
    item = _object(value, path, place, ("table", "columns"))
    columns = _object(item.get("columns", {}), path, f"{place}.columns", None)
    table = None if "table" not in item else _text(item["table"], path, f"{place}.table")
    return TableMapping(table, {name: _column(each, path, f"{place}.columns.{name}") for name, each in columns.items()})


def _column(value: Any, path: str, place: str) -> ColumnMapping:
    if isinstance(value, str):
        return ColumnMapping(value, None)
    item = _object(value, path, place, ("column", "constant", "cast"))
    if ("column" in item) == ("constant" in item):
        raise refuse("bad-mapping", path=path, place=place, reason="a column is either `column` or `constant`")
    cast = None if "cast" not in item else _text(item["cast"], path, f"{place}.cast")
    if cast is not None and cast not in CASTS:
        raise refuse("unknown-cast", path=path, place=place, cast=cast, known=", ".join(CASTS))
    if "column" in item:
        return ColumnMapping(_text(item["column"], path, f"{place}.column"), None, cast)
    return ColumnMapping(None, _constant(item["constant"], path, place), cast)


def _constant(value: Any, path: str, place: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise refuse("bad-mapping", path=path, place=place, reason="a constant is a text, a whole number, a flag or a date; write a decimal as a text")


def _object(value: Any, path: str, place: str, known: Iterable[str] | None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refuse("bad-mapping", path=path, place="line 1" if place == "-" else place, reason="a table of names is wanted here")
    for name in value if known is not None else ():
        if name not in (known or ()):
            near = get_close_matches(str(name), list(known or ()), 1)
            raise refuse(
                "bad-mapping",
                path=path,
                place=name if place == "-" else place,
                reason=f"`{name}` is not known here" + (f"; did you mean `{near[0]}`?" if near else ""),
            )
    return value


def _text(value: Any, path: str, place: str) -> str:
    if not isinstance(value, str):
        raise refuse("bad-mapping", path=path, place=place, reason="a text is wanted here")
    return value
