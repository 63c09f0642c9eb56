"""What an engine takes as the name of a column, and the name that stands for one that it does not take.

A name that is too long is cut by PostgreSQL without an error; one that differs from another in case alone is renamed by DuckDB, and refused by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from attrs import frozen

from ..diagnostics.diagnostic import Diagnostic


@frozen
class Limit:
    """The most that a column's name has, in characters or in UTF-8 bytes (None: no end is known); `folds` where case does not tell names apart."""

    most: int | None = None
    in_bytes: bool = False
    folds: bool = True

    def takes(self, name: str) -> bool:
        """Whether the name is short enough."""
        return self.most is None or len(name.encode() if self.in_bytes else name) <= self.most

    def cut(self, name: str, spare: int) -> str:
        """The start of a name that leaves room for `spare` letters more."""
        if self.most is None:
            return name
        return name.encode()[: self.most - spare].decode(errors="ignore") if self.in_bytes else name[: self.most - spare]

    def same(self, name: str) -> str:
        """Equal for names that are one to the engine."""
        return name.casefold() if self.folds else name


# PostgreSQL, DuckDB, Spark and ClickHouse as tried on them; the others as their manuals say of columns of tables, the smaller where versions differ
_LIMITS: Mapping[str, Limit] = {
    "postgres": Limit(63, in_bytes=True, folds=False),
    "clickhouse": Limit(folds=False),
    "mysql": Limit(64),
    "doris": Limit(64),
    "starrocks": Limit(1024),
    "hive": Limit(128),
    "trino": Limit(128),
    "bigquery": Limit(300),
    "snowflake": Limit(255, folds=False),
}
_DIGITS = 8


def fitting_names(engine: str, wanted: Sequence[str], reserved: Iterable[str] = ()) -> list[str]:
    """A name for each of `wanted`, all different to the engine and from the reserved ones.

    It is the name itself where the engine takes it and no other has it. Else it is its start, `_` and the first 8 hexadecimal digits of the SHA-256 of its
    UTF-8 bytes (more where even these meet), so that it is the same in every run.
    """
    limit = _LIMITS.get(engine, Limit())
    used = {limit.same(name) for name in reserved}
    found = []
    for name in wanted:
        found.append(_fitting(name, limit, used))
        used.add(limit.same(found[-1]))
    return found


def takes_name(engine: str, name: str) -> bool:
    """Whether an engine takes a name as it is, of a table too."""
    return _LIMITS.get(engine, Limit()).takes(name)


def _fitting(name: str, limit: Limit, used: set[str]) -> str:
    if limit.takes(name) and limit.same(name) not in used:
        return name
    digest = sha256(name.encode()).hexdigest()
    short = (f"{limit.cut(name, digits + 1)}_{digest[:digits]}" for digits in range(_DIGITS, len(digest)))
    return next(each for each in short if limit.same(each) not in used)


def renamed_told(engine: str, renamed: Mapping[str, str]) -> list[Diagnostic]:
    """What is said of columns that stand under a short name."""
    listed = "; ".join(f"{full} -> {short}" for full, short in renamed.items())
    return [Diagnostic("renamed-columns", arguments={"engine": engine, "names": listed})] if renamed else []
