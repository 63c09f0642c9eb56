"""`pingfen explain`: how the score of one record, or of one subject among events, comes about."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics.diagnostic import Diagnostic
from ..errors import DiagnosticError
from .choosing import choose_ruleset
from .ending import FINE, REFUSED, CommandError
from .event_options import EventOptions, event_options
from .options import format_option, language_option
from .reporting import is_coloured, language_of_run, show
from .score import progress_shown

if TYPE_CHECKING:
    from ..explanation import Explanation
    from ..warehouse.result import Result

LARGEST_RECORD = 1 << 22


@click.command
@click.argument("path", metavar="RULESET")
@click.option("--metrics", metavar="FILE", help="The record as a JSON object, by field; `-` reads it from standard input.")
@click.option("--subject", metavar="ID", help="The subject among the events that is explained.")
@click.option("--reasons", is_flag=True, help="What cost points against the top of the scale, most first, and what brought some: they add up to the score.")
@event_options(required=False)
@format_option("text", "json")
@language_option
def command(
    path: str,
    metrics: str | None,
    subject: str | None,
    options: EventOptions | None,
    form: str,
    reasons: bool = False,
    parameters: dict[str, str] | None = None,
    as_of: date | None = None,
) -> int:
    """Show how a score comes about: at each number the lines add up exactly to it.

    The record is given with --metrics, or made from --events for one --subject as of a day. JSON numbers are read as decimals; a share of 95% is 0.95, an
    exact quotient "199 of 20000", a missing value null.
    """
    if (metrics is None) == (options is None) or (options is None) != (subject is None):
        raise click.UsageError("give either --metrics, or --events with --as-of and --subject")
    try:
        if metrics is not None:
            explanation = choose_ruleset(path, as_of, parameters).explain(read_record(metrics))
        else:
            assert options is not None
            assert subject is not None
            explanation = _explain_subject(path, options, subject)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    _show(explanation, form, reasons=reasons)
    return FINE


def _explain_subject(path: str, options: EventOptions, subject: str) -> Explanation:
    """One subject's scorecard among all subjects, closings by linked entities included."""
    from ..explanation import explain
    from ..warehouse.records import evaluation_of, record_of
    from ..warehouse.run import score

    ruleset = choose_ruleset(path, options.as_of, dict(options.parameters))
    with progress_shown() as progress:
        result = score(ruleset.plan, ruleset.digest, options.request(path, progress))
    show(result.notes)
    row = _row_of(result, subject)
    return explain(ruleset.plan, record_of(ruleset.plan.record, row), evaluation_of(ruleset.plan.record, row))


def _row_of(result: Result, subject: str) -> dict[str, Any]:
    """The subject's row of a result."""
    from difflib import get_close_matches

    subjects = [str(value) for value in result.table.column(0).to_pylist()]
    if subject not in subjects:
        near = get_close_matches(subject, subjects[:100_000], 1)
        raise CommandError([Diagnostic("subject-not-in-result", arguments={"subject": subject, "near": near[0] if near else ""})], REFUSED)
    rows: list[dict[str, Any]] = result.table.slice(subjects.index(subject), 1).to_pylist()
    return rows[0]


def read_record(name: str) -> dict[str, Any]:
    """The JSON object of a file, its numbers as decimals. Raises CommandError where it is none, or where a name occurs twice."""
    content = sys.stdin.buffer.read(LARGEST_RECORD + 1) if name == "-" else _content(Path(name))
    if len(content) > LARGEST_RECORD:
        raise _refused(name, f"more than {LARGEST_RECORD:,} bytes")
    try:
        record = json.loads(content, parse_float=Decimal, parse_constant=str, object_pairs_hook=_once)
    except UnicodeDecodeError as failure:
        raise _refused(name, f"byte {failure.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as failure:
        raise _refused(name, f"line {failure.lineno}, column {failure.colno}: {failure.msg.lower()}") from None
    except ValueError as failure:
        raise _refused(name, str(failure)[:100]) from None
    except RecursionError:
        raise _refused(name, "values are nested too deeply") from None
    if not isinstance(record, dict):
        raise _refused(name, "the outermost value is no object")
    return record


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_RECORD + 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"`{name}` occurs twice")
        found[name] = value
    return found


def _refused(name: str, reason: str) -> CommandError:
    return CommandError([Diagnostic("not-a-record", arguments={"path": name, "reason": reason})], REFUSED)


def _show(explanation: Explanation, form: str, *, reasons: bool) -> None:
    from ..explanation import document_of
    from ..explanation.rendering import print_explanation, print_reasons

    if form == "json":
        click.echo(json.dumps(document_of(explanation), ensure_ascii=False, indent=2))
        return
    told = print_reasons if reasons else print_explanation
    told(explanation, language_of_run(), sys.stdout, coloured=is_coloured(sys.stdout))
