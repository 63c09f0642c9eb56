"""Cold starts of the installed wheel: an artifact loaded and scored once, and `pingfen check` of one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.pairs import compare

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
RULESET = ROOT / "rulesets" / "wechat-promoter" / "2025-03-31.pf"
PAIRS = 15

SCORE = """
import pingfen
card = pingfen.load({path!r}).evaluate({{"store_experience": "4.80", "good_reviews": "0.985", "quality_returns": "0.002",
    "breach_count": 0, "severe_count": 0, "report_count": 0}})
assert str(card.score) == "4.92"
"""


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    site = install()
    subprocess.run([*pingfen(site), "build", str(RULESET), "-o", str(FOLDER)], env=environment(site), check=True, capture_output=True)
    artifact = FOLDER / "wechat.promoter-2025-03-31.json"
    base = _process(site, "-c", "import json, decimal, hashlib")
    parser = _process(site, "-c", "import lark, attrs, click")
    told = "against importing lark, attrs and click; empty cache each time"
    size = f"artifact of {artifact.stat().st_size:,} bytes, installed wheel"
    return [
        compare("artifact loaded and scored once", _process(site, "-c", SCORE.format(path=str(artifact))), base, 3.0, pairs=PAIRS, detail=size),
        compare("cold check of one file", _first_check(site), parser, 1.5, pairs=PAIRS, detail=told),
    ]


def install() -> Path:
    """A folder with the wheel of this tree, compiled as pip compiles it; the libraries come from the environment at hand."""
    site = FOLDER / "site"
    shutil.rmtree(site, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--target", str(site)]
    subprocess.run([*pip, str(ROOT)], check=True, env=environment(None))
    return site


def environment(site: Path | None) -> dict[str, str]:
    """The environment of a process that imports what is installed in `site`, and remembers under the folder of the benchmarks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | ({"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(FOLDER / "cache"), "LC_ALL": "C.UTF-8"} if site else {})


def _process(site: Path, *arguments: str) -> Callable[[], None]:
    variables = environment(site)

    def call() -> None:
        subprocess.run([sys.executable, *arguments], env=variables, check=True)

    return call


def _first_check(site: Path) -> Callable[[], None]:
    """The check of a user who never checked before: nothing is remembered."""
    variables = environment(site)

    def call() -> None:
        shutil.rmtree(FOLDER / "cache", ignore_errors=True)
        subprocess.run([*pingfen(site), "check", str(RULESET)], env=variables, check=True, capture_output=True)

    return call


def pingfen(site: Path) -> list[str]:
    """The command that is installed in `site`."""
    return [sys.executable, str(site / "bin" / "pingfen")]
