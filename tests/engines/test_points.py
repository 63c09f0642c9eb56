"""Points of a result that stays in Spark are made in its executors, the same as of a fetched one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from pingfen import compile
from pingfen.engines import Kept, score
from pingfen.warehouse.reasons import reasons_table
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score as score_files

from .homes import home_of, request_on
from .shop import AS_OF, TEXT, keep_orders, orders
from .test_keeping import target

pytestmark = pytest.mark.slow
SCORED = TEXT.replace("subject shop_id", "score 0.00 .. 10.00\nsubject shop_id") + "total sum {\n  part busy = curve volume { 0 -> 1.00, 60 -> 9.00 }\n}\n"


def maker(names: list[str]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What an executor does with the rows that it has, under the names of their columns."""

    def points(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        plan = compile(SCORED).plan.record
        for batch in batches:
            yield from reasons_table(plan, pa.Table.from_batches([batch]).rename_columns(names), "en").to_batches()

    return points


@pytest.mark.xdist_group("spark")
def test_points_are_made_where_the_rows_are(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = compile(SCORED)
    fetched = score_files(ruleset.plan, ruleset.digest, Request({"orders": orders()}, AS_OF)).table
    expected = reasons_table(ruleset.plan.record, fetched, "en")
    assert expected.num_rows >= fetched.num_rows
    with home_of("spark", request, tmp_path) as home:
        from pyspark import cloudpickle

        cloudpickle.register_pickle_by_value(sys.modules[__name__])  # executors do not have the tests
        kept = score(ruleset.plan, ruleset.digest, request_on(home, keep_orders(home), AS_OF, into=target(home, "scores")))
        assert isinstance(kept, Kept)
        columns = "shop_id string, rank bigint, code string, kind string, number string, label string, points decimal(38, 2)"
        table = home.connection()["session"].table("scores")
        plain = table.toDF(*(f"c{place}" for place in range(len(table.columns))))  # mapInArrow takes no names with dots
        made = plain.mapInArrow(maker(table.columns), columns).orderBy("shop_id", "rank").collect()
    assert [tuple(row) for row in made] == [tuple(row.values()) for row in expected.sort_by([("shop_id", "ascending"), ("rank", "ascending")]).to_pylist()]
