"""Each rule stands beside the column that it makes, and each bit of the reasons beside their sum."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pingfen.command.group import pingfen
from pingfen.sql.dialects import ENGINES, WRITTEN

from .hostile import RULESET

WORDS = "population|metric|peer|part|deduct|bonus|protect|cap|display|gate|sanction|tier|group|linked|input|total|score|hide|s_quiet|s_main|o_wait"
RULE = re.compile(rf"^ *(?:{WORDS})\b")
HIDDEN = "hide score when f_visits < 1\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The ruleset as a file."""
    (tmp_path / "hostile.pf").write_text(RULESET + HIDDEN, "utf-8")
    return tmp_path / "hostile.pf"


def printed(path: Path, dialect: str) -> str:
    """What `pingfen sql` prints."""
    if dialect in ("hive", "doris", "starrocks"):  # these cannot say it
        path.write_text(re.sub(r"linked by .*\n", "sanction f_small applies when f_worst given and f_worst < 30\n", RULESET) + HIDDEN, "utf-8")
    times = [f"--types={name}=local" for name in ("t_orders.o_paid", "t_orders.o_signed", "t_refunds.p_asked", "t_visits.q_at")]
    called = CliRunner().invoke(pingfen, ["sql", str(path), "--dialect", dialect, "--as-of", "2026-05-01", "--lang", "en", *times], standalone_mode=False)
    assert called.exit_code == 0, called.output
    return called.stdout


@pytest.mark.parametrize("dialect", sorted({**ENGINES, **WRITTEN}))
def test_every_rule_is_told_once_with_its_line(path: Path, dialect: str) -> None:
    """Metrics of every kind, peers, groups, linked, stages, adjustments, displays that only repeat a metric, computed columns, inputs, what hides."""
    text = printed(path, dialect)
    lines = path.read_text("utf-8").splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if RULE.match(line)]
    told = [int(number) for number in re.findall(r"\bline (\d+): ", text)]
    assert len(numbers) >= 30
    assert sorted(set(numbers) - set(told)) == []
    assert sorted(number for number in set(told) if told.count(number) > 1) == []


def test_what_is_made_on_the_way_is_called_after_the_rules(path: Path) -> None:
    """Attributes, the stage, adjustments, a closing, a column of the row that is referred to, what is known of a time."""
    text = printed(path, "postgres")
    names = ("f_industry", "f_industry_of_f_shop", "stage", "f_two_deduct_1", "total_cap_2", "closed_by_f_owner", "p_order_o_late", "o_signed_known")
    assert [name for name in names if f'AS "{name}"' not in text] == []
    assert 'PARTITION BY "f_industry"' in text
    assert not re.search(r'"a\d+"', text)


@pytest.mark.parametrize("dialect", sorted(WRITTEN))
def test_the_sum_of_the_reasons_has_its_key(path: Path, dialect: str) -> None:
    """Each bit with the reason's code and words, the lowest first."""
    key = re.search(r"AS .reasons.,? /\* the sum of\n(.*?) \*/", printed(path, dialect), re.DOTALL)
    assert key is not None
    bits = [int(bit) for bit in re.findall(r"^ +(\d+) = ", key[1], re.MULTILINE)]
    assert bits == [1 << index for index in range(len(bits))]
    assert "    1 = stage:s_quiet (stage: s_quiet)" in key[1]
    assert re.search(r"\d+ = total:cap:2 \(total: cap at most 90\.00 when f_owned > 0\)", key[1])
