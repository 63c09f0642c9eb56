"""wechat-promoter 2025-03-31 for the Rust expression engines ZEN and CEL: compiled once, evaluated a stage at a time, the same score and gates."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

PARTS = {
    "praise": (
        "good_reviews == null ? {none} : good_reviews >= 9800 ? 500 : good_reviews >= 9500 ? 450"
        " : good_reviews >= 9000 ? 400 : good_reviews >= 8000 ? 350 : 300"
    ),
    "returns": "quality_returns == null ? {none} : quality_returns <= 80 ? {by8} : quality_returns <= 300 ? {by22} : 300",
    "conduct": "breach_count <= 0 ? 500 : breach_count <= 1 ? 400 : 300",
    "complaints": "report_count <= 0 ? 500 : report_count <= 2 ? 400 : 300",
}
PRODUCT = (
    "store_experience == null ? ((praise == null or returns == null) ? null : {half})"
    " : praise == null ? (returns == null ? null : {without_praise})"
    " : returns == null ? {without_returns} : {full}"
)
Score = Callable[[dict[str, Any]], tuple[Any, ...]]


def zen_scorer() -> tuple[str, Score]:
    """The engine's name and release, and a function from a record to score and gates."""
    import zen

    quotients = {"by8": "floor((4004 - 5 * quality_returns) / 8)", "by22": "floor((11111 - 15 * quality_returns) / 22)", "none": "null"}
    parts = zen.compile_expression("{" + ", ".join(f"{name}: {text.format_map(quotients)}" for name, text in PARTS.items()) + "}")
    product = zen.compile_expression(
        PRODUCT.format(
            half="floor((praise + returns + 1) / 2)",
            without_praise="floor((4 * store_experience + 3 * returns + 3) / 7)",
            without_returns="floor((4 * store_experience + 3 * praise + 3) / 7)",
            full="floor((4 * store_experience + 3 * (praise + returns) + 5) / 10)",
        )
    )
    total = zen.compile_expression("max([300, floor((7 * product + 3 * floor((3 * conduct + 2 * complaints + 2) / 5) + 5) / 10)])")
    gates = zen.compile_expression(
        '{flash_sale: severe_count == 0 and score >= 410 ? "open" : "closed", campaigns: severe_count == 0 and score >= 430 ? "open" : "closed"}'
    )
    return f"ZEN {version('zen-engine')}", lambda record: _staged(record, parts.evaluate, product.evaluate, total.evaluate, gates.evaluate)


def cel_scorer() -> tuple[str, Score]:
    """The engine's name and release, and a function from a record to score and gates."""
    import cel

    quotients = {"by8": "(4004 - 5 * quality_returns) / 8", "by22": "(11111 - 15 * quality_returns) / 22", "none": "null"}
    parts = cel.compile("{" + ", ".join(f'"{name}": {text.format_map(quotients)}' for name, text in PARTS.items()) + "}")
    product = cel.compile(
        PRODUCT.replace(" or ", " || ").format(
            half="(praise + returns + 1) / 2",
            without_praise="(4 * store_experience + 3 * returns + 3) / 7",
            without_returns="(4 * store_experience + 3 * praise + 3) / 7",
            full="(4 * store_experience + 3 * (praise + returns) + 5) / 10",
        )
    )
    rounded = "(7 * product + 3 * ((3 * conduct + 2 * complaints + 2) / 5) + 5) / 10"
    total = cel.compile(f"{rounded} < 300 ? 300 : {rounded}")
    gates = cel.compile(
        '{"flash_sale": severe_count == 0 && score >= 410 ? "open" : "closed", "campaigns": severe_count == 0 && score >= 430 ? "open" : "closed"}'
    )
    return f"CEL {version('common-expression-language')}", lambda record: _staged(record, parts.execute, product.execute, total.execute, gates.execute)


Evaluate = Callable[[dict[str, Any]], Any]


def _staged(record: dict[str, Any], parts: Evaluate, product: Evaluate, total: Evaluate, gates: Evaluate) -> tuple[Any, ...]:
    """Score, flash_sale and campaigns; each stage sees what the one before made."""
    made = {**record, **parts(record)}
    made["product"] = product(made)
    if made["product"] is None:
        return None, "closed", "closed"
    made["score"] = total(made)
    decided = gates(made)
    return made["score"], decided["flash_sale"], decided["campaigns"]
