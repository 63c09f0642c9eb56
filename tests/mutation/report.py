"""Which mutants are made, which tests must notice them, and the summary of what became of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from .sites import Site, sites_of

FOLDER = Path(__file__).parent
LEAST_KILLED = 100


@frozen
class Area:
    """A back end: its modules (by the start of their path), how many mutants are made of it, its path in the meaning cases, and the other tests of it,
    what catches most first."""

    modules: tuple[str, ...]
    count: int
    path: str
    tests: tuple[str, ...]

    def holds(self, module: str) -> bool:
        """Whether mutants of the module belong to the area."""
        return module.startswith(self.modules)


LAWS = "tests/laws/test_paths.py::test_every_path_gives_the_same_"
"""The laws that hold every path against the interpreter: of records `scorecard`, of events `scores_of_events`."""

DUCKDB = (
    *("across", "clean", "clock", "division", "duckdb", "expressions", "forms", "metrics", "numbers", "outcomes", "peers", "populations", "reasons", "record"),
    *("rows", "scoring", "stairs", "standard", "stretches", "subjects", "sums", "trees"),
)
"""The modules that spell a plan for DuckDB; spellings of other engines are left to the conformance suite, with faults of its own."""

AREAS = {
    "arithmetic": Area(
        ("arithmetic.py", "calendar/"), 20, "reference", ("tests/generated", "tests/reference/test_calendar.py", "tests/reference/test_events.py")
    ),
    "interpreter": Area(
        ("reference/",),
        30,
        "reference",
        (
            "tests/reference/test_expressions.py",
            "tests/reference/test_events.py",
            f"{LAWS}scorecard",
            f"{LAWS}scores_of_events",
            "tests/rulesets/test_events.py",
        ),
    ),
    "python": Area(
        ("generated/",),
        45,
        "generated",
        ("tests/generated", "tests/interface/test_scorecards.py", f"{LAWS}scorecard", "tests/explanation/test_rulesets.py"),
    ),
    "sql": Area(
        tuple(f"sql/{name}.py" for name in DUCKDB),
        35,
        "duckdb",
        (*(f"tests/warehouse/test_{name}.py" for name in ("clock", "division", "records")), f"{LAWS}scores_of_events", "tests/rulesets/test_events.py"),
    ),
    "border": Area(
        ("warehouse/",),
        25,
        "duckdb",
        (*(f"tests/warehouse/test_{name}.py" for name in ("border", "sources", "results")), "tests/robustness/test_bad_inputs.py"),
    ),
}


def chosen_sites(package: Path, area: str) -> list[Site]:
    """The area's mutants: as many as it asks for, drawn by a digest of what is changed, so that edits elsewhere leave the choice as it is."""
    modules = sorted(str(path.relative_to(package)) for path in package.rglob("*.py"))
    every = [site for module in modules if AREAS[area].holds(module) for site in sites_of(package, module)]
    drawn = sorted(zip(_draws(every), every, strict=True), key=lambda pair: pair[0])[: AREAS[area].count]
    chosen = {site for _, site in drawn}
    return [site for site in every if site in chosen]


def _draws(sites: Sequence[Site]) -> list[str]:
    """A digest for each site: of its module, the change, and which of the module's equal changes it is."""
    seen: Counter[str] = Counter()
    draws = []
    for site in sites:
        seen[_stable(site)] += 1
        draws.append(hashlib.sha256(f"{_stable(site)}#{seen[_stable(site)]}".encode()).hexdigest())
    return draws


def write_summary(outcomes: dict[Site, str], whole: int) -> int:
    """Writes `summary.md`; 1 where fewer than 100 are caught or a survivor has no reason in `equivalent.toml`, else 0."""
    reasons = tomllib.loads((FOLDER / "equivalent.toml").read_text(encoding="utf-8"))
    killed = [site for site, outcome in outcomes.items() if outcome == "killed"]
    survived = [site for site, outcome in outcomes.items() if outcome != "killed"]
    lines = ["# Mutants", "", f"{whole} made, {len(outcomes)} run, {len(killed)} caught, {len(survived)} not caught.", ""]
    lines += ["| area | made of | run | caught |", "|---|---|---|---|"]
    for name, area in AREAS.items():
        mine = [site for site in outcomes if area.holds(site.module)]
        caught = sum(outcomes[site] == "killed" for site in mine)
        lines.append(f"| {name} | {', '.join(f'`{module}`' for module in area.modules)} | {len(mine)} | {caught} |")
    lines += ["", "## Not caught", ""]
    lines += [f"- {site.name}: {reasons.get(_stable(site), 'no reason found')}" for site in survived] or ["None."]
    lines += ["", "## Caught", "", *(f"- {site.name}" for site in killed)]
    (FOLDER / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    unexplained = [site for site in survived if _stable(site) not in reasons]
    print(f"{len(killed)} caught, {len(survived)} not caught ({len(unexplained)} without a reason), {whole - len(outcomes)} not run")
    return int(bool(unexplained) or len(killed) < LEAST_KILLED)


def _stable(site: Site) -> str:
    """A name that survives edits elsewhere in the module."""
    return f"{site.module}: {site.before} -> {site.after}"
