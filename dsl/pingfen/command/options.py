"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .reporting import CHOSEN

Decorated = Callable[..., Any]


def _remember(ctx: click.Context, _: click.Parameter, wanted: str | None) -> None:
    ctx.meta[CHOSEN] = wanted


def language_of(what: str) -> Callable[[Decorated], Decorated]:
    """`--lang en|zh`: the language of `what`, for `reporting.language_of_run`; the command itself gets no argument."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        callback=_remember,
        expose_value=False,
        is_eager=True,
        help=f"Language of {what} [default: the locale's].",
    )


language_option = language_of("messages")


def format_option(*forms: str) -> Callable[[Decorated], Decorated]:
    """`--format`, one of `forms`, the first by default; the command gets it as `form`."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help="Form of the output.")
