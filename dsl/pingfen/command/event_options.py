"""The options of every command that reads events: sources, mapping, rejects, memory, parameters and the as-of date."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import fields, frozen

from .choosing import parameters_option
from .dates import Dates, DatesType
from .ending import USAGE, CommandError

if TYPE_CHECKING:
    from ..warehouse.request import Progress, Request


@frozen
class EventOptions:
    """What the options say; `request` makes a run of them."""

    events: Mapping[str, str]
    subjects: str | None
    inputs: str | None
    mapping: Path | None
    rejects: Path | None
    memory: str | None
    trusted: bool
    unique_keys: bool
    parameters: Mapping[str, str]
    as_of: date
    until: date

    @property
    def is_range(self) -> bool:
        """Whether several dates are asked for."""
        return self.until > self.as_of

    def request(self, path: str, progress: Progress | None = None) -> Request:
        """The request of a run of the ruleset that was loaded from `path`."""
        from ..warehouse.request import Request, be_silent

        return Request(
            self.events,
            self.as_of,
            subjects=self.subjects,
            inputs=self.inputs,
            mapping=self.mapping,
            rejects=self.rejects,
            trusted=self.trusted,
            unique_keys=self.unique_keys,
            memory=self.memory,
            parameters=self.parameters,
            ruleset=path,
            progress=progress or be_silent,
        )


def event_options(*, required: bool = True, ranged: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the options; the command gets `options`, an EventOptions. Where they are not `required` and neither events nor inputs are given, `options` is None
    and the command gets `parameters` and `as_of` themselves. A `ranged` command takes several dates."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        def collected(**values: Any) -> Any:
            options = _options(values, required=required)
            return function(options=options, **values)

        collected.__name__, collected.__doc__ = function.__name__, function.__doc__
        collected.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        for option in reversed((*_OPTIONS, _ranged_option() if ranged else _DATE_OPTION)):
            collected = option(collected)
        return collected

    return add


def _options(values: dict[str, Any], *, required: bool) -> EventOptions | None:
    dates: Dates | None = values.pop("as_of")
    taken = {item.name: values.pop(item.name) for item in fields(EventOptions) if item.name not in ("as_of", "until")}
    if not required and not taken["events"] and taken["inputs"] is None:
        values |= {"parameters": taken["parameters"], "as_of": None if dates is None else dates.first}
        return None
    if dates is None:
        raise click.MissingParameter(param_hint="'--as-of'", param_type="option")
    refuse_unknown_forms(taken["rejects"])
    return EventOptions(**taken, as_of=dates.first, until=dates.last)


def refuse_unknown_forms(*paths: Path | None) -> None:
    """Hold before any work that each file to write has an ending that tables are written under, and a folder. Raises CommandError and OSError."""
    for path in (each for each in paths if each is not None):
        from ..errors import DiagnosticError
        from ..warehouse.result import refuse_unknown_form

        try:
            refuse_unknown_form(path)
        except DiagnosticError as refused:
            raise CommandError(refused.diagnostics, USAGE) from None
        if not path.absolute().parent.is_dir():
            raise FileNotFoundError(ENOENT, strerror(ENOENT), os.fspath(path))


def _named(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    named: dict[str, str] = {}
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not name or not path or name in named:
            raise click.BadParameter(f"`{value}`: NAME=PATH, each name once", param=parameter)
        named[name] = path
    return named


_PATH = click.Path(path_type=Path)
_OPTIONS = (
    click.option(
        "--events", multiple=True, callback=_named, metavar="NAME=PATH", help="An event table: a CSV, Parquet or JSON lines file, a folder of such or a glob."
    ),
    click.option("--subjects", metavar="PATH", help="Subjects with their attributes [default: those that events and inputs name]."),
    click.option("--inputs", metavar="PATH", help="Plain inputs by subject."),
    click.option("--mapping", type=_PATH, metavar="FILE", help="Names of tables and columns, constants and casts (TOML or JSON)."),
    parameters_option,
    click.option("--rejects", type=_PATH, metavar="FILE", help="Put bad rows there and score the rest [default: bad rows stop the run]."),
    click.option("--trusted", is_flag=True, help="Skip the checks of rows: a warehouse has made them."),
    click.option("--unique-keys", is_flag=True, help="Skip the check of duplicate keys alone."),
    click.option("--memory", metavar="SIZE", help="The most memory to use, such as 2GB; what does not fit goes to disk."),
)
_DATE_OPTION = click.option("--as-of", "as_of", type=DatesType(ranged=False), metavar="DATE", help="The day as of which to score; nothing from it on is read.")


def _ranged_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    told = "The day as of which to score; nothing from it on is read. DATE..DATE scores as of each day from one to the other."
    return click.option("--as-of", "as_of", type=DatesType(ranged=True), metavar="DATE[..DATE]", help=told)
