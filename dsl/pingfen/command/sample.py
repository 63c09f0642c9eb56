"""`pingfen sample`: plausible events for any ruleset."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from ..writing import write_whole
from .choosing import choose_ruleset, ruleset_argument
from .options import language_option

LONGEST_RUN = 120


@click.command("sample")
@ruleset_argument
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), help="The folder to write to.")
@click.option("--subjects", type=click.IntRange(1, 1_000_000), default=100, show_default=True, help="How many subjects.")
@click.option("--days", type=click.IntRange(1, 3660), default=LONGEST_RUN, show_default=True, help="How many days before the as-of date.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same events.")
@language_option
def command(path: str, day: date | None, output: str, subjects: int, days: int, seed: int) -> None:
    """Make up events of RULESET, with ties, gaps and corrections: one CSV file a table, and how to score them.

    The events end at --as-of [default: --days after the version's first day].
    """
    from ..calendar import day_of
    from ..sampling import make_sample
    from ..sampling.tables import csv_texts

    plan = choose_ruleset(path, day).plan
    as_of = day_of(day) if day else plan.version.first_day + days
    if plan.version.last_day is not None and day is None:
        as_of = min(as_of, plan.version.last_day)
    sample = make_sample(plan, subjects=subjects, first_day=as_of - days, as_of_day=as_of, seed=seed)
    texts = csv_texts(plan, sample)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    click.echo(_command_line(path, folder, list(sample.tables), "inputs.csv" in texts, date(1970, 1, 1) + timedelta(days=as_of)))


def _command_line(path: str, folder: Path, tables: list[str], has_inputs: bool, as_of: date) -> str:
    """The command that scores the sample."""
    events = " ".join(f"--events {name}={folder / name}.csv" for name in tables)
    inputs = f" --inputs {folder / 'inputs.csv'}" if has_inputs else ""
    return f"pingfen score {path} {events} --subjects {folder / 'subjects.csv'}{inputs} --as-of {as_of}"
