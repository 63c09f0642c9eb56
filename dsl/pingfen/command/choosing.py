"""The ruleset that a command is about: a text, an artifact, or of a folder the version in effect on a date (the latest without one)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics.diagnostic import Diagnostic
from ..errors import ArtifactError, CompileError
from .ending import FINDINGS, REFUSED, USAGE, CommandError

if TYPE_CHECKING:
    from ..increment.ranges import Stretch
    from ..ruleset import Ruleset


def choose_ruleset(path: str, day: date | None, parameters: dict[str, str] | None = None) -> Ruleset:
    """Load what RULESET names. Raises CommandError with the diagnostics of the loader; an artifact's plan holds together afterwards."""
    from ..ruleset import Ruleset, load

    refuse_unreadable(path)
    try:
        loaded = load(path, parameters or {})
        chosen = loaded if isinstance(loaded, Ruleset) else loaded.latest if day is None else loaded.at(day)
        chosen.scorer()
        return chosen
    except ArtifactError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    except CompileError as refused:
        raise CommandError(refused.diagnostics, FINDINGS) from None


def choose_stretches(path: str, first: date, last: date, parameters: dict[str, str]) -> list[Stretch]:
    """The versions of RULESET that count from one date to another, each with its dates. Raises CommandError."""
    from datetime import timedelta

    from ..increment.ranges import Stretch
    from ..ruleset import Ruleset, load

    refuse_unreadable(path)
    stretches: list[Stretch] = []
    try:
        loaded = load(path, parameters)
        for day in (first + timedelta(days=offset) for offset in range((last - first).days + 1)):
            chosen = loaded if isinstance(loaded, Ruleset) else loaded.at(day)
            if stretches and stretches[-1].digest == chosen.digest:
                stretches[-1] = Stretch(chosen.plan, chosen.digest, stretches[-1].first, day)
            else:
                chosen.scorer()
                stretches.append(Stretch(chosen.plan, chosen.digest, day, day))
    except ArtifactError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    except CompileError as refused:
        raise CommandError(refused.diagnostics, FINDINGS) from None
    return stretches


def refuse_unreadable(path: str) -> None:
    """Hold that something can be read at the path that a command was given. Raises CommandError, as wrong use."""
    from errno import EACCES
    from os import R_OK, access, stat, strerror

    try:
        stat(path)
        failed = "" if access(path, R_OK) else strerror(EACCES)
    except OSError as failure:
        failed = failure.strerror or "unknown"
    if failed:
        raise CommandError([Diagnostic("cannot-read", arguments={"path": path, "reason": failed.lower()})], USAGE)


def ruleset_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """RULESET, and `--as-of DATE` which picks a version of a folder; the command gets `path` and `day`."""
    chosen = click.option(
        "--as-of",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=_only_day,
        metavar="DATE",
        help="Of a folder, the version in effect on DATE [default: the latest].",
    )
    return click.argument("path", metavar="RULESET")(chosen(function))


def parameters_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--param NAME=VALUE`, several times; the command gets a dict as `parameters`."""
    return click.option(
        "--param", "parameters", multiple=True, callback=_named, metavar="NAME=VALUE", help="Give a parameter or an assumed number, by name or path."
    )(function)


def _only_day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def _named(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    named: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.strip() or name.strip() in named:
            raise click.BadParameter(f"`{value}`: NAME=VALUE, each name once", param=parameter)
        named[name.strip()] = text.strip()
    return named
