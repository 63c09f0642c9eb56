"""A comparison in a few lines for a terminal, and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..plan.values import decimal_text
from .causes import Cause
from .comparison import Comparison, Extreme, Move
from .data import Affected, Crossing, Migration, Spread
from .deciding import Shop
from .lacking import Lack
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
    if comparison.decision.scorecards != "same":
        yield from _records(comparison, speaker)
    yield from _data(comparison, speaker)


def _records(comparison: Comparison, speaker: Speaker) -> Iterator[str]:
    """What differs of shops, with those that show it."""
    if comparison.new_has_score:
        for key, extreme in (("rise", comparison.rise), ("fall", comparison.fall)):
            yield from _extreme(extreme, key, speaker)
        yield from speaker.passages()
    for move in comparison.moves:
        yield from _move(move, speaker)
    if comparison.witness is not None:
        yield speaker.say("shown")
        yield from (f"  {name} {value}" for name, value in speaker.shop_rows(comparison.witness))
        yield from (f"  {name}: {old} → {new}" for name, old, new in speaker.results(comparison.witness))
    bounded = [row for row, each in zip(speaker.ranges(), comparison.ranges, strict=True) if (each.low, each.high) != (each.kind.low, each.kind.high)]
    for metric, values, outside in bounded:
        yield f"{speaker.say('ranges')}: {metric} {values}; {speaker.say('outside')}: {outside}"


def _extreme(extreme: Extreme | None, key: str, speaker: Speaker) -> Iterator[str]:
    yield speaker.extreme(extreme, key)
    if extreme is not None:
        yield "  " + speaker.proof(extreme)
        yield from (f"  {name} {value}" for name, value in speaker.shop_rows(extreme.shop))
        yield f"  {speaker.say('because')}: {speaker.causes(extreme.causes)}"


def _move(move: Move, speaker: Speaker) -> Iterator[str]:
    yield speaker.move(move)
    yield from (f"  {name} {value}" for name, value in speaker.shop_rows(move.shop))
    if move.lacks:
        yield f"  {speaker.say('because')}: {speaker.reasons(move)}"


def _data(comparison: Comparison, speaker: Speaker) -> Iterator[str]:
    """The shops on the data, and of gates and tiers those that go from one to another."""
    data = comparison.on_data
    if data is None:
        return
    yield f"{speaker.say('data', date=data.as_of.isoformat())}: {speaker.data_summary(data)}"
    told: Sequence[Crossing | Migration] = (*data.crossings, *data.migrations)
    for each in told:
        for (old, new), count in sorted(each.counts.items()):
            if old != new:
                yield f"  {speaker.outcome(each.name)}: {speaker.outcome_value(old, each.name)} → {speaker.outcome_value(new, each.name)}: {count:,}"


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
        "proved none": _proved_none(comparison),
        "ranges": [_range_document(each, speaker) for each in comparison.ranges],
        "moves": [_move_document(move, speaker) for move in comparison.moves],
        "witness": None if comparison.witness is None else _shop_document(comparison.witness, speaker),
        "data": _data_document(comparison),
    }


def _proved_none(comparison: Comparison) -> list[str]:
    told = {"rise": comparison.none_rises, "fall": comparison.none_falls, "loss": comparison.none_loses, "gain": comparison.none_gains}
    return [key for key, is_proved in told.items() if is_proved]


def _move_document(move: Move, speaker: Speaker) -> dict[str, Any]:
    """`without` is why the score is none."""
    found = {"name": move.name, "old": move.old, "new": move.new, "shop": _shop_document(move.shop, speaker)}
    return found | ({"without": [*map(_lack_document, move.lacks)]} if move.name == "score" else {})


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

    at_ends = (None, None) if found.low is None else found.records
    ends = [None if end is None else speaker.field_value(found.field, end) for end in (found.low, found.high)]
    return {"metric": found.field, "low": ends[0], "high": ends[1], "outside": found.state, "shops": [*map(shop, at_ends), shop(found.missing)]}


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
        "loses": data.loses,
        "gains": data.gains,
        "mean": None if data.mean is None else f"{data.mean:f}",
        "scores": _spread_document(data.spread),
        "gates": {each.name: _counts(each) for each in data.crossings},
        "tiers": {each.name: _counts(each) for each in data.migrations},
        "affected": [_affected_document(each) for each in data.affected],
    }


def _counts(each: Crossing | Migration) -> dict[str, int]:
    return {_way(old, new): count for (old, new), count in sorted(each.counts.items())}


def _way(old: object, new: object) -> str:
    """From what to what; `none` where there is nothing."""
    return " -> ".join("none" if value in ("", None) else str(value) for value in (old, new))


def _spread_document(spread: Spread | None) -> dict[str, Any] | None:
    """How many shops have a score in each bin of `width` from `low` on, the top of the scale in the last one; `without` have none that is shown."""
    if spread is None:
        return None
    without = dict(zip(("old", "new"), spread.without, strict=True))
    return {"low": f"{spread.low:f}", "width": f"{spread.width:f}", "old": [*spread.old], "new": [*spread.new], "without": without}


def _affected_document(affected: Affected) -> dict[str, Any]:
    """`reasons` add up to the change of the score; `without` says why there is none before, or after."""
    return {
        "subject": affected.subject,
        "old": None if affected.old is None else str(affected.old),
        "new": None if affected.new is None else str(affected.new),
        "outcomes": {name: _way(old, new) for name, old, new in affected.outcomes},
        "parts": {path: _way(old, new) for path, old, new in affected.parts},
        "reasons": [_cause_document(cause) for cause in affected.causes],
        "without": {side: [*map(_lack_document, lacks)] for side, lacks in zip(("old", "new"), affected.lacks, strict=True)},
    }


def _lack_document(lack: Lack) -> dict[str, Any]:
    return {"code": lack.code, "label": {"zh": lack.label.zh, "en": lack.label.en}}


def _cause_document(cause: Cause) -> dict[str, Any]:
    label = {"zh": cause.label.zh, "en": cause.label.en}
    return {"code": cause.code, "label": label, "old": f"{cause.old:f}", "new": f"{cause.new:f}", "change": f"{cause.change:f}"}
