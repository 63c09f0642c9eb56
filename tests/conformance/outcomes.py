"""What the suite gave on each engine, kept between runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

Outcomes = Mapping[str, str]


def keep_outcomes(folder: Path, engine: str, edition: str, outcomes: Outcomes) -> None:
    """Remember what the suite gave on an engine."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"suite-{engine}.json").write_text(json.dumps({"edition": edition, "outcomes": outcomes}, ensure_ascii=False, indent=1), "utf-8")


def kept_outcomes(folder: Path, engine: str, edition: str) -> Outcomes | None:
    """What the suite gave on an engine with these sources; None where it did not run."""
    path = folder / f"suite-{engine}.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return kept["outcomes"] if kept.get("edition") == edition else None
