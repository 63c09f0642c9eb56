"""`pingfen sample`: plausible events for any ruleset."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics.diagnostic import Diagnostic
from ..writing import write_whole
from .choosing import choose_ruleset, ruleset_argument
from .ending import REFUSED, CommandError
from .options import language_option

if TYPE_CHECKING:
    from ..plan.ruleset import Plan

LONGEST_RUN = 120
DAYS_AFTER = 7
"""Rows that refer to others happen up to three days later each; a chain of two reaches a week behind the as-of date."""


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
    as_of = day_of(day) if day is not None else plan.version.first_day + days
    if plan.version.last_day is not None and day is None:
        as_of = min(as_of, plan.version.last_day)
    first_day = _first_day(plan, as_of, days)
    sample = make_sample(plan, subjects=subjects, first_day=first_day, as_of_day=as_of, seed=seed)
    texts = csv_texts(plan, sample)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    click.echo(_command_line(path, folder, list(sample.tables), "inputs.csv" in texts, date(1970, 1, 1) + timedelta(days=as_of)))


def _first_day(plan: Plan, as_of: int, days: int) -> int:
    """The first day of events: they lie in the years that the data may have, those within a few days after the as-of date too. Raises CommandError for a date
    that is too near to the ends of these years."""
    from ..calendar import date_text, day_number

    first, last = day_number(plan.events.first_year, 1, 1), day_number(plan.events.last_year, 12, 31)
    assert first is not None
    assert last is not None
    if not first < as_of <= last - DAYS_AFTER:
        dates = {"date": date_text(as_of), "first": date_text(first + 1), "last": date_text(last - DAYS_AFTER)}
        raise CommandError([Diagnostic("date-outside-years", arguments=dates)], REFUSED)
    return max(as_of - days, first)


def _command_line(path: str, folder: Path, tables: list[str], has_inputs: bool, as_of: date) -> str:
    """The command that scores the sample."""
    events = " ".join(f"--events {name}={folder / name}.csv" for name in tables)
    inputs = f" --inputs {folder / 'inputs.csv'}" if has_inputs else ""
    return f"pingfen score {path} {events} --subjects {folder / 'subjects.csv'}{inputs} --as-of {as_of}"
