"""`pingfen test`: examples run, claims tried on many records, and what the examples cover."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics.diagnostic import Diagnostic
from .check import find_all
from .ending import FINDINGS, FINE, REFUSED, CommandError
from .options import language_option
from .reporting import is_coloured, language_of_run, show
from .status import status_shown

if TYPE_CHECKING:
    from ..trial.junit import Suite
    from ..trial.outcome import Tried

TRIES = 1000
MOST_TRIES = 1_000_000


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the results as JUnit XML too.")
@click.option("--examples", "tries", type=click.IntRange(1, MOST_TRIES), default=TRIES, show_default=True, help="Records drawn for each claim.")
@click.option("--coverage", is_flag=True, help="List what no example reaches: rows, adjustments, ranges, stages, gates, tiers.")
@click.option(
    "--data", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="RESULT", help="A Parquet result: list what none of its subjects reaches."
)
@language_option
def command(paths: tuple[str, ...], junit: Path | None, tries: int, coverage: bool, data: Path | None) -> int:
    """Run the examples of rulesets, and search for counterexamples to their claims: files, or folders with all rulesets below them.

    The search draws the same records every time. Exit 1 where an example differs or a claim does not hold.
    """
    from ..trial.rendering import print_trials

    with status_shown() as progress:
        suites = [_suite(path, tries, progress) for path in map(Path, find_all(paths))]
    findings = [finding for suite in suites for finding in suite.findings]
    show(findings, stream=sys.stdout)
    print_trials(suites, language_of_run(), sys.stdout, coverage=coverage, coloured=is_coloured(sys.stdout), unreachable=_unreachable)
    if data is not None:
        _print_absent(suites, data)
    if junit is not None:
        _write_junit(junit, suites)
    return FINDINGS if findings else FINE


def _suite(path: Path, tries: int, progress: Callable[[str], None]) -> Suite:
    """The trial of one file; what keeps it from compiling in its place."""
    from ..pipeline import compile_source
    from ..reading import read_source
    from ..source import Source
    from ..trial import try_plan
    from ..trial.findings import findings_of
    from ..trial.junit import Suite
    from ..trial.parameters import refused_ends, variants_of

    source = read_source(path)
    if not isinstance(source, Source):
        return Suite(str(path), None, (source,))
    compilation = compile_source(source)
    if compilation.plan is None:
        return Suite(str(path), None, compilation.diagnostics)
    variants, refused = variants_of(compilation)
    tried = try_plan(compilation.plan, tries, lambda name: progress(f"{path}: {name}"), variants)
    ends = refused_ends(refused, source, language_of_run())
    return Suite(str(path), tried, (*ends, *findings_of(tried, language_of_run(), source, compilation.source_map.span_of)))


def _print_absent(suites: list[Suite], path: Path) -> None:
    """What no subject of a result reaches, of the rulesets that made it. Raises CommandError where none of them did."""
    from ..artifact import digest_of
    from ..errors import DiagnosticError
    from ..trial.rendering import print_absent
    from ..trial.subjects import coverage_of_rows, rows_of_plan
    from ..warehouse.verification import read_result

    try:
        recorded = read_result(path)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    plans = [(suite.name, suite.tried.plan) for suite in suites if suite.tried is not None]
    made = [(name, plan, rows) for name, plan in plans if (rows := rows_of_plan(recorded, digest_of(plan))) is not None]
    if not made:
        raise CommandError([Diagnostic("no-result", arguments={"path": str(path), "reason": "another ruleset made it"})], REFUSED)
    for name, plan, rows in made:
        print_absent(name, str(path), plan, coverage_of_rows(plan, rows), language_of_run(), sys.stdout, coloured=is_coloured(sys.stdout))


def _unreachable(tried: Tried) -> set[tuple[object, ...]]:
    """Which of the places that no example reaches no record can reach."""
    from ..proof.unreachable import unreachable

    return unreachable(tried.plan.record, tried.coverage.missed)


def _write_junit(path: Path, suites: list[Suite]) -> None:
    from ..trial.junit import junit_document
    from ..writing import write_whole

    write_whole(path, junit_document(suites, language_of_run()))
