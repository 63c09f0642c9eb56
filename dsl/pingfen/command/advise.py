"""`pingfen advise`: the least change of the metrics that a merchant can move which reaches a score or opens a gate."""

from __future__ import annotations

import json
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from ..diagnostics.diagnostic import Diagnostic
from ..errors import DiagnosticError
from .choosing import choose_ruleset
from .ending import FINDINGS, FINE, REFUSED, CommandError
from .event_options import EventOptions, event_options
from .explain import read_record
from .options import format_option, language_option
from .reporting import language_of_run, show
from .score import progress_shown

if TYPE_CHECKING:
    from ..advice import Goal
    from ..advice.telling import Teller
    from ..plan.ruleset import Plan
    from ..ruleset import Ruleset

DAYS = 14


@click.command
@click.argument("path", metavar="RULESET")
@click.option("--metrics", metavar="FILE", help="The record as a JSON object, by field; `-` reads it from standard input.")
@click.option("--subject", metavar="ID", help="The subject among the events that is advised.")
@click.option("--to", "score", metavar="SCORE", help="The score to reach, such as 4.50.")
@click.option("--open", "gate", metavar="GATE", help="The gate to open, or the sanction to clear.")
@click.option("--days", type=click.IntRange(0, 400), default=DAYS, show_default=True, help="Coming days that are told, if nothing happens.")
@event_options(required=False)
@format_option("text", "json")
@language_option
def command(
    path: str,
    metrics: str | None,
    subject: str | None,
    score: str | None,
    gate: str | None,
    days: int,
    options: EventOptions | None,
    form: str,
    parameters: dict[str, str] | None = None,
    as_of: date | None = None,
) -> int:
    """Find the least change of the improvable metrics that reaches a score or opens a gate, and other ways to it.

    The record is given with --metrics, or made from --events for one --subject as of a day; then the advice also speaks of events and of the coming days.
    Values of peers and groups are taken as they are, and closings by linked subjects. Exit 1 where the goal cannot be reached.
    """
    if (metrics is None) == (options is None) or (options is None) != (subject is None):
        raise click.UsageError("give either --metrics, or --events with --as-of and --subject")
    if (score is None) == (gate is None):
        raise click.UsageError("give either --to SCORE or --open GATE")
    ruleset = choose_ruleset(path, as_of if options is None else options.as_of, dict(options.parameters) if options else parameters)
    goal = _goal(ruleset.plan, score, gate)
    try:
        if metrics is not None:
            teller = _of_record(ruleset, metrics, goal)
        else:
            assert options is not None
            assert subject is not None
            teller = _of_subject(ruleset, path, options, subject, goal, days)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    if form == "json":
        from ..advice.document import document_of

        click.echo(json.dumps(document_of(teller), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(teller.lines()))
    return FINE if teller.advice.is_reachable else FINDINGS


def _goal(plan: Plan, score: str | None, gate: str | None) -> Goal:
    """The goal that the options name. Raises CommandError for one that cannot be."""
    from ..advice import gate_goal
    from ..plan.record import Gate

    if gate is None:
        return _score_goal(plan, str(score))
    found = gate_goal(plan.record, gate)
    if found is None:
        names = [outcome.name for outcome in plan.record.outcomes if isinstance(outcome, Gate)]
        near = get_close_matches(gate, names, 1)
        raise CommandError([Diagnostic("unknown-gate", arguments={"name": gate, "near": near[0] if near else "", "names": ", ".join(names)})], REFUSED)
    return found


def _score_goal(plan: Plan, text: str) -> Goal:
    """A score as a record's numbers are written. Raises CommandError for what is no score of the ruleset."""
    from ..advice import NumberGoal
    from ..plan.quantity import Numeric
    from ..plan.values import decimal_text
    from ..ruleset.intake import Refusal, careful_taker_of

    scale = plan.record.scale
    if scale is None:
        raise click.UsageError("the ruleset has no score: give --open GATE")
    low, high, step = (decimal_text(value, scale.places) for value in (scale.low, scale.high, scale.step))
    try:
        least = careful_taker_of(Numeric("number", scale.places, scale.low, scale.high))(text)
        if least % scale.step == 0:
            return NumberGoal(least)
    except (Refusal, ArithmeticError):
        pass
    raise CommandError([Diagnostic("unusable-goal", arguments={"value": text[:60], "low": low, "high": high, "step": step})], REFUSED)


def _of_record(ruleset: Ruleset, metrics: str, goal: Goal) -> Teller:
    from ..advice import advise
    from ..advice.telling import Teller

    return Teller(advise(ruleset.plan, ruleset.scaled(read_record(metrics)), goal), language_of_run())


def _of_subject(ruleset: Ruleset, path: str, options: EventOptions, subject: str, goal: Goal, days: int) -> Teller:
    """The advice of one subject among its events."""
    from ..advice import advise, closings_of
    from ..advice.history import history_of
    from ..advice.outlook import outlook
    from ..advice.telling import Teller
    from ..reference.crossing import score_subjects
    from ..warehouse.interpreting import clean_data
    from ..warehouse.run import begin
    from ..warehouse.session import open_session

    plan = ruleset.plan
    with progress_shown() as progress, open_session(options.memory, None) as session:
        run = begin(plan, ruleset.digest, options.request(path, progress), session)
        run.read_sources()
        data = clean_data(run, subject)
        progress(f"scoring {subject}")
        everybody = score_subjects(plan, data, run.as_of)
        scored = everybody.get(subject)
        if scored is None:
            raise CommandError([Diagnostic("subject-not-in-result", arguments={"subject": subject, "near": ""})], REFUSED)
        progress(f"looking for ways of {subject}")
        advice = advise(plan, scored.record, goal, scored.evaluation, closings_of(plan, goal, everybody, subject))
        coming = outlook(plan, data, run.as_of, subject, days)
        show(run.notes)
    return Teller(advice, language_of_run(), history_of(plan, data, run.as_of, subject, scored), coming)
