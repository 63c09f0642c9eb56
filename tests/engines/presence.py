"""Whether an engine is on this machine: a test that needs one that is not fails in CI and skips aloud elsewhere."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

SERVERS = Path("/usr/lib/postgresql")


def postgres_programs() -> Path:
    """The folder of PostgreSQL's own programs, of the newest version that is installed."""
    found = sorted(SERVERS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])) if SERVERS.is_dir() else []
    plain = shutil.which("initdb")
    if not found and plain is None:
        be_absent("PostgreSQL's server", "the package postgresql")
    return found[-1].parent if found else Path(str(plain)).parent


def need_package(engine: str, package: str) -> None:
    """Skip or fail where a Python package is missing."""
    if importlib.util.find_spec(package) is None:
        be_absent(engine, f"the Python package {package} (requirements/engines.txt)")


def need_java() -> None:
    """Skip or fail where there is no Java."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        be_absent("Spark", "a Java runtime (the package default-jre-headless)")


def be_absent(engine: str, wanted: str) -> NoReturn:
    """Say that an engine is missing: a failure in CI, a skip elsewhere."""
    told = f"{engine} is not here: it needs {wanted}"
    if os.environ.get("CI"):
        pytest.fail(told, pytrace=False)
    pytest.skip(told)
