"""Binds a document: collects its declarations, binds every name, orders the declarations and says which nobody reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.diagnostic import Label, Problems
from ..node import frozen
from ..source import Span
from ..syntax.declarations import Document
from .cycles import evaluation_order, reachable
from .names import reads_of
from .readings import readings
from .symbols import Symbols, collect


@frozen
class Bound:
    """A document whose names are bound. `order` holds keys (`field volume`, `number product.praise`, `stage`, `outcome campaigns`, `column orders.waiting`,
    `source valid_orders`), each behind what it reads; `reads` says who reads whom; keys in `circular` have no order."""

    document: Document
    symbols: Symbols
    order: tuple[str, ...]
    reads: Mapping[str, Sequence[str]]
    circular: frozenset[str]


def bind(document: Document, problems: Problems) -> Bound:
    """The bound document; reports unknown, duplicate, cyclic and unused names."""
    symbols = collect(document, problems)
    places: dict[str, dict[str, Span]] = {}
    for reading in readings(symbols):
        found = places.setdefault(reading.key, {})
        for key, span in reads_of(reading, symbols, problems):
            found.setdefault(key, span)
    order, circles = evaluation_order({key: tuple(found) for key, found in places.items()})
    for circle in circles:
        _report_circle(circle, places, problems)
    reads = {key: tuple(found) for key, found in places.items()}
    _report_unused(symbols, reads, problems)
    return Bound(document, symbols, order, reads, frozenset(key for circle in circles for key in circle))


def _report_circle(circle: tuple[str, ...], places: Mapping[str, Mapping[str, Span]], problems: Problems) -> None:
    steps = list(zip(circle, (*circle[1:], circle[0]), strict=True))
    spans = [places[reader][read] for reader, read in steps if places[reader][read].end]
    names = [_name_of(key) for key in (*circle, circle[0])]
    labels = tuple(Label(span, "step") for span in spans[1:])
    problems.report("cyclic-name", spans[0] if spans else Span(0, 0), labels=labels, circle=" -> ".join(f"`{name}`" for name in names), name=names[0])


def _name_of(key: str) -> str:
    return key.split(" ", 1)[-1]


def _report_unused(symbols: Symbols, reads: Mapping[str, Sequence[str]], problems: Problems) -> None:
    roots = [key for key in reads if key.split(" ", 1)[0] in ("number", "stage", "outcome", "linked", "hidden", "claim")]
    used = reachable(reads, roots)
    used |= {f"source {key.split(' ', 1)[1].split('.', 1)[0]}" for key in used if key.startswith("column ")}
    for kind, key, name, span in _declared(symbols):
        if key not in used:
            problems.report("unused-declaration", span, kind=kind, name=name)


def _declared(symbols: Symbols) -> list[tuple[str, str, str, Span]]:
    found = [("parameter", f"param {name}", name, line.name.span) for name, line in symbols.params.items()]
    found += [("table", f"lookup {name}", name, block.name.span) for name, block in symbols.lookups.items()]
    found += [("event table", f"source {name}", name, block.name.span) for name, block in symbols.tables.items()]
    found += [("population", f"source {name}", name, line.name.span) for name, line in symbols.populations.items()]
    found += [(symbols.kind_of(name), f"field {name}", name, field.name.span) for name, field in symbols.fields.items()]
    return found
