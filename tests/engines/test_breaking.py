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
from typing import Any

import duckdb
import pytest
from pyarrow import parquet

from pingfen.diagnostics.diagnostic import Diagnostic
from pingfen.engines import EngineRequest, score
from pingfen.engines.request import EngineName
from pingfen.warehouse.refusal import RefusedDataError

from .homes import DuckDBHome, Home, home_of, request_on
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


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("clickhouse", marks=pytest.mark.xdist_group("clickhouse"))])
def test_a_run_without_memory_leaves_no_table(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home, orders(20_000, shops=9_000))
        before = home.names()
        with little_memory(home) as session:
            arguments = {**home.connection(), "dsn": None, "session": session}
            told = refused(EngineRequest(engine, events, AS_OF, trusted=True, into=target(home, "scores"), **arguments))
        assert told.code == {"duckdb": "engine-full", "clickhouse": "engine-lost"}[engine]
        assert home.names() == before


@contextmanager
def little_memory(home: Home) -> Iterator[Any]:
    """A session that may use hardly any memory."""
    if isinstance(home, DuckDBHome):
        with duckdb.connect(str(home.path)) as connection:
            connection.execute("SET memory_limit = '1MB'; SET temp_directory = ''")
            yield connection
        return
    session = home.connection()["session"]
    session.query("SET max_memory_usage = 100000")
    try:
        yield session
    finally:
        session.query("SET max_memory_usage = 0")


MAKING = {
    "duckdb": """
import duckdb
with duckdb.connect("data/shop") as database:
    database.execute("CREATE VIEW orders AS SELECT order_id || '-' || n AS order_id, * EXCLUDE (order_id, n) FROM 'orders.parquet', range({times}) t(n)")
""",
    "clickhouse": """
import os
from chdb.session import Session
session = Session("data/shop")
session.query("CREATE VIEW orders AS SELECT concat(f.order_id, toString(n.number)) AS order_id, shop_id, paid_at, amount, kind "
    f"FROM file('{{os.getcwd()}}/orders.parquet', 'Parquet') AS f CROSS JOIN numbers({times}) AS n")
""",
}
READING = {
    "duckdb": "import duckdb; print(*duckdb.sql(\"SELECT DISTINCT as_of FROM 'results/scores/*.parquet'\").fetchall()[0])",
    "clickhouse": "from chdb.session import Session; print(Session('data/shop').query('SELECT DISTINCT as_of FROM scores', 'TSV').bytes().decode())",
}


@pytest.mark.parametrize(
    ("engine", "kept", "sign"), [("duckdb", ("-o", "results/scores"), ".scores.*.part"), ("clickhouse", ("--into", "scores"), "pingfen_*.sql")]
)
def test_a_run_that_is_killed_leaves_the_result_before_it(engine: str, kept: tuple[str, str], sign: str, tmp_path: Path) -> None:
    if engine == "clickhouse":
        need_package("ClickHouse", "chdb")
    for name in ("results", "data") if engine == "duckdb" else ("data", "data/shop"):
        (tmp_path / name).mkdir()
    (tmp_path / "shop.pf").write_text(TEXT)
    parquet.write_table(orders(20_000, shops=900), tmp_path / "orders.parquet")
    command = [sys.executable, "-m", "pingfen", "score", "shop.pf", "--engine", engine, "--dsn", "data/shop", "--events", "orders=orders", "--trusted", *kept]
    python(MAKING[engine].format(times=1), tmp_path)
    subprocess.run([*command, "--as-of", "2026-06-01"], cwd=tmp_path, check=True, capture_output=True)
    python(MAKING[engine].format(times=2_000).replace("CREATE VIEW", "CREATE OR REPLACE VIEW"), tmp_path)
    run = subprocess.Popen([*command, "--as-of", "2026-06-02"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    while run.poll() is None and not any(tmp_path.rglob(sign)):
        time.sleep(0.01)
    run.kill()
    assert run.wait() == -signal.SIGKILL
    assert python(READING[engine], tmp_path).strip() == "2026-06-01"


def python(text: str, folder: Path) -> str:
    """What a program prints."""
    return subprocess.run([sys.executable, "-c", text], cwd=folder, check=True, capture_output=True, text=True).stdout


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
