"""A run that an engine ends in the middle is told as such, and leaves nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pyarrow import parquet

from pingfen.diagnostics.diagnostic import Diagnostic
from pingfen.engines import EngineRequest, score
from pingfen.warehouse.refusal import RefusedDataError

from .homes import Home, home_of, request_on
from .postgres import PostgresServer
from .presence import need_java, need_package
from .shop import AS_OF, TEXT, keep_orders, orders, shop_ruleset
from .spark import Spark
from .test_keeping import target

pytestmark = pytest.mark.slow


def refused(request: EngineRequest) -> Diagnostic:
    ruleset = shop_ruleset()
    with pytest.raises(RefusedDataError) as caught:
        score(ruleset.plan, ruleset.digest, request)
    return caught.value.diagnostics[0]


@pytest.mark.xdist_group("postgres")
def test_a_backend_that_is_terminated_leaves_no_table(postgres: PostgresServer, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of("postgres", request, tmp_path) as home, postgres.connect() as connection:
        slow = slow_view(home, postgres)
        before = home.names()
        assassin = threading.Thread(target=terminate_sleeper, args=(postgres,))
        assassin.start()
        told = refused(request_on(home, {"orders": slow}, AS_OF, trusted=True, into=target(home, "scores")))
        assassin.join()
        assert told.code == "engine-lost"
        assert home.names() == before
        assert connection.execute("SELECT 1").fetchone() == (1,)


def slow_view(home: Home, server: PostgresServer) -> str:
    """Orders that take a while to be read."""
    events = keep_orders(home)
    called = target(home, "slow")
    with server.connect() as connection:
        resting = f"SELECT o.* FROM {events['orders']} o, LATERAL (SELECT pg_sleep(0.1) AS slept, o.order_id) s WHERE s.slept IS NOT NULL"
        connection.execute(f"CREATE VIEW {called} AS {resting}")
    return called


def terminate_sleeper(server: PostgresServer) -> None:
    """End the backend that sleeps in the view."""
    with server.connect() as connection:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").fetchall():
                return
            time.sleep(0.05)


@contextmanager
def files_limited(process: int, size: int) -> Iterator[None]:
    """No file of a process grows beyond a size: what a full disk does to a writer."""
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.xdist_group("spark")
def test_spark_without_room_leaves_no_folder(spark: Spark, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of("spark", request, tmp_path) as home:
        events = keep_orders(home)
        session = home.connection()["session"]
        driver = session.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
        results = tmp_path / "results"
        results.mkdir()
        score(shop_ruleset().plan, "", request_on(home, events, AS_OF, trusted=True))  # what Spark unpacks at first use is unpacked
        with files_limited(int(driver), 600):
            told = refused(request_on(home, events, AS_OF, trusted=True, folder=results / "scores"))
        assert told.code == "engine-full"
        assert list(results.iterdir()) == []


def test_duckdb_without_room_leaves_no_folder(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    with home_of("duckdb", request, tmp_path) as home:
        events = keep_orders(home)
        with files_limited(os.getpid(), 600):
            told = refused(request_on(home, events, AS_OF, trusted=True, folder=results / "scores"))
        assert told.code == "engine-full"
        assert list(results.iterdir()) == []


@pytest.mark.xdist_group("clickhouse")
def test_clickhouse_without_room_leaves_no_folder(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    with home_of("clickhouse", request, tmp_path) as home:
        events = keep_orders(home)
        with files_limited(os.getpid(), 600):
            told = refused(request_on(home, events, AS_OF, trusted=True, folder=results / "scores"))
        assert told.code == "engine-full"
        assert list(results.iterdir()) == []
        assert home.names() == {"orders"}


DRIVER = "org.apache.spark.deploy.SparkSubmit"
SETTINGS = """
spark.task.maxFailures 1
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.ui.enabled false
spark.executor.memory 512m
spark.sql.shuffle.partitions 2
"""


@pytest.mark.xdist_group("spark")
def test_a_killed_driver_of_spark_ends_the_run_and_leaves_no_folder(tmp_path: Path) -> None:
    need_java()
    need_package("Spark", "pyspark")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spark-defaults.conf").write_text(SETTINGS)
    (tmp_path / "shop.pf").write_text(TEXT)
    (tmp_path / "results").mkdir()
    parquet.write_table(orders(200_000, shops=900), tmp_path / "orders.parquet", row_group_size=20_000)
    command = ["score", "shop.pf", "--engine", "spark", "--master", "local[1]", "--events", "orders=orders.parquet", "--as-of", "2026-06-01"]
    environment = {**os.environ, "SPARK_CONF_DIR": str(tmp_path / "conf"), "SPARK_LOCAL_IP": "127.0.0.1", "LC_ALL": "C.UTF-8"}
    run = subprocess.Popen(
        [sys.executable, "-m", "pingfen", *command, "--trusted", "-o", "results/scores"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    )
    killer = threading.Thread(target=kill_descendants, args=(run, DRIVER, tmp_path / "results"))
    killer.start()
    said = run.communicate(timeout=240)[1]
    killer.join()
    assert "error[engine-lost]" in said
    assert "Traceback" not in said
    assert run.returncode == 3
    assert list((tmp_path / "results").iterdir()) == []


def kill_descendants(run: subprocess.Popen[str], called: str, results: Path) -> None:
    """Once the run writes its result, kill each process below it whose command line holds a name."""
    while run.poll() is None:
        for process in descendants(run.pid, called) if list(results.iterdir()) else []:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.05)


def descendants(process: int, called: str) -> list[int]:
    """Java processes below a process whose command line holds a name."""
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                line = Path(f"/proc/{child}/cmdline").read_bytes().decode(errors="replace")
                found += [int(child)] if called in line and "java" in line.split("\0")[0] else []
                found += descendants(int(child), called)
    return found
