"""What an expert would write by hand for bench/warehouse.pf on each engine: one scan, one aggregation, whole numbers throughout.

On PostgreSQL each step ends in OFFSET 0, because the planner would repeat its expressions wherever they are used and compile all of them; keys are grouped by
their bytes, which sort faster than a language's order.
"""

from __future__ import annotations

COUNTS = {
    "filter": """
         count(*) FILTER (WHERE paid_at >= {low90})                    AS n90,
         count(*) FILTER (WHERE paid_at >= {low90} AND quality_return) AS returned,
         CAST(sum(stars) FILTER (WHERE paid_at >= {low90}) AS BIGINT)  AS stars,
         count(*) FILTER (WHERE paid_at >= {low30})                    AS n30,
         count(*) FILTER (WHERE paid_at >= {low30} AND late)           AS late""",
    "if": """
         toInt64(countIf(paid_at >= {low90}))                    AS n90,
         toInt64(countIf(paid_at >= {low90} AND quality_return)) AS returned,
         toInt64(sumIf(stars, paid_at >= {low90}))               AS stars,
         toInt64(countIf(paid_at >= {low30}))                    AS n30,
         toInt64(countIf(paid_at >= {low30} AND late))           AS late""",
}

QUERY = """
WITH sums AS (
  SELECT {key} AS store_id, {counts}
  FROM orders WHERE paid_at < {high} GROUP BY {key}
), metrics AS (
  SELECT store_id, n90,
         {quality} AS quality,
         {praise}  AS praise,
         {late}    AS late
  FROM sums{step}
), parts AS (
  SELECT *,
         CASE WHEN quality <= 300 THEN {returned_low}
              WHEN quality <= 1000 THEN {returned_high}
              WHEN quality > 1000 THEN 0 END AS returned,
         CASE WHEN praise <= 300 THEN 30 * (praise - 100) WHEN praise <= 500 THEN 6000 + 20 * (praise - 300) END AS praised,
         CASE WHEN late <= 500 THEN 10000 WHEN late <= 1000 THEN 8000 WHEN late <= 1500 THEN 6000 WHEN late > 1500 THEN 4000 END AS speed
  FROM metrics{step}
), product AS (
  SELECT *, {product} AS product FROM parts{step}
), total AS (
  SELECT *, CASE WHEN product IS NULL THEN speed WHEN speed IS NULL THEN product ELSE {score} END AS score FROM product{step}
)
SELECT store_id, score, product, returned, praised, speed, CASE WHEN score >= 8000 AND n90 >= 50 THEN 'open' ELSE 'closed' END AS campaigns
FROM total
"""
DIVISIONS = {
    "quality": ("2 * 10000 * returned + n90", "nullif(2 * n90, 0)"),
    "praise": ("2 * 100 * stars + n90", "nullif(2 * n90, 0)"),
    "late": ("2 * 10000 * late + n30", "nullif(2 * n30, 0)"),
    "returned_low": ("2 * (10000 * 300 - 2000 * quality) + 300", "600"),
    "returned_high": ("2 * (8000 * 700 - 8000 * (quality - 300)) + 700", "1400"),
    "product": ("2 * (60 * returned + 40 * praised) + 100", "200"),
    "score": ("product + speed + 1", "2"),
}
QUOTIENTS = {"duckdb": "(({}) // {})", "spark": "(({}) DIV {})", "postgres": "(({}) / {})", "clickhouse": "intDiv({}, {})"}
INSTANTS = {
    "duckdb": "TIMESTAMPTZ '{}+00'",
    "spark": "TIMESTAMP '{}Z'",
    "postgres": "TIMESTAMPTZ '{}+00'",
    "clickhouse": "toDateTime64('{}', 6, 'UTC')",
}


def query_of(engine: str, high: str, low30: str, low90: str) -> str:
    """The query of an engine for three instants, each written as `2026-05-31 16:00:00` in UTC."""
    instants = {name: INSTANTS[engine].format(value) for name, value in {"high": high, "low30": low30, "low90": low90}.items()}
    quotients = {name: QUOTIENTS[engine].format(*parts) for name, parts in DIVISIONS.items()}
    counts = COUNTS["if" if engine == "clickhouse" else "filter"].format(**instants)
    key, step = ('store_id COLLATE "C"', " OFFSET 0") if engine == "postgres" else ("store_id", "")
    return QUERY.format(counts=counts, high=instants["high"], key=key, step=step, **quotients)
