"""Bad data: what a hurried export, a foreign system or a hostile hand may put where events, subjects, inputs, records and artifacts are read.

Each kind begins with four good files and a good command; it says what is different and the code expected.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet
from attrs import Factory, frozen

RULESET = """ruleset tried.data
version "1"
effective from 2000-01-01
cites "nobody"
timezone "Asia/Shanghai"
years 2000 .. 2030
score 0.00 .. 100.00
at most 6 rows a subject
subject store_id {
  industry one of apparel, food
  opened_on date optional
}
events orders {
  order_id text key
  store_id text subject
  paid_at time happens
  amount money 0.00 .. 1000.00
  kind one of normal, gift
  late flag
  pieces count 0 .. 99
  made_at time
  collected_at time optional
}
events returns {
  return_id text key
  order_id text refers to orders
  stated_at time happens
}
metric volume = count of orders with late or kind is gift over last 30 days
metric spent = sum of amount in orders over last 30 days
metric items = sum of pieces in orders over last 30 days
metric return_count = count of returns over last 30 days
input service_points points 0.00 .. 100.00
total { part service weight 100% = service_points }
display shown_spent = spent
display shown_items = items
gate campaigns open when volume > 0 and return_count < 3 and (industry is apparel or opened_on given)
"""
ORDERS_HEAD = "order_id,store_id,paid_at,amount,kind,late,pieces,made_at,collected_at\n"
ORDER = "o1,s1,2024-05-02 10:00:00,12.50,normal,no,1,2024-05-01 10:00:00,\n"
NINE = "".join(ORDER.replace("o1", f"o{number}") for number in range(9))
GOOD = {
    "ruleset.pf": RULESET.encode(),
    "orders.csv": (ORDERS_HEAD + ORDER).encode(),
    "returns.csv": b"return_id,order_id,stated_at\nr1,o1,2024-05-03 10:00:00\n",
    "stores.csv": b"store_id,industry,opened_on\ns1,apparel,2024-01-01\n",
    "inputs.csv": b"store_id,service_points\ns1,80.00\n",
}
COMMAND = (
    "score", "ruleset.pf", "--events", "orders=orders.csv", "--events", "returns=returns.csv", "--subjects", "stores.csv", "--inputs", "inputs.csv",
    "--as-of", "2024-05-20", "-o", "out.csv",
)  # fmt: skip
RECORD = '{"volume": 3, "spent": "12.50", "items": 3, "return_count": 0, "industry": "food", "opened_on": "2024-01-01", "service_points": "80.00"}'


@frozen
class BadData:
    """One kind of bad data: what it is in a few words, the code expected, the files that differ (None is not there), and the command."""

    kind: str
    code: str
    files: dict[str, bytes | None] = Factory(dict)
    command: tuple[str, ...] = COMMAND
    before: tuple[tuple[str, ...], ...] = ()
    change: Callable[[dict[str, bytes]], None] | None = None


def order(kind: str, code: str, old: str, new: str, encoding: str = "utf-8") -> BadData:
    """The good order with one text replaced."""
    assert old in ORDER
    return BadData(kind, code, {"orders.csv": (ORDERS_HEAD + ORDER.replace(old, new, 1)).encode(encoding)})


def orders(kind: str, code: str, content: bytes | None) -> BadData:
    """Another file of orders."""
    return BadData(kind, code, {"orders.csv": content})


def instead(kind: str, code: str, *changes: tuple[str, str], **files: bytes) -> BadData:
    """The good command with words replaced."""
    words = dict(changes)
    return BadData(kind, code, {name.replace("_", "."): content for name, content in files.items()}, tuple(words.get(word, word) for word in COMMAND))


def parquet(columns: dict[str, Any]) -> bytes:
    """Orders as a Parquet file, some columns replaced."""
    good = {
        "order_id": ["o1"], "store_id": ["s1"], "paid_at": ["2024-05-02 10:00:00"], "amount": ["12.50"], "kind": ["normal"], "late": [False], "pieces": [1],
        "made_at": ["2024-05-01 10:00:00"], "collected_at": [None],
    }  # fmt: skip
    sink = io.BytesIO()
    pa.parquet.write_table(pa.table(good | columns), sink)
    return sink.getvalue()


def in_parquet(what: str, code: str, **columns: Any) -> BadData:
    """Orders as Parquet with some columns replaced."""
    command = tuple(word.replace("orders.csv", "orders.parquet") for word in COMMAND)
    return BadData(what, code, {"orders.parquet": parquet(columns)}, command)


def record(kind: str, code: str, old: str, new: str) -> BadData:
    """A record for `explain` with one text replaced."""
    assert old in RECORD
    return BadData(kind, code, {"record.json": RECORD.replace(old, new, 1).encode()}, ("explain", "ruleset.pf", "--metrics", "record.json"))


def artifact(kind: str, code: str, change: Callable[[bytes], bytes]) -> BadData:
    """An artifact that was changed after it was built."""

    def changed(files: dict[str, bytes]) -> None:
        for name in [name for name in files if name.startswith("built/")]:
            files[name] = change(files[name])

    explain = ("explain", "built", "--metrics", "record.json")
    return BadData(kind, code, {"record.json": RECORD.encode()}, explain, (("build", "ruleset.pf", "-o", "built"),), changed)


BAD_DATA: tuple[BadData, ...] = (
    orders("a file that is not there", "no-data-files", None),
    orders("an empty file of events", "empty-data", b""),
    BadData("a file of another form than its name says", "unreadable-data", {"orders.parquet": b"order_id,store_id\n"},
            tuple(word.replace("orders.csv", "orders.parquet") for word in COMMAND)),
    BadData("a truncated Parquet file", "unreadable-data", {"orders.parquet": parquet({})[:200]},
            tuple(word.replace("orders.csv", "orders.parquet") for word in COMMAND)),
    BadData("a broken line of JSON", "broken-row", {"orders.jsonl": b'{"order_id": "o1", \n'},
            tuple(word.replace("orders.csv", "orders.jsonl") for word in COMMAND)),
    BadData("a nested object in JSON lines", "unreadable-cell", {"orders.jsonl": b'{"order_id": {"a": 1}, "store_id": "s1", "paid_at": "2024-05-02 10:00:00", '
            b'"amount": "1.00", "kind": "gift", "late": false, "pieces": 1, "made_at": "2024-05-01 10:00:00"}\n'},
            tuple(word.replace("orders.csv", "orders.jsonl") for word in COMMAND)),
    orders("events in GBK", "wrong-encoding", (ORDERS_HEAD + ORDER.replace("o1", "订单")).encode("gbk")),
    orders("events in UTF-16", "not-utf-8", (ORDERS_HEAD + ORDER).encode("utf-16")),
    orders("a column that is missing", "missing-column", (ORDERS_HEAD.replace("amount", "amuont") + ORDER).encode()),
    orders("a column twice", "repeated-column", (ORDERS_HEAD.replace("kind", "amount") + ORDER).encode()),
    orders("a row with too few cells", "broken-row", (ORDERS_HEAD + "o1,s1\n").encode()),
    orders("a row with too many cells", "broken-row", (ORDERS_HEAD + ORDER.strip() + ",1,2,3\n").encode()),
    orders("a quote that is never closed", "broken-row", (ORDERS_HEAD + '"o1,s1,2024-05-02 10:00:00,1.00\n').encode()),
    order("a number with too many places", "too-many-places-in-data", "12.50", "12.505"),
    order("a number out of range", "cell-out-of-range", "12.50", "1000.01"),
    order("a number below its range", "cell-out-of-range", "12.50", "-0.01"),
    order("NaN", "unreadable-cell", "12.50", "NaN"),
    order("infinity", "unreadable-cell", "12.50", "inf"),
    order("a number with an exponent", "unreadable-cell", "12.50", "1e2"),
    order("a number with Arabic-Indic digits", "unreadable-cell", "12.50", "١٢"),
    order("a number with full-width digits", "unreadable-cell", "12.50", "１２"),
    order("a number with a thousands separator", "unreadable-cell", "12.50", '"1,000"'),
    order("a number with a currency sign", "unreadable-cell", "12.50", "¥12"),
    order("a number of 400 digits", "cell-out-of-range", "12.50", "9" * 400),
    order("a word where a number stands", "unreadable-cell", "12.50", "unknown"),
    order("an empty cell where a value must stand", "missing-cell", "12.50", ""),
    order("half a piece", "too-many-places-in-data", "no,1,", "no,0.5,"),
    order("a choice that is not one of them", "unknown-choice-in-data", "normal", "other"),
    order("a choice in other letters", "unknown-choice-in-data", "normal", "Normal"),
    order("a flag that is neither yes nor no", "unreadable-cell", "no,1", "maybe,1"),
    order("an empty key", "missing-cell", "o1,", ","),
    order("an empty subject", "missing-cell", "s1,", ","),
    orders("a key twice", "duplicate-key", (ORDERS_HEAD + ORDER + ORDER).encode()),
    order("a time without a date", "unreadable-time", "2024-05-02 10:00:00", "10:00:00"),
    order("a date that does not exist", "unreadable-time", "2024-05-02", "2024-02-30"),
    order("a date in another order", "unreadable-time", "2024-05-02", "02/05/2024"),
    order("a time of day that does not exist", "unreadable-time", "2024-05-02 10:00:00", "2024-05-02 25:00:00"),
    BadData("a local time that a change of clocks skips", "skipped-local-time", {
        "orders.csv": (ORDERS_HEAD + ORDER.replace("2024-05-02 10:00:00", "2024-03-10 02:30:00").replace("2024-05-01", "2024-03-01")).encode(),
        "ruleset.pf": RULESET.replace("Asia/Shanghai", "America/New_York").replace("2000 .. 2030", "1970 .. 2069").encode(),
    }),
    order("a year before the data's years", "cell-out-of-range", "2024-05-01", "1899-05-01"),
    order("a year after the data's years", "cell-out-of-range", "2024-05-02", "9999-05-02"),
    order("a required time later than the event", "later-than-row", "2024-05-01", "2024-05-04"),
    orders("more rows of a subject than the ruleset allows", "too-many-rows-of-a-subject", (ORDERS_HEAD + NINE).encode()),
    BadData("a reference to a row that is not there", "absent-reference", {"returns.csv": b"return_id,order_id,stated_at\nr1,o9,2024-05-03 10:00:00\n"}),
    BadData("a reference that is empty", "missing-cell", {"returns.csv": b"return_id,order_id,stated_at\nr1,,2024-05-03 10:00:00\n"}),
    BadData("a subject of events that no attributes name", "unknown-subject", {"stores.csv": b"store_id,industry,opened_on\ns2,food,\n"}),
    BadData("a subject with two different rows of attributes", "repeated-subject", {"stores.csv": b"store_id,industry,opened_on\ns1,food,\ns1,apparel,\n"}),
    BadData("inputs of a subject twice", "repeated-subject", {"inputs.csv": b"store_id,service_points\ns1,80.00\ns1,81.00\n"}),
    BadData("a subject without its input", "missing-inputs", {"inputs.csv": b"store_id,service_points\n"}),
    in_parquet("NaN among floating-point numbers", "cell-out-of-range", amount=[float("nan")]),
    in_parquet("infinity among floating-point numbers", "cell-out-of-range", amount=[float("-inf")]),
    in_parquet("a floating-point number beyond 64 bits", "cell-out-of-range", amount=[1e300]),
    in_parquet("numbers where texts stand", "mismatched-column", order_id=[17.5]),
    in_parquet("lists where numbers stand", "mismatched-column", amount=[[1, 2]]),
    in_parquet("bytes where a text stands", "mismatched-column", kind=[b"\xff\xfe"]),
    BadData("a trusted cell that cannot be read", "untrue-cell", {"orders.csv": (ORDERS_HEAD + ORDER.replace("12.50", "much")).encode()},
            (*COMMAND, "--trusted")),
    BadData("a trusted cell that is empty and must be given", "untrue-cell", {"orders.csv": (ORDERS_HEAD + ORDER.replace("2024-05-02 10:00:00", "")).encode()},
            (*COMMAND, "--trusted")),
    instead("an as-of date that does not exist", "unusable-option", ("2024-05-20", "2024-02-30")),
    instead("events of a table that the ruleset does not have", "unknown-events", ("returns=returns.csv", "refunds=returns.csv")),
    BadData("a table without events", "events-needed", {}, (*COMMAND[:2], *COMMAND[4:])),
    instead("a result of an unknown form", "unknown-result-form", ("out.csv", "out.docx")),
    instead("a result in a folder that is not there", "cannot-use-file", ("out.csv", "nowhere/out.csv")),
    BadData("a parameter that the ruleset does not have", "unknown-parameter", {}, (*COMMAND, "--param", "window=3 days")),
    BadData("a mapping file that is no mapping", "bad-mapping", {"mapping.json": b"[1, 2"}, (*COMMAND, "--mapping", "mapping.json")),
    BadData("a mapping to a column that is not there", "bad-mapping", {"mapping.toml": b'[orders]\namount = "sum"\n'}, (*COMMAND, "--mapping", "mapping.toml")),
    BadData("a memory size that is none", "bad-memory-size", {}, (*COMMAND, "--memory", "plenty")),
    record("a record with an unknown field", "unknown-field", '"volume"', '"volumes"'),
    record("a record without a field", "omitted-field", '"volume": 3, ', ""),
    record("a record's number with too many places", "too-many-places", '"80.00"', '"80.001"'),
    record("a record's number out of range", "out-of-range", '"80.00"', '"100.01"'),
    record("a record's number that is a word", "unusable-value", '"80.00"', '"eighty"'),
    record("a record's number that is NaN", "unusable-value", '"80.00"', "NaN"),
    record("a record's number with an exponent of a million", "unusable-value", '"80.00"', '"1e1000000"'),
    record("a record's flag where a number stands", "unusable-value", '"80.00"', "true"),
    record("a record's choice that is none of them", "unknown-choice", '"food"', '"toys"'),
    record("a record's value that is none where it must be given", "missing-field-value", '"80.00"', "null"),
    record("a record that is no object", "not-a-record", RECORD, "[1, 2]"),
    record("a record that is no JSON", "not-a-record", RECORD, "{"),
    record("a record's field that holds an object", "unusable-value", '"80.00"', '{"points": 80}'),
    record("a record nested 100,000 deep", "not-a-record", RECORD, "[" * 100_000),
    artifact("an artifact with one number changed", "artifact-changed", lambda content: content.replace(b"100", b"101", 1)),
    artifact("an artifact cut short", "not-an-artifact", lambda content: content[: len(content) // 2]),
    artifact("an artifact of a newer format", "artifact-too-new", lambda content: content.replace(b'"format":2', b'"format":99', 1)),
    artifact("an artifact of an older format", "artifact-too-old", lambda content: content.replace(b'"format":2', b'"format":1', 1)),
    artifact("an artifact that is an empty file", "not-an-artifact", lambda content: b""),
    artifact("an artifact nested 100,000 deep", "not-an-artifact", lambda content: b"[" * 100_000),
)  # fmt: skip
