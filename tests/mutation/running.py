"""Runs tests against a mutant without touching a file: a child process imports the mutated text in the module's place.

The parent imports what the tests need and no module of the package, so that a child begins at once and its whole package is the mutant's.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

CPU_SECONDS, WALL_SECONDS = 600, 7200
"""When a mutant counts as hanging: by its own work first, so that a busy machine makes nothing look caught."""

PRELOADED = (
    "attrs",
    "click",
    "decimal",
    "duckdb",
    "hypothesis.strategies",
    "json",
    "markdown_it",
    "pandas",
    "polars",
    "pyarrow.parquet",
    "pytest",
    "sqlglot.generator",
)


class _Mutant(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Finds one module and gives it the mutated text."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        """The module's place, where it is the one."""
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_filename(self, fullname: str) -> str:
        """Where the module would be."""
        return str(self.path)

    def get_data(self, path: str) -> bytes:
        """The mutated text."""
        return self.text.encode("utf-8")


def preload() -> None:
    """Import what children share."""
    for name in PRELOADED:
        importlib.import_module(name)
    assert not any(name.partition(".")[0] == "pingfen" for name in sys.modules)


def start(root: Path, module: str, text: str | None, stages: Sequence[Sequence[str]], scratch: Path) -> int:
    """Begin a child that runs stages until one fails, with a module (below `dsl/pingfen`) replaced by a text. Gives its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        signal.alarm(WALL_SECONDS)
        _settle(root, scratch)
        if text is not None:
            name = ".".join(["pingfen", *Path(module).with_suffix("").parts]).removesuffix(".__init__")
            sys.meta_path.insert(0, _Mutant(name, root / "dsl" / "pingfen" / module, text))
            importlib.import_module(name)  # now: pytest finds what is imported later by itself, to rewrite its assertions
        code = int(any(_fails(stage) for stage in stages))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _settle(root: Path, scratch: Path) -> None:
    """The child's folder, paths, environment and output."""
    os.chdir(root)
    sys.path[:0] = [str(root / "dsl"), str(root)]
    sys.dont_write_bytecode = True
    os.environ |= {"PINGFEN_LAWS": "brief", "HYPOTHESIS_STORAGE_DIRECTORY": str(scratch)}
    output = os.open(scratch / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)


def _fails(stage: Sequence[str]) -> bool:
    """A stage is `check FILE PATH` for the prepared meaning cases, `prepare FILE` to make them, or tests for pytest."""
    from . import probe

    match stage:
        case ["check", file, path]:
            return not probe.check(Path(file), path)
        case ["prepare", file]:
            probe.prepare(Path(file))
            return False
        case _:
            import pytest

            return pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:pingfen", "-n", "0", *stage]) != 0
