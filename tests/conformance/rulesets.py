"""All rulesets over sampled events of many subjects, and over the flights, on every engine: the tests of tests/engines at full size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .engines import ENGINES
from .ledger import edition

ROOT = Path(__file__).parents[2]
SUBJECTS = 10_000
TEST, FLIGHTS = "tests/engines/test_rulesets.py::test_a_ruleset_gives_the_same_on_every_engine", "tests/engines/test_flights.py"


def rulesets_agree(folder: Path) -> bool:
    """Whether every ruleset gives the same on every engine. What has passed with these sources counts, so that an interrupted run goes on."""
    done, wanted = folder / "rulesets.json", _tests()
    passed = _passed(done)
    for name, tests in wanted.items():
        if name not in passed and _pass(tests):
            passed.append(name)
            done.write_text(json.dumps({"edition": edition(), "passed": passed}), "utf-8")
    return set(passed) == set(wanted)


def _tests() -> dict[str, Sequence[str]]:
    """The tests of each ruleset on all engines, whose sample is then made once, and those of the flights."""
    names = sorted(path.name for path in (ROOT / "rulesets").iterdir() if path.is_dir())
    return {"flights": [FLIGHTS]} | {name: [f"{TEST}[{engine}-{name}]" for engine in ENGINES] for name in names}


def _passed(done: Path) -> list[str]:
    kept = json.loads(done.read_text("utf-8")) if done.exists() else {}
    return list(kept["passed"]) if kept.get("edition") == edition() else []


def _pass(tests: Sequence[str]) -> bool:
    environment = {**os.environ, "PINGFEN_SUBJECTS": str(SUBJECTS), "CI": "1"}
    return subprocess.run([sys.executable, "-m", "pytest", *tests, "-n", "0", "-p", "no:cacheprovider"], cwd=ROOT, env=environment, check=False).returncode == 0
