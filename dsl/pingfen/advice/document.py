"""Advice as a document for machines: numbers as texts at their places and outcomes by their codes, the same in both languages; words stand beside in `said`."""

from __future__ import annotations

from typing import Any

from ..calendar import date_of
from ..explanation.document import plain_value
from ..plan.quantity import Words
from ..reference import Evaluation, Value
from .closing import Closing
from .goal import Goal, NumberGoal, value_of
from .leaving import Leaving
from .outlook import Day, Departure
from .telling import Teller
from .wanted import MoreEvents
from .ways import Move, Way


def document_of(teller: Teller) -> dict[str, Any]:
    """The advice as a JSON object."""
    advice = teller.advice
    return {
        "goal": _goal(teller),
        "reachable": advice.is_reachable,
        "certain": advice.certain,
        "closings": [_closing(teller, each) for each in advice.closings],
        "ways": [_way(teller, way) for way in advice.ways],
        "alone": [_way(teller, way) for way in advice.alone],
        "best": None if advice.best is None else _way(teller, advice.best),
        "missing": list(advice.missing),
        "leaving": [_leaving(teller, each) for each in teller.all_leaving()],
        "days": [_day(teller, day) for day in teller.days],
    }


def _goal(teller: Teller) -> dict[str, Any]:
    advice, goal = teller.advice, teller.advice.goal
    is_number = isinstance(goal, NumberGoal)
    return {
        "name": goal.name,
        "kind": "number" if is_number else "outcome",
        "wanted": _plain(teller, goal, goal.least) if isinstance(goal, NumberGoal) else goal.outcome,
        "now": _result(teller, goal, advice.present),
        "hidden": is_number and goal.name in advice.present.hidden,
        "met": advice.is_met,
        "own": advice.own,
        "said": {"wanted": teller.wanted(goal), "now": teller.result(goal, advice.present)},
    }


def _closing(teller: Teller, closing: Closing) -> dict[str, Any]:
    return {"by": closing.by, "subjects": [str(each) for each in closing.subjects], "said": teller.closing(closing)}


def _way(teller: Teller, way: Way) -> dict[str, Any]:
    """What a way costs and brings: `result` is the goal's number or outcome after it, `own` before linked closings, `score` the score if one is to be shown."""
    advice, events = teller.advice, teller.events(way)
    own = _result(teller, advice.goal, way.evaluation)
    return {
        "cost": way.cost,
        "result": _result(teller, advice.goal, advice.present) if advice.closings else own,
        "own": own,
        "score": _result(teller, NumberGoal(0), way.evaluation) if advice.plan.record.scale is not None else None,
        "said": teller.result(advice.goal, way.evaluation),
        "moves": [_move(teller, move, events.get(move.lever.name)) for move in way.moves],
    }


def _move(teller: Teller, move: Move, more: MoreEvents | None) -> dict[str, Any]:
    kind, leaving = move.lever.type, teller.leaving(move)
    told = {"metric": move.lever.name, "from": plain_value(kind, move.lever.present), "to": plain_value(kind, move.value)}
    events = {} if more is None else {"events": {"source": more.source, "count": more.count, "kind": more.kind, "like": more.like}}
    return {**told, "steps": move.steps, "cost": move.cost, **events, **({} if leaving is None else {"leaving": _leaving(teller, leaving)})}


def _leaving(teller: Teller, leaving: Leaving) -> dict[str, Any]:
    return {"date": date_of(leaving.day).isoformat(), **_departure(teller, leaving.departure)}


def _day(teller: Teller, day: Day) -> dict[str, Any]:
    goal = teller.advice.goal
    told = {"date": date_of(day.day).isoformat(), "result": _result(teller, goal, day.evaluation), "said": teller.result(goal, day.evaluation)}
    return {**told, "changes": [_departure(teller, each) for each in day.departures]}


def _departure(teller: Teller, departure: Departure) -> dict[str, Any]:
    kind = teller.type_of_field(departure.metric)
    values = {"from": plain_value(kind, departure.before), "to": plain_value(kind, departure.after)}
    return {"metric": departure.metric, **values, "said": teller.departure(departure), "rows": list(departure.rows), "left": departure.left}


def _result(teller: Teller, goal: Goal, evaluation: Evaluation) -> Any:
    """The goal's number at its places, or the outcome's code; None for a number that is hidden."""
    value = value_of(goal, evaluation)
    return _plain(teller, goal, value) if isinstance(goal, NumberGoal) else value


def _plain(teller: Teller, goal: NumberGoal, value: Value) -> Any:
    kind = teller.type_of_number(goal)
    return value if isinstance(kind, Words) else plain_value(kind, value)
