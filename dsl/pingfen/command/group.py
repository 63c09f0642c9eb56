"""The click group: subcommands are imported only when they are asked for, so that a short command starts fast.

Each command stands in a module of its own, as `command`; its line here is what `pingfen --help` says of it.
"""

from __future__ import annotations

from importlib import import_module

import click

from ..release import VERSION
from .ending import REFUSED, CommandError

COMMANDS: dict[str, str] = {
    "check": "Find mistakes in rulesets; exit 1 where there are any.",
    "format": "Write rulesets in the standard layout.",
    "test": "Run the examples and try the claims of rulesets.",
    "prove": "Prove the claims of rulesets, or refute them by a counterexample.",
    "build": "Compile rulesets to artifacts, one JSON file a version.",
    "score": "Score subjects from their events.",
    "update": "Score from the days that are new, and a state of the days before.",
    "sql": "Write the statement that scores in an engine.",
    "explain": "Show how a score comes about, step by step.",
    "diff": "Compare two versions: the same meaning or not, and what changes.",
    "advise": "Find the least change that reaches a score or opens a gate.",
    "sources": "List citations and every assumed number.",
    "schema": "Print the JSON Schema of metric input and the table schemas of events.",
    "page": "Write the rule page that merchants read.",
    "new": "Start a ruleset that passes check and test.",
    "verify": "Recompute one row of a result from its inputs.",
    "sample": "Make up plausible events for a ruleset.",
}


class UnknownCommandError(click.UsageError):
    """The message is a name that is no command's."""


class LazyGroup(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None for a name that is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"{__package__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table itself, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command. Raises UnknownCommandError."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownCommandError(args[0], ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what ends it is shown while its language is still known."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except CommandError as ending:
            return _end(ending)
        except OSError as failure:
            return _end(_failed_file(failure))


def _end(ending: CommandError) -> int:
    from .reporting import show

    show(ending.diagnostics)
    return ending.exit_code


def _failed_file(failure: OSError) -> CommandError:
    from ..diagnostics.diagnostic import Diagnostic

    path = str(failure.filename or failure.filename2 or "-")
    reason = (failure.strerror or type(failure).__name__).lower()
    return CommandError([Diagnostic("cannot-use-file", arguments={"path": path, "reason": reason})], REFUSED)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"pingfen {VERSION}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version and exit.")
def pingfen() -> None:
    """Marketplace scoring rules, written once: checked, tested, scored and explained.

    RULESET is a .pf file, a folder of dated versions, or an artifact that `build` wrote.
    Exit codes: 0 fine, 1 findings, 2 usage, 3 refused data.
    """
