"""docs/conformance.md: what the suite gives, construct by construct and engine by engine, and what the latest comparison was like."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .outcomes import Outcomes
from .running import TARGETS, Summary
from .suite import covered, suite_digest

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
ENGINES = {"duckdb": "DuckDB", "spark": "Spark", "postgres": "PostgreSQL", "clickhouse": "ClickHouse"}
COMPARISON, CONSTRUCTS = "## The latest comparison", "## Engine by construct"
HEAD = """# Conformance

<!-- written by `make conformance`; a test holds the first table against the suite -->

The suite is cases with rules, events and the scorecards they must give, to the last digit: those of `tests/cases/meaning`, worked by hand from the
language, and those of `tests/cases/conformance`: what engines spell differently, and what comparisons found. Every engine runs every case, for real, under
settings that would change a result which relied on them (zone of New York, Spark without ANSI mode, an ICU collation, `join_use_nulls` off).

Hive, Doris, StarRocks, MySQL, Trino, BigQuery and Snowflake are written for too, but not run here.
"""


def write_page(outcomes: Mapping[str, Outcomes], summaries: Mapping[str, Summary], minutes: float) -> None:
    """Write the page."""
    PAGE.write_text("\n".join([HEAD, *_comparison(summaries, minutes), *_by_construct(outcomes)]) + "\n", "utf-8")


def _comparison(summaries: Mapping[str, Summary], minutes: float) -> list[str]:
    lines = [
        "## The latest comparison",
        "",
        "Generated rulesets with generated events, against the interpreter: every field, number and outcome of every subject. In five of eight statements over",
        "tables each column is held in a way of its own: whole numbers of any width, decimals, floats, timestamps of every kind, casts and constants.",
        "",
    ]
    lines += ["| engine | rulesets | pairs | lines (median) | subjects without a score | pairs in which something acts | rulesets that differ | minutes |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for engine, title in ENGINES.items():
        lines.append(_measured(title, summaries[engine]) if engine in summaries else f"| {title} | skipped | | | | | | |")
    acts = "Something acts: a protection, a cap, a stage that is not full, or the clause for missing values."
    return [*lines, "", f"{minutes:.0f} minutes in all. {acts}", *_left_open(summaries), "", _reached(summaries), ""]


def _left_open(summaries: Mapping[str, Summary]) -> list[str]:
    """What a run that was stopped has not done."""
    open_ones = {name: target for name, target in TARGETS.items() if name not in summaries or summaries[name].rulesets < target.rulesets}
    wanted = [f"{target.pairs:,} pairs of {target.rulesets:,} rulesets on {ENGINES[name]}" for name, target in open_ones.items()]
    return ["", f"Stopped before the end; a whole run has {', '.join(wanted)}."] if wanted else []


def _reached(summaries: Mapping[str, Summary]) -> str:
    """Constructs and operators that no generated ruleset had."""
    if not summaries:
        return "Nothing was generated."
    unreached = set.intersection(*(set(summary.unreached) for summary in summaries.values()))
    return f"Never reached: {', '.join(f'`{name}`' for name in sorted(unreached))}." if unreached else "Every construct and every operator was reached."


def _measured(title: str, found: Summary) -> str:
    cells = [f"{found.rulesets:,}", f"{found.pairs:,}", f"{found.lines:.0f}", f"{found.without_score:.1%}", f"{found.acting:.1%}", str(len(found.failures))]
    return f"| {title} | {' | '.join(cells)} | {found.seconds / 60:.1f} |"


def _by_construct(outcomes: Mapping[str, Outcomes]) -> list[str]:
    lines = [
        "## Engine by construct",
        "",
        "How many of a construct's cases an engine passes; constructs are those of the plan.",
        "",
        f"Suite: `{suite_digest()}`.",
        "",
    ]
    lines += [f"| construct | cases | {' | '.join(ENGINES.values())} |", "|---|---|" + "---|" * len(ENGINES)]
    return [*lines, *(row_of(construct, cases, outcomes) for construct, cases in covered().items())]


def row_of(construct: str, cases: tuple[str, ...], outcomes: Mapping[str, Outcomes]) -> str:
    """One row of the table; an engine that did not run is skipped."""
    cells = [str(sum(outcomes[engine].get(case) == "" for case in cases)) if engine in outcomes else "skipped" for engine in ENGINES]
    return f"| `{construct}` | {len(cases)} | {' | '.join(cells)} |"
