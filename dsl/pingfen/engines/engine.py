"""What a run needs of an engine: to describe tables, to answer selects, and to keep what a select gives, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import pyarrow as pa
from attrs import frozen
from sqlglot import exp

from ..sql.dialect import Dialect
from ..warehouse.refusal import RefusedDataError

Check = Callable[[int], None]
FLEETING = "a table made in memory is gone when the run ends; name with `--dsn` where it is to stay"
FULL = ("No space left on device", "File too large", "Disk quota exceeded", "Not enough space", "Cannot reserve")


def full_disk(failure: BaseException | str) -> str | None:
    """The line of a message that says that a disk is full; None where none does."""
    return next((first_line(line) for line in str(failure).splitlines() if any(sign in line for sign in FULL)), None)


@frozen
class FoundTable:
    """A table or view as it stands in the engine: what FROM reads, and each column's type in the engine's words."""

    relation: exp.Table
    columns: Mapping[str, str]


class Engine(Protocol):
    """One engine during one run. Methods raise the engine's own errors, which `refusal_of` tells as diagnostics."""

    @property
    def title(self) -> str:
        """The engine's name as people write it."""

    @property
    def spell(self) -> Dialect:
        """Its spelling."""

    def find(self, name: str) -> FoundTable | None:
        """A table, view or Parquet by its name; None where there is none."""

    def tables(self) -> Sequence[str]:
        """The names of tables, to tell which one is nearest."""

    def settle(self, statements: Sequence[str]) -> None:
        """Run settings of the session."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """All rows of a small select."""

    def arrow(self, select: str) -> pa.Table:
        """All rows of a select in the client."""

    def refuse_fleeting(self, name: str) -> None:
        """Hold that a table of that name stays when the run has ended. Raises RefusedDataError."""

    def keep_table(self, select: str, name: str, note: str, check: Check) -> int:
        """Make or replace a table of a select, whole or not at all, with a comment; how many rows it has, which `check` may refuse before it appears."""

    def keep_folder(self, select: str, folder: str, note: str, check: Check) -> int:
        """Write a select as Parquet into a folder, whole or not at all; how many rows it has, which `check` may refuse before it appears."""

    def refusal_of(self, failure: Exception) -> RefusedDataError | None:
        """What a failure of the engine says of the data, the login or the machine; None where the fault is ours."""


@contextmanager
def failures_told(engine: Engine) -> Iterator[None]:
    """The engine's failures as refusals."""
    try:
        yield
    except RefusedDataError:
        raise
    except Exception as failure:
        told = engine.refusal_of(failure)
        if told is None:
            raise
        raise told from None


def first_line(failure: BaseException | str) -> str:
    """The first line of an engine's message that says something, without its prefix."""
    lines = [line.strip() for line in str(failure).splitlines() if line.strip()]
    return " ".join(lines[0].split())[:240] if lines else type(failure).__name__
