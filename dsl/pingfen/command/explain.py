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
from ..errors import InputError
from .choosing import choose_ruleset, ruleset_argument
from .ending import FINE, REFUSED, CommandError
from .options import format_option, language_option, parameter_option
from .reporting import is_coloured, language_of_run

if TYPE_CHECKING:
    from ..explanation import Explanation

LARGEST_RECORD = 1 << 22


@click.command
@ruleset_argument
@click.option("--metrics", metavar="FILE", help="The record as a JSON object, by field; `-` reads it from standard input.")
@parameter_option
@format_option("text", "json")
@language_option
def command(path: str, day: date | None, metrics: str | None, parameters: dict[str, str], form: str) -> int:
    """Show how a score comes about: at each number the lines add up exactly to it.

    JSON numbers are read as decimals; a share of 95% is 0.95, an exact quotient "199 of 20000", a missing value null.
    """
    ruleset = choose_ruleset(path, day, parameters)
    if metrics is None:
        raise click.UsageError("name a record with --metrics")
    try:
        explanation = ruleset.explain(read_record(metrics))
    except InputError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    _show(explanation, form)
    return FINE


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
    except (ValueError, RecursionError) as failure:
        raise _refused(name, str(failure)[:100]) from None
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


def _show(explanation: Explanation, form: str) -> None:
    from ..explanation import document_of
    from ..explanation.rendering import print_explanation

    if form == "json":
        click.echo(json.dumps(document_of(explanation), ensure_ascii=False, indent=2))
    else:
        print_explanation(explanation, language_of_run(), sys.stdout, coloured=is_coloured(sys.stdout))
