"""A scorecard as JSON, as a table in a terminal and as HTML in a notebook, from the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from ..diagnostics.language import choose_language
from ..diagnostics.message import visible
from ..plan.label import Label
from .shape import Entry, Shape

if TYPE_CHECKING:
    from rich.console import RenderableType

    from .card import Scorecard

Row = tuple[str, str, str]

WORDS = {
    "score": Label("评分", "score"),
    "total": Label("总分", "total"),
    "stage": Label("阶段", "stage"),
    "steps": Label("构成", "steps"),
    "parts": Label("各项", "parts"),
    "displays": Label("展示", "displays"),
    "gates": Label("门槛", "gates"),
    "sanctions": Label("处置", "sanctions"),
    "tiers": Label("等级", "tiers"),
    "hidden": Label("不展示", "hidden"),
    "none": Label("缺", "none"),
    "part": Label("部分", "part"),
    "dropped": Label("缺失, 权重分给其余各项", "missing, its weight went to the others"),
    "not best": Label("未取", "not the best"),
    "value": Label("取值", "value"),
    "deduct": Label("扣分", "deduction"),
    "bonus": Label("加分", "bonus"),
    "protect": Label("保护", "protection"),
    "cap": Label("封顶", "cap"),
    "range": Label("限于范围", "own range"),
    "rounding": Label("舍入", "rounding"),
}


def document_of(card: Scorecard) -> dict[str, Any]:
    """The scorecard for JSON."""
    from ..explanation.document import reason_document

    return {
        "ruleset": card.ruleset,
        "version": card.version,
        "digest": card.digest,
        "stage": card.stage,
        "score": _json(card.score),
        "total": _json(card.total),
        "parts": _json(card.parts),
        "displays": _json(card.displays),
        "gates": card.gates,
        "sanctions": card.sanctions,
        "tiers": card.tiers,
        "hidden": sorted(card.hidden),
        "steps": [
            {"kind": step.kind, "path": step.path, "label": {"en": step.label.text("en", ""), "zh": step.label.text("zh", "")}, "effect": f"{step.effect:f}"}
            for step in card.steps
        ],
        "reasons": [reason_document(reason) for reason in card.reasons],
        "metrics": _json(card.metrics),
    }


def _json(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return {"numerator": value[0], "denominator": value[1]}
        case dict():
            return {name: _json(item) for name, item in value.items()}
        case _:
            return value


def rows_of(card: Scorecard, shape: Shape) -> Iterator[Row]:
    """(section, name, value) of everything shown; the section stands on its first row only."""
    language = choose_language()

    def word(key: str) -> str:
        return WORDS[key].text(language, key)

    def text(value: Any) -> str:
        return word("none") if value is None else f"{value:f}" if isinstance(value, Decimal) else visible(str(_json(value)))

    def block(key: str, entries: tuple[Entry, ...], values: dict[str, Any]) -> Iterator[Row]:
        section = word(key)
        for entry in entries:
            yield section, visible(entry.label.text(language, entry.name)), word("hidden") if entry.name in card.hidden else text(values[entry.name])
            section = ""

    if shape.score is not None:
        yield word("score"), visible(shape.score.label.text(language, "")), word("hidden") if shape.score.name in card.hidden else text(card.score)
    if card.stage is not None:
        yield word("stage"), "", visible(card.stage)
    for index, step in enumerate(card.steps):
        name = step.label.text(language, step.path) or word(step.kind)
        note = f" ({word(step.kind)})" if step.kind in ("dropped", "not best") else ""
        yield word("steps") if index == 0 else "", visible(name) + note, f"{step.effect:+f}"
    yield from block("parts", shape.parts, card.parts)
    yield from block("displays", shape.displays, card.displays)
    yield from block("gates", shape.gates, card.gates)
    yield from block("sanctions", shape.sanctions, card.sanctions)
    yield from block("tiers", shape.tiers, card.tiers)


def rich_of(card: Scorecard, shape: Shape) -> RenderableType:
    """A table for a terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(visible(f"{card.ruleset} {card.version}")), show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    table.add_column(justify="right")
    for section, name, value in rows_of(card, shape):
        if section:
            table.add_section()
        table.add_row(Text(section), Text(name), Text(value))
    return table


def html_of(card: Scorecard, shape: Shape) -> str:
    """A table for a notebook."""
    rows = "".join(
        f"<tr><th>{escape(section)}</th><td>{escape(name)}</td><td style='text-align:right'>{escape(value)}</td></tr>"
        for section, name, value in rows_of(card, shape)
    )
    return f"<table><caption>{escape(visible(f'{card.ruleset} {card.version}'))}</caption>{rows}</table>"
