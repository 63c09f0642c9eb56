"""Advice for a merchant: the least change of the metrics that can be acted on which reaches a score or opens a gate."""

from __future__ import annotations

from .closing import Closing, closings_of
from .goal import GateGoal, Goal, NumberGoal, gate_goal
from .ways import Advice, Move, Way, advise

__all__ = ["Advice", "Closing", "GateGoal", "Goal", "Move", "NumberGoal", "Way", "advise", "closings_of", "gate_goal"]
