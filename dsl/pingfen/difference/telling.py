"""A comparison in a few lines for a terminal, and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..plan.values import decimal_text
from .causes import Cause
from .comparison import Comparison, Extreme
from .data import Affected
from .deciding import Shop
from .pairing import Record
from .ranges import FieldRange
from .rules import changes_of
from .saying import Speaker


def lines(comparison: Comparison, language: str) -> Iterator[str]:
    """What a reviewer reads first."""
    speaker = Speaker(comparison, language)
    yield speaker.title()
    yield speaker.verdict()
    yield from speaker.notes()
    changes = changes_of(speaker.old, speaker.new, language)
    if not changes and not comparison.same:
        yield speaker.say("rules unsaid")
    for change in changes:
        yield f"{change.label} ({speaker.say(change.kind)}, {speaker.say(change.state)})"
        yield from (f"  {about}{': ' if about else ''}{old or speaker.say('none')} → {new or speaker.say('none')}" for about, old, new in change.rows)
    if comparison.decision.scorecards == "same":
        return
    for key, extreme in (("rise", comparison.rise), ("fall", comparison.fall)) if comparison.new_has_score else ():
        yield from _extreme(extreme, key, speaker)
    for move in comparison.moves:
        yield f"{speaker.outcome(move.name)}: {speaker.outcome_value(move.old, move.name)} → {speaker.outcome_value(move.new, move.name)}"
        yield from (f"  {name} {value}" for name, value in speaker.shop_rows(move.shop))
    bounded = [row for row, each in zip(speaker.ranges(), comparison.ranges, strict=True) if (each.low, each.high) != (each.kind.low, each.kind.high)]
    for metric, values, outside in bounded:
        yield f"{speaker.say('ranges')}: {metric} {values}; {speaker.say('outside')}: {outside}"
    yield from _data(comparison, speaker)


def _extreme(extreme: Extreme | None, key: str, speaker: Speaker) -> Iterator[str]:
    yield speaker.extreme(extreme, key)
    if extreme is not None:
        yield "  " + speaker.proof(extreme)
        yield from (f"  {name} {value}" for name, value in speaker.shop_rows(extreme.shop))
        yield f"  {speaker.say('because')}: {speaker.causes(extreme.causes)}"


def _data(comparison: Comparison, speaker: Speaker) -> Iterator[str]:
    data = comparison.on_data
    if data is None:
        return
    counts = {"subjects": f"{data.subjects:,}", "rises": f"{data.rises:,}", "falls": f"{data.falls:,}"}
    yield (
        speaker.say("data", date=data.as_of.isoformat()) + ": " + speaker.say("data summary", **counts, mean=speaker.signed(data.mean and round(data.mean, 4)))
    )
    for crossing in data.crossings:
        for (old, new), count in sorted(crossing.counts.items()):
            if old != new:
                yield f"  {speaker.outcome(crossing.name)}: {speaker.outcome_value(old)} → {speaker.outcome_value(new)}: {count:,}"


def document(comparison: Comparison, language: str) -> dict[str, Any]:
    """The comparison for machines: values as people write them, counts as numbers."""
    speaker = Speaker(comparison, language)
    changes = changes_of(speaker.old, speaker.new, language)
    return {
        "title": speaker.title(),
        "old": {"ruleset": speaker.old.version.ruleset, "version": speaker.old.version.version},
        "new": {"ruleset": speaker.new.version.ruleset, "version": speaker.new.version.version},
        "same": comparison.same,
        "scorecards": comparison.decision.scorecards,
        "measured the same": comparison.decision.measured,
        "allowed the same": comparison.decision.allowed,
        "same results of others": comparison.decision.alike,
        "method": comparison.decision.method,
        "rules": [
            {
                "kind": change.kind,
                "name": change.name,
                "state": change.state,
                "rows": [dict(zip(("about", "old", "new"), row, strict=True)) for row in change.rows],
            }
            for change in changes
        ],
        "rise": _extreme_document(comparison.rise, speaker),
        "fall": _extreme_document(comparison.fall, speaker),
        "proved none": [key for key, is_proved in (("rise", comparison.none_rises), ("fall", comparison.none_falls)) if is_proved],
        "ranges": [_range_document(each, speaker) for each in comparison.ranges],
        "moves": [{"name": move.name, "old": move.old, "new": move.new, "shop": _shop_document(move.shop, speaker)} for move in comparison.moves],
        "data": _data_document(comparison),
    }


def _extreme_document(extreme: Extreme | None, speaker: Speaker) -> dict[str, Any] | None:
    if extreme is None:
        return None
    return {
        "change": decimal_text(extreme.change, extreme.places),
        "proved": extreme.proved,
        "shop": _shop_document(extreme.shop, speaker),
        "reasons": [*map(_cause_document, extreme.causes)],
    }


def _range_document(found: FieldRange, speaker: Speaker) -> dict[str, Any]:
    def shop(record: Record | None) -> dict[str, str] | None:
        return None if record is None else {name: speaker.field_value(name, value) for name, value in record.items()}

    ends = [speaker.field_value(found.field, end) for end in (found.low, found.high)]
    return {"metric": found.field, "low": ends[0], "high": ends[1], "outside": found.state, "shops": [*map(shop, found.records), shop(found.missing)]}


def _shop_document(shop: Shop, speaker: Speaker) -> dict[str, Any]:
    return {
        "metrics": {name: speaker.field_value(name, value) for name, value in shop.union.items()},
        "results": [dict(zip(("name", "old", "new"), row, strict=True)) for row in speaker.results(shop)],
    }


def _data_document(comparison: Comparison) -> dict[str, Any] | None:
    data = comparison.on_data
    if data is None:
        return None
    return {
        "as of": data.as_of.isoformat(),
        "subjects": data.subjects,
        "rises": data.rises,
        "falls": data.falls,
        "gates": {each.name: {f"{old} -> {new}": count for (old, new), count in sorted(each.counts.items())} for each in data.crossings},
        "tiers": {each.name: {f"{old} -> {new}": count for (old, new), count in sorted(each.counts.items())} for each in data.migrations},
        "affected": [_affected_document(each) for each in data.affected],
    }


def _affected_document(affected: Affected) -> dict[str, Any]:
    """`reasons` add up to the change of the score."""
    return {
        "subject": affected.subject,
        "old": None if affected.old is None else str(affected.old),
        "new": None if affected.new is None else str(affected.new),
        "outcomes": {name: f"{old} -> {new}" for name, old, new in affected.outcomes},
        "parts": {path: f"{old} -> {new}" for path, old, new in affected.parts},
        "reasons": [_cause_document(cause) for cause in affected.causes],
    }


def _cause_document(cause: Cause) -> dict[str, Any]:
    label = {"zh": cause.label.zh, "en": cause.label.en}
    return {"code": cause.code, "label": label, "old": f"{cause.old:f}", "new": f"{cause.new:f}", "change": f"{cause.change:f}"}
