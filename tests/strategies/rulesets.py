"""Whole rulesets as text, checked clean by construction."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attrs import evolve
from hypothesis import strategies

from .choosing import ByRandom, Chooser, by_hypothesis
from .conditions import FIRST_DAY, Scope, condition
from .events import event_declarations
from .keywords import in_both_languages
from .kinds import Choice, Day, Flag, Moment, Named, Quantity, Text, declared, quantity, spell
from .numbers import Lookup
from .points import SCALES, Scale, Stages, display, gate, peer, stages, tier, total

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")
INDUSTRIES = ("apparel", "食品", "fresh food")
EPOCH, DATE = date(1970, 1, 1), re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
ERAS = (-19300, -29800, -17600, 11000, 27500)
"""Days from the usual years to others: around 1970, in 1940 and 1974 with their own changes of the clock, in 2052, and to the end of 2098."""


@strategies.composite
def rulesets(draw: strategies.DrawFn) -> str:
    """A ruleset's text."""
    return ruleset_text(by_hypothesis(draw))


def ruleset_of_seed(seed: int) -> str:
    """The ruleset of a seed."""
    return ruleset_text(ByRandom(seed))


def ruleset_text(chooser: Chooser) -> str:
    """A ruleset's text, by the chooser's choices: header, events, inputs, tables, points, outcomes and claims."""
    lines = ["ruleset generated.规则", 'version "1"', "effective from 2000-01-01", 'cites "nobody"']
    lines += [f'timezone "{chooser.pick(ZONES)}"', "at most 1000000 rows a subject", "at most 100000 subjects"]
    scale = chooser.pick(SCALES) if chooser.chance(95) else None
    lines += [scale.header] if scale else []
    attributes = _subject(chooser, lines)
    windows = _params(chooser, lines)
    events = event_declarations(chooser, windows, tuple(attributes)) if chooser.chance(85) else None
    lines += [events.text] if events else []
    inputs = _inputs(chooser, lines)
    lookups, weights = _tables(chooser, attributes, lines)
    scope = Scope((*attributes, *(events.metrics if events else ()), *inputs))
    scope, peers = _early_peers(chooser, scope, events.shares if events else (), lines)
    scope = _numbers(chooser, scope, scale, lookups, weights, lines)
    _outcomes(chooser, scope, scale, lines)
    del peers
    text = "\n".join(lines) + "\n"
    text = moved(text, chooser.pick(ERAS)) if chooser.chance(25) else text
    return in_both_languages(chooser, text) if chooser.chance(30) else text


def moved(text: str, days: int) -> str:
    """The ruleset with all its dates so many days later, and the years around them declared."""
    first = (EPOCH + timedelta(days=FIRST_DAY + days)).year - 2
    later = DATE.sub(lambda found: (date.fromisoformat(found[0]) + timedelta(days=days)).isoformat(), text)
    return later.replace("\nat most 1000000 rows a subject", f"\nyears {first} .. {first + 6}\nat most 1000000 rows a subject", 1)


def _subject(chooser: Chooser, lines: list[str]) -> list[Named]:
    rows = [f"industry {declared(Choice(INDUSTRIES))}", "owner_id text optional", "category text optional"]
    found: list[Named] = [Named("industry", Choice(INDUSTRIES))]
    more = [
        Named("opened_on", Day(True)), Named("remote_店", Flag(chooser.chance(30))), Named("level", Choice(("plain", "flagship"), True)),
        Named("size", quantity(chooser, "number", chooser.chance(30))), Named("région", Text(chooser.chance(50))),
        Named("founded_at", Moment(True)), Named("deposit", quantity(chooser, "money", chooser.chance(30))), Named("ratio", quantity(chooser, "share", True)),
    ]  # fmt: skip
    for named in chooser.some(more, 0, 4):
        dated = named.kind.optional and chooser.chance(30)
        rows.append(f"{named.name} {declared(named.kind)}{' optional' * named.kind.optional}{' dated' * dated}")
        found.append(named)
    lines.append("subject store_id {\n  " + "\n  ".join(rows) + "\n}")
    return found


def _params(chooser: Chooser, lines: list[str]) -> tuple[str, ...]:
    if not chooser.chance(50):
        return ()
    lines.append(f"param window_1 = {chooser.pick(['30 days', '45 days'])} assumed within 7 days .. 180 days")
    return ("window_1",)


def _inputs(chooser: Chooser, lines: list[str]) -> list[Named]:
    found: list[Named] = []
    for index in range(chooser.integer(1, 6)):
        optional = chooser.chance(35)
        unit = chooser.pick(["points", "number", "score", "share", "count", "money", "duration"])
        number = quantity(chooser, unit, optional)
        other = chooser.pick([Day(optional), Moment(optional), Text(optional)])
        kind = chooser.pick([number, number, number, Flag(optional), Choice(("low", "高", "very high"), optional), other])
        name = f"{chooser.pick(['given', '输入', 'entrée'])}_{index}"
        lines.append(f"input {name} {declared(kind)}{' optional' * optional}{_better(chooser, kind)}")
        found.append(Named(name, kind))
    return found


def _better(chooser: Chooser, kind: object) -> str:
    if not isinstance(kind, Quantity) or chooser.chance(70):
        return ""
    step = spell(kind, 1) if kind.unit != "duration" else "1 seconds"
    return f" improvable up by {step}, cost {chooser.integer(1, 9)}, within {spell(kind, kind.low)} .. {spell(kind, kind.high)}" * chooser.chance(50)


def _tables(chooser: Chooser, attributes: list[Named], lines: list[str]) -> tuple[tuple[Lookup, ...], str]:
    weights = ""
    if chooser.chance(50):
        weights = "weighting"
        by_level = chooser.chance(60) and any(named.name == "level" for named in attributes)
        keys = ('"plain"', "default", "none") if by_level else ('"apparel"', '"fresh food"', "default")
        rows = [f"{key} -> {share}%, {100 - share}%" for key in keys for share in [chooser.integer(1, 99)]]
        lines.append(f"table weighting by {'level' if by_level else 'industry'} (one, two) {chooser.pick(['', 'assumed '])}{{\n  " + "\n  ".join(rows) + "\n}")
    if not chooser.chance(50):
        return (), weights
    kind = Quantity("number", 1, 0, 50)
    values = [spell(kind, chooser.integer(0, 50)) for _ in range(3)]
    rows = [f'"食品" -> {values[0]}', f'"apparel" -> {values[1]}', f"default -> {values[2]}"]
    found = [Lookup("base.start", kind)]
    lines.append("table base by industry (start) {\n  " + "\n  ".join(rows) + "\n}")
    if any(named.name == "level" for named in attributes):
        values = [spell(kind, chooser.integer(0, 50)) for _ in range(4)]
        rows = [f'"食品", "flagship" -> {values[0]}', f'any, "plain" -> {values[1]}', f'"食品", any -> {values[2]}', "default -> 7", f"none -> {values[3]}"]
        lines.append("table paired by industry, level (start) {\n  " + "\n  ".join(rows) + "\n}")
        found.append(Lookup("paired.start", kind))
    return tuple(found), weights


def _early_peers(chooser: Chooser, scope: Scope, shares: tuple[str, ...], lines: list[str]) -> tuple[Scope, list[Named]]:
    found: list[Named] = []
    numbers = [value for value in scope.quantities() if value.kind.high <= 10**6 and value.kind.low >= -(10**6) and value.kind.places <= 4]  # type: ignore[union-attr]
    for index in range(chooser.integer(0, 2)):
        if not numbers:
            break
        of = chooser.pick(numbers)
        pooled = of.name in shares and chooser.chance(50)
        by = chooser.pick([Named("category", Text(True)), Named("industry", Choice(INDUSTRIES))])
        text, named = peer(chooser, f"peers_{index}", of, by, scope, pooled)
        lines.append(text)
        found.append(named)
    return scope.plus(*found), found


def _numbers(chooser: Chooser, scope: Scope, scale: Scale | None, lookups: tuple[Lookup, ...], weights: str, lines: list[str]) -> Scope:
    if scale:
        staged = stages(chooser, scope, scale) if chooser.chance(40) else Stages("", (), False)
        lines += [staged.text] if staged.text else []
        points = total(chooser, evolve(scope, stages=staged.names), scale, lookups, weights)
        lines.append(points.text)
        numbers = points.numbers
        if staged.names:
            numbers = tuple(_in_stages(number, staged) for number in numbers)
        scope = evolve(scope.plus(*numbers), stages=staged.names)
    for index in range(chooser.integer(0, 3)):
        text, named = display(chooser, f"shown_{index}", scope, lookups)
        lines.append(text)
        scope = scope.plus(named)
    return scope


def _in_stages(number: Named, staged: Stages) -> Named:
    """Parts and total are missing in stages that are not full, the score in those that give none."""
    assert isinstance(number.kind, Quantity)
    optional = staged.without if number.name == "score" else True
    return evolve(number, kind=number.kind.maybe(optional))


def _outcomes(chooser: Chooser, scope: Scope, scale: Scale | None, lines: list[str]) -> None:
    if scale and chooser.chance(30):
        lines.append(f"group owner_score = {chooser.pick(['lowest', 'highest'])} score by owner_id")
        missing = next(value.kind.optional for value in scope.values if value.name == "score")
        scope = scope.plus(Named("owner_score", Quantity("score", scale.places, scale.low, scale.high, missing)))
    if scale and chooser.chance(30):
        of = Named("score", Quantity("score", scale.places, scale.low, scale.high, True))
        text, named = peer(chooser, "score_peers", of, Named("category", Text(True)), Scope(scope.values[:1]), False)
        lines.append(text)
        scope = scope.plus(named)
    gates = [f"gate_{index}" for index in range(chooser.integer(1, 3))]
    known: list[Named] = []
    for name in gates:
        text = gate(chooser, name, evolve(scope, outcomes=tuple(known)))
        lines.append(text)
        known.append(Named(name, Choice(("open", "closed") if text.startswith("gate") else ("applies", "clear"))))
    if scope.quantities() and chooser.chance(40):
        text, named = tier(chooser, "grade", evolve(scope, outcomes=tuple(known)))
        lines.append(text)
        known.append(named)
    if chooser.chance(40):
        closings = [f"{'close' if kind.kind.options[0] == 'open' else 'apply'} {kind.name} for all when any has {condition(chooser, scope, 1)}"
                    for kind in known[:1] if isinstance(kind.kind, Choice)]  # fmt: skip
        lines.append("linked by owner_id {\n  " + "\n  ".join(closings) + "\n}")
    if scale and chooser.chance(30):
        lines.append(f"hide score when {condition(chooser, scope, 1)}")
    if scale:
        low, high = (spell(Quantity("score", scale.places, 0, 0), end) for end in (scale.low, scale.high))
        lines.append(f"always score within {low} .. {high}{chooser.pick(['', ' for every industry'])}")
