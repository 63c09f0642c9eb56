"""The generated scorer of wechat-promoter against the same written by hand and against Rust expression engines; the Scorecard against one written by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pingfen
from bench import promoter_peer
from bench.engines_peer import Score, cel_scorer, zen_scorer
from bench.pairs import compare
from bench.promoter_peer import FIELDS

RULESET = Path(__file__).parents[1] / "rulesets" / "wechat-promoter" / "2025-03-31.pf"
RECORDS = 20_000
ENGINE_RECORDS = 4_000

Record = tuple[Any, ...]


def run() -> list[dict[str, Any]]:
    """The rows of the table; outputs are compared before anything is measured."""
    ruleset = pingfen.load(RULESET)
    assert isinstance(ruleset, pingfen.Ruleset)
    records = _records(RECORDS)
    scorer = ruleset.scorer()
    assert scorer.inputs == FIELDS
    assert all(scorer(*record) == promoter_peer.score(*record) for record in records)
    rows = [
        compare("scorer vs hand-written", _calls(scorer, records), _calls(promoter_peer.score, records), 1.3, detail=f"{RECORDS:,} different records a run")
    ]
    rows += [_against_engine(scorer, *engine()) for engine in (zen_scorer, cel_scorer)]
    return rows + _scorecards(ruleset, records)


def _records(count: int) -> list[Record]:
    """Records over the whole ranges, a tenth of the optional values missing."""
    dice = random.Random(20250331)

    def optional(low: int, high: int) -> int | None:
        return None if dice.random() < 0.1 else dice.randint(low, high)

    def few(most: int) -> int:
        return dice.randint(1, most) if dice.random() < 0.3 else 0

    return [(optional(0, 500), optional(7000, 10000), optional(0, 500), few(4), few(2), few(5)) for _ in range(count)]


def _calls(function: Callable[..., Any], records: Sequence[Record]) -> Callable[[], None]:
    def call() -> None:
        for store, praise, returns, breaches, severe, reports in records:
            function(store, praise, returns, breaches, severe, reports)

    return call


def _against_engine(scorer: Callable[..., Any], name: str, engine: Score) -> dict[str, Any]:
    """Ours gives all parts besides; the engine gets its records ready made."""
    records = _records(ENGINE_RECORDS)
    mappings = [dict(zip(FIELDS, record, strict=True)) for record in records]
    for record, mapping in zip(records, mappings, strict=True):
        ours = scorer(*record)
        assert (ours[8], ours[9], ours[12]) == engine(mapping), mapping

    def theirs() -> None:
        for mapping in mappings:
            engine(mapping)

    return compare(f"scorer vs {name.split()[0]}", _calls(scorer, records), theirs, 1.0, detail=f"{name}, {ENGINE_RECORDS:,} different records a run")


def _scorecards(ruleset: pingfen.Ruleset, records: Sequence[Record]) -> list[dict[str, Any]]:
    given = [_as_decimals(record) for record in records]
    for metrics in given:
        ours, theirs = ruleset.evaluate(metrics), promoter_peer.evaluate(metrics)
        steps = tuple((step.kind, step.path, step.effect) for step in ours.steps)
        assert (ours.score, ours.total, ours.parts, ours.gates, steps) == (theirs.score, theirs.total, theirs.parts, theirs.gates, theirs.steps)

    def read_ours() -> None:
        for metrics in given:
            card = ruleset.evaluate(metrics)
            _ = (card.score, card.total, card.parts, card.gates, card.steps)

    def read_theirs() -> None:
        for metrics in given:
            card = promoter_peer.evaluate(metrics)
            _ = (card.score, card.total, card.parts, card.gates, card.steps)

    told = "decimals in and out, every check, part, gate and step"
    return [
        compare("Scorecard vs hand-written", read_ours, read_theirs, 2.0, detail=told),
        compare("Scorecard vs bare integer function", read_ours, _calls(promoter_peer.score, records), 50.0, detail=told),
    ]


def _as_decimals(record: Record) -> dict[str, Any]:
    places = (2, 4, 4, 0, 0, 0)
    values = [Decimal(value).scaleb(-digits) if digits and value is not None else value for value, digits in zip(record, places, strict=True)]
    return dict(zip(FIELDS, values, strict=True))
