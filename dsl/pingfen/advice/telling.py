"""Advice in words, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..calendar import date_of
from ..plan.quantity import Type, Words
from ..plan.values import Value
from ..reference import Evaluation
from ..wording import Wording, wording_of
from .closing import Closing
from .events import more_events
from .goal import Goal, NumberGoal, value_of
from .history import History
from .leaving import Leaving, first_leaving, leaving_of
from .outlook import NAMED, Day, Departure
from .phrases import phrase
from .wanted import MoreEvents
from .ways import Advice, Move, Way


class Teller:
    """Says one piece of advice in one language. `history` is the subject among its events, where there are any, and `days` what they bring."""

    def __init__(self, advice: Advice, language: str, history: History | None = None, days: Sequence[Day] = ()) -> None:
        self.advice = advice
        self.language = language
        self.history = history
        self.days = days
        self.words: Wording = wording_of(advice.plan, language)

    def lines(self) -> Iterator[str]:
        """The advice, a line at a time."""
        advice, goal = self.advice, self.advice.goal
        yield self.say("now", name=self._target, value=self.result(goal, advice.present), wanted=self.wanted(goal))
        yield from (self.closing(each) for each in advice.closings)
        yield from self._ways()
        for name in advice.missing:
            yield self.say("missing", metric=self.words.name("field", name))
        if advice.plan.record.across or advice.plan.record.linked:
            yield self.say("given")
        yield from self._outlook()

    def _ways(self) -> Iterator[str]:
        advice = self.advice
        if advice.is_met or advice.own:
            yield self.say("met" if advice.is_met else "linked own")
        elif not advice.levers:
            yield self.say("no levers")
            yield from self._leaving()
        elif not advice.ways:
            yield from self._unreachable()
        for number, way in enumerate(advice.ways, 1):
            key = "way own" if advice.closings else "way"
            yield self.say(key, number=number, cost=way.cost, name=self._target, value=self.result(advice.goal, way.evaluation))
            yield from self._moves(way)
        if advice.ways:
            yield from self._alone()

    def _alone(self) -> Iterator[str]:
        advice = self.advice
        moves = "; ".join(self._move(way.moves[0]) for way in advice.alone)
        if moves or advice.certain:
            yield self.say("alone", moves=moves) if moves else self.say("no alone")
        if not advice.certain:
            yield self.say("not certain")

    def _unreachable(self) -> Iterator[str]:
        best, certain = self.advice.best, self.advice.certain
        yield self.say("unreachable" if certain else "none found")
        if best is None and certain:
            yield self.say("nothing better")
        if best is not None:
            yield self.say("best" if certain else "best found", score=self.result(NumberGoal(0), best.evaluation), cost=best.cost)
            yield from self._moves(best)
        yield from self._leaving()

    def _moves(self, way: Way) -> Iterator[str]:
        events = self.events(way)
        for move in way.moves:
            yield f"  {self._move(move)}"
            if move.lever.name in events:
                yield f"    {self._events(events[move.lever.name], move)}"
            leaving = None if way is self.advice.best else self.leaving(move)
            if leaving is not None:
                yield f"    {self.by_itself(leaving)}"

    def _leaving(self) -> Iterator[str]:
        yield from (self.by_itself(each) for each in self.all_leaving())

    def _move(self, move: Move) -> str:
        kind = move.lever.type
        values = {"present": self.words.value(kind, move.lever.present), "value": self.words.value(kind, move.value)}
        return self.say("move", metric=self.words.name("field", move.lever.name), steps=move.steps, cost=move.cost, **values)

    def events(self, way: Way) -> Mapping[str, MoreEvents]:
        """The moves of a way in terms of events, by metric."""
        return {} if self.history is None else more_events(self.advice, way, self.history)

    def leaving(self, move: Move) -> Leaving | None:
        """When a metric that a move lowers is lower by itself."""
        metric = next((each for each in self.advice.plan.events.metrics if each.name == move.lever.name), None)
        if self.history is None or metric is None or move.lever.improvable.direction != "down":
            return None
        return first_leaving(self.history, metric, "down")

    def all_leaving(self) -> tuple[Leaving, ...]:
        """When each metric that matters becomes better by itself, for a goal that no way leads to."""
        advice = self.advice
        return () if self.history is None or advice.ways or advice.is_met or advice.own else leaving_of(advice, self.history)

    def _events(self, more: MoreEvents, move: Move) -> str:
        value = "" if more.value is None else self.words.value(self._value_type(move), more.value)
        events = self.say(more.kind, count=f"{more.count:,}", source=self.words.name("table", more.source), value=value)
        if more.like is None:
            return events
        return self.say("like" if more.value is None else "best value like", events=events, like=more.like)

    def _value_type(self, move: Move) -> Type:
        made = next(metric.made for metric in self.advice.plan.events.metrics if metric.name == move.lever.name)
        value = made.aggregate.value if hasattr(made, "aggregate") else None
        return move.lever.type if value is None else value.type

    def _outlook(self) -> Iterator[str]:
        if self.days:
            yield self.say("outlook")
        for day in self.days:
            said = self.say("day", date=date_of(day.day).isoformat(), name=self._target, value=self.result(self.advice.goal, day.evaluation))
            yield "  " + "; ".join([said, *(self.departure(each) for each in day.departures)])

    def departure(self, departure: Departure) -> str:
        """What a metric becomes, and the rows that leave it."""
        kind = self.type_of_field(departure.metric)
        values = {"before": self.words.value(kind, departure.before), "after": self.words.value(kind, departure.after)}
        key = "departure" if not departure.rows else "left" if not departure.alone else "leaves" if departure.left == 1 else "leave"
        return self.say(key, metric=self.words.name("field", departure.metric), rows=_named(departure.rows, departure.left), left=departure.left, **values)

    def by_itself(self, leaving: Leaving) -> str:
        """A metric that becomes better as rows leave, with the day."""
        return self.say("by itself", date=date_of(leaving.day).isoformat(), departure=self.departure(leaving.departure))

    def closing(self, closing: Closing) -> str:
        """A closing by linked subjects."""
        subjects = _named([str(each) for each in closing.subjects[:NAMED]], len(closing.subjects))
        value = self.result(self.advice.goal, self.advice.present)
        by, condition = self.words.name("field", closing.by), self.words.describe(closing.condition)
        return self.say("linked", name=self._target, value=value, subjects=subjects, by=by, condition=condition)

    @property
    def _target(self) -> str:
        goal = self.advice.goal
        return self.words.name("number" if isinstance(goal, NumberGoal) else "outcome", goal.name)

    def wanted(self, goal: Goal) -> str:
        """What is to be reached."""
        if isinstance(goal, NumberGoal):
            return self.say("at least", value=self.words.value(self.type_of_number(goal), goal.least))
        return self.words.outcome(goal.outcome)

    def result(self, goal: Goal, evaluation: Evaluation) -> str:
        """The goal's number or outcome; not a hidden one."""
        if isinstance(goal, NumberGoal) and goal.name in evaluation.hidden:
            return self.say("hidden")
        value: Value = value_of(goal, evaluation)
        return self.words.outcome(str(value)) if not isinstance(goal, NumberGoal) else self.words.value(self.type_of_number(goal), value)

    def type_of_number(self, goal: NumberGoal) -> Type:
        """The type of the goal's number."""
        return next((number.type for number in self.advice.plan.record.numbers if number.path == goal.name), Words())

    def type_of_field(self, name: str) -> Type:
        """The type of a field of the record."""
        return next(field.type for field in self.advice.plan.record.fields if field.name == name)

    def say(self, key: str, **values: object) -> str:
        """A phrase in this language."""
        return phrase(self.language, key, **values)


def _named(keys: Sequence[str], in_all: int) -> str:
    """The first of some keys, and dots for the others."""
    return ", ".join([*(f"`{key}`" for key in keys), *(["…"] if in_all > len(keys) else [])])
