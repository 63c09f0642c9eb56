"""Looks for records on which two versions differ, and climbs from the largest differences found, by the generated functions of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from attrs import define

from ..generated import build_scorer
from ..node import evolve, nodes_in
from ..plan.expressions import FieldRead, Line, NumberRead
from ..plan.quantity import Exact
from ..plan.record import RecordPlan
from ..reference import Value
from ..trial.drawing import Drawer, choices_of
from ..trial.examples import record_of
from ..trial.limits import limits_of
from .brinks import brinks
from .pairing import NEW, OLD, Pairing, Record
from .plain import of_new

TRIES, ROUNDS, STARTS, DONORS, BETWEEN, SAMPLES = 6000, 3, 4, 24, 0.3, 12
Way = tuple[str, str]
LOST, GAINED = ("given", "none"), ("none", "given")
"""The ways of a score."""


class Both:
    """The two versions' results on one record of the union; `outputs` are the names that both have, `told` those a shop is told: score, stage, gates, tiers,
    and what is hidden or closed.

    `choices` are values of each field around the limits of both versions.
    """

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.choices = drawer_of(pairing).choices
        self._scorers = tuple(build_scorer(plan) for plan in pairing.sides)
        self.outputs = tuple(name for name in self._scorers[0].outputs if name in self._scorers[1].outputs)
        places = [_score_places(plan.record) for plan in (pairing.old, pairing.new)]
        finest = max(places)
        self.places = finest
        self.factors = tuple(10 ** (finest - each) for each in places)
        numbers = {number.path for plan in pairing.sides for number in plan.numbers}
        self.told = frozenset(name for name in self.outputs if name == "score" or name not in numbers)

    def results(self, union: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
        """Every output of the old version, and of the new one."""
        old, new = self.pairing.records(union)
        return self._run(0, self.pairing.old.record, old), self._run(1, self.pairing.new.record, new)

    def change(self, union: Mapping[str, Value]) -> int | None:
        """How much the score changes, at the finer places of the two; None where one of them has none."""
        old, new = (each.get("score") for each in self.results(union))
        return new * self.factors[1] - old * self.factors[0] if isinstance(old, int) and isinstance(new, int) else None

    def _run(self, index: int, plan: RecordPlan, record: Record) -> dict[str, Value]:
        scorer = self._scorers[index]
        arguments = [each for field in plan.fields for each in (_two(record[field.name]) if isinstance(field.type, Exact) else (record[field.name],))]
        return dict(zip(scorer.outputs, scorer(*arguments), strict=True))


@define(repr=False)
class Findings:
    """What a search met: a record for each output that differs, for each way that an outcome or a score goes, and for the largest rise and fall of the score.

    `ends` are the records with the least and the largest value of each numeric field among those that differed in an outcome or the score.
    """

    witnesses: dict[str, Record]
    moves: dict[tuple[str, str, str], Record]
    rise: Record | None
    fall: Record | None
    ends: dict[tuple[str, str], Record]


def drawer_of(pairing: Pairing) -> Drawer:
    """Draws records of the union around the limits of both versions."""
    near = [(limits_of(plan.record), mark) for plan, mark in ((pairing.old, OLD), (pairing.new, NEW))]
    factors = {each.field.name: (each.old_factor, each.new_factor) for each in pairing.shared}
    choices = {}
    for field in pairing.fields:
        values: set[int] = set()
        shares: set[tuple[int, int]] = set()
        for index, (limits, mark) in enumerate(near):
            name = field.name.removesuffix(mark)
            factor = factors.get(name, (1, 1))[index]
            values.update(value // factor for value in limits.values.get(name, ()))
            shares.update(limits.shares.get(name, ()))
        choices[field.name] = choices_of(field.type, values, shares)
    plan = evolve(pairing.new.record, fields=pairing.fields)
    return Drawer(plan, choices, (), {field.name: field.type for field in pairing.fields}, BETWEEN)


def search(pairing: Pairing, both: Both, tries: int = TRIES) -> Findings:
    """The same records every time: the examples of both versions, and records drawn around all limits."""
    drawer = drawer_of(pairing)
    random = Random(f"{pairing.old.version.version} {pairing.new.version.version}")
    found = Findings({}, {}, None, None, {})
    ranked: list[tuple[int, int, Record]] = []
    samples: dict[tuple[str, Value], list[Record]] = {}
    for record in (*_examples(pairing, drawer, random), *(drawer.draw(random, {}) for _ in range(tries))):
        _keep(both, record, _note(both, record, found), samples)
        change = both.change(record) if "score" in both.outputs else None
        if change:
            ranked.append((change, len(ranked), record))
    _look_at_brinks(pairing, both, samples, found)
    ranked.sort(key=lambda entry: entry[:2])
    moves = _moves(pairing, drawer, [record for _, _, record in (*ranked[:DONORS], *ranked[-DONORS:])], random)
    found.rise = _climbed(both, moves, ranked[::-1][:STARTS], 1)
    found.fall = _climbed(both, moves, ranked[:STARTS], -1)
    return found


def differing(both: Both, old: Mapping[str, Value], new: Mapping[str, Value]) -> list[str]:
    """The outputs of both that differ."""
    factors = both.factors
    return [
        name
        for name in both.outputs
        if (old[name], new[name]) != (None, None)
        and (_aligned(old[name], factors[0]) != _aligned(new[name], factors[1]) if name == "score" else old[name] != new[name])
    ]


def way_of(name: str, old: Value, new: Value) -> Way | None:
    """From what to what an outcome goes, or a score that is lost or gained; None of any other number."""
    if isinstance(old, str) or isinstance(new, str):
        return str(old), str(new)
    if name != "score" or (old is None) == (new is None):
        return None
    return LOST if new is None else GAINED


def _examples(pairing: Pairing, drawer: Drawer, random: Random) -> list[Record]:
    found = []
    for example in pairing.new.examples:
        if example.given and not example.tables:
            known = {name: value for name, value in of_new(pairing, record_of(pairing.new.record, example)).items() if name in drawer.types}
            found.append(drawer.draw(random, known))
    return found


def _keep(both: Both, record: Record, old: Mapping[str, Value], samples: dict[tuple[str, Value], list[Record]]) -> None:
    """Some records for each value of each outcome."""
    for name in both.outputs:
        kept = samples.setdefault((name, old[name]), []) if isinstance(old[name], str) else None
        if kept is not None and len(kept) < SAMPLES:
            kept.append(record)


def _look_at_brinks(pairing: Pairing, both: Both, samples: Mapping[tuple[str, Value], Sequence[Record]], found: Findings) -> None:
    """Looks where outcomes turn of which no record was found that differs."""
    for (name, _), records in samples.items():
        for record in brinks(both, name, records, pairing.fields) if name not in found.witnesses else ():
            _note(both, record, found)
            if name in found.witnesses:
                break


def _note(both: Both, record: Record, found: Findings) -> Mapping[str, Value]:
    """Keeps what a record shows; gives the old version's results."""
    old, new = both.results(record)
    names = differing(both, old, new)
    for name in names:
        found.witnesses.setdefault(name, record)
        if (way := way_of(name, old[name], new[name])) is not None:
            found.moves.setdefault((name, *way), record)
    if any(name in both.told for name in names):
        for name, value in record.items():
            if type(value) is int:
                _keep_ends(found, name, value, record)
    return old


def _keep_ends(found: Findings, name: str, value: int, record: Record) -> None:
    low, high = found.ends.get((name, "low"), record)[name], found.ends.get((name, "high"), record)[name]
    if (name, "low") not in found.ends or (isinstance(low, int) and value < low):
        found.ends[name, "low"] = record
    if (name, "high") not in found.ends or (isinstance(high, int) and value > high):
        found.ends[name, "high"] = record


def _moves(pairing: Pairing, drawer: Drawer, changed: Sequence[Record], random: Random) -> list[Record]:
    """What a climb tries to change at once: one field, or all fields that a number reads, as in another record or without any of their values.

    A dimension drops out only where all its metrics are missing: no change of one field leads there.
    """
    alone = [{name: value} for name, values in drawer.choices.items() for value in values]
    bare = {field.name: None for field in pairing.fields if field.type.optional}
    donors = [*changed, *(drawer.draw(random, {}) for _ in range(DONORS))]
    together = []
    for block in _blocks(pairing):
        together += [{name: donor[name] for name in block} for donor in donors]
        together.append({name: None for name in block if name in bare})
    return alone + [move for move in together if move]


def _blocks(pairing: Pairing) -> list[tuple[str, ...]]:
    """The fields of the union that each number of either version reads, itself or by other numbers; of two fields at least."""
    names = {field.name for field in pairing.fields}
    found: dict[tuple[str, ...], None] = {}
    for plan, mark in ((pairing.old.record, OLD), (pairing.new.record, NEW)):
        reads: dict[str, frozenset[str]] = {}
        for number in plan.numbers:
            nodes = list(nodes_in(number))
            own = {node.name if node.name in names else node.name + mark for node in nodes if isinstance(node, FieldRead)}
            reads[number.path] = frozenset(own.union(*(reads.get(node.path, ()) for node in nodes if isinstance(node, NumberRead | Line))))
            found[tuple(sorted(reads[number.path]))] = None
    return [block for block in found if len(block) > 1]


def _climbed(both: Both, moves: Sequence[Record], starts: Sequence[tuple[int, int, Record]], sign: int) -> Record | None:
    """The record with the largest change of this sign, one move at a time from the best found; None where there is none."""
    climbed = [_climb(both, moves, sign * change, record, sign) for change, _, record in starts if sign * change > 0]
    return max(climbed, key=lambda entry: entry[0])[1] if climbed else None


def _climb(both: Both, moves: Sequence[Record], now: int, record: Record, sign: int) -> tuple[int, Record]:
    for _ in range(ROUNDS):
        before = now
        for move in moves:
            change = both.change(other := {**record, **move})
            if change is not None and sign * change > now:
                now, record = sign * change, other
        if now == before:
            break
    return now, record


def _score_places(plan: RecordPlan) -> int:
    return 0 if plan.scale is None else plan.scale.places


def _aligned(value: Value, factor: int) -> Value:
    return value * factor if type(value) is int else value


def _two(value: Value) -> tuple[Value, Value]:
    return value if isinstance(value, tuple) else (None, None)
