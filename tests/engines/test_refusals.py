"""What an engine cannot read or write is told with a code, the place and the remedy, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pingfen.diagnostics.diagnostic import Diagnostic
from pingfen.engines import EngineRequest, score
from pingfen.engines.request import EngineName
from pingfen.warehouse.refusal import RefusedDataError

from .homes import Home, each_engine, home_of, request_on
from .postgres import PostgresServer
from .shop import AS_OF, keep_orders, orders, shop_ruleset
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


@pytest.mark.parametrize("engine", each_engine("duckdb", "postgres", "clickhouse"))
def test_a_table_that_is_no_result_is_not_replaced(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        (told,) = refused_request(home, request_on(home, events, AS_OF, into=target(home, "orders")))
        assert told.code == "target-not-a-result"
        assert home.read("orders").num_rows == 400


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
