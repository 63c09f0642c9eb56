"""Every ruleset gives the same digits on every engine, over sampled events, as it gives from tables in memory.

PINGFEN_SUBJECTS (10,000 in `make conformance`) tries all of them; without it a few rulesets an engine, others each day (PINGFEN_SEED repeats them).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pingfen import Ruleset, load
from pingfen.engines import score
from pingfen.engines.request import EngineName
from pingfen.sampling import make_sample
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files
from tests.paths import Tables
from tests.warehouse.events import request_of

from .homes import ENGINES, home_of, request_on

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("PINGFEN_SEED", datetime.now(UTC).strftime("%Y%m%d")))
SUBJECTS = int(os.environ.get("PINGFEN_SUBJECTS", "0"))
FEW, DAYS = 60, 120
FOLDERS = sorted(path for path in (Path(__file__).parents[2] / "rulesets").iterdir() if path.is_dir())


def chosen() -> list[Any]:
    """Engine and ruleset: all pairs, or two of each engine."""
    pairs = [(engine, folder) for place, engine in enumerate(ENGINES) for folder in (FOLDERS if SUBJECTS else _few(SEED + place * 2))]
    return [pytest.param(engine, folder, marks=pytest.mark.xdist_group(engine), id=f"{engine}-{folder.name}") for engine, folder in pairs]


def _few(seed: int) -> list[Path]:
    return [FOLDERS[(seed + step) % len(FOLDERS)] for step in range(2)]


@cache
def latest(folder: Path) -> Ruleset:
    loaded = load(folder)
    return loaded if isinstance(loaded, Ruleset) else loaded.latest


@cache
def sampled(folder: Path) -> tuple[Request, Result]:
    """Plausible events of a ruleset, and their result from tables in memory."""
    ruleset = latest(folder)
    plan = ruleset.plan
    as_of = min(plan.version.first_day + DAYS, plan.version.last_day or plan.version.first_day + DAYS)
    sample = make_sample(plan, subjects=SUBJECTS or FEW, first_day=as_of - DAYS, as_of_day=as_of, seed=SEED)
    request = request_of(plan, Tables(sample.tables, sample.subjects, sample.inputs), as_of)
    return request, score_files(plan, ruleset.digest, request)


@pytest.mark.parametrize(("engine", "folder"), chosen())
def test_a_ruleset_gives_the_same_on_every_engine(engine: EngineName, folder: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    given, expected = sampled(folder)
    with home_of(engine, request, tmp_path) as home:
        events = {name: home.keep(name, table) for name, table in given.events.items()}
        others = {name: home.keep(name, table) for name, table in (("subjects", given.subjects), ("inputs", given.inputs)) if table is not None}
        result = score(latest(folder).plan, latest(folder).digest, request_on(home, events, given.as_of, **others))
    assert isinstance(result, Result)
    assert result.table.num_rows == (SUBJECTS or FEW)
    assert result.table.equals(expected.table)
