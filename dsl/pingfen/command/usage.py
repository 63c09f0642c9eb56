"""What a command was given wrongly, as diagnostics: click tells its usage errors in English and in a shape of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import click

from ..diagnostics.diagnostic import Diagnostic
from .ending import USAGE
from .group import COMMANDS, UnknownCommandError
from .reporting import CHOSEN, show

LANGUAGES = ("en", "zh")


def tell_usage(mistake: click.UsageError, arguments: Sequence[str]) -> int:
    """Show the mistake in the language of the run, and give the exit code. Where click stopped before it came to `--lang`, the arguments are looked through."""
    context = mistake.ctx or click.Context(click.Command("pingfen"), info_name=_command_in(arguments))
    context.meta.setdefault(CHOSEN, language_in(arguments))
    with context.scope(cleanup=False):
        show([diagnostic_of(mistake, context)])
    return USAGE


def _command_in(arguments: Sequence[str]) -> str:
    return " ".join(["pingfen", *[each for each in arguments if each in COMMANDS][:1]])


def language_in(arguments: Sequence[str]) -> str | None:
    """The language that the arguments choose, looked for among them where no context knows it."""
    given = [value for name, value in pairwise(arguments) if name == "--lang"]
    given += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return next((each for each in given if each in LANGUAGES), None)


def diagnostic_of(mistake: click.UsageError, context: click.Context) -> Diagnostic:
    """The diagnostic of a usage error."""
    command = context.command_path
    match mistake:
        case UnknownCommandError(message=name):
            near = get_close_matches(name, COMMANDS, 1)
            return Diagnostic("unknown-command", arguments={"name": name, "near": near[0] if near else ""})
        case click.MissingParameter():
            return Diagnostic("missing-option", arguments={"command": command, "name": _named(mistake)})
        case click.NoSuchOption():
            near = mistake.possibilities or []
            return Diagnostic("no-such-option", arguments={"command": command, "name": mistake.option_name, "near": near[0] if near else ""})
        case click.BadOptionUsage():
            needs_value = "requires" in mistake.message
            code = "option-without-value" if needs_value else "option-with-value"
            return Diagnostic(code, arguments={"command": command, "name": mistake.option_name})
        case click.BadParameter():
            return _unusable(mistake)
        case _:
            return Diagnostic("wrong-use", arguments={"command": command, "reason": _reason(mistake.message)})


def _named(mistake: click.BadParameter) -> str:
    """The option or argument as it is written: the long name of an option, the name that help shows of an argument."""
    match mistake.param:
        case click.Option() as option:
            return max(option.opts, key=len)
        case click.Argument() as argument:
            return argument.make_metavar(mistake.ctx or click.Context(click.Command("pingfen")))
        case _:
            return str(mistake.param_hint or "").strip("'")


def _unusable(mistake: click.BadParameter) -> Diagnostic:
    """A value that an option or argument does not take, with what it takes."""
    kind = mistake.param.type if mistake.param is not None else None
    quoted = re.search(r"['`](.*?)['`]", mistake.message)
    value = quoted[1] if quoted else mistake.message.partition(" ")[0]
    choices = ", ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""
    span = _range(kind) if isinstance(kind, click.IntRange | click.FloatRange) else ""
    form = _form(kind, mistake.message)
    return Diagnostic("unusable-option", arguments={"name": _named(mistake), "value": value, "choices": choices, "range": span, "form": form})


def _range(kind: click.IntRange | click.FloatRange) -> str:
    """`1 .. 1000`, `1 ..` without an end."""
    return " .. ".join("" if end is None else f"{end}" for end in (kind.min, kind.max)).strip()


def _form(kind: click.ParamType[Any] | None, message: str) -> str:
    """What is wanted instead, as a text that the terms know in both languages, or as signs."""
    match kind:
        case click.types.IntParamType():
            return "a whole number"
        case click.DateTime():
            return "a date such as 2026-10-01"
        case click.Path():
            return "a file that is there" if "does not exist" in message else "a file" if "is a directory" in message else "a folder"
        case _:
            return message.partition(": ")[2]


def _reason(message: str) -> str:
    return "more arguments than it takes" if message.startswith("Got unexpected extra") else message
