"""The reference interpreter: what a plan means, in plain Python over whole numbers. Every other path is compared with it."""

from __future__ import annotations

from .crossing import Scored, score_events, score_subjects
from .evaluation import Evaluation, InterpretationError, Making, MissingReadError, Value
from .rows import Data
from .scene import Observer
from .scorecard import evaluate

__all__ = [
    "Data",
    "Evaluation",
    "InterpretationError",
    "Making",
    "MissingReadError",
    "Observer",
    "Scored",
    "Value",
    "evaluate",
    "score_events",
    "score_subjects",
]
