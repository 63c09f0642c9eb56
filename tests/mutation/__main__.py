"""Makes the mutants, runs the suite against each, and writes the summary: `python -m tests.mutation`.

Results are kept in `build/mutants.json` by the mutated text, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .report import AREAS, chosen_sites, write_summary
from .running import preload, start
from .sites import Site, mutated

ROOT = Path(os.environ.get("PINGFEN_MUTATED", Path(__file__).parents[2]))
"""The checkout that mutants are made of: this one, unless the environment names another (one that nobody edits meanwhile)."""

PACKAGE = ROOT / "dsl" / "pingfen"
RESULTS = Path(__file__).parents[2] / "build" / "mutants.json"


def main() -> int:
    """Runs what is not yet known within the time given; 1 where too few are caught or a survivor has no reason."""
    options = _options()
    sites = [site for area in options.area or AREAS for site in chosen_sites(PACKAGE, area)]
    if options.list:
        print(*(site.name for site in sites), sep="\n")
        return 0
    known = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    settled = ("killed",) if options.survivors else ("killed", "survived")
    waiting = [site for site in sites if known.get(_key(site)) not in settled]
    print(f"{len(sites)} mutants, {len(sites) - len(waiting)} already known")
    _run_all(sites, waiting, known, options)
    return write_summary({site: known[_key(site)] for site in sites if _key(site) in known}, len(sites))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Runs the suite against mutants of the back ends.")
    parser.add_argument("--minutes", type=float, default=45, help="start no new mutant after this time")
    parser.add_argument("--jobs", type=int, default=2, help="how many mutants run at once")
    parser.add_argument("--area", action="append", choices=sorted(AREAS), help="only this back end")
    parser.add_argument("--survivors", action="store_true", help="run those again that survived, for a suite that has grown")
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    return parser.parse_args()


def _key(site: Site) -> str:
    return hashlib.sha256(f"{site.module}\n{mutated(PACKAGE, site)}".encode()).hexdigest()[:20]


def _run_all(sites: list[Site], waiting: list[Site], known: dict[str, str], options: argparse.Namespace) -> None:
    until = time.monotonic() + options.minutes * 60
    running: dict[int, Site] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        preload()
        _prepare(folder)
        _check_unchanged(folder, waiting)
        for site in waiting:
            if time.monotonic() > until:
                break
            while len(running) >= options.jobs:
                _note(running, known)
            scratch = folder / str(sites.index(site))
            scratch.mkdir()
            running[start(ROOT, site.module, mutated(PACKAGE, site), _stages(site, folder), scratch)] = site
        while running:
            _note(running, known)


def _note(running: dict[int, Site], known: dict[str, str]) -> None:
    """Wait for a child: `killed` where a test failed or it hung, `survived` where all passed."""
    child, status = os.wait()
    site = running.pop(child)
    known[_key(site)] = "killed" if status else "survived"
    print(f"{known[_key(site)]:9} {site.name}", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True))


def _prepare(folder: Path) -> None:
    """Compiles the meaning cases once, for all mutants."""
    if _fails_unchanged([("prepare", str(_cases(folder)))], folder):
        sys.exit("the meaning cases do not compile")


def _check_unchanged(folder: Path, waiting: list[Site]) -> None:
    """What is unchanged passes every test that a mutant must fail: else every mutant would seem caught."""
    for stages in dict.fromkeys(_stages(site, folder) for site in waiting):
        if _fails_unchanged(stages, folder):
            sys.exit(f"without a mutant these fail: {stages}\n{(folder / 'output.txt').read_text(encoding='utf-8')[-2000:]}")


def _fails_unchanged(stages: Sequence[tuple[str, ...]], folder: Path) -> bool:
    return os.waitpid(start(ROOT, "", None, stages, folder), 0)[1] != 0


def _cases(folder: Path) -> Path:
    return folder / "meaning.pickle"


def _stages(site: Site, folder: Path) -> tuple[tuple[str, ...], ...]:
    """What catches most first: the prepared meaning cases, then tests."""
    area = next(area for area in AREAS.values() if area.holds(site.module))
    return ("check", str(_cases(folder)), area.path), area.tests


if __name__ == "__main__":
    sys.exit(main())
