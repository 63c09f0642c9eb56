"""`python -m tests.conformance`: every engine against the interpreter, as long as the targets say; an interrupted run goes on where it stopped."""

from __future__ import annotations

import sys
from multiprocessing import get_context

import click
from attrs import evolve
from rich.console import Console
from rich.table import Table

from .document import write_page
from .engines import ENGINES
from .ledger import edition, open_ledger
from .outcomes import kept_outcomes
from .rulesets import rulesets_agree
from .running import FOLDER, TARGETS, Summary, reached, run_engines, shortcomings_of, summary_of


@click.command()
@click.option("--engine", "engines", multiple=True, type=click.Choice(list(ENGINES)), help="Only these engines.")
@click.option("--first-seed", default=0, show_default=True, help="The first seed.")
@click.option("--part", default=1.0, show_default=True, help="This part of the targets.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 2), help="DuckDB in one process, the other engines in another.")
@click.option("--page/--no-page", default=None, help="Write docs/conformance.md; whole runs do.")
def main(engines: tuple[str, ...], first_seed: int, part: float, processes: int, page: bool | None) -> None:
    """Compare engines with the interpreter on generated rulesets and events."""
    edition()  # what the sources are now, whatever they become while this runs
    chosen = [name for name in ENGINES if not engines or name in engines]
    targets = {name: evolve(TARGETS[name], rulesets=int(TARGETS[name].rulesets * part), pairs=int(TARGETS[name].pairs * part)) for name in chosen}
    lanes = [[name for name in chosen if name == "duckdb"], [name for name in chosen if name != "duckdb"]]
    if processes == 1:
        lanes = [chosen]
    workers = [get_context("spawn").Process(target=run_engines, args=(lane, targets, first_seed)) for lane in lanes if lane]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ledgers = {name: open_ledger(FOLDER, name) for name in chosen}
    summaries = {name: summary_of(list(ledger.entries.values())) for name, ledger in ledgers.items() if ledger.entries}
    outcomes = {name: found for name, ledger in ledgers.items() if (found := kept_outcomes(FOLDER, name, ledger.edition)) is not None}
    show(summaries)
    if page if page is not None else not engines and part >= 1:
        write_page(outcomes, summaries, max(sum(summaries[name].seconds for name in lane if name in summaries) for lane in lanes) / 60)
    unfinished = [name for name, ledger in ledgers.items() if not reached(list(ledger.entries.values()), targets[name])]
    shortcomings = [f"{name}: {text}" for name, summary in summaries.items() for text in shortcomings_of(summary)]
    shortcomings += [f"{name}: {sum(map(bool, found.values()))} cases fail" for name, found in outcomes.items() if any(found.values())]
    unreached = set.intersection(*(set(summary.unreached) for summary in summaries.values())) if summaries else set()
    shortcomings += [f"never reached: {', '.join(sorted(unreached))}"] if unreached else []
    shortcomings += [f"{name}: stopped before the end" for name in unfinished]
    shortcomings += [] if engines or rulesets_agree(FOLDER) else ["a ruleset differs between engines"]
    for text in shortcomings:
        print(text)
    sys.exit(1 if shortcomings else 0)


def show(summaries: dict[str, Summary]) -> None:
    """The measures of each engine."""
    table = Table("engine", "rulesets", "pairs", "lines (median)", "without a score", "something acts", "minutes", "differ", title="Against the interpreter")
    for name, found in summaries.items():
        measures = [f"{found.rulesets:,}", f"{found.pairs:,}", f"{found.lines:.0f}", f"{found.without_score:.1%}", f"{found.acting:.1%}"]
        table.add_row(name, *measures, f"{found.seconds / 60:.1f}", str(len(found.failures)))
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
