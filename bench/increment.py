"""One new day beside a full run, on DuckDB: the orders of `warehouse` by local day, every row check on, in process and as whole commands.

Both give the same rows, which is asserted. The share falls as history grows: a full run reads all days, an update one. PINGFEN_BENCH_DAYS_ROWS sets another
number of orders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
from attrs import Factory, define

from pingfen import load
from pingfen.increment.update import update
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from . import warehouse
from .pairs import compare

ROWS = int(os.environ.get("PINGFEN_BENCH_DAYS_ROWS", "20000000"))
PAIRS = 5
HISTORIES = (30, 75, 150)
IN_PROCESS, COMMAND = 0.30, 0.45
RULESET = Path(warehouse.__file__).with_suffix(".pf")


def run() -> list[dict[str, Any]]:
    """After histories of some lengths in process, after the longest as whole commands, and by how much the share falls from each history to the next."""
    rows, told = [], f"{ROWS // warehouse.DAYS:,} orders a day, {ROWS // 100:,} stores"
    for days in HISTORIES:
        feed = Feed(days_of(ROWS), Path("build") / "increment", days)
        limit = IN_PROCESS if days == HISTORIES[-1] else 1.0
        rows.append(compare(f"one new day after {days}, in process", feed.updated, feed.scored, limit, pairs=PAIRS, detail=told))
    rows.append(compare(f"one new day after {days}, whole command", feed.update_command, feed.score_command, COMMAND, pairs=PAIRS, detail=told))
    shares = [float(str(row["ratio"])) for row in rows[: len(HISTORIES)]]
    fallen = round(max(later / earlier for earlier, later in pairwise(shares)), 3)
    detail = f"{', '.join(map(str, shares))} after {', '.join(map(str, HISTORIES))} days; the ratio is the largest of one to the one before"
    rows.append({"name": "share of one new day as history grows", "ratio": fallen, "limit": 1.0, "detail": detail})
    shutil.rmtree(feed.folder)
    return rows


@define
class Feed:
    """Days that are delivered one by one, and the state that they are for."""

    source: Path
    folder: Path
    delivered: int
    ruleset: Any = Factory(lambda: load(str(RULESET)))

    def __attrs_post_init__(self) -> None:
        """A state after the first days."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "days").mkdir(parents=True)
        for day in range(self.delivered):
            self._deliver(day)
        self._update()
        self._next()
        assert self._update().equals(self.scored()), "the digits differ"

    @property
    def as_of(self) -> date:
        """The date after the last day."""
        return warehouse.FIRST + timedelta(days=self.delivered)

    def _next(self) -> None:
        self._deliver(self.delivered)
        self.delivered += 1

    def _deliver(self, day: int) -> None:
        name = f"day={warehouse.FIRST + timedelta(days=day)}"
        (self.folder / "days" / name).mkdir()
        for path in (self.source / name).iterdir():
            (self.folder / "days" / name / path.name).symlink_to(path.resolve())

    def updated(self) -> object:
        """An update with one more day."""
        self._next()
        return self._update()

    def _update(self) -> Any:
        return update(self.folder / "state", self.ruleset.plan, self.ruleset.digest, self._request()).table

    def scored(self) -> Any:
        """A full run of the same days."""
        return score(self.ruleset.plan, self.ruleset.digest, self._request()).table

    def _request(self) -> Request:
        return Request({"orders": self.folder / "days"}, self.as_of)

    def update_command(self) -> None:
        """An update with one more day, as a program."""
        self._next()
        self._command("update", str(self.folder / "state"), "--ruleset", str(RULESET))

    def score_command(self) -> None:
        """A full run, as a program."""
        self._command("score", str(RULESET))

    def _command(self, *arguments: str) -> None:
        named = ["--events", f"orders={self.folder / 'days'}", "--as-of", str(self.as_of), "-o", str(self.folder / "result.parquet")]
        subprocess.run([sys.executable, "-m", "pingfen", *arguments, *named], check=True, capture_output=True)


def days_of(rows: int) -> Path:
    """The orders as one folder for each local day, made once."""
    folder = Path("build") / f"days-{rows}"
    if not folder.exists():
        orders = warehouse.orders_of(rows)
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            day = "CAST(paid_at AS DATE) AS day"
            connection.execute(f"COPY (SELECT *, {day} FROM '{orders}') TO '{folder}.part' (FORMAT parquet, PARTITION_BY (day), OVERWRITE true)")
        os.replace(f"{folder}.part", folder)
    return folder
