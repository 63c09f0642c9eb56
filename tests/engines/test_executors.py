"""An executor of Spark that is killed: another one takes its place and the result is whole and the same, or the run ends, says so and leaves nothing.

The executor is a process of its own, started by a cluster of one worker inside the run's own Spark. It dies once it has put rows aside for the next
step, so that what it did is lost with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from attrs import Factory, define
from pyarrow import dataset, parquet

from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score as score_files

from .presence import need_java, need_package
from .shop import AS_OF, TEXT, orders, shop_ruleset
from .test_breaking import descendants
from .test_keeping import rows

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]
EXECUTOR = "CoarseGrainedExecutorBackend"
CLUSTER = "local-cluster[1,1,1024]"
SETTINGS = """
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.ui.enabled false
spark.driver.memory 1g
spark.executor.memory 512m
spark.driver.extraJavaOptions -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:+UseSerialGC
spark.sql.shuffle.partitions 2
"""


@define
class Killer:
    """Kills the executors of a run that have put rows aside: the first one, or each."""

    run: subprocess.Popen[str]
    local: Path
    times: int
    killed: list[int] = Factory(list)
    seen: set[int] = Factory(set)

    def watch(self) -> None:
        """Until the run ends."""
        while self.run.poll() is None:
            executors = descendants(self.run.pid, EXECUTOR)
            self.seen.update(executors)
            if len(self.killed) < self.times and self._has_shuffled():
                self._kill([each for each in executors if each not in self.killed])
            time.sleep(0.02)

    def _has_shuffled(self) -> bool:
        """Whether rows are put aside; folders of an executor that has just ended may go while they are looked through."""
        try:
            return any(self.local.rglob("shuffle_*.data"))
        except FileNotFoundError:
            return False

    def _kill(self, executors: list[int]) -> None:
        for process in executors:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                self.killed.append(process)


def run_and_kill(folder: Path, times: int, *options: str) -> tuple[Killer, str]:
    """A run over a cluster of one executor; who was killed, and what the run said."""
    need_java()
    need_package("Spark", "pyspark")
    for name in ("conf", "results", "local"):
        (folder / name).mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text("\n".join([SETTINGS, *options]))
    (folder / "shop.pf").write_text(TEXT)
    parquet.write_table(orders(20_000, shops=900), folder / "orders.parquet", row_group_size=5_000)
    own = {"SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_DIRS": str(folder / "local"), "SPARK_WORKER_DIR": str(folder / "work")}
    environment = {**os.environ, **own, "SPARK_LOCAL_IP": "127.0.0.1", "LC_ALL": "C.UTF-8"}
    command = ["score", "shop.pf", "--engine", "spark", "--master", CLUSTER, "--events", "orders=orders.parquet", "--as-of", AS_OF.isoformat(), "--trusted"]
    run = subprocess.Popen([sys.executable, "-m", "pingfen", *command, "-o", "results/scores"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    killer = Killer(run, folder / "local", times)
    watching = threading.Thread(target=killer.watch)
    watching.start()
    said = run.communicate(timeout=600)[1]
    watching.join()
    return killer, said


def test_spark_replaces_a_killed_executor_and_the_result_is_whole(tmp_path: Path) -> None:
    killer, said = run_and_kill(tmp_path, 1)
    assert killer.run.returncode == 0, said
    assert len(killer.killed) == 1
    assert killer.seen > set(killer.killed), "no other executor took its place"
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["scores"]
    ruleset = shop_ruleset()
    expected = score_files(ruleset.plan, ruleset.digest, Request({"orders": orders(20_000, shops=900)}, AS_OF)).table
    assert rows(dataset.dataset(tmp_path / "results" / "scores", format="parquet").to_table()) == rows(expected)


def test_a_run_whose_executors_are_killed_ends_and_leaves_nothing(tmp_path: Path) -> None:
    """Where Spark may not try again, the run ends with exit code 3 and a diagnostic; no folder stands there, whole or half."""
    lasting = ("spark.sql.shuffle.partitions 60", "spark.sql.adaptive.enabled false")  # else the run may be over when its executor dies
    killer, said = run_and_kill(tmp_path, 20, "spark.task.maxFailures 1", "spark.stage.maxConsecutiveAttempts 1", *lasting)
    assert killer.killed
    assert killer.run.returncode == 3, said
    assert "error[engine-lost]" in said
    assert "Traceback" not in said
    assert list((tmp_path / "results").iterdir()) == []
