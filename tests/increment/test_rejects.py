"""An update beside bad rows tells those of kept days without reading them, and scores the rest as a full run does."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import event, given, settings, strategies

from pingfen import Ruleset, load
from pingfen.increment.update import update
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score

from .data import HALF, invoke, rows
from .test_updates import HEADER, SHOP, Shop, shop, told

__all__ = ["shop"]

FIRST = date(2026, 5, 25)
CELLS = strategies.tuples(
    strategies.integers(0, 40),
    strategies.sampled_from(["s1", "s2", "s3", "s1", "s2", "s3", ""]),
    strategies.integers(0, 30).map(lambda hour: f"{hour:02}:00:00"),
    strategies.sampled_from(["", "b1", "b2"]),
    strategies.sampled_from(["", "upheld", "refused", "", "", "perhaps"]),
)
DELIVERIES = strategies.lists(
    strategies.dictionaries(strategies.integers(0, 4), strategies.lists(CELLS, max_size=5), min_size=1, max_size=3), min_size=2, max_size=4
)
"""Updates, each of some days with rows of which some lack their shop, happen at no hour or have a status of no name; keys may be there twice."""


@pytest.mark.slow
@settings(max_examples=HALF // 2)
@given(DELIVERIES, strategies.booleans())
def test_an_update_beside_rejects_gives_the_rows_and_the_rejects_of_a_full_run(
    deliveries: list[dict[int, list[tuple[int, str, str, str, str]]]], apart: bool
) -> None:
    """Rows, rejects and counts are those of a full run over the latest days, whatever was bad when; without a file for rejects both refuse."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "shop.pf").write_text(SHOP.format(kind="upheld", buyers=1), "utf-8")
        (folder / "days").mkdir()
        ruleset = load(folder / "shop.pf")
        assert isinstance(ruleset, Ruleset)
        for number, days in enumerate(deliveries):
            for day, cells in days.items():
                lines = [f"{_key(day, cell[0], apart)},{cell[1]},{FIRST + timedelta(days=day)} {cell[2]},,{cell[3]},{cell[4]}" for cell in cells]
                (folder / "days" / f"{FIRST + timedelta(days=day)}.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
            _compared(ruleset, folder, FIRST + timedelta(days=3 + number))


def _key(day: int, number: int, apart: bool) -> str:
    return f"o{day}-{number}" if apart else f"o{number}"


def _compared(ruleset: Ruleset, folder: Path, as_of: date) -> None:
    results = []
    for rejects in (None, folder / "rejects.csv"):
        request = Request({"orders": folder / "days"}, as_of, rejects=rejects, threads=1)
        full = _said(lambda request=request: score(ruleset.plan, ruleset.digest, request), rejects)
        found = _said(lambda request=request: update(folder / "state", ruleset.plan, ruleset.digest, request), rejects)
        assert found[:-1] == full[:-1]
        results.append(found)
    notes = results[1][-1]
    assert isinstance(notes, list)
    event("rejects and kept days" if results[1][1] and any(note.arguments.get("kept", "0") != "0" for note in notes) else "otherwise")


def _said(make: object, rejects: Path | None) -> list[object]:
    """The rows, rejects and counts of a result, and its notes; or a refusal."""
    assert callable(make)
    try:
        result = make()
    except RefusedDataError as refused:
        return [sorted((item.code, sorted(item.arguments.items())) for item in refused.diagnostics), None]
    assert isinstance(result, Result)
    written = rejects.read_bytes() if rejects is not None else b""
    return [rows(result.table), result.rejects.to_pylist(), result.counts["orders"], written, result.provenance.rejected, list(result.notes)]


def test_days_with_bad_rows_are_kept(shop: Shop) -> None:
    """A bad row is told again while its day is kept, is gone when its day is mended, and a new row with its key is bad as in a full run."""
    rejects = [str(shop.folder / name) for name in ("one.csv", "two.csv")]
    shop.deliver("2026-05-29", "o3,s1,2026-05-29 00:00:00,,b2,perhaps\n")
    told(shop.update("2026-05-30", "--rejects", rejects[0]))
    shop.deliver("2026-05-30", "o4,s2,2026-05-30 10:00:00,,b3,\n")
    found = shop.update("2026-05-31", "--rejects", rejects[0])
    assert told(found) == told(shop.score("2026-05-31", "--rejects", rejects[1]))
    assert "1 days read, 0 taken back, 2 kept" in found.stderr
    assert Path(rejects[0]).read_bytes() == Path(rejects[1]).read_bytes()
    assert shop.update("2026-05-31").stderr == shop.score("2026-05-31").stderr
    shop.deliver("2026-05-31", "o3,s2,2026-05-31 10:00:00,,b3,\n")
    assert told(shop.update("2026-06-01", "--rejects", rejects[0])) == told(shop.score("2026-06-01", "--rejects", rejects[1]))
    assert Path(rejects[0]).read_bytes() == Path(rejects[1]).read_bytes()
    shop.deliver("2026-05-31", None)
    shop.deliver("2026-05-29", "o3,s1,2026-05-29 00:00:00,,b2,\n")
    shop.deliver("2026-05-31", "")
    assert told(shop.update("2026-06-01")) == told(shop.score("2026-06-01"))


def test_rejects_of_kept_days_are_named_as_the_days_that_are_delivered(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """By paths as seen from here where the folders are named so, and by absolute ones where they are; also where no day of the table is delivered."""
    monkeypatch.chdir(shop.folder)
    bad = HEADER + "{},s1,2026-05-{} 00:00:00,,b2,perhaps\n"
    for number, (folder, day) in enumerate((("first", "28"), ("second", "29"))):
        Path(folder).mkdir()
        (Path(folder) / f"2026-05-{day}.csv").write_text(bad.format(f"o{number}", day), "utf-8")

    def files(*named: str) -> list[str]:
        told(invoke("update", "state", "--ruleset", "shop.pf", *named, "--as-of", "2026-05-31", "--rejects", "bad.csv", "--format", "json"))
        return [line.split(",")[1].strip('"') for line in Path("bad.csv").read_text("utf-8").splitlines()[1:]]

    relative = ["first/2026-05-28.csv", "second/2026-05-29.csv"]
    assert files("--events", "orders=first") == relative[:1]
    assert files("--events", "orders=second") == relative
    assert files() == relative
    assert files("--events", f"orders={shop.folder / 'second'}") == [str(shop.folder / item) for item in relative]
    monkeypatch.chdir("second")
    bad_rows = ("--rejects", "../bad.csv", "--format", "json")
    told(invoke("update", "../state", "--ruleset", "../shop.pf", "--events", "orders=.", "--as-of", "2026-05-31", *bad_rows))
    assert "../first/2026-05-28.csv" in Path("../bad.csv").read_text("utf-8")
