"""What an expert would write by hand for bench/warehouse.pf on DuckDB: one scan, one aggregation, whole numbers throughout."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

QUERY = """
WITH sums AS (
  SELECT store_id,
         count(*) FILTER (WHERE paid_at >= $low90)                    AS n90,
         count(*) FILTER (WHERE paid_at >= $low90 AND quality_return) AS returned,
         sum(stars) FILTER (WHERE paid_at >= $low90)::BIGINT          AS stars,
         count(*) FILTER (WHERE paid_at >= $low30)                    AS n30,
         count(*) FILTER (WHERE paid_at >= $low30 AND late)           AS late
  FROM read_parquet($path) WHERE paid_at < $high GROUP BY store_id
), metrics AS (
  SELECT store_id, n90,
         (2 * 10000 * returned + n90) // nullif(2 * n90, 0) AS quality,
         (2 * 100 * stars + n90) // nullif(2 * n90, 0)      AS praise,
         (2 * 10000 * late + n30) // nullif(2 * n30, 0)     AS late
  FROM sums
), parts AS (
  SELECT *,
         CASE WHEN quality <= 300 THEN (2 * (10000 * 300 - 2000 * quality) + 300) // 600
              WHEN quality <= 1000 THEN (2 * (8000 * 700 - 8000 * (quality - 300)) + 700) // 1400
              WHEN quality > 1000 THEN 0 END AS returned,
         CASE WHEN praise <= 300 THEN 30 * (praise - 100) WHEN praise <= 500 THEN 6000 + 20 * (praise - 300) END AS praised,
         CASE WHEN late <= 500 THEN 10000 WHEN late <= 1000 THEN 8000 WHEN late <= 1500 THEN 6000 WHEN late > 1500 THEN 4000 END AS speed
  FROM metrics
), product AS (
  SELECT *, (2 * (60 * returned + 40 * praised) + 100) // 200 AS product FROM parts
), total AS (
  SELECT *, CASE WHEN product IS NULL THEN speed WHEN speed IS NULL THEN product ELSE (product + speed + 1) // 2 END AS score FROM product
)
SELECT store_id, score, product, returned, praised, speed, CASE WHEN score >= 8000 AND n90 >= 50 THEN 'open' ELSE 'closed' END AS campaigns
FROM total ORDER BY store_id
"""


def connect(memory: str) -> duckdb.DuckDBPyConnection:
    """A connection with the settings that the run has too."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET memory_limit = $memory", {"memory": memory})
    return connection


def score(connection: duckdb.DuckDBPyConnection, path: Path, as_of: date) -> pa.Table:
    """Store, score, parts and gate by store, numbers scaled by 100. `paid_at` holds instants; the day of Shanghai begins at 16:00 of the day before."""
    high = f"{as_of - timedelta(days=1)} 16:00:00+00"
    lows = {f"low{days}": f"{as_of - timedelta(days=days + 1)} 16:00:00+00" for days in (30, 90)}
    query = QUERY.replace("$path", f"'{path}'").replace("$high", f"TIMESTAMPTZ '{high}'")
    for name, low in lows.items():
        query = query.replace(f"${name}", f"TIMESTAMPTZ '{low}'")
    return connection.sql(query).to_arrow_table()
