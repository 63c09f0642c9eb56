"""Every ruleset gives the same digits on every engine, over sampled events, as it gives from files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pingfen import Ruleset, load
from pingfen.calendar import date_of
from pingfen.engines import score
from pingfen.engines.request import EngineName
from pingfen.sampling import make_sample
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files
from tests.paths import Tables
from tests.warehouse.events import request_of

from .homes import each_engine, home_of, request_on

pytestmark = pytest.mark.slow
FOLDERS = sorted(path for path in (Path(__file__).parents[2] / "rulesets").iterdir() if path.is_dir())
SUBJECTS, DAYS = 60, 120


@cache
def latest(folder: Path) -> Ruleset:
    loaded = load(folder)
    return loaded if isinstance(loaded, Ruleset) else loaded.latest


@cache
def sampled(folder: Path, subjects: int) -> tuple[Request, Result]:
    """Plausible events of a ruleset, and their result from tables in memory."""
    ruleset = latest(folder)
    plan = ruleset.plan
    as_of = min(plan.version.first_day + DAYS, plan.version.last_day or plan.version.first_day + DAYS)
    sample = make_sample(plan, subjects=subjects, first_day=as_of - DAYS, as_of_day=as_of, seed=subjects)
    request = request_of(plan, Tables(sample.tables, sample.subjects, sample.inputs), as_of, trusted=True)
    assert request.as_of == date_of(as_of)
    return request, score_files(plan, ruleset.digest, request)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("engine", each_engine())
def test_a_ruleset_gives_the_same_on_every_engine(engine: EngineName, folder: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    given, expected = sampled(folder, SUBJECTS)
    with home_of(engine, request, tmp_path) as home:
        events = {name: home.keep(name, table) for name, table in given.events.items()}
        others = {name: home.keep(name, table) for name, table in (("subjects", given.subjects), ("inputs", given.inputs)) if table is not None}
        result = score(latest(folder).plan, latest(folder).digest, request_on(home, events, given.as_of, trusted=True, **others))
    assert isinstance(result, Result)
    assert result.table.num_rows == SUBJECTS
    assert result.table.equals(expected.table)
