"""The calendar: dates as day numbers, a zone's transitions, local times and instants, window bounds.

Everything is whole numbers: instants are seconds since 1970-01-01T00:00:00Z, local times are the same count read off the wall clock,
dates are days since 1970-01-01, months `year * 12 + month - 1`. The system's own zone data is never read.
"""

from __future__ import annotations

from .clock import month_of, move, time_of_day
from .conversion import computed_instant, day_at, instant_of, local_of, midnight, offset_at
from .dates import date_of, date_text, day_number, day_of, instant_text, month_text, step_back
from .windows import BEGINNING, age_bounds, window_bounds, window_days
from .zones import UnknownZoneError, edition, is_zone, load_transitions, zone_names

__all__ = [
    "BEGINNING",
    "UnknownZoneError",
    "age_bounds",
    "computed_instant",
    "date_of",
    "date_text",
    "day_at",
    "day_number",
    "day_of",
    "edition",
    "instant_of",
    "instant_text",
    "is_zone",
    "load_transitions",
    "local_of",
    "midnight",
    "month_of",
    "month_text",
    "move",
    "offset_at",
    "step_back",
    "time_of_day",
    "window_bounds",
    "window_days",
    "zone_names",
]
