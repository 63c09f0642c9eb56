"""ClickHouse for tests: chdb, in this process, over a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .presence import need_package


@contextmanager
def clickhouse_session() -> Iterator[Any]:
    """A chdb session; a process has one at a time. Skips or fails where chdb is missing."""
    need_package("ClickHouse", "chdb")
    from chdb.session import Session

    folder = tempfile.mkdtemp(prefix="pingfen-clickhouse-")
    session = Session(folder)
    try:
        yield session
    finally:
        session.close()
        shutil.rmtree(folder, ignore_errors=True)
