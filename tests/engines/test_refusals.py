"""What an engine cannot read or write is told with a code, the place and the remedy, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from pingfen.diagnostics.diagnostic import Diagnostic
from pingfen.diagnostics.message import message_of
from pingfen.engines import EngineRequest, score
from pingfen.engines.clickhouse import ChdbEngine
from pingfen.engines.engine import FLEETING
from pingfen.engines.request import EngineName
from pingfen.engines.spark import SparkEngine
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.result import Result

from .homes import Home, each_engine, home_of, request_on
from .postgres import PostgresServer
from .presence import need_java, need_package
from .shop import AS_OF, TEXT, keep_orders, orders, shop_ruleset
from .spark import Spark
from .test_keeping import target

pytestmark = pytest.mark.slow


def refused(home: Home, events: dict[str, str], **others: object) -> tuple[Diagnostic, ...]:
    """The diagnostics of a run that must be refused, and that leaves the engine as it was."""
    return refused_request(home, request_on(home, events, AS_OF, into=target(home, "scores"), **others))


def refused_request(home: Home, request: EngineRequest) -> tuple[Diagnostic, ...]:
    ruleset, before = shop_ruleset(), home.names()
    with pytest.raises(RefusedDataError) as caught:
        score(ruleset.plan, ruleset.digest, request)
    assert home.names() == before
    return caught.value.diagnostics


@pytest.mark.parametrize("engine", each_engine())
def test_missing_tables_and_columns_wrong_types_and_bad_rows_are_told(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of(engine, request, tmp_path) as home:
        clean = orders()
        good = home.keep("orders", clean)
        renamed = home.keep("renamed", clean.rename_columns(["order_id", "shop_id", "paid_at", "amuont", "kind"]))
        typed = home.keep("typed", clean.set_column(3, "amount", pa.array([True] * clean.num_rows)))
        bad = home.keep("bad", clean.set_column(4, "kind", pa.array(["gift", "other", "other"] + ["normal"] * (clean.num_rows - 3))))

        (absent,) = refused(home, {"orders": good.replace("orders", "ordrs")})
        assert absent.code == "table-not-found"
        if engine != "spark":  # Spark's tables here are files
            assert absent.arguments["near"].endswith("orders")
        (column,) = refused(home, {"orders": renamed})
        assert (column.code, column.arguments["near"]) == ("missing-column", "amuont")
        (kind,) = refused(home, {"orders": typed})
        assert (kind.code, kind.arguments["column"]) == ("mismatched-column", "amount")
        (rows,) = refused(home, {"orders": bad})
        assert (rows.code, rows.arguments["count"]) == ("unknown-choice-in-data", "2")
        assert rows.arguments["rows"] == "o000001 `other`; o000002 `other`"
        (unnamed,) = refused(home, {"order": good})
        assert (unnamed.code, unnamed.arguments["near"]) == ("unknown-events", "orders")


@pytest.mark.parametrize("engine", each_engine())
def test_rows_without_a_key_are_told_in_words(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A row that has no key is shown by its cell, and where it has none either it is counted."""
    clean = orders()
    keys = [None, None, *clean.column("order_id").to_pylist()[2:]]
    kinds = ["other", "other", *clean.column("kind").to_pylist()[2:]]
    table = clean.set_column(0, "order_id", pa.array(keys, pa.string())).set_column(4, "kind", pa.array(kinds))
    with home_of(engine, request, tmp_path) as home:
        told = {item.code: item for item in refused(home, {"orders": home.keep("keyless", table)})}
    assert told["unknown-choice-in-data"].arguments["rows"] == "`other`; `other`"
    assert message_of(told["missing-cell"], "en").hint == "first: rows without a key; mend the data"
    assert message_of(told["missing-cell"], "zh").hint == "最先几处: 没有主键的行; 请修正数据"


@pytest.mark.parametrize("engine", each_engine())
def test_files_of_another_form_are_told_before_anything_is_read(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """By their ending, with the table that comes from them, also in a folder; and whatever else is missing."""
    (tmp_path / "orders.csv").write_text("order_id\n")
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "1.jsonl").write_text("{}\n")
    with home_of(engine, request, tmp_path) as home:
        for place, path in (("orders.csv", "orders.csv"), ("*.csv", "*.csv"), ("days", "days/1.jsonl")):
            (told,) = refused(home, {"orders": str(tmp_path / place)}, subjects="nothing")
            assert (told.code, told.arguments["name"], told.arguments["path"]) == ("file-not-taken", "orders", str(tmp_path / path))


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_parquet_that_is_none_and_folders_of_several_forms_are_told(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_text("no Parquet")
    for name in ("1.parquet", "2.pq"):
        (tmp_path / "days").mkdir(exist_ok=True)
        parquet.write_table(orders(), tmp_path / "days" / name)
    with home_of(engine, request, tmp_path) as home:
        (told,) = refused(home, {"orders": str(tmp_path / "broken.parquet")})
        assert (told.code, told.arguments["name"]) == ("unreadable-data", f"orders={tmp_path / 'broken.parquet'}")
        assert not told.arguments["reason"].endswith("Error:")
        (mixed,) = refused(home, {"orders": str(tmp_path / "days")})
        assert mixed.code == "mixed-data-forms"
        (tmp_path / "days" / "1.parquet").unlink()
        ruleset = shop_ruleset()
        scored = score(ruleset.plan, ruleset.digest, request_on(home, {"orders": str(tmp_path / "days")}, AS_OF))
        assert isinstance(scored, Result)
        assert scored.table.num_rows == 7


def test_a_table_in_memory_that_would_be_gone_with_the_run_is_not_made() -> None:
    told = told_by(EngineRequest("duckdb", {"orders": "orders"}, AS_OF, into="scores"))
    assert (told.code, told.arguments["reason"]) == ("engine-refused", FLEETING)
    with pytest.raises(RefusedDataError):
        ChdbEngine(None, "scratch", fleeting=True).refuse_fleeting("scores")


@pytest.mark.xdist_group("spark")
def test_a_table_in_a_catalog_that_ends_with_the_run_is_not_made(spark: Spark) -> None:
    """An application of the run's own has its catalog in memory; that of a session that was given stays, and so does a catalog that settings name."""
    session = spark.session()
    SparkEngine(session).refuse_fleeting("scores")
    with pytest.raises(RefusedDataError):
        SparkEngine(session, own=True).refuse_fleeting("dw.scores")
    session.conf.set("spark.sql.catalog.lake", "org.example.Catalog")
    SparkEngine(session, own=True).refuse_fleeting("lake.dw.scores")


@pytest.mark.parametrize("engine", each_engine())
def test_a_table_that_is_no_result_is_not_replaced(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        if engine == "spark":  # Spark's tables here are files
            home.connection()["session"].read.parquet(events["orders"]).write.saveAsTable("orders")
        (told,) = refused_request(home, request_on(home, events, AS_OF, into=target(home, "orders")))
        assert told.code == "target-not-a-result"
        assert home.read("orders").num_rows == 400


@pytest.mark.xdist_group("postgres")
def test_a_table_whose_name_postgres_would_cut_is_not_made(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """63 bytes are taken; of more the server would keep 63 and replace what has that name."""
    with home_of("postgres", request, tmp_path) as home:
        events, longest = keep_orders(home), "品" * 21
        ruleset = shop_ruleset()
        score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, into=target(home, longest)))
        assert longest in home.names()
        (told,) = refused_request(home, request_on(home, events, AS_OF, into=target(home, longest + "一")))
        assert (told.code, told.arguments["target"]) == ("target-name-too-long", longest + "一")


@pytest.mark.xdist_group("postgres")
def test_postgres_tells_wrong_passwords_unknown_databases_and_closed_ports(postgres: PostgresServer) -> None:
    ruleset = shop_ruleset()

    def told(dsn: str) -> Diagnostic:
        with pytest.raises(RefusedDataError) as caught:
            score(ruleset.plan, ruleset.digest, EngineRequest("postgres", {"orders": "orders"}, AS_OF, dsn=dsn))
        return caught.value.diagnostics[0]

    assert told(postgres.dsn(password="wrong")).code == "login-refused"
    assert told(postgres.dsn("nothing")).code == "login-refused"
    assert told("host=127.0.0.1 port=1 user=x").code == "engine-unreachable"
    assert told("this is no connection string").code == "login-refused"


@pytest.mark.xdist_group("postgres")
def test_postgres_tells_tables_that_may_not_be_read_or_made(postgres: PostgresServer, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of("postgres", request, tmp_path) as home, postgres.connect() as connection:
        events = keep_orders(home)
        schema = target(home, "scores").split(".")[0]
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
        try:
            connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO guest")
            guest = EngineRequest("postgres", events, AS_OF, dsn=postgres.dsn(user="guest", password="guest"), into=target(home, "scores"))
            assert refused_request(home, guest)[0].code == "permission-denied"
            connection.execute(f'GRANT SELECT ON {schema}."orders" TO guest')
            assert refused_request(home, guest)[0].code == "permission-denied"
        finally:
            connection.execute("DROP OWNED BY guest")
            connection.execute("DROP ROLE guest")


@pytest.mark.xdist_group("spark")
def test_spark_tells_that_java_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ruleset = shop_ruleset()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(RefusedDataError) as caught:
        score(ruleset.plan, ruleset.digest, EngineRequest("spark", {"orders": "orders"}, AS_OF, master="local[1]"))
    assert caught.value.diagnostics[0].code == "java-missing"


@pytest.mark.parametrize(
    ("engine", "module", "extra"), [("spark", "pyspark.sql", "spark"), ("postgres", "psycopg", "postgres"), ("clickhouse", "chdb.session", "clickhouse")]
)
def test_a_package_that_is_not_installed_is_named(engine: EngineName, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    told = told_by(EngineRequest(engine, {"orders": "orders"}, AS_OF))
    assert (told.code, told.arguments["extra"]) == ("engine-not-installed", extra)


def told_by(request: EngineRequest) -> Diagnostic:
    ruleset = shop_ruleset()
    with pytest.raises(RefusedDataError) as caught:
        score(ruleset.plan, ruleset.digest, request)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("clickhouse", marks=pytest.mark.xdist_group("clickhouse"))])
def test_places_where_no_data_is_are_told(engine: EngineName, tmp_path: Path) -> None:
    told = told_by(EngineRequest(engine, {"orders": "orders"}, AS_OF, dsn=str(tmp_path / "nothing")))
    assert (told.code, told.arguments["place"]) == ("engine-unreachable", str(tmp_path / "nothing"))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop.duckdb").write_text("no database")
    assert told_by(EngineRequest("duckdb", {"orders": "orders"}, AS_OF, dsn=str(tmp_path / "shop.duckdb"))).code == "engine-unreachable"


HELD = {
    "duckdb": "import duckdb\nheld = duckdb.connect('held')",
    "clickhouse": "from chdb.session import Session\nheld = Session('held')\nheld.query('SELECT 1')",
}


@pytest.mark.parametrize("engine", list(HELD))
def test_data_that_another_process_has_open_is_told(engine: str, tmp_path: Path) -> None:
    """Exit code 3 and a diagnostic; the other process goes on."""
    if engine == "clickhouse":
        need_package("ClickHouse", "chdb")
        (tmp_path / "held").mkdir()
    holding = f"{HELD[engine]}\nprint('open', flush=True)\ninput()\n"
    with subprocess.Popen([sys.executable, "-c", holding], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        said = run_on(engine, tmp_path, "--dsn", "held")
        assert holder.poll() is None
        holder.communicate("\n")
    assert "error[engine-unreachable]" in said


def run_on(engine: str, folder: Path, *options: str) -> str:
    """What a run that is refused says."""
    (folder / "shop.pf").write_text(TEXT)
    events = () if "--events" in options else ("--events", "orders=orders")
    command = ["score", "shop.pf", "--engine", engine, *options, *events, "--as-of", AS_OF.isoformat(), "--lang", "en"]
    run = subprocess.run([sys.executable, "-m", "pingfen", *command], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


@pytest.mark.xdist_group("spark")
def test_a_cluster_that_spark_cannot_have_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """YARN without a configuration leads nowhere."""
    need_java()
    need_package("Spark", "pyspark")
    for name in ("HADOOP_CONF_DIR", "YARN_CONF_DIR"):
        monkeypatch.delenv(name, raising=False)
    said = run_on("spark", tmp_path, "--master", "yarn")
    assert said.startswith("error[engine-unreachable]: Spark at `yarn` cannot be reached: When running with master 'yarn' either HADOOP_CONF_DIR")
    assert said.count("\n") == 3


@pytest.mark.xdist_group("spark")
def test_spark_says_nothing_beside_the_diagnostic(tmp_path: Path) -> None:
    """Neither Java's process when it starts, nor pyspark's loggers when a statement fails."""
    need_java()
    need_package("Spark", "pyspark")
    far = [Decimal("99999999999999999999.25")] * 400
    parquet.write_table(orders().set_column(3, "amount", pa.array(far, pa.decimal128(38, 2))), tmp_path / "orders.parquet")
    said = run_on("spark", tmp_path, "--master", "local[1]", "--trusted", "--events", "orders=orders.parquet")
    assert [line.split("]")[0] for line in said.splitlines() if line] == [
        "error[untrue-trust",
        "   = hint: leave out `--trusted`: the checks say which rows are bad",
    ]


@pytest.mark.parametrize("engine", each_engine())
def test_trusted_rows_that_do_not_fit_are_told(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """An amount beyond 64 bits that nobody looked at ends the run; nothing is written."""
    clean = orders()
    far = [*clean.column("amount").to_pylist()[:-1], Decimal("99999999999999999999.25")]
    with home_of(engine, request, tmp_path) as home:
        place = home.keep("far", clean.set_column(3, "amount", pa.array(far, pa.decimal128(38, 2))))
        (told,) = refused(home, {"orders": place}, trusted=True)
    assert told.code == "untrue-trust"
