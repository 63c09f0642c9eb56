"""What the SQL of a plan reads: relations of clean rows, as the border leaves them.

Numbers are 64-bit integers at their scale, dates day numbers, texts and choices text, flags booleans; a time is a timestamp of the engine in one of two forms,
or seconds since 1970-01-01T00:00:00Z.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from .dialect import TimeForm


@frozen
class CleanColumn:
    """A column by the name that the relation gives it; `form` says how a time is held."""

    name: str
    form: TimeForm = "seconds"


@frozen
class CleanTable:
    """A relation and its columns, by the names of the plan."""

    relation: str
    columns: Mapping[str, CleanColumn]
