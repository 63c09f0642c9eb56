"""`pingfen format`: rulesets in the standard layout, with keywords in either language."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from ..diagnostics.diagnostic import Diagnostic, Problems
from ..source import Source
from .check import find_all
from .ending import FINDINGS, FINE
from .options import language_option
from .reporting import language_of_run, show


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--check", "only_checks", is_flag=True, help="Change nothing; exit 1 where a file is not formatted.")
@click.option("--keywords", type=click.Choice(["keep", "en", "zh"]), default="keep", show_default=True, help="Language of keywords.")
@language_option
def command(paths: tuple[str, ...], only_checks: bool, keywords: Literal["keep", "en", "zh"]) -> int:
    """Write rulesets in the standard layout. Meaning and comments stay; a file with syntax errors is left alone."""
    found: list[Diagnostic] = []
    changed = 0
    for path in map(Path, find_all(paths)):
        formatted = _format(path, keywords)
        if isinstance(formatted, bytes) and formatted != path.read_bytes():
            changed += 1
            found += _change(path, formatted, only_checks)
        elif not isinstance(formatted, bytes):
            found += formatted
    show(found)
    if changed and not only_checks:
        click.echo(_summary(changed), err=True)
    return FINDINGS if found else FINE


def _format(path: Path, keywords: Literal["keep", "en", "zh"]) -> bytes | list[Diagnostic]:
    """The file's formatted content, or why it cannot be formatted."""
    from ..reading import read_source
    from ..syntax.formatting import format_source

    source = read_source(path)
    if not isinstance(source, Source):
        return [source]
    problems = Problems(source)
    formatted = format_source(source, keywords, problems)
    return problems.found if formatted is None else formatted.encode()


def _change(path: Path, content: bytes, only_checks: bool) -> list[Diagnostic]:
    if only_checks:
        return [Diagnostic("not-formatted", arguments={"path": str(path)})]
    from ..writing import write_whole

    write_whole(path, content)
    return []


def _summary(changed: int) -> str:
    if language_of_run() == "zh":
        return f"已改写 {changed} 个文件"
    return f"{changed} file{'' if changed == 1 else 's'} changed"
