"""The flights of 2013 scored from their file equal a straightforward computation over the rows, by carrier and by aircraft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score

from .flights import AS_OF, FOLDER, WITHOUT_TAIL_NUMBER, as_fraction, expected
from .published import plan_of

pytestmark = pytest.mark.slow

RUNS = {"carrier": "mapping-carrier.toml", "tailnum": "mapping-tail.toml"}
COLUMNS = {
    **{name: f"metric.{name}" for name in ("flights_90", "on_time_30", "on_time_90", "cancelled_30", "cancelled_90", "delay_30", "delay_90")},
    **{name: f"part.{name}" for name in ("arrivals", "reliability", "lateness")},
    "stage": "stage", "total": "total", "score": "score", "grade": "tier.grade", "recommended": "gate.recommended",
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(RUNS))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Result]:
    """The file's operator column and the result of scoring by it."""
    return request.param, scored(RUNS[request.param], rejects=tmp_path_factory.mktemp("rejects") / "rejects.csv")


def scored(mapping: str, rejects: Path | None) -> Result:
    plan = plan_of(FOLDER / "2013-01-01.pf")
    flights = str(FOLDER / "flights-2013.parquet")
    return score(plan, "", Request(events={"flights": flights}, as_of=date(AS_OF.year, AS_OF.month, AS_OF.day), mapping=FOLDER / mapping, rejects=rejects))


def test_every_operator_has_the_numbers_worked_out_from_the_rows(run: tuple[str, Result]) -> None:
    """Metrics, parts, score, stage, grade and gate of every operator are equal to the digit, also of those without a flight in the windows."""
    operator, result = run
    found = {row["operator"]: {name: as_fraction(row[column]) for name, column in COLUMNS.items()} for row in result.table.to_pylist()}
    assert found == {name: {key: as_fraction(values[key]) for key in COLUMNS} for name, values in expected(operator).items()}


def test_flights_without_an_operator_are_rejected(run: tuple[str, Result]) -> None:
    """Every flight has a carrier; the 2,512 without a tail number are rejected for it, all of them cancelled, and nothing else is."""
    operator, result = run
    rejected: list[dict[str, Any]] = result.rejects.to_pylist()
    assert len(rejected) == (WITHOUT_TAIL_NUMBER if operator == "tailnum" else 0)
    assert {(row["column"], row["value"]) for row in rejected} <= {("operator", None)}
    assert result.counts["flights"] == {"rows": 336_776, "rejected": len(rejected)}


def test_without_a_rejects_file_the_run_by_aircraft_stops() -> None:
    """Bad rows stop a run where no file for them is named."""
    from pingfen.warehouse.refusal import RefusedDataError

    with pytest.raises(RefusedDataError):
        scored(RUNS["tailnum"], rejects=None)


def test_rejects_make_cancellation_shares_by_aircraft_too_low() -> None:
    """What the ruleset's README says: 8,255 of 336,776 flights are cancelled, 5,743 of the 334,264 with a tail number."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(FOLDER / "flights-2013.parquet", columns=["tailnum", "cancelled"]).to_pylist()
    with_tail = [row for row in rows if row["tailnum"] is not None]
    assert (sum(row["cancelled"] for row in rows), len(rows)) == (8_255, 336_776)
    assert (sum(row["cancelled"] for row in with_tail), len(with_tail)) == (5_743, 334_264)
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(figure in readme for figure in ("2,512", "5,743", "334,264", "8,255", "336,776"))
