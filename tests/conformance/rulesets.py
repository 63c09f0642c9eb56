"""All rulesets over sampled events of many subjects, and over the flights, on every engine: the tests of tests/engines at full size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .ledger import edition

ROOT = Path(__file__).parents[2]
SUBJECTS = 10_000
TESTS = ("tests/engines/test_rulesets.py", "tests/engines/test_flights.py")


def rulesets_agree(folder: Path) -> bool:
    """Whether every ruleset gives the same on every engine; what was found with these sources counts."""
    done = folder / "rulesets.txt"
    if done.exists() and done.read_text("utf-8") == edition():
        return True
    environment = {**os.environ, "PINGFEN_SUBJECTS": str(SUBJECTS), "CI": "1"}
    ran = subprocess.run([sys.executable, "-m", "pytest", *TESTS, "-n", "0", "-p", "no:cacheprovider"], cwd=ROOT, env=environment, check=False)
    if ran.returncode == 0:
        done.write_text(edition(), "utf-8")
    return ran.returncode == 0
