"""Advice in words, line by line, and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..calendar import date_of
from ..plan.quantity import Type, Words
from ..plan.record import Gate
from ..plan.values import Value, value_text
from ..reference import Evaluation
from ..reference.crossing import Scored
from ..wording import Wording, wording_of
from .events import Day, Departure, MoreEvents, more_events
from .goal import Goal, NumberGoal, value_of
from .phrases import phrase
from .ways import Advice, Move, Way


class Teller:
    """Says one piece of advice in one language. `scored` is the subject among its events, where there are any, and `days` what they bring."""

    def __init__(self, advice: Advice, language: str, scored: Scored | None = None, days: Sequence[Day] = ()) -> None:
        self.advice = advice
        self.language = language
        self.scored = scored
        self.days = days
        self.words: Wording = wording_of(advice.plan, language)

    def lines(self) -> Iterator[str]:
        """The advice, a line at a time."""
        advice, goal = self.advice, self.advice.goal
        yield self._say("now", name=self._target, value=self._result(goal, advice.present), wanted=self._wanted(goal))
        yield from self._ways()
        for name in advice.missing:
            yield self._say("missing", metric=self.words.name("field", name))
        if advice.plan.record.across or advice.plan.record.linked:
            yield self._say("given")
        yield from self._outlook()

    def document(self) -> dict[str, Any]:
        """The advice for machines: values as people write them, costs and steps as numbers."""
        advice, goal = self.advice, self.advice.goal
        return {
            "goal": {"name": goal.name, "wanted": self._wanted(goal), "now": self._result(goal, advice.present), "met": advice.is_met},
            "reachable": advice.is_met or bool(advice.ways),
            "certain": advice.certain,
            "ways": [self._way_document(way) for way in advice.ways],
            "alone": [self._way_document(way) for way in advice.alone],
            "best": None if advice.best is None else self._way_document(advice.best),
            "missing": list(advice.missing),
            "days": [self._day_document(day) for day in self.days],
        }

    def _ways(self) -> Iterator[str]:
        advice = self.advice
        if advice.is_met:
            yield self._say("met")
        elif not advice.levers:
            yield self._say("no levers")
        elif not advice.ways:
            yield from self._unreachable()
        for number, way in enumerate(advice.ways, 1):
            yield self._say("way", number=number, cost=way.cost, name=self._target, value=self._result(advice.goal, way.evaluation))
            yield from self._moves(way)
        if not advice.ways:
            return
        moves = "; ".join(self._move(way.moves[0]) for way in advice.alone)
        if moves or advice.certain:
            yield self._say("alone", moves=moves) if moves else self._say("no alone")
        if not advice.certain:
            yield self._say("not certain")

    def _unreachable(self) -> Iterator[str]:
        best, certain = self.advice.best, self.advice.certain
        yield self._say("unreachable" if certain else "none found")
        if best is None and certain:
            yield self._say("nothing better")
        if best is not None:
            yield self._say("best" if certain else "best found", score=self._result(NumberGoal(0), best.evaluation), cost=best.cost)
            yield from self._moves(best)

    def _moves(self, way: Way) -> Iterator[str]:
        for move in way.moves:
            yield f"  {self._move(move)}"
            more = None if self.scored is None else more_events(self.advice, way, move, self.scored)
            if more is not None:
                yield f"    {self._events(more, move)}"

    def _move(self, move: Move) -> str:
        kind = move.lever.type
        values = {"present": value_text(kind, move.lever.present, self.language), "value": value_text(kind, move.value, self.language)}
        return self._say("move", metric=self.words.name("field", move.lever.name), steps=move.steps, cost=move.cost, **values)

    def _events(self, more: MoreEvents, move: Move) -> str:
        value = "" if more.value is None else value_text(self._value_type(move), more.value, self.language)
        return self._say(more.kind, count=f"{more.count:,}", source=self.words.name("table", more.source), value=value)

    def _value_type(self, move: Move) -> Type:
        made = next(metric.made for metric in self.advice.plan.events.metrics if metric.name == move.lever.name)
        value = made.aggregate.value if hasattr(made, "aggregate") else None
        return move.lever.type if value is None else value.type

    def _outlook(self) -> Iterator[str]:
        if self.days:
            yield self._say("outlook")
        for day in self.days:
            said = self._say("day", date=date_of(day.day).isoformat(), name=self._target, value=self._result(self.advice.goal, day.evaluation))
            yield "  " + "; ".join([said, *(self._departure(each) for each in day.departures)])

    def _departure(self, departure: Departure) -> str:
        kind = next(field.type for field in self.advice.plan.record.fields if field.name == departure.metric)
        values = {"before": value_text(kind, departure.before, self.language), "after": value_text(kind, departure.after, self.language)}
        key = "departure" if not departure.rows else "leaves" if departure.left == 1 else "leave"
        rows = ", ".join([*(f"`{row}`" for row in departure.rows), *(["…"] if departure.left > len(departure.rows) else [])])
        return self._say(key, metric=self.words.name("field", departure.metric), rows=rows, left=departure.left, **values)

    @property
    def _target(self) -> str:
        goal = self.advice.goal
        return self.words.name("number" if isinstance(goal, NumberGoal) else "outcome", goal.name)

    def _wanted(self, goal: Goal) -> str:
        if isinstance(goal, NumberGoal):
            return self._say("at least", value=value_text(self._type(goal), goal.least, self.language))
        return self.words.outcome(goal.outcome)

    def _result(self, goal: Goal, evaluation: Evaluation) -> str:
        if isinstance(goal, NumberGoal) and goal.name in evaluation.hidden:
            return self._say("hidden")
        value: Value = value_of(goal, evaluation)
        return self.words.outcome(str(value)) if not isinstance(goal, NumberGoal) else value_text(self._type(goal), value, self.language)

    def _type(self, goal: Goal) -> Type:
        record = self.advice.plan.record
        found = next((number.type for number in record.numbers if number.path == goal.name), None)
        return found or next((Words((each.unheld, each.held)) for each in record.outcomes if isinstance(each, Gate) and each.name == goal.name), Words())

    def _way_document(self, way: Way) -> dict[str, Any]:
        return {"cost": way.cost, "result": self._result(self.advice.goal, way.evaluation), "moves": [self._move_document(way, move) for move in way.moves]}

    def _move_document(self, way: Way, move: Move) -> dict[str, Any]:
        kind = move.lever.type
        told = {"metric": move.lever.name, "from": value_text(kind, move.lever.present), "to": value_text(kind, move.value)}
        more = None if self.scored is None else more_events(self.advice, way, move, self.scored)
        events = {} if more is None else {"events": {"source": more.source, "count": more.count, "kind": more.kind}}
        return {**told, "steps": move.steps, "cost": move.cost, **events}

    def _day_document(self, day: Day) -> dict[str, Any]:
        changes = [{"metric": each.metric, "said": self._departure(each), "rows": list(each.rows), "left": each.left} for each in day.departures]
        return {"date": date_of(day.day).isoformat(), "result": self._result(self.advice.goal, day.evaluation), "changes": changes}

    def _say(self, key: str, **values: object) -> str:
        return phrase(self.language, key, **values)
