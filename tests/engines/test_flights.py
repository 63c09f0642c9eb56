"""The flights of 2013 give the same digits on every engine as from their file, by carrier and by aircraft."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import compute, parquet

from pingfen.engines import score
from pingfen.engines.request import EngineName
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files
from tests.rulesets.flights import AS_OF as MOMENT
from tests.rulesets.flights import FOLDER, WITHOUT_TAIL_NUMBER
from tests.rulesets.published import plan_of

from .homes import each_engine, home_of, request_on

pytestmark = pytest.mark.slow
AS_OF = MOMENT.date()
WHOLE = {pa.int16(): pa.int64(), pa.int32(): pa.int64(), pa.large_string(): pa.string()}


def flights() -> pa.Table:
    """All rows, in types that every engine has."""
    table = parquet.read_table(FOLDER / "flights-2013.parquet")
    return table.cast(pa.schema([(field.name, WHOLE.get(field.type, field.type)) for field in table.schema]))


@pytest.mark.parametrize("engine", each_engine())
def test_flights_are_scored_alike_and_those_without_an_operator_refused(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    plan = plan_of(FOLDER / "2013-01-01.pf")
    table = flights()
    named = table.filter(compute.is_valid(table.column("tailnum")))
    with home_of(engine, request, tmp_path) as home:
        every, flown = home.keep("flights", table), home.keep("flown", named)
        for rows, place, mapping in ((table, every, "mapping-carrier.toml"), (named, flown, "mapping-tail.toml")):
            expected = score_files(plan, "", Request({"flights": rows}, AS_OF, mapping=FOLDER / mapping))
            result = score(plan, "", request_on(home, {"flights": place}, AS_OF, mapping=FOLDER / mapping))
            assert isinstance(result, Result)
            assert result.table.equals(expected.table)
            assert result.counts["flights"] == {"rows": rows.num_rows, "rejected": 0}
        with pytest.raises(RefusedDataError) as caught:
            score(plan, "", request_on(home, {"flights": every}, AS_OF, mapping=FOLDER / "mapping-tail.toml"))
    (told,) = caught.value.diagnostics
    assert (told.code, told.arguments["column"], told.arguments["count"]) == ("missing-cell", "operator", f"{WITHOUT_TAIL_NUMBER:,}")
