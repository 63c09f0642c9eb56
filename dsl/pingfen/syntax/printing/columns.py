"""Aligns the rows of a block: names, labels, types, values, arrows and the comments behind them."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from ...source import cells
from .layout import INDENT, Line, Piece

WIDEST: Final = 48
"""A row that reaches this much further than the shortest of its block is not aligned to: it would push the others off the page."""

MOST_CELLS: Final = 40
"""Rows of data with more cells are left as they are."""

_NAMED: Final = frozenset({"metric", "population", "peer", "group", "display", "tier", "gate", "sanction", "param", "input", "dimension", "indicator",
                           "part"})  # fmt: skip
_ROWS_OF_TYPES: Final = frozenset({"in events", "in subject"})


def write_texts(lines: list[Line]) -> None:
    """Give every line its text."""
    groups = _groups(lines)
    paddings: dict[int, dict[int, int]] = {}
    for group in groups:
        _align(group, paddings)
    column = 0
    for line in lines:
        indent = line.level * INDENT
        if line.begins_row:
            line.text = _joined(line.pieces, indent, paddings.get(id(line), {}))
            column = _continuation(line, indent)
        else:
            line.text = _joined(line.pieces, column or indent + 2 * INDENT, {})
    _align_comments(lines)


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Rows of one block and one kind that no blank line parts."""
    found: dict[tuple[int, int, str], list[Line]] = {}
    parts: dict[int, int] = {}
    for line in lines:
        if line.blank_before:
            parts[line.block] = parts.get(line.block, 0) + 1
        spread = line.first in ("display", "tier") and line.pieces[-1].terminal == "{"
        if line.begins_row and line.pieces and line.first != "}" and not spread:
            found.setdefault((line.block, parts.get(line.block, 0), _kind(line)), []).append(line)
    return list(found.values())


def _kind(line: Line) -> str:
    if line.first in _NAMED:
        return line.first
    if any(piece.terminal == "->" for piece in _outside(line.pieces)):
        return "->"
    return f"in {line.opener}"


def _outside(pieces: list[Piece]) -> list[Piece]:
    """The pieces outside braces."""
    depth, found = 0, []
    for piece in pieces:
        depth -= piece.terminal == "}"
        if depth == 0:
            found.append(piece)
        depth += piece.terminal == "{"
    return found


def _cells(line: Line) -> dict[str, int]:
    """The columns of a row: column to the index of the piece with which it begins, in order."""
    kind, pieces = _kind(line), line.pieces
    if kind in _NAMED:
        return _named_cells(pieces, kind)
    if kind == "->":
        return {"arrow": next(index for index, piece in enumerate(pieces) if piece.terminal == "->")}
    if kind in _ROWS_OF_TYPES and pieces[0].terminal == "NAME" and not _is_data(pieces):
        return _typed_cells(pieces)
    if kind == "in stages" and pieces[0].terminal == "NAME":
        return _labelled(pieces, 1, "rest")
    if kind == "in example" and pieces[0].terminal in ("given", "expect", "on") and len(pieces) > 1:
        return {"values": 1}
    if kind in ("in events", "in subjects", "in inputs") and len(_commas(pieces)) <= MOST_CELLS:
        return {f"cell {number}": index + 1 for number, index in enumerate(_commas(pieces)) if index + 1 < len(pieces)}
    return {}


def _is_data(pieces: list[Piece]) -> bool:
    """Whether a row of a block of events is data of an example (`order_id, paid_at`), not a column's declaration."""
    return len(pieces) < 2 or pieces[1].terminal == ","


def _commas(pieces: list[Piece]) -> list[int]:
    return [index for index, piece in enumerate(pieces) if piece.terminal == ","]


def _labelled(pieces: list[Piece], start: int, rest: str) -> dict[str, int]:
    found = {}
    index = start
    if index < len(pieces) and pieces[index].terminal == "TEXT":
        found["label"] = index
        while index < len(pieces) and pieces[index].terminal == "TEXT":
            index += 1
    if index < len(pieces):
        found[rest] = index
    return found


def _named_cells(pieces: list[Piece], kind: str) -> dict[str, int]:
    found = _labelled(pieces, 2, "clauses")
    equals = next((index for index, piece in enumerate(pieces) if piece.terminal == "="), None)
    opened = next((index for index, piece in enumerate(pieces) if piece.terminal == "{"), len(pieces))
    if kind in ("gate", "sanction"):
        return found
    if equals is not None and equals < opened:
        if found.get("clauses") == equals:
            del found["clauses"]
        found["equals"] = equals
    if kind == "input" and "clauses" in found and found["clauses"] + 1 < len(pieces):
        found["rest"] = found["clauses"] + 1
    return found


def _typed_cells(pieces: list[Piece]) -> dict[str, int]:
    found = _labelled(pieces, 1, "type")
    if "type" in found and found["type"] + 1 < len(pieces):
        found["rest"] = found["type"] + 1
    return found


def _align(group: list[Line], paddings: dict[int, dict[int, int]]) -> None:
    """Pad each column of the rows to one cell; `paddings` holds, by line, the spaces before a piece."""
    columns: list[str] = []
    starts = [_cells(line) for line in group]
    for found in starts:
        columns += [column for column in found if column not in columns]
    columns.sort(key=lambda column: (_ORDER.get(column, 9), int(column.removeprefix("cell ")) if column.startswith("cell ") else 0))
    gap = 2 if _kind(group[0]) in (*_ROWS_OF_TYPES, "in stages") and columns and not columns[0].startswith("cell") else 1
    for column in columns:
        reached = {}
        for line, found in zip(group, starts, strict=True):
            if column in found:
                reached[id(line)] = cells(_joined(line.pieces[: found[column]], 0, paddings.get(id(line), {}))) + gap
        least = min(reached.values())
        target = max(width for width in reached.values() if width <= least + WIDEST)
        for line, found in zip(group, starts, strict=True):
            if column in found:
                paddings.setdefault(id(line), {})[found[column]] = max(target - reached[id(line)], 0) + gap


_ORDER: Final = {"label": 0, "type": 1, "clauses": 1, "rest": 2, "equals": 3, "arrow": 4, "values": 5}


def _joined(pieces: list[Piece], indent: int, padding: dict[int, int]) -> str:
    texts = []
    for index, piece in enumerate(pieces):
        if index == 0:
            texts.append(" " * indent)
        else:
            texts.append(" " * padding.get(index, 0 if piece.tight else 1))
        texts.append(piece.text)
    return "".join(texts)


def _continuation(line: Line, indent: int) -> int:
    """The cell at which lines that continue this row begin."""
    marks = [index for index, piece in enumerate(line.pieces) if piece.terminal in ("where", "except", "first")]
    if line.first == "population" and marks:
        return _cell_of(line, marks[0])
    if line.first in ("given", "expect") and len(line.pieces) > 1:
        return _cell_of(line, 1)
    equals = [index for index, piece in enumerate(line.pieces) if piece.terminal == "="]
    if line.first in _NAMED and equals and equals[0] + 1 < len(line.pieces) and "{" not in {piece.terminal for piece in line.pieces}:
        return _cell_of(line, equals[0] + 1)
    return indent + 2 * INDENT


def _cell_of(line: Line, index: int) -> int:
    position = 0
    for piece in line.pieces[: index + 1]:
        position = line.text.index(piece.text, position) + len(piece.text)
    return cells(line.text[: position - len(line.pieces[index].text)])


def _align_comments(lines: list[Line]) -> None:
    for commented, run in groupby(lines, key=lambda line: bool(line.comment and line.pieces)):
        group = list(run)
        if not commented:
            for line in group:
                line.text = line.text or " " * (line.level * INDENT) + line.comment
            continue
        widths = [cells(line.text) for line in group]
        target = max(width for width in widths if width <= min(widths) + WIDEST)
        for line, width in zip(group, widths, strict=True):
            line.text += " " * (max(target - width, 0) + 2) + line.comment
