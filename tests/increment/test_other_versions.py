"""Versions of a ruleset may read other tables: the days of those that a version does not read stay in the state for one that does."""

from __future__ import annotations

from pathlib import Path

import pytest

from .data import Ended, invoke
from .test_updates import told

pytestmark = pytest.mark.slow

RULE = """ruleset example.shop
version "{version}"
effective {dates}
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id

events orders {{
  order_id  text  key
  shop_id   text  subject
  paid_at   time  happens
}}
metric volume = count of orders over last 30 days
"""
COMPLAINTS = """events complaints {
  complaint_id  text  key
  shop_id       text  subject
  order_id      text  LEADS
  made_at       time  happens
}
metric complaints = count of complaints over last 30 days
gate campaigns open when volume >= 1 and complaints < 1
"""
ALONE = "gate campaigns open when volume >= 1\n"
HEADERS = {"orders": "order_id,shop_id,paid_at\n", "complaints": "complaint_id,shop_id,order_id,made_at\n"}
MAY, JUNE = "2026-05-31", "2026-06-01"


class Platform:
    """A ruleset of two versions, of which the later one reads no complaints, and its days."""

    def __init__(self, folder: Path, *, leads: bool = False) -> None:
        self.folder = folder
        (folder / "rules").mkdir()
        complaints = COMPLAINTS.replace("LEADS", "refers to orders" if leads else "")
        (folder / "rules/1.pf").write_text(RULE.format(version="1", dates="2026-01-01 .. 2026-05-31") + complaints, "utf-8")
        (folder / "rules/2.pf").write_text(RULE.format(version="2", dates="from 2026-06-01") + ALONE, "utf-8")
        self.deliver("orders", "2026-05-20", "o1,s1,2026-05-20 10:00:00\no2,s2,2026-05-20 10:00:00\n")
        self.deliver("complaints", "2026-05-21", "c1,s1,o1,2026-05-21 10:00:00\nc2,s2,o2,2026-05-21 10:00:00\n")

    def deliver(self, table: str, day: str, text: str) -> None:
        """A day as a file."""
        (self.folder / table).mkdir(exist_ok=True)
        (self.folder / table / f"{day}.csv").write_text(HEADERS[table] + text, "utf-8")

    def run(self, command: str, day: str, *arguments: str) -> Ended:
        """A command with the tables that the version of a date reads."""
        for table in ("orders", "complaints") if day == MAY else ("orders",):
            arguments += ("--events", f"{table}={self.folder / table}")
        return invoke(command, *arguments, "--as-of", day, "--format", "json")

    def update(self, day: str, *arguments: str) -> Ended:
        """An update."""
        return self.run("update", day, str(self.folder / "state"), "--ruleset", str(self.folder / "rules"), *arguments)

    def score(self, day: str, *arguments: str) -> Ended:
        """A full run."""
        return self.run("score", day, str(self.folder / "rules"), *arguments)


def test_days_of_a_table_that_another_version_reads_stay(tmp_path: Path) -> None:
    """Back on a date of the first version its complaints count, though their files are gone."""
    platform = Platform(tmp_path)
    first = told(platform.update(MAY))
    assert [row["metric.complaints"] for row in first] == [1, 1]
    assert told(platform.update(JUNE)) == told(platform.score(JUNE))
    assert told(platform.update(JUNE)) == told(platform.score(JUNE))
    (tmp_path / "complaints/2026-05-21.csv").unlink()
    back = platform.update(MAY)
    assert told(back) == first
    assert "0 days read, 1 kept" in back.stderr


def test_rows_of_another_version_that_refer_to_a_row_that_went_meanwhile_are_refused(tmp_path: Path) -> None:
    """They are the bad rows of a full run, with its words."""
    platform = Platform(tmp_path, leads=True)
    told(platform.update(MAY))
    platform.deliver("orders", "2026-05-20", "o1,s1,2026-05-20 10:00:00\n")
    told(platform.update(JUNE))
    assert platform.update(MAY).stderr == platform.score(MAY).stderr
    rejects = [str(tmp_path / name) for name in ("one.csv", "two.csv")]
    assert told(platform.update(MAY, "--rejects", rejects[0])) == told(platform.score(MAY, "--rejects", rejects[1]))
    assert Path(rejects[0]).read_bytes() == Path(rejects[1]).read_bytes()


@pytest.mark.parametrize("bad", ["an order of no hour", "a complaint that is there twice"])
def test_rejected_rows_stay_bad_over_a_version_that_does_not_mind_them(tmp_path: Path, bad: str) -> None:
    """Rows that refer to a rejected one, and rows of a key that is there twice, are rejected again on return, as in a full run."""
    platform = Platform(tmp_path, leads=bad.startswith("an order"))
    if bad.startswith("an order"):
        platform.deliver("orders", "2026-05-20", "o1,s1,yesterday\no2,s2,2026-05-20 10:00:00\n")
    else:
        platform.deliver("complaints", "2026-05-22", "c1,s1,o1,2026-05-22 10:00:00\n")
    rejects = [str(tmp_path / name) for name in ("one.csv", "two.csv")]
    for day in (MAY, JUNE, JUNE, MAY, MAY):
        assert told(platform.update(day, "--rejects", rejects[0])) == told(platform.score(day, "--rejects", rejects[1]))
        assert Path(rejects[0]).read_bytes() == Path(rejects[1]).read_bytes()
