"""Tables of constants by one or two attributes: checks their rows and elaborates one column of them, in order of precedence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from ..binding.scopes import ParameterScope
from ..diagnostics.diagnostic import Label
from ..node import frozen
from ..plan.expressions import Constant, Expression, Lookup, LookupRow, Nothing
from ..plan.quantity import Type, Words
from ..source import Span
from ..syntax.declarations import TableBlock, TableRow
from ..syntax.expressions import Name, TextLiteral
from . import expressions
from .cases import branches
from .knowledge import Context, Knowledge

OTHER = "\0"
"""Stands for a text that no row names; the border refuses it in data."""
MOST_COMBINATIONS = 100_000
"""Combinations of keys that are looked at; tables that tell more apart are checked for the first ones."""
Match = tuple[str | None, ...]
"""The texts that a row matches, key by key; None for any."""


@frozen
class LookupColumn:
    """One column: its rows (both keys, first only, second only, default), the value of a missing key, and the type of all values."""

    rows: tuple[LookupRow, ...]
    missing: Expression | None
    type: Type


def lookup_of(table: str, column: str, known: Knowledge) -> LookupColumn | None:
    """The column of a table; None where its rows are wrong (reported once)."""
    if (table, column) not in known.lookups:
        block = known.symbols.lookups[table]
        index = [name.text for name in block.columns].index(column)
        known.lookups[table, column] = _column_of(block, index, known)
    return known.lookups[table, column]


def _column_of(block: TableBlock, index: int, known: Knowledge) -> LookupColumn | None:
    context = Context(known, ParameterScope())
    if any(len(row.values) != len(block.columns) for row in block.rows):
        return None
    values = [(expressions.elaborate(row.values[index], context), row.values[index].span) for row in block.rows]
    whole = [(value, span) for value, span in values if value is not None]
    made = branches(whole, context) if whole and len(whole) == len(values) else None
    written = [_is_written(value, span, context) for value, span in whole]
    if made is None or not all(written):
        return None
    brought, kind = made
    plain = [(row, value) for row, value in zip(block.rows, brought, strict=True) if not row.missing]
    missing = next((value for row, value in zip(block.rows, brought, strict=True) if row.missing), None)
    ordered = sorted(plain, key=lambda pair: _precedence(pair[0]))
    rows = tuple(LookupRow(match_of(row, len(block.keys)), value) for row, value in ordered)
    return LookupColumn(rows, missing, kind)


def _is_written(value: Expression, span: Span, context: Context) -> bool:
    if isinstance(value, Constant | Nothing):
        return True
    context.report("not-written", span, text=context.known.text(span))
    return False


def match_of(row: TableRow, keys: int) -> Match:
    """The texts that a row matches; None for `any`, all None for `default`."""
    texts = tuple(None if key is None else key.text for key in row.keys)
    return texts or (None,) * keys


def _precedence(row: TableRow) -> int:
    """Both keys before the first only, before the second only, before the default."""
    given = [key is not None for key in row.keys]
    return sum(2 ** (len(given) - 1 - place) for place, is_given in enumerate(given) if not is_given) if any(given) else 99


def keys_told_apart(lookups: Sequence[Lookup]) -> dict[Expression, tuple[str | None, ...]]:
    """The keys of some lookups, each with the values that these treat alike: the choices or the texts that are written, any other text, and none."""
    found: dict[Expression, dict[str | None, None]] = {}
    for lookup in lookups:
        for place, key in enumerate(lookup.keys):
            kind = key.type
            values = found.setdefault(key, dict.fromkeys(kind.options if isinstance(kind, Words) else ()))
            if isinstance(kind, Words) and not kind.options:
                values |= dict.fromkeys((*(row.match[place] for row in lookup.rows if row.match[place] is not None), OTHER))
            if kind.optional:
                values[None] = None
    return {key: tuple(values) for key, values in found.items()}


def value_at(lookup: Lookup, keys: Mapping[Expression, str | None]) -> Expression | None:
    """The value that a lookup gives for keys: of its first row that matches, or of a missing key; None where it has neither."""
    texts = [keys[key] for key in lookup.keys]
    if None in texts:
        return lookup.missing
    return next((row.value for row in lookup.rows if all(want in (None, text) for want, text in zip(row.match, texts, strict=True))), None)


def check_lookup(block: TableBlock, known: Knowledge) -> None:
    """Reports rows of the wrong width, twice the same keys, keys that no subject has, and keys without a row."""
    for row in block.rows:
        if len(row.values) != len(block.columns):
            known.report("row-width", row.span, values=len(row.values), columns=len(block.columns))
        elif row.keys and len(row.keys) != len(block.keys):
            known.report("row-width", row.span, values=len(row.keys), columns=len(block.keys))
    _check_keys(block, known)
    _check_twice(block, known)
    _check_cover(block, known)
    for column in block.columns:
        lookup_of(block.name.text, column.text, known)


def _check_keys(block: TableBlock, known: Knowledge) -> None:
    for row in block.rows:
        for key, name in zip(row.keys, block.keys, strict=False):
            kind = known.fields.get(name.text)
            if key is not None and isinstance(kind, Words):
                _check_option(key, kind, known)
            elif key is not None and kind is not None:
                known.report("key-not-text", name.span, name=name.text)


def _check_option(key: TextLiteral | Name, kind: Words, known: Knowledge) -> None:
    if kind.options and key.text not in kind.options:
        known.report("unknown-option", key.span, name=key.text, options=", ".join(f"`{option}`" for option in kind.options))


def _check_twice(block: TableBlock, known: Knowledge) -> None:
    seen: dict[object, TableRow] = {}
    for row in block.rows:
        match = "none" if row.missing else match_of(row, len(block.keys))
        if match in seen:
            known.report("row-twice", row.span, labels=(Label(seen[match].span, "first"),))
        seen.setdefault(match, row)


def _check_cover(block: TableBlock, known: Knowledge) -> None:
    matches = [match_of(row, len(block.keys)) for row in block.rows if not row.missing]
    kinds = [known.fields.get(name.text) for name in block.keys]
    if (None,) * len(block.keys) in matches or any(kind is None for kind in kinds):
        return
    options = [kind.options if isinstance(kind, Words) else () for kind in kinds]
    lacking = next(_uncovered(set(matches), options), None) if all(options) else ()
    if lacking is not None:
        known.report("row-missing", block.name.span, keys=", ".join(f"`{text}`" for text in lacking) or "a text of no row", table=block.name.text)


def _uncovered(patterns: set[Match], options: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The combinations of choices that no row matches, in order. What rows for any first key leave over is found once, not for each choice of it."""
    if not options:
        yield from () if patterns else ((),)
        return
    choices, *inner = options
    left = list(islice(_uncovered({match[1:] for match in patterns if match[0] is None}, inner), MOST_COMBINATIONS))
    own: dict[str, set[Match]] = {}
    for first, *rest in patterns:
        if first is not None:
            own.setdefault(first, set()).add(tuple(rest))
    for text in choices if left else ():
        matched = own.get(text, set())
        if (None,) * len(inner) not in matched:
            yield from ((text, *rest) for rest in left if not any(match in matched for match in product(*((None, key) for key in rest))))
