"""The plan: what one version of a ruleset means, and the examples, claims and sources that go with it."""

from __future__ import annotations

from typing import Literal

from ..node import frozen
from .events import EventPlan
from .expressions import Expression
from .label import Label
from .record import RecordPlan

Written = int | str | bool | tuple[int, int] | None


@frozen(repr=False)
class ExampleTable:
    """Rows of one event table in an example, or of "subjects" (attributes; dated ones with `valid_from`) or "inputs" (plain inputs), whose first
    column is the subject's key.

    Cells are clean values as in the plan (scaled ints, instants in seconds, texts, bools); None is absent.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Written, ...], ...]


@frozen(repr=False)
class Expectation:
    """Expected values of one subject ("" for the only one): (name, value) with names as written; outcomes and stages as text, numbers scaled at their
    places."""

    subject: str
    values: tuple[tuple[str, Written], ...]


@frozen(repr=False)
class Example:
    """An example: either a record (`given`, by field name, scaled) or event tables; `as_of` in days since 1970-01-01 or None."""

    name: str
    as_of: int | None
    given: tuple[tuple[str, Written], ...]
    tables: tuple[ExampleTable, ...]
    expected: tuple[Expectation, ...]


@frozen(repr=False)
class Claim:
    """`always target within low .. high`, or rises / falls with a field. `target` reads a number (NumberRead) or an outcome (OutcomeRead); ends are scaled.

    `for_every` names an attribute each of whose choices is checked by itself, and its absence where it is optional; `assuming` narrows the records.
    """

    key: str
    text: str
    form: Literal["within", "rises", "falls"]
    target: Expression
    low: int | None
    high: int | None
    field: str
    for_every: str
    assuming: Expression | None


@frozen(repr=False)
class Citation:
    """A source and what is taken from it."""

    source: str
    note: str
    of: str


@frozen(repr=False)
class Assumption:
    """A number that nobody published: its path (`product.praise.weight`, `window`), the text as written, and for a parameter the ends of `within`, as
    written."""

    path: str
    text: str
    low: str
    high: str
    parameter: bool


@frozen(repr=False)
class Version:
    """Name, version and effective days of a ruleset (days since 1970-01-01, both included; None is open)."""

    ruleset: str
    label: Label
    version: str
    first_day: int
    last_day: int | None


@frozen(repr=False)
class Plan:
    """One ruleset version. `record` and `events` are the meaning; examples are its test vectors."""

    version: Version
    record: RecordPlan
    events: EventPlan
    examples: tuple[Example, ...]
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    assumptions: tuple[Assumption, ...]
