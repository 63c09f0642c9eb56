"""Makes the mutants, runs the suite against each in a copy of the repository, and writes the summary: `python -m tests.mutation`.

Results are kept in `build/mutants.json` by the mutated text, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from .report import AREAS, chosen_sites, write_summary
from .sites import Site, mutated

ROOT = Path(os.environ.get("PINGFEN_MUTATED", Path(__file__).parents[2]))
"""The checkout that mutants are made of: this one, unless the environment names another (one that nobody edits meanwhile)."""

PACKAGE = ROOT / "dsl" / "pingfen"
RESULTS = Path(__file__).parents[2] / "build" / "mutants.json"
CASES = "meaning.pickle"
COPIED = ("dsl", "grammar", "tests", "rulesets", "docs", "pyproject.toml")


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
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            copies.put(_copy(Path(folder) / str(number)))
        _prepare(Path(folder))
        _check_unchanged(copies, waiting)

        def run(site: Site) -> None:
            if time.monotonic() > until:
                return
            copy = copies.get()
            outcome = _outcome(copy, site, 2 * sites.index(site))
            copies.put(copy)
            known[_key(site)] = outcome
            print(f"{outcome:9} {site.name}", flush=True)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True))

        with ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(run, waiting))


def _prepare(folder: Path) -> None:
    """Compiles the meaning cases once, in the first copy, for all copies."""
    first, *others = sorted(path for path in folder.iterdir())
    if _fails(first, ("-m", "tests.mutation.probe", "prepare", CASES)):
        sys.exit("the meaning cases do not compile")
    for copy in others:
        shutil.copy(first / CASES, copy / CASES)


def _check_unchanged(copies: SimpleQueue[Path], waiting: list[Site]) -> None:
    """The unchanged copy passes every test that a mutant must fail: else every mutant would seem caught."""
    copy = copies.get()
    copies.put(copy)
    for tests in dict.fromkeys(tests for site in waiting for tests in _stages(site)):
        if _fails(copy, tests):
            sys.exit(f"the copy without a mutant fails: {' '.join(tests)}")


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _outcome(copy: Path, site: Site, number: int) -> str:
    """`killed` where a test fails, `survived` where all pass; a mutant that hangs is killed too."""
    module = copy / "dsl" / "pingfen" / site.module
    original = module.read_text(encoding="utf-8")
    _write(module, mutated(PACKAGE, site), number)
    try:
        return "killed" if any(_fails(copy, tests) for tests in _stages(site)) else "survived"
    finally:
        _write(module, original, number + 1)


def _write(module: Path, text: str, number: int) -> None:
    """Writes a module with a time of its own, so that Python never takes the compiled one of another mutant for it."""
    module.write_text(text, encoding="utf-8")
    os.utime(module, (1_000_000_000 + number, 1_000_000_000 + number))


def _stages(site: Site) -> list[tuple[str, ...]]:
    """Arguments for Python, what catches most first: the prepared meaning cases, then tests."""
    area = next(area for area in AREAS.values() if area.holds(site.module))
    return [
        ("-m", "tests.mutation.probe", "check", CASES, area.path),
        ("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:pingfen", "-n", "0", *area.tests),
    ]


def _fails(copy: Path, arguments: tuple[str, ...]) -> bool:
    environment = os.environ | {"PINGFEN_LAWS": "brief", "PYTHONPATH": f"{copy / 'dsl'}{os.pathsep}{copy}"}
    try:
        done = subprocess.run([sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, timeout=1200, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
