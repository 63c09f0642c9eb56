"""pingfen (评分): marketplace scoring rules, written once, the same number everywhere, with reasons that add up."""

from __future__ import annotations
