"""A range of dates in one run says what a run of each date says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from attrs import evolve
from hypothesis import event, given, settings, strategies

from pingfen import load
from pingfen.increment.ranges import Stretch, score_dates, score_range
from pingfen.increment.together import DatesTogether
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from ..paths import Tables
from ..strategies import tables
from .data import DIGEST, HALF, date_of, invoke, plans, reads_attributes, request_of, rows, single

SHOP = """ruleset example.shop
version "{version}"
effective {effective}
cites "the platform's rules"
timezone "{zone}"
subject shop_id

events orders {{
  order_id     text   key
  shop_id      text   subject
  paid_at      time   happens
  signed_at    time   optional
  stars        number 1 .. 5 optional
  appeal       one of upheld, refused optional at decided_at
  decided_at   time   optional
}}
population counted = orders except appeal given and appeal is upheld
metric volume = count of orders over last 3 days
metric slow   = share with signed_at missing of counted over last 3 days ending 1 days ago to 0.01%
metric signed = count of orders over last 2 days by signed_at
metric weeks  = count of orders over last 1 months
metric stars  = mean of stars in orders over last 3 days to {step} skip missing
total {{ part quality = stars }}
gate campaigns open when volume >= 2, open without a score
"""


def shop(folder: Path, version: str = "1", effective: str = "from 2026-01-01", zone: str = "Asia/Shanghai", step: str = "0.1") -> Path:
    """The ruleset as a file."""
    path = folder / f"{version}.pf"
    scale = "score 1 .. 5 to " + step
    path.write_text(
        SHOP.format(version=version, effective=effective, zone=zone, step=step)
        .replace("subject shop_id", f"{scale}\nsubject shop_id", 1)
        .replace("total {", "total missing no score {"),
        "utf-8",
    )
    return path


ORDERS = """order_id,shop_id,paid_at,signed_at,stars,appeal,decided_at
o1,s1,2026-05-28 10:00:00,2026-05-31 23:59:59,4,upheld,2026-06-02 00:00:00
o2,s1,2026-05-30 00:00:00,2026-06-01 00:00:00,5,,
o3,s2,2026-05-31 23:59:59,,,refused,2026-06-01 12:00:00
o4,s3,2026-06-01 00:00:00,2026-06-01 00:00:00,3,,
o5,s1,2026-06-02 12:00:00,2026-06-20 00:00:00,1,upheld,2026-06-03 01:00:00
o6,s1,2026-04-30 12:00:00,2026-05-01 00:00:00,2,,
"""


@pytest.mark.parametrize(
    ("zone", "most"),
    [("Asia/Shanghai", 1), pytest.param("America/New_York", 7, marks=pytest.mark.slow), pytest.param("America/St_Johns", 1000, marks=pytest.mark.slow)],
)
def test_what_becomes_known_within_the_range_counts_from_its_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, most: int) -> None:
    """Optional times, statuses with their time and late windows give on every date what a run of that date gives, however many dates are made at once."""
    monkeypatch.setattr("pingfen.increment.together.MOST", most)
    made: list[int] = []
    make = DatesTogether.make
    monkeypatch.setattr(DatesTogether, "make", lambda self: made.append(len(self.lengths)) or make(self))
    ruleset = load(shop(tmp_path, zone=zone))
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    request = Request({"orders": tmp_path / "orders.csv"}, date(2026, 5, 29))
    found = score_range([Stretch(ruleset.plan, ruleset.digest, date(2026, 5, 29), date(2026, 6, 6))], request)
    wanted = [row for day in range(20602, 20611) for row in rows(score(ruleset.plan, ruleset.digest, evolve(request, as_of=date_of(day))).table)]
    assert rows(found.table) == wanted
    assert sum(made) == 9
    assert max(made) == {1: 1, 7: 5, 1000: 9}[most]
    assert not [note for note in found.notes if note.code == "metric-counted-anew"]


def test_each_date_takes_its_version_of_the_ruleset(tmp_path: Path) -> None:
    """A range over two versions gives the rows of each by its own version, numbers with the places of the finer one."""
    folder = tmp_path / "shop"
    folder.mkdir()
    shop(folder, "1", "2026-01-01 .. 2026-05-31")
    shop(folder, "2", "from 2026-06-01", step="0.01")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    arguments = ["score", str(folder), "--events", f"orders={tmp_path / 'orders.csv'}", "-o"]
    invoked = invoke(*arguments, str(tmp_path / "all.csv"), "--as-of", "2026-05-31..2026-06-01")
    assert invoked.exit_code == 0, invoked.stderr
    lines = (tmp_path / "all.csv").read_text("utf-8").splitlines()
    dates = [line.split(",")[-1].strip('"') for line in lines[1:]]
    versions = [line.split(",")[-3].strip('"') for line in lines[1:]]
    assert sorted(set(zip(dates, versions, strict=True))) == [("2026-05-31", "1"), ("2026-06-01", "2")]
    assert '"s1",4.50,' in lines[1]
    assert '"s1",5.00,' in lines[2]
    verified = invoke("verify", str(tmp_path / "all.csv"), "--subject", "s1")
    assert verified.exit_code == 0, verified.stderr


TWO_TABLES = """
events complaints {
  complaint_id text   key
  shop_id      text   subject
  made_at      time   happens
}
metric complained = count of complaints over last 30 days
gate calm open when complained <= 0
"""
MAPPING = """[events.complaints]
table = "投诉"
columns = { made_at = "at" }
"""


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A folder in which version 1 reads orders and complaints, and version 2 orders alone."""
    folder = tmp_path / "shop"
    folder.mkdir()
    first = shop(folder, "1", "2026-01-01 .. 2026-05-31")
    first.write_text(first.read_text("utf-8") + TWO_TABLES, "utf-8")
    shop(folder, "2", "from 2026-06-01")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    (tmp_path / "complaints.csv").write_text("complaint_id,shop_id,made_at\nc1,s1,2026-05-20 10:00:00\n", "utf-8")
    (tmp_path / "renamed.csv").write_text("complaint_id,shop_id,at\nc1,s1,2026-05-20 10:00:00\n", "utf-8")
    (tmp_path / "mapping.toml").write_text(MAPPING, "utf-8")
    return tmp_path


@pytest.mark.parametrize("renamed", [False, True])
def test_each_version_of_a_range_reads_its_own_tables(versions: Path, renamed: bool) -> None:
    """A table that only one version reads is read on its dates, by whatever name it is given; every row can be verified."""
    complaints = [f"complaints={versions / 'complaints.csv'}"]
    if renamed:
        complaints = [f"投诉={versions / 'renamed.csv'}", "--mapping", str(versions / "mapping.toml")]
    sources = ["--events", f"orders={versions / 'orders.csv'}", "--events", *complaints]
    invoked = invoke("score", str(versions / "shop"), *sources, "--as-of", "2026-05-31..2026-06-01", "-o", str(versions / "all.parquet"))
    assert invoked.exit_code == 0, invoked.stderr
    told = [(row["shop_id"], row["version"], row["gate.calm"]) for row in rows(parquet.read_table(versions / "all.parquet"))]
    assert sorted(told, key=str)[:2] == [("s1", "1", "closed"), ("s1", "2", None)]
    for language, told in (("en", "`s1`: every value is the same\n"), ("zh", "`s1`: 每个值均一致\n")):
        verified = invoke("verify", str(versions / "all.parquet"), "--subject", "s1", "--lang", language)
        assert verified.exit_code == 0, verified.stderr
        assert verified.stdout == told


def test_a_table_that_no_version_of_a_range_reads_is_unknown(versions: Path) -> None:
    arguments = ["score", str(versions / "shop"), "--as-of", "2026-05-31..2026-06-01", "--lang", "en"]
    orders, complaints = (["--events", f"{name}={versions / name}.csv"] for name in ("orders", "complaints"))
    unknown = invoke(*arguments, *orders, *complaints, "--events", "chats=chats.csv")
    assert unknown.exit_code == 2
    assert "error[unknown-events]: the ruleset has no event table `chats`" in unknown.stderr
    missing = invoke(*arguments, *orders)
    assert missing.exit_code == 2
    assert "error[events-needed]: the event table `complaints` is not given" in missing.stderr


@pytest.mark.parametrize(
    "dates", ["2026-06-02..2026-06-01", "2026-06-01..", "..2026-06-01", "2026-06-01..2026-13-01", "2020-01-01..2026-01-01", "2026-06-01...2026-06-02"]
)
def test_what_is_no_range_is_a_mistake_of_usage(tmp_path: Path, dates: str) -> None:
    """A range runs from a date to a later one; what does not is refused with exit code 2."""
    invoked = invoke("score", str(shop(tmp_path)), "--events", "orders=orders.csv", "--as-of", dates)
    assert invoked.exit_code == 2, invoked.stderr


def test_other_commands_take_one_date(tmp_path: Path) -> None:
    """`explain` is of one date."""
    arguments = ["explain", str(shop(tmp_path)), "--events", "orders=orders.csv", "--subject", "s1", "--as-of", "2026-06-01..2026-06-02"]
    invoked = invoke(*arguments)
    assert invoked.exit_code == 2
    assert "it takes one date" in invoked.stderr


@pytest.mark.slow
@settings(max_examples=HALF)
@given(strategies.data())
def test_a_range_gives_the_digits_of_its_dates(data: strategies.DataObject) -> None:
    """Every column of every subject is the same as in a run of that date alone, whatever becomes known within the range."""
    plan = data.draw(plans())
    given_tables, last = data.draw(tables(plan))
    given_tables = without_subjects(given_tables) if not reads_attributes(plan) and data.draw(strategies.booleans()) else given_tables
    first = last - data.draw(strategies.integers(1, 3))
    found = score_dates(plan, DIGEST, request_of(plan, given_tables, first), date_of(last))
    event(f"counted anew: {sum(note.code == 'metric-counted-anew' for note in found.notes)} of {len(plan.events.metrics)}")
    assert rows(found.table) == [row for day in range(first, last + 1) for row in rows(single(plan, given_tables, day).table)]


def without_subjects(given_tables: Tables) -> Tables:
    """The same, so that events name the subjects."""
    return evolve(given_tables, subjects=None)
