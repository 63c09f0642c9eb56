"""The pytest plugin: each example and each claim of a `.pf` file is a test of its own.

pytest loads this module at every start of every project that has pingfen installed, so it imports the compiler only when a `.pf` file is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostics.diagnostic import Diagnostic
    from .trials import Trials

SUFFIX = ".pf"
TRIES = "1000"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two settings for pytest's own configuration file."""
    parser.addini("pingfen_tries", "records drawn for each claim of a .pf file", default=TRIES)
    parser.addini("pingfen_language", "language of messages about .pf files: en or zh [default: the locale's]", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A ruleset's file is collected like a module."""
    return RulesetFile.from_parent(parent, path=file_path) if file_path.suffix == SUFFIX else None


class BrokenRuleError(Exception):
    """What a test of a ruleset found: diagnostics, which tell it in words."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)


class RulesetFile(pytest.File):
    """One `.pf` file: its examples, then its claims. A file that does not compile fails as a whole."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests of the file, in the order written."""
        from ..diagnostics.rendering import render
        from .trials import trials_of

        trials = trials_of(self.path, int(self.config.getini("pingfen_tries")))
        if isinstance(trials, tuple):
            raise self.CollectError(render(trials, "text", _language(self.config)))
        for kind, names in trials.names.items():
            for index, name in enumerate(names):
                yield RuleTest.from_parent(self, name=f"{kind}: {name}", trials=trials, kind=kind, index=index)


class RuleTest(pytest.Item):
    """One example or claim."""

    def __init__(self, *, trials: Trials, kind: str, index: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.trials = trials
        self.kind = kind
        self.index = index

    def runtest(self) -> None:
        """Try it; whatever differs is told."""
        found = self.trials.findings(self.kind, self.index, _language(self.config))
        if found:
            raise BrokenRuleError(found)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The diagnostics in words, with their places in the text; anything else is a mistake of ours and keeps its traceback."""
        from ..diagnostics.rendering import render

        if isinstance(excinfo.value, BrokenRuleError):
            return render(excinfo.value.diagnostics, "text", _language(self.config)).rstrip()
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example or claim stands, lines counted from 0."""
        return self.path, self.trials.line_of(self.kind, self.index), self.name


def _language(config: pytest.Config) -> Any:
    from ..diagnostics.language import choose_language

    return choose_language(config.getini("pingfen_language") or None)
