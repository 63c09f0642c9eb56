"""What a reference means where it stands: the scope says which spaces are looked into, in which order.

A bare name is a field or parameter, else a part or display; a name that is both is ambiguous (a part is reached by its path).
Inside a part's own value the part itself is not meant.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import assert_never

from ..node import frozen
from ..syntax.expressions import Reference
from .symbols import RESERVED, Symbols


@frozen
class RowScope:
    """Expressions over the rows of one event table: its columns, and the attributes of the row's subject; a computed column asks for no other rows."""

    table: str
    is_column: bool = False


@frozen
class MetricScope:
    """A metric by cases: it reads other metrics and attributes."""

    metric: str


@frozen
class RecordScope:
    """Everything that reads the record; `inside` is the path of the part whose value is written here, `options` the choices of a tier's value."""

    inside: str = ""
    options: tuple[str, ...] = ()


@frozen
class ParameterScope:
    """The rows of a table and ends of ranges: only parameters."""


@frozen
class FieldScope:
    """What a claim moves: fields of the record."""


@frozen
class ResultScope:
    """What is claimed or expected: numbers, the stage and outcomes."""


Scope = RowScope | MetricScope | RecordScope | ParameterScope | FieldScope | ResultScope


@frozen
class ParamTarget:
    """A parameter."""

    name: str


@frozen
class FieldTarget:
    """A metric, input, attribute, peer or group value."""

    name: str


@frozen
class NumberTarget:
    """A part, the total, the score or a display, by its path."""

    path: str


@frozen
class StageTarget:
    """The stage."""


@frozen
class OutcomeTarget:
    """A gate, sanction or tier."""

    name: str


@frozen
class LookupTarget:
    """A column of a table of constants."""

    table: str
    column: str


@frozen
class ColumnTarget:
    """A column of an event table: of the row at hand, or of the one that the reference column `through` names."""

    table: str
    name: str
    through: str = ""


@frozen
class OptionTarget:
    """A choice of the tier whose value is written here."""

    option: str


Target = ParamTarget | FieldTarget | NumberTarget | StageTarget | OutcomeTarget | LookupTarget | ColumnTarget | OptionTarget


@frozen
class Unknown:
    """A name that nothing visible here has; `near` are names that look like it."""

    name: str
    near: tuple[str, ...]


@frozen
class Ambiguous:
    """A name that several declarations have; `ways` are the ways to say which."""

    name: str
    ways: tuple[str, ...]


@frozen
class Elsewhere:
    """A name that exists and cannot be read here; `kind` is what it is."""

    name: str
    kind: str


@frozen
class NoField:
    """A name that exists and is no field of the record, where one is wanted."""

    name: str


@frozen
class TooFar:
    """A column behind two references in a row: the rows of `table` may compute it."""

    names: tuple[str, ...]
    table: str


Unresolved = Unknown | Ambiguous | Elsewhere | NoField | TooFar
Resolved = Target | Unresolved


def resolve(symbols: Symbols, scope: Scope, reference: Reference) -> Resolved:
    """The declaration that a reference means in a scope, or why there is none."""
    names = tuple(name.text for name in reference.names)
    match scope:
        case RowScope():
            return _in_row(symbols, scope.table, names)
        case RecordScope():
            return _in_record(symbols, scope, names)
        case ResultScope():
            return _in_results(symbols, names)
        case FieldScope():
            return _field(symbols, names)
        case MetricScope() | ParameterScope():
            return _in_constants(symbols, scope, names)
        case _:
            assert_never(scope)


def _in_row(symbols: Symbols, table: str, names: tuple[str, ...]) -> Resolved:
    columns = symbols.columns.get(table, {})
    head = names[0]
    if head in columns and len(names) == 1:
        return ColumnTarget(table, head)
    if head in columns and len(names) == 2:
        return _through(symbols, table, names)
    if head in columns and len(names) > 2 and columns[head].refers_to is not None:
        return _beyond(symbols, table, names)
    if len(names) == 1 and head in symbols.params:
        return ParamTarget(head)
    if len(names) == 1 and head in symbols.attributes():
        return FieldTarget(head)
    return _absent(symbols, names, [*columns, *symbols.params, *symbols.attributes()])


def _through(symbols: Symbols, table: str, names: tuple[str, ...]) -> Resolved:
    reference = symbols.columns[table][names[0]].refers_to
    other = reference.text if reference else ""
    if other not in symbols.tables:
        return Elsewhere(names[0], "column") if not reference else Unknown(other, near(other, symbols.tables))
    if names[1] not in symbols.columns[other]:
        return Unknown(names[1], near(names[1], symbols.columns[other]))
    return ColumnTarget(other, names[1], names[0])


def _beyond(symbols: Symbols, table: str, names: tuple[str, ...]) -> Resolved:
    """A chain of references: the first one leads somewhere, the rest is for the rows there to compute."""
    first = _through(symbols, table, names)
    return TooFar(names, first.table) if isinstance(first, ColumnTarget) else first


def _in_constants(symbols: Symbols, scope: Scope, names: tuple[str, ...]) -> Resolved:
    head = names[0]
    metrics = {**symbols.metrics(), **symbols.attributes()} if isinstance(scope, MetricScope) else {}
    if len(names) == 1 and head in symbols.params:
        return ParamTarget(head)
    if len(names) == 1 and head in metrics:
        return FieldTarget(head)
    return _absent(symbols, names, [*symbols.params, *metrics])


def _in_record(symbols: Symbols, scope: RecordScope, names: tuple[str, ...]) -> Resolved:
    path = ".".join(names[1:] if names[0] == "total" and len(names) > 1 else names)
    if len(names) > 1 and path in symbols.parts:
        return NumberTarget(path)
    if len(names) == 2 and names[0] in symbols.lookups:
        return _lookup(symbols, names)
    if len(names) > 1:
        return _absent(symbols, names, [*symbols.parts])
    if path in RESERVED:
        return _reserved(symbols, path)
    return _bare(symbols, scope, path)


def _reserved(symbols: Symbols, name: str) -> Resolved:
    if name == "stage":
        return StageTarget() if symbols.stages else Elsewhere("stage", "stage")
    if symbols.total is None and not (name == "score" and symbols.stages and symbols.header.score):
        return Elsewhere(name, "score")
    return NumberTarget(name) if name == "total" or symbols.header.score else Elsewhere(name, "score")


def _field(symbols: Symbols, names: tuple[str, ...]) -> Resolved:
    if len(names) == 1 and names[0] in symbols.fields:
        return FieldTarget(names[0])
    absent = _absent(symbols, names, [*symbols.fields])
    return NoField(absent.name) if isinstance(absent, Elsewhere) else absent


def _in_results(symbols: Symbols, names: tuple[str, ...]) -> Resolved:
    """As in the record, but that a field of the same name is not meant."""
    path = ".".join(names[1:] if names[0] == "total" and len(names) > 1 else names)
    if path in symbols.parts:
        return NumberTarget(path)
    if path in RESERVED:
        return _reserved(symbols, path)
    paths = [*symbols.bare.get(path, ()), *([path] if path in symbols.displays else [])]
    if len(paths) > 1:
        return Ambiguous(path, tuple(paths))
    if paths:
        return NumberTarget(paths[0])
    if path in symbols.outcomes:
        return OutcomeTarget(path)
    return _absent(symbols, names, ["score", "total", "stage", *symbols.parts, *symbols.bare, *symbols.displays, *symbols.outcomes])


def _bare(symbols: Symbols, scope: RecordScope, name: str) -> Resolved:
    if name in scope.options:
        return OptionTarget(name)
    paths = [path for path in symbols.bare.get(name, ()) if not f"{scope.inside}.".startswith(f"{path}.")]
    paths += [name] if name in symbols.displays else []
    value = ParamTarget(name) if name in symbols.params else FieldTarget(name) if name in symbols.fields else None
    if value and paths:
        return Ambiguous(name, tuple(path if "." in path else f"total.{path}" for path in paths))
    if value:
        return value
    if len(paths) > 1:
        return Ambiguous(name, tuple(paths))
    if paths:
        return NumberTarget(paths[0])
    if name in symbols.outcomes:
        return OutcomeTarget(name)
    return _absent(symbols, (name,), [*symbols.params, *symbols.fields, *symbols.bare, *symbols.displays, *symbols.outcomes])


def _lookup(symbols: Symbols, names: tuple[str, ...]) -> Resolved:
    columns = [column.text for column in symbols.lookups[names[0]].columns]
    return LookupTarget(*names) if names[1] in columns else Unknown(names[1], near(names[1], columns))


def _absent(symbols: Symbols, names: tuple[str, ...], visible: list[str]) -> Resolved:
    name = ".".join(names)
    kind = _kind_elsewhere(symbols, names[0])
    if kind and not (len(names) > 1 and names[0] in symbols.lookups):
        return Elsewhere(name, kind)
    return Elsewhere(name, "choice") if name in symbols.choices() else Unknown(name, near(name, visible))


def _kind_elsewhere(symbols: Symbols, name: str) -> str:
    if name in symbols.fields and name not in symbols.params:
        return symbols.kind_of(name)
    spaces: tuple[tuple[str, Container[str]], ...] = (
        ("parameter", symbols.params), ("part", symbols.bare), ("display", symbols.displays),
        ("outcome", symbols.outcomes), ("population", symbols.populations), ("event table", symbols.tables), ("table", symbols.lookups),
        ("column", {column for columns in symbols.columns.values() for column in columns}),
    )  # fmt: skip
    return next((kind for kind, space in spaces if name in space), "")


def near(name: str, visible: Iterable[str]) -> tuple[str, ...]:
    """Up to two visible names that look like `name`, the nearest first; in Chinese one wrong character of two is near."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name, list(visible), n=2, cutoff=0.6 if name.isascii() else 0.5))
