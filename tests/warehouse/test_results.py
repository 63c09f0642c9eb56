"""Results: what they carry, how they are written, and that one row can be recomputed from its inputs."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from pingfen import load
from pingfen.command.group import pingfen
from pingfen.ruleset import Ruleset
from pingfen.warehouse import RefusedDataError, Request
from pingfen.warehouse.duplicates import find_repeated
from pingfen.warehouse.run import begin, score
from pingfen.warehouse.scans import scans
from pingfen.warehouse.session import open_session

TEXT = """
ruleset results.case
version "1"
effective from 2024-01-01
cites "language.md"
timezone "Asia/Shanghai"
score 0.00 .. 100.00
subject store_id
events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  rude      flag
}
metric volume = count of orders over last 30 days
metric polite = share with not rude of orders over last 30 days to 0.01%
total missing no score { part manners = points(polite) * 100 to 0.01 }
gate open_shop open when score >= 50, closed without a score
"""
TEXT = TEXT.replace("points(polite) * 100 to 0.01", "ladder polite { >= 90% -> 100.00, >= 50% -> 60.00, none -> none, else -> 0.00 }")
AS_OF = date(2024, 5, 21)
ORDERS = ["order_id,store_id,paid_at,rude", "o1,乙,2024-05-01 10:00,no", "o2,甲,2024-05-01 10:00,yes", "o3,a,2024-05-01 10:00,no", "o4,a,2024-04-01 10:00,yes"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the ruleset and its events, and the working folder."""
    (tmp_path / "case.pf").write_text(TEXT, "utf-8")
    (tmp_path / "orders.csv").write_text("\n".join(ORDERS) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ruleset_of(place: Path) -> Ruleset:
    """The ruleset in the folder."""
    ruleset = load(str(place / "case.pf"))
    assert isinstance(ruleset, Ruleset)
    return ruleset


def run(*arguments: str, stdout: bool = False) -> tuple[int, str]:
    """Exit code and output of a command, of standard output alone where it is asked for."""
    result = CliRunner().invoke(pingfen, list(arguments), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.return_value or 0, result.stdout if stdout else result.output


def test_rows_stand_in_the_order_of_the_subjects_bytes(place: Path) -> None:
    table = ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF).table
    assert table.column("store_id").to_pylist() == sorted(["乙", "甲", "a"], key=str.encode)


@pytest.mark.parametrize("as_of", [datetime(2024, 5, 21), "2024-05-21", None])
def test_an_as_of_date_is_a_plain_date(place: Path, as_of: Any) -> None:
    with pytest.raises(TypeError, match="as_of"):
        ruleset_of(place).score({"orders": place / "orders.csv"}, as_of)


def test_rejects_go_to_a_file_that_is_named_by_a_text(place: Path) -> None:
    with (place / "orders.csv").open("a") as stream:
        stream.write("o5,a,2024-05-01 10:00,maybe\n")
    result = ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF, rejects=str(place / "bad.csv"))
    assert result.rejects.num_rows == 1
    assert "maybe" in (place / "bad.csv").read_text("utf-8")


def test_a_row_carries_score_parts_gates_metrics_reasons_version_and_digest(place: Path) -> None:
    ruleset = ruleset_of(place)
    row = ruleset.score({"orders": place / "orders.csv"}, AS_OF).table.to_pylist()[-1]
    assert {name: str(value) for name, value in row.items()} == {
        "store_id": "甲",
        "score": "0.00",
        "total": "0.00",
        "part.manners": "0.00",
        "gate.open_shop": "closed",
        "metric.polite": "0.0000",
        "reasons": "['open_shop:closed']",
        "reasons_en": "['open_shop: closed']",
        "reasons_zh": "['open_shop: 关闭']",
        "ruleset": "results.case",
        "version": "1",
        "digest": ruleset.digest,
        "as_of": "2024-05-21",
    }


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "arrow"])
def test_a_written_row_is_recomputed_from_its_inputs(place: Path, form: str) -> None:
    assert run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", f"result.{form}")[0] == 0
    for subject in ("a", "甲", "乙"):
        assert run("verify", f"result.{form}", "--subject", subject)[0] == 0


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_name_with_a_line_break_of_any_kind_is_one_row(place: Path, form: str) -> None:
    """A line separator, a next line and a line feed inside a name end no row of a result."""
    subjects = ["a\u2028b", "a\x85b", "a\nb"]
    rows = [f'n{index},"{subject}",2024-05-10 10:00:00,no\n' for index, subject in enumerate(subjects)]
    header = (place / "orders.csv").read_text("utf-8").split("\n")[0]
    (place / "orders.csv").write_text(header + "\n" + "".join(rows), "utf-8")
    assert run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", f"result.{form}")[0] == 0
    for subject in subjects:
        assert run("verify", f"result.{form}", "--subject", subject)[0] == 0


def test_a_changed_row_is_found(place: Path) -> None:
    run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", "result.csv")
    text = (place / "result.csv").read_text("utf-8")
    (place / "result.csv").write_text(text.replace("100.00", "99.00"), "utf-8")
    code, output = run("verify", "result.csv", "--subject", "a")
    assert code == 1
    assert "`score` of `a` is 99.00, recomputed 100.00" in output


def test_a_changed_metric_is_found(place: Path) -> None:
    run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", "result.csv")
    text = (place / "result.csv").read_text("utf-8")
    (place / "result.csv").write_text(text.replace("1.0000", "0.9000"), "utf-8")
    code, output = run("verify", "result.csv", "--subject", "a")
    assert code == 1
    assert "`metric.polite` of `a` is 0.9000, recomputed 1.0000" in output


def test_changed_inputs_and_rulesets_are_refused(place: Path) -> None:
    run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", "result.parquet")
    (place / "orders.csv").write_text("\n".join(ORDERS[:-1]) + "\n", "utf-8")
    assert run("verify", "result.parquet", "--subject", "a")[0] == 3
    (place / "orders.csv").write_text("\n".join(ORDERS) + "\n", "utf-8")
    assert run("verify", "result.parquet", "--subject", "a")[0] == 0
    (place / "case.pf").write_text(TEXT.replace("90%", "91%"), "utf-8")
    assert run("verify", "result.parquet", "--subject", "a")[0] == 3


def test_a_result_tells_its_inputs_date_parameters_and_tool(place: Path) -> None:
    ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF).write("result.parquet")
    metadata = json.loads(pa.parquet.read_schema("result.parquet").metadata[b"pingfen"])
    assert metadata["as_of"] == "2024-05-21"
    assert metadata["tool"].startswith("pingfen ")
    assert metadata["counts"] == {"orders": {"rows": 4, "rejected": 0}}
    assert [(item["source"], item["digest"][:7]) for item in metadata["inputs"]] == [("orders", "sha256:")]


def test_bad_rows_write_nothing(place: Path) -> None:
    (place / "orders.csv").write_text("\n".join([*ORDERS, "o5,b,2024-05-01 10:00,perhaps"]) + "\n", "utf-8")
    (place / "result.csv").write_text("before")
    with pytest.raises(RefusedDataError):
        ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF)
    assert sorted(item.name for item in place.iterdir()) == ["case.pf", "orders.csv", "result.csv"]
    assert (place / "result.csv").read_text() == "before"


def test_rejects_are_counted_in_the_result(place: Path) -> None:
    (place / "orders.csv").write_text("\n".join([*ORDERS, "o5,b,2024-05-01 10:00,perhaps"]) + "\n", "utf-8")
    result = ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF, rejects=place / "rejects.csv")
    assert result.counts == {"orders": {"rows": 5, "rejected": 1}}
    assert result.metadata["rejected"] == {"unreadable-cell": 1}
    assert result.rejects.num_rows == 1
    with open("rejects.csv", encoding="utf-8") as stream:
        assert [row["value"] for row in csv.DictReader(stream)] == ["perhaps"]


@pytest.mark.slow
def test_a_killed_write_leaves_the_old_file(place: Path) -> None:
    (place / "result.jsonl").write_text("before")
    program = f"""
import os, signal
from datetime import date, datetime
from pingfen import load
import pingfen.warehouse.result as results
def killed(table, path):
    open(path, "w").write("half")
    os.kill(os.getpid(), signal.SIGKILL)
results._WRITERS[".jsonl"] = killed
load("case.pf").score({{"orders": "orders.csv"}}, date({AS_OF.year}, {AS_OF.month}, {AS_OF.day})).write("result.jsonl")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=place, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (place / "result.jsonl").read_text() == "before"


def test_trusted_rows_are_not_looked_at(place: Path) -> None:
    """A key that is there twice is a bad row; a trusted table has none, and the row counts."""
    (place / "orders.csv").write_text("\n".join([*ORDERS, ORDERS[1]]) + "\n", "utf-8")
    ruleset = ruleset_of(place)
    with pytest.raises(RefusedDataError):
        score(ruleset.plan, ruleset.digest, Request({"orders": place / "orders.csv"}, AS_OF))
    for settings in ({"trusted": True}, {"unique_keys": True}):
        table = score(ruleset.plan, ruleset.digest, Request({"orders": place / "orders.csv"}, AS_OF, **settings)).table  # type: ignore[arg-type]
        assert table.num_rows == 3


def typed(order_ids: list[str], rude: list[bool | None]) -> pa.Table:
    """Orders in natural types."""
    times = pa.array([1714557600 * 1_000_000] * len(rude), pa.timestamp("us", "UTC"))
    return pa.table({"order_id": order_ids, "store_id": ["a"] * len(rude), "paid_at": times, "rude": pa.array(rude, pa.bool_())})


def test_a_trusted_column_that_lacks_a_value_stops_the_run(place: Path) -> None:
    """Nothing is lost silently: also where the engine's types need no reading."""
    ruleset = ruleset_of(place)
    for rude, refused in (([True, False], False), ([True, None], True)):
        pa.parquet.write_table(typed(["o1", "o2"], rude), place / "orders.parquet")
        for origin in (place / "orders.parquet", typed(["o1", "o2"], rude)):
            if not refused:
                assert ruleset.score({"orders": origin}, AS_OF, trusted=True).table.to_pylist()[0]["metric.polite"] == Decimal("0.5000")
                continue
            with pytest.raises(RefusedDataError) as refusal:
                ruleset.score({"orders": origin}, AS_OF, trusted=True)
            assert [(found.code, found.arguments["column"]) for found in refusal.value.diagnostics] == [("untrue-cell", "rude")]


def test_trusted_columns_are_taken_as_they_are_where_the_footers_of_all_files_show_no_null(place: Path) -> None:
    (place / "orders").mkdir()
    pa.parquet.write_table(typed(["o1"], [True]), place / "orders" / "1.parquet")
    pa.parquet.write_table(typed(["o2"], [None]), place / "orders" / "2.parquet")
    with open_session() as session:
        begun = begin(ruleset_of(place).plan, "", Request({"orders": place / "orders"}, AS_OF, trusted=True), session)
        begun.open_sources()
        table = begun.border.tables["orders"]
        assert table.source.given == {"order_id", "store_id", "paid_at"}
        assert [name for name, cell in table.cells.items() if "untrue cell" in cell.reading.value.sql()] == ["rude"]


def test_rows_that_cannot_be_read_are_refused_however_trusted(place: Path) -> None:
    (place / "orders.csv").write_text("\n".join([*ORDERS, "o9"]) + "\n", "utf-8")
    with pytest.raises(RefusedDataError) as refusal:
        ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF, trusted=True)
    assert [found.code for found in refusal.value.diagnostics] == ["broken-row"]


def test_texts_of_another_encoding_are_refused(place: Path) -> None:
    texts = pa.Array.from_buffers(pa.string(), 2, pa.array([b"ok", b"\xb5\xea"]).buffers())
    table = pa.table({"order_id": texts, "store_id": ["a", "a"], "paid_at": ["2024-05-01 10:00"] * 2, "rude": [True, True]})
    pa.parquet.write_table(table, place / "orders.parquet")
    for origin in (place / "orders.parquet", table):
        with pytest.raises(RefusedDataError) as refusal:
            ruleset_of(place).score({"orders": origin}, AS_OF)
        assert [found.code for found in refusal.value.diagnostics] == ["unreadable-data"]


def test_a_damaged_file_is_refused(place: Path) -> None:
    table = pa.table({"order_id": ["o1"], "store_id": ["a"], "paid_at": ["2024-05-01 10:00"], "rude": [True]})
    pa.parquet.write_table(table, place / "orders.parquet")
    content = (place / "orders.parquet").read_bytes()
    (place / "orders.parquet").write_bytes(content[:20] + bytes(60) + content[80:])
    with pytest.raises(RefusedDataError) as refusal:
        ruleset_of(place).score({"orders": place / "orders.parquet"}, AS_OF)
    assert [found.code for found in refusal.value.diagnostics] == ["unreadable-data"]


def test_an_input_that_changes_before_the_result_is_written_is_refused(place: Path) -> None:
    result = ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF)
    (place / "orders.csv").write_text("\n".join(ORDERS[:-1]) + "\n", "utf-8")
    with pytest.raises(RefusedDataError) as refusal:
        result.write("result.parquet")
    assert [found.code for found in refusal.value.diagnostics] == ["input-changed"]
    assert not (place / "result.parquet").exists()


def test_a_table_without_order_reference_or_key_is_scanned_once_and_only_where_needed(place: Path) -> None:
    ruleset = ruleset_of(place)
    table = pa.table({"order_id": ["o1"], "store_id": ["a"], "paid_at": ["2024-05-01 10:00"], "rude": [True], "note": ["x"]})
    pa.parquet.write_table(table, place / "orders.parquet")
    found = scans(ruleset.plan, Request({"orders": place / "orders.parquet"}, AS_OF))
    assert {name: len(each) for name, each in found.items()} == {"orders": 1}
    assert not {"order_id", "note"} & {column for scan in found["orders"] for column in scan.columns}


def test_keys_of_one_hash_are_compared_by_value(place: Path) -> None:
    """A hash only finds candidates: two keys that share it are no duplicates."""
    from sqlglot import exp

    from pingfen.sql.trees import Tree, call

    ruleset = ruleset_of(place)
    for rows, repeated in ((ORDERS, []), ([*ORDERS, ORDERS[2]], ["o2"])):
        (place / "orders.csv").write_text("\n".join(rows) + "\n", "utf-8")
        with open_session() as session:
            begun = begin(ruleset.plan, "", Request({"orders": place / "orders.csv"}, AS_OF), session)
            begun.open_sources()

            def colliding(value: Tree) -> Tree:
                return call("length", value)

            found = find_repeated(begun.border, begun.border.tables["orders"], "order_id", colliding)
            assert found is not None
            assert [row[0] for row in session.rows(exp.Select(expressions=[exp.column("k")]).from_(found.subquery("s")))] == repeated


def test_a_small_memory_spills_and_gives_the_same_result(place: Path) -> None:
    count = 200_000
    table = pa.table(
        {
            "order_id": [f"order-{index:012d}-{index * 7919 % count:012d}" for index in range(count)],
            "store_id": [f"store-{index % 50_000:024d}" for index in range(count)],
            "paid_at": ["2024-05-01 10:00"] * count,
            "rude": [index % 3 == 0 for index in range(count)],
        }
    )
    pa.parquet.write_table(table, place / "orders.parquet")
    ruleset = ruleset_of(place)
    small, large = (ruleset.score({"orders": place / "orders.parquet"}, AS_OF, memory=memory).table for memory in ("40MB", "4GB"))
    assert small.equals(large)


def test_a_memory_size_that_is_none_is_refused(place: Path) -> None:
    with pytest.raises(RefusedDataError) as refusal:
        ruleset_of(place).score({"orders": place / "orders.csv"}, AS_OF, memory="much")
    assert [found.code for found in refusal.value.diagnostics] == ["bad-memory-size"]


def test_the_command_shows_the_lowest_scores_first(place: Path) -> None:
    code, output = run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "--lowest", "1")
    assert code == 0
    assert "甲" in output
    assert "乙" not in output
    assert "open_shop: closed" in output


def test_the_command_says_the_result_as_json(place: Path) -> None:
    code, output = run("score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "--format", "json", stdout=True)
    assert code == 0
    document = json.loads(output)
    assert [row["score"] for row in document["rows"]] == ["100.00", "100.00", "0.00"]
    assert document["as_of"] == "2024-05-21"


DEPENDING = {
    "a mean of peers": "peer usual = mean of polite by kind at least 1 subjects to 0.01%\ndisplay shown = usual\n",
    "an order over all subjects": "population firsts = orders first 1 per buyer by paid_at looking back 30 days\n"
    "metric early = count of firsts over last 30 days\ndisplay shown = early\n",
}


@pytest.mark.parametrize("dependence", DEPENDING)
def test_a_subject_that_depends_on_others_is_recomputed_from_all_rows(place: Path, dependence: str) -> None:
    """Each subject alone would have another value: all orders are of one buyer, the first of them on April 1, and all shops of one kind."""
    text = TEXT.replace("subject store_id\n", "subject store_id { kind text optional }\n").replace("  rude ", "  buyer     text\n  rude ", 1)
    (place / "case.pf").write_text(text + DEPENDING[dependence], "utf-8")
    orders = [f"{row},{'buyer' if index == 0 else 'b'}" for index, row in enumerate(ORDERS)]
    (place / "orders.csv").write_text("\n".join(orders).replace("o2,甲,2024-05-01 10:00", "o2,甲,2024-05-01 11:00") + "\n", "utf-8")
    (place / "stores.csv").write_text("store_id,kind\na,food\n甲,food\n乙,food\n", "utf-8")
    events = ("--events", "orders=orders.csv", "--subjects", "stores.csv", "--as-of", "2024-05-21")
    assert run("score", "case.pf", *events, "-o", "result.parquet")[0] == 0
    shown = {row["store_id"]: str(row["display.shown"]) for row in pa.parquet.read_table("result.parquet").to_pylist()}
    assert shown.keys() == {"a", "甲", "乙"}
    assert shown == (dict.fromkeys(shown, "0.6667") if dependence == "a mean of peers" else dict.fromkeys(shown, "0"))
    for subject in shown:
        assert run("verify", "result.parquet", "--subject", subject)[0] == 0


def test_an_exact_quotient_is_two_whole_numbers_and_tables_in_memory_are_named(place: Path) -> None:
    text = TEXT.replace("over last 30 days to 0.01%\n", "over last 30 days exact\n").replace(">= 90%", ">= 90.00%")
    (place / "case.pf").write_text(text, "utf-8")
    result = ruleset_of(place).score({"orders": typed(["o1", "o2"], [True, False])}, AS_OF)
    for part, value in (("numerator", 1), ("denominator", 2)):
        assert result.table.schema.field(f"metric.polite.{part}").type == pa.int64()
        assert result.table.column(f"metric.polite.{part}").to_pylist() == [value]
    assert [item.path for item in result.inputs] == ["<orders>"]
