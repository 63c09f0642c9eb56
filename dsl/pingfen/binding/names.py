"""Binds the names of every reading: reports what is unknown, and says which declaration reads which."""

from __future__ import annotations

from typing import assert_never

from ..diagnostics.diagnostic import Fix, Problems
from ..node import nodes_in
from ..source import Span
from ..syntax.expressions import AnyRows, Name, Reference
from .readings import Reading
from .scopes import (
    Ambiguous,
    ColumnTarget,
    Elsewhere,
    FieldTarget,
    LookupTarget,
    NoField,
    NumberTarget,
    OptionTarget,
    OutcomeTarget,
    ParamTarget,
    Resolved,
    StageTarget,
    TooFar,
    Unknown,
    Unresolved,
    near,
    resolve,
)  # fmt: skip
from .symbols import Symbols


def reads_of(reading: Reading, symbols: Symbols, problems: Problems) -> list[tuple[str, Span]]:
    """The keys of the declarations that a reading needs, each with the place where it is named; unknown names are reported."""
    found = [(key, Span(0, 0)) for key in reading.needs]
    for node in nodes_in(reading.roots, without="span"):
        if isinstance(node, Reference):
            found += _referred(node, resolve(symbols, reading.scope, node), problems)
        elif isinstance(node, AnyRows):
            found += [read for name in node.populations for read in _used("source", name, symbols, problems)]
    for kind, name in reading.uses:
        found += _used(kind, name, symbols, problems)
    return found


def _referred(node: Reference, target: Resolved, problems: Problems) -> list[tuple[str, Span]]:
    match target:
        case Unknown() | Ambiguous() | Elsewhere() | NoField() | TooFar():
            report_unresolved(node.span, target, problems)
            return []
        case ParamTarget(name):
            key = f"param {name}"
        case FieldTarget(name):
            key = f"field {name}"
        case NumberTarget(path):
            key = f"number {path}"
        case StageTarget():
            key = "stage"
        case OutcomeTarget(name):
            key = f"outcome {name}"
        case LookupTarget(table, _):
            key = f"lookup {table}"
        case ColumnTarget(table, name, through):
            return [(f"column {table}.{name}", node.span)] + ([(f"source {table}", node.span)] if through else [])
        case OptionTarget():
            return []
        case _:
            assert_never(target)
    return [(key, node.span)]


def report_unresolved(span: Span, target: Unresolved, problems: Problems) -> None:
    """Reports a reference that means no declaration, or several."""
    match target:
        case Unknown(name, alike):
            fix = Fix(span, alike[0]) if alike else None
            problems.report("unknown-name", span, fix=fix, name=name, near=" or ".join(f"`{other}`" for other in alike))
        case Ambiguous(name, ways):
            problems.report("ambiguous-name", span, name=name, ways=", ".join(f"`{way}`" for way in ways))
        case Elsewhere(name, "choice"):
            problems.report("choice-without-is", span, name=name)
        case Elsewhere(name, kind):
            problems.report("name-not-readable-here", span, name=name, kind=kind)
        case NoField(name):
            problems.report("not-a-field", span, text=name)
        case TooFar(names, table):
            head, *rest = names
            problems.report("reference-through-two", span, text=".".join((head, *rest)), table=table, head=head, rest=".".join(rest), name=rest[-1])
        case _:
            assert_never(target)


def _used(kind: str, name: Name, symbols: Symbols, problems: Problems) -> list[tuple[str, Span]]:
    space, prefix = _space(kind, symbols)
    if name.text in space:
        return [(prefix + name.text, name.span)]
    if kind == "attribute" and name.text in symbols.fields:
        problems.report("not-an-attribute", name.span, name=name.text, kind=symbols.kind_of(name.text))
        return [(prefix + name.text, name.span)]
    alike = near(name.text, space)
    fix = Fix(name.span, alike[0]) if alike else None
    problems.report("unknown-name", name.span, fix=fix, name=name.text, near=" or ".join(f"`{other}`" for other in alike))
    return []


def _space(kind: str, symbols: Symbols) -> tuple[dict[str, object], str]:
    match kind:
        case "attribute":
            return dict(symbols.attributes()), "field "
        case "table":
            return dict(symbols.tables), "source "
        case "source":
            return {**symbols.tables, **symbols.populations}, "source "
        case "outcome":
            return dict(symbols.outcomes), "outcome "
        case _:
            table = kind.removeprefix("column ")
            return dict(symbols.columns[table]), f"column {table}."
