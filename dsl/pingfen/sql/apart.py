"""Names kept apart: no two that one select could meet are one name to an engine, whatever the ruleset and the tables of the data are called.

PostgreSQL cuts a name after 63 bytes; Spark and others do not see case; ClickHouse takes a name for a column of its own select before it looks below. So the
names of a statement are given out by spaces, and a name is used once in all spaces that a select could meet.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import Factory, define

LONGEST = 63
DATA, RESULT, RELATIONS, ANYWHERE, RECORDS = "data", "result", "relations", "anywhere", "records"
"""The names of the data's own tables and columns, of the result's columns, of subqueries, of columns that join what stands in several tables, and of columns
of the records. Beside these each table has a space for its columns, and one for its columns as they are given."""
_GIVEN = "given "


def table_space(table: object) -> str:
    """The space of a table's columns."""
    return f"table {table}"


def given_space(table: object) -> str:
    """The space of the names under which a table's columns are read from the data."""
    return f"{_GIVEN}{table}"


def folded(name: str) -> str:
    """Equal for names that some engine takes for one: beside case also both letters i of Turkish, which Spark's comparison does not tell apart."""
    return name.casefold().upper().casefold().replace("\u0307", "")


def cut(name: str, length: int) -> str:
    """The start of a name that has so many bytes at most, in whole letters."""
    return name.encode()[:length].decode(errors="ignore")


@define
class Spaces:
    """The names given out so far, each by the space in which it is used."""

    used: dict[str, set[str]] = Factory(dict)

    def hold(self, space: str, names: Iterable[str]) -> None:
        """Names that stand in a space whatever others are called."""
        self.used.setdefault(space, set()).update(folded(cut(name, LONGEST)) for name in names)

    def choose(self, space: str, wanted: str) -> str:
        """The name, cut and numbered where it must be."""
        others = [names for other, names in self.used.items() if _meet(space, other)]
        number, found = 1, cut(wanted, LONGEST)
        while any(folded(found) in names for names in others):
            number += 1
            found = f"{cut(wanted, LONGEST - 1 - len(str(number)))}_{number}"
        self.hold(space, [found])
        return found


def _meet(one: str, other: str) -> bool:
    """Whether one select could read or make names of both spaces."""
    if one == other or RELATIONS in (one, other):
        return True
    if DATA in (one, other):
        return one.startswith(_GIVEN) or other.startswith(_GIVEN)
    return ANYWHERE in (one, other) or one.startswith(_GIVEN) != other.startswith(_GIVEN)
