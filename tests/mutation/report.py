"""Which mutants are made, which tests must notice them, and the summary of what became of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from attrs import frozen

from .sites import Site, sites_of

FOLDER = Path(__file__).parent
LEAST_KILLED = 100


@frozen
class Area:
    """A back end: its modules (by the start of their path), how many mutants are made of it, its path in the meaning cases, and the other tests of it."""

    modules: tuple[str, ...]
    count: int
    path: str
    tests: tuple[str, ...]


AREAS = {
    "interpreter": Area(("arithmetic.py", "reference/", "calendar/"), 50, "reference", ("tests/reference", "tests/generated")),
    "python": Area(("generated/",), 45, "generated", ("tests/generated", "tests/laws/test_paths.py")),
    "sql": Area(
        ("sql/", "warehouse/"),
        60,
        "duckdb",
        ("tests/warehouse/test_clock.py", "tests/warehouse/test_division.py", "tests/warehouse/test_records.py", "tests/laws/test_paths.py"),
    ),
}


def chosen_sites(package: Path, area: str) -> list[Site]:
    """The area's mutants: as many as it asks for, evenly over all that can be made."""
    modules = sorted(str(path.relative_to(package)) for path in package.rglob("*.py"))
    every = [site for module in modules if module.startswith(AREAS[area].modules) for site in sites_of(package, module)]
    count = min(AREAS[area].count, len(every))
    return [every[index * len(every) // count] for index in range(count)]


def write_summary(outcomes: dict[Site, str], whole: int) -> int:
    """Writes `summary.md`; 1 where fewer than 100 are caught or a survivor has no reason in `equivalent.toml`, else 0."""
    reasons = tomllib.loads((FOLDER / "equivalent.toml").read_text(encoding="utf-8"))
    killed = [site for site, outcome in outcomes.items() if outcome == "killed"]
    survived = [site for site, outcome in outcomes.items() if outcome != "killed"]
    lines = ["# Mutants", "", f"{whole} made, {len(outcomes)} run, {len(killed)} caught, {len(survived)} not caught.", ""]
    lines += ["| area | made of | run | caught |", "|---|---|---|---|"]
    for name, area in AREAS.items():
        mine = [site for site in outcomes if site.module.startswith(area.modules)]
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
