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

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "dsl" / "pingfen"
RESULTS = ROOT / "build" / "mutants.json"
COPIED = ("dsl", "grammar", "tests", "rulesets", "pyproject.toml")


def main() -> int:
    """Runs what is not yet known within the time given; 1 where too few are caught or a survivor has no reason."""
    options = _options()
    sites = [site for area in options.area or AREAS for site in chosen_sites(PACKAGE, area)]
    if options.list:
        print(*(site.name for site in sites), sep="\n")
        return 0
    known = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    waiting = [site for site in sites if _key(site) not in known]
    print(f"{len(sites)} mutants, {len(sites) - len(waiting)} already known")
    _run_all(waiting, known, options)
    return write_summary({site: known[_key(site)] for site in sites if _key(site) in known}, len(sites))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Runs the suite against mutants of the back ends.")
    parser.add_argument("--minutes", type=float, default=45, help="start no new mutant after this time")
    parser.add_argument("--jobs", type=int, default=2, help="how many mutants run at once")
    parser.add_argument("--area", action="append", choices=sorted(AREAS), help="only this back end")
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    return parser.parse_args()


def _key(site: Site) -> str:
    return hashlib.sha256(f"{site.module}\n{mutated(PACKAGE, site)}".encode()).hexdigest()[:20]


def _run_all(waiting: list[Site], known: dict[str, str], options: argparse.Namespace) -> None:
    until = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            copies.put(_copy(Path(folder) / str(number)))

        def run(site: Site) -> None:
            if time.monotonic() > until:
                return
            copy = copies.get()
            outcome = _outcome(copy, site)
            copies.put(copy)
            known[_key(site)] = outcome
            print(f"{outcome:9} {site.name}", flush=True)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True))

        with ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(run, waiting))


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.parquet"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _outcome(copy: Path, site: Site) -> str:
    """`killed` where a test fails, `survived` where all pass; a mutant that hangs is killed too."""
    module = copy / "dsl" / "pingfen" / site.module
    original = module.read_text(encoding="utf-8")
    module.write_text(mutated(PACKAGE, site), encoding="utf-8")
    tests = [test for area in AREAS.values() if site.module.startswith(area.modules) for test in area.tests if (copy / test.split("::")[0]).exists()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", "-n", "0", *tests]
    environment = os.environ | {"PINGFEN_LAWS": "brief", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return "killed"
    finally:
        module.write_text(original, encoding="utf-8")
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(done.stdout.decode()[-2000:])
    return "survived" if done.returncode == 0 else "killed"


if __name__ == "__main__":
    sys.exit(main())
