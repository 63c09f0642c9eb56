"""The entry point: whatever happens below, the user reads a message and the shell gets an exit code, never a traceback."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from .ending import BROKEN_PIPE, CRASHED, FINE, INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(50_000, 20, 20)  # a command lives briefly and keeps most of what it makes: so before click is imported
    given = sys.argv[1:] if arguments is None else arguments
    if not any(each.startswith("--engine") for each in given):
        sys.meta_path.insert(0, _WithoutPandas())
    code = run(given)
    if "duckdb" not in sys.modules:  # its bindings tell as leaks what is frozen
        gc.freeze()  # what is left goes with the process: nothing is gained by looking through it for circles
    sys.exit(code)


class _WithoutPandas:
    """pyarrow imports pandas, where it is installed, as soon as it makes an array: a third of a second for what files never need."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("commands read files alone", name=fullname)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    _tolerate_poor_streams()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = _invoke(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _leave_pipe()
    except KeyboardInterrupt:
        return _tell_interruption(given)
    except Exception as bug:
        return _apologise(bug)


def _invoke(arguments: list[str]) -> int:
    import click

    from .group import pingfen

    try:
        with pingfen.make_context("pingfen", list(arguments)) as context:
            code = pingfen.invoke(context)
            return code if isinstance(code, int) else FINE
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.NoArgsIsHelpError as mistake:
        mistake.show()
        return mistake.exit_code
    except click.UsageError as mistake:
        from .usage import tell_usage

        return tell_usage(mistake, arguments)
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code


def _tolerate_poor_streams() -> None:
    """A stream that is closed swallows what is said to it; one that cannot say a character says it escaped, rather than failing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _tell_interruption(arguments: list[str]) -> int:
    from ..diagnostics.language import choose_language
    from ..wording.phrases import phrase
    from .usage import language_in

    print(phrase(choose_language(language_in(arguments)), "interrupted"), file=sys.stderr)
    return INTERRUPTED


def _leave_pipe() -> int:
    """The reader went away: say nothing more, also not at exit, and end as a program killed by the pipe does."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    return BROKEN_PIPE


def _apologise(bug: Exception) -> int:
    if os.environ.get("PINGFEN_TRACEBACK"):
        raise bug
    detail = " ".join(str(bug).split())[:200]
    print(f"pingfen met a mistake of its own: {type(bug).__name__}: {detail}", file=sys.stderr)
    print("please report it with the ruleset and the command; PINGFEN_TRACEBACK=1 shows where it happened", file=sys.stderr)
    return CRASHED
