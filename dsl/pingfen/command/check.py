"""`pingfen check`: the findings of rulesets, as text, JSON, SARIF or annotations."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.rendering import Format
from .choosing import refuse_unreadable
from .ending import FINDINGS, FINE, USAGE, CommandError
from .options import format_option, language_option
from .reporting import language_of_run, show

MANY = 20


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option("text", "json", "sarif", "github")
@click.option("--cache/--no-cache", "remembers", default=True, help="Remember results of unchanged files [default: remember].")
@language_option
def command(paths: tuple[str, ...], form: Format, remembers: bool) -> int:
    """Find mistakes in rulesets: files, or folders with all rulesets below them.

    Files of one folder that name the same ruleset are its dated versions; days with two versions or with none are findings too.
    """
    from ..inspection.run import inspect

    inspection = inspect(find_all(paths), _cache(remembers), _progress)
    if inspection.diagnostics or form != "text":
        show(inspection.diagnostics, form, sys.stdout)
    if form == "text":
        click.echo(_summary(inspection.files, len(inspection.diagnostics)), err=True)
    return FINDINGS if inspection.diagnostics else FINE


def find_all(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """Every ruleset that the paths name, each once. Raises CommandError for a path with nothing to read, a folder without rulesets, and an artifact."""
    from ..inspection.folders import find_rulesets

    found: dict[str, None] = {}
    for path in [os.fspath(each) for each in paths]:
        refuse_unreadable(path)
        texts = find_rulesets(path)
        if not texts:
            raise CommandError([Diagnostic("no-rulesets", arguments={"path": path})], USAGE)
        if path.endswith(".json"):
            raise CommandError([Diagnostic("not-a-ruleset-text", arguments={"path": path})], USAGE)
        found |= dict.fromkeys(texts)
    return list(found)


def _cache(remembers: bool) -> Any:
    from ..inspection.cache import Cache, cache_folder, compiler_edition

    folder = cache_folder() if remembers else None
    return Cache(folder, f"{compiler_edition()}-{language_of_run()}" if folder else "")


def _progress(results: Iterable[Any], length: int) -> Iterator[Any]:
    if length < MANY or not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=length, label="check", file=sys.stderr) as shown:
        yield from shown


def _summary(files: int, found: int) -> str:
    if language_of_run() == "zh":
        return f"已检查 {files} 个文件, " + (f"{found} 处问题" if found else "没有问题")
    checked = f"{files} file{'' if files == 1 else 's'} checked, "
    return checked + (f"{found} finding{'' if found == 1 else 's'}" if found else "no findings")
