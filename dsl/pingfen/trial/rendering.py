"""Trials as a table for a terminal: one row a ruleset version, and what no example reaches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..diagnostics.language import Language
from ..diagnostics.message import visible
from ..plan.ruleset import Plan
from .junit import Suite
from .outcome import Coverage, Place, Tried
from .places import places_of

WORDS = {
    "ruleset": ("ruleset", "规则集"),
    "version": ("version", "版本"),
    "examples": ("examples", "样例"),
    "claims": ("claims", "断言"),
    "records": ("records tried", "尝试的记录"),
    "skipped": ("skipped", "略过"),
    "coverage": ("coverage", "覆盖"),
    "missed": ("no example reaches", "没有样例到达"),
    "absent": ("no subject of `{path}` reaches", "`{path}` 中没有主体到达"),
    "unreachable": ("unreachable, as is proved", "已证明不可到达"),
    "broken": ("does not compile", "不能编译"),
}


Unreached = Callable[[Tried], Collection[Place]]


def print_trials(
    suites: Sequence[Suite], language: Language, stream: IO[str], *, coverage: bool, coloured: bool, unreachable: Unreached = lambda tried: ()
) -> None:
    """One table of all trials; with `coverage`, what no example reaches below it, and which of it is shown to be `unreachable`."""
    console = _console(stream, coloured)
    console.print(_table(suites, language, coverage))
    for suite in suites if coverage else ():
        if suite.tried is not None and suite.tried.coverage.missed:
            console.print(Text(f"{visible(suite.name)}: {_word('missed', language)}", style="bold"))
            for line in _missed(suite.tried, unreachable(suite.tried), language):
                console.print(Text(f"  {line}"), soft_wrap=True)


def print_absent(name: str, path: str, plan: Plan, coverage: Coverage, language: Language, stream: IO[str], *, coloured: bool) -> None:
    """What no subject of a result reaches; nothing where there is nothing."""
    if coverage.missed:
        console, texts = _console(stream, coloured), places_of(plan, language)
        console.print(Text(f"{visible(name)}: {_word('absent', language).format(path=visible(path))}", style="bold"))
        for place in coverage.missed:
            console.print(Text(f"  {visible(texts[place])}"), soft_wrap=True)


def _console(stream: IO[str], coloured: bool) -> Console:
    width = None if coloured else 200
    return Console(file=stream, force_terminal=coloured, no_color=not coloured, width=width, highlight=False, markup=False, emoji=False)


def _missed(tried: Tried, unreachable: Collection[Place], language: Language) -> Iterator[str]:
    """The places that no example reaches, with what is proved of them."""
    texts = places_of(tried.plan, language)
    for place in tried.coverage.missed:
        yield visible(texts[place]) + (f" ({_word('unreachable', language)})" if place in unreachable else "")


def _table(suites: Sequence[Suite], language: Language, coverage: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("ruleset", "version"):
        table.add_column(_word(key, language), no_wrap=True)
    for key in ("examples", "claims", "records", "skipped", *(("coverage",) if coverage else ())):
        table.add_column(_word(key, language), justify="right", no_wrap=True)
    for suite in suites:
        if suite.tried is None:
            table.add_row(visible(suite.name), Text(_word("broken", language), style="red"))
        else:
            table.add_row(*_row(suite.tried, coverage))
    return table


def _row(tried: Tried, coverage: bool) -> list[Text]:
    version = tried.plan.version
    passed, held = sum(example.passed for example in tried.examples), sum(claim.held for claim in tried.claims)
    cells = [
        Text(visible(version.ruleset)),
        Text(visible(version.version)),
        _share(passed, len(tried.examples)),
        _share(held, len(tried.claims)),
        Text(f"{sum(claim.tried for claim in tried.claims):,}"),
        Text(f"{sum(claim.skipped for claim in tried.claims):,}"),
    ]
    return [*cells, _share(tried.coverage.reached, tried.coverage.whole)] if coverage else cells


def _share(part: int, whole: int) -> Text:
    return Text(f"{part}/{whole}", style="green" if part == whole else "red")


def _word(key: str, language: Language) -> str:
    return WORDS[key][language == "zh"]
