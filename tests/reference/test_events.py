"""What is known at D, what enters a population and a metric, and whose row it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pingfen.calendar import day_of
from pingfen.plan.events import First, Keep, Metric, Rate, Window
from pingfen.plan.expressions import AllOf, AnyRow, Compare, Constant, IsGiven, Not
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact
from pingfen.reference import Data, InterpretationError, Value

from .shop import COUNT, DURATION, MONEY, REFERRED, SHARE, TEXT, TRUTH, aggregate, column, equal, metric, population, values_of

Row = dict[str, Value]
DAY = day_of(date(2026, 6, 1))


def at(text: str) -> int:
    """The instant of `06-01 10:00` in 2026, UTC."""
    return int(datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC).timestamp())


def order(key: str, paid: str = "05-20 12:00", shop: str = "s", **more: Value) -> Row:
    return {"order_id": key, "shop": shop, "paid_at": at(paid), "amount": 1000, "collected_at": None, "promised_at": None, "signed_on": None, **more}


def returned(key: str, of: str, stated: str = "05-25 12:00", **more: Value) -> Row:
    return {"return_id": key, "order_id": of, "stated_at": at(stated), "reason": "quality", "appeal": None, "decided_at": None, **more}


def note(key: str, of: str | None, noted: str = "05-25 12:00") -> Row:
    return {"note_id": key, "order": of, "noted_at": at(noted)}


def data(*rows: Row, **more: object) -> Data:
    """Rows go to the table whose key they have."""
    names = {"order_id": "orders", "return_id": "returns", "note_id": "notes"}
    tables: dict[str, list[Row]] = {name: [] for name in names.values()}
    for row in rows:
        tables[names[next(iter(row))]].append(row)
    return Data(tables, **more)


def value(made: Metric, rows: Data, populations: tuple = (), day: int = DAY) -> Value:
    """The one metric of shop `s`."""
    return values_of((made,), rows, day, populations)["s"][made.name]


ORDERS = metric("orders", aggregate("count", "orders", "paid_at"))


@pytest.mark.parametrize(
    ("paid", "counted"),
    [("05-31 23:59:59", 1), ("06-01 00:00", 0), ("03-03 00:00", 1), ("03-02 23:59:59", 0)],
)
def test_a_window_holds_its_first_second_and_not_its_last(paid: str, counted: int) -> None:
    assert value(ORDERS, data(order("o", paid), order("old", "01-01 00:00"))) == counted


def test_an_optional_time_at_or_after_d_reads_absent() -> None:
    collected = metric("collected", aggregate("count", "orders", "collected_at"))
    rows = data(order("a", collected_at=at("05-31 23:59:59")), order("b", collected_at=at("06-01 00:00")))
    assert value(collected, rows) == 1


def test_a_computed_value_of_a_hidden_time_is_absent() -> None:
    waited = metric("waited", aggregate("maximum", "orders", "paid_at", value=column("waiting")), DURATION)
    rows = data(order("a", collected_at=at("05-20 13:00")), order("b", collected_at=at("06-02 12:00")))
    assert value(waited, rows) == 3600
    assert value(waited, rows, day=DAY + 2) == 13 * 86400


def test_a_time_that_is_ahead_is_always_read() -> None:
    promised = metric("promised", aggregate("count", "orders", "paid_at", condition=IsGiven(column("promised_at"), TRUTH)))
    assert value(promised, data(order("a", promised_at=at("07-01 00:00")))) == 1


@pytest.mark.parametrize(("day", "counted"), [(DAY - 1, 1), (DAY, 0)])
def test_a_date_on_or_after_d_reads_absent(day: int, counted: int) -> None:
    signed = metric("signed", aggregate("count", "orders", "paid_at", condition=IsGiven(column("signed_on"), TRUTH)))
    assert value(signed, data(order("a", signed_on=day))) == counted


@pytest.mark.parametrize(("decided", "counted"), [("05-31 12:00", 1), ("06-01 00:00", 0), (None, 0)])
def test_a_status_reads_absent_before_its_time(decided: str | None, counted: int) -> None:
    known = metric("known", aggregate("count", "returns", "stated_at", condition=IsGiven(column("appeal"), TRUTH)))
    rows = data(order("o"), returned("r", "o", appeal="upheld", decided_at=None if decided is None else at(decided)))
    assert value(known, rows) == counted


def test_a_row_takes_the_subject_of_the_row_it_refers_to() -> None:
    returns = metric("returns", aggregate("count", "returns", "stated_at"))
    rows = data(order("a", shop="s"), order("b", shop="t"), returned("1", "a"), returned("2", "b"), returned("3", "b"))
    assert values_of((returns,), rows, DAY) == {"s": {"returns": 1}, "t": {"returns": 2}}


def test_an_absent_optional_reference_belongs_to_no_subject() -> None:
    notes = metric("notes", aggregate("count", "notes", "noted_at"))
    assert value(notes, data(order("a"), note("1", "a"), note("2", None))) == 1


def test_a_row_that_must_refer_to_a_row_after_d_is_not_there() -> None:
    returns = metric("returns", aggregate("count", "returns", "stated_at"))
    rows = data(order("a"), order("late", "06-02 00:00"), returned("1", "a"), returned("2", "late"))
    assert value(returns, rows) == 1
    assert value(returns, rows, day=DAY + 2) == 2


def test_orders_with_any_return_count_once_whatever_the_populations() -> None:
    bad = metric("bad", aggregate("count", "orders", "paid_at", condition=AnyRow(("returns", "notes"), TRUTH)))
    rows = data(order("a"), order("b"), order("c"), returned("1", "a"), returned("2", "a"), note("3", "a"), note("4", "b"), note("5", None))
    assert value(bad, rows) == 2


def test_a_reference_is_looked_at_in_the_population_and_not_in_the_table() -> None:
    quality = population("quality", "returns", Keep(equal("reason", "quality")))
    bad = metric("bad", aggregate("count", "orders", "paid_at", condition=AnyRow(("quality",), TRUTH)))
    rows = data(order("a"), order("b"), returned("1", "a", reason="size"), returned("2", "b"))
    assert value(bad, rows, (quality,)) == 1


def test_a_column_of_the_referred_row_can_be_read() -> None:
    dear = Compare(">", column("amount", "order_id"), Constant(5000, MONEY), TRUTH)
    returns = metric("returns", aggregate("count", "returns", "stated_at", condition=dear))
    assert value(returns, data(order("a", amount=5001), order("b", amount=5000), returned("1", "a"), returned("2", "b"))) == 1


FIRST_OF_THREE = [
    ("the first two stay", First(2, (column("order_id"),), column("stated_at"), None), ["1", "2"]),
    ("a row stays when its second predecessor is too long ago", First(2, (column("order_id"),), column("stated_at"), 3), ["1", "2", "4"]),
    ("exactly that long ago still counts", First(1, (column("order_id"),), column("stated_at"), 2), ["1", "4"]),
]


@pytest.mark.parametrize(("rule", "step", "kept"), FIRST_OF_THREE, ids=lambda each: each if isinstance(each, str) else "")
def test_first_looks_back_from_every_row(rule: str, step: First, kept: list[str]) -> None:
    rows = data(
        order("a"),
        returned("1", "a", "05-21 00:00"),
        returned("2", "a", "05-22 00:00"),
        returned("3", "a", "05-23 00:00"),
        returned("4", "a", "05-25 00:00:01"),
    )
    early = population("early", "returns", step)
    keys = [
        key
        for key in ("1", "2", "3", "4")
        if value(metric("n", aggregate("count", "early", "stated_at", condition=equal("return_id", key))), rows, (early,)) == 1
    ]
    assert keys == kept, rule


def test_dropped_rows_count_as_predecessors() -> None:
    rows = data(order("a"), *(returned(f"{index}", "a", f"05-2{index} 00:00") for index in range(1, 5)))
    early = population("early", "returns", First(1, (column("order_id"),), column("stated_at"), 1))
    assert value(metric("n", aggregate("count", "early", "stated_at")), rows, (early,)) == 1


def test_ties_in_time_are_broken_by_the_key_by_its_bytes() -> None:
    rows = data(order("a"), returned("é", "a"), returned("z", "a"), returned("Z", "a"))
    early = population("early", "returns", First(1, (column("order_id"),), column("stated_at"), None))
    assert value(metric("n", aggregate("count", "early", "stated_at", condition=equal("return_id", "Z"))), rows, (early,)) == 1


def test_none_in_a_key_is_one_value_and_a_row_without_a_time_leaves() -> None:
    rows = data(order("a", signed_on=None), order("b"), order("c", collected_at=at("05-21 00:00")), order("d", collected_at=at("05-22 00:00")))
    early = population("early", "orders", First(1, (column("signed_on"),), column("collected_at"), None))
    assert value(metric("n", aggregate("count", "early", "paid_at")), rows, (early,)) == 1


def test_the_order_written_decides() -> None:
    rows = data(order("a"), returned("1", "a", "05-21 00:00", reason="size"), returned("2", "a", "05-22 00:00"))
    first, quality = First(1, (column("order_id"),), column("stated_at"), None), Keep(equal("reason", "quality"))
    for steps, counted in (((first, quality), 0), ((quality, first), 1)):
        assert value(metric("n", aggregate("count", "p", "stated_at")), rows, (population("p", "returns", *steps),)) == counted


def test_a_share_of_nothing_is_none_and_a_count_of_nothing_is_zero() -> None:
    share = metric("share", aggregate("share", "orders", "paid_at", counted=REFERRED), SHARE, scale=10**4)
    assert values_of((share, ORDERS), data(order("old", "01-01 00:00")), DAY) == {"s": {"share": None, "orders": 0}}


@pytest.mark.parametrize(("needs", "result"), [(3, 3333), (4, None)])
def test_a_share_below_its_needs_is_none(needs: int, result: int | None) -> None:
    share = metric("share", aggregate("share", "orders", "paid_at", counted=REFERRED), SHARE, needs=needs, scale=10**4)
    assert value(share, data(order("a"), order("b"), order("c"), returned("1", "a"))) == result


def test_an_exact_share_keeps_both_numbers() -> None:
    share = metric("share", aggregate("share", "orders", "paid_at", counted=REFERRED), Exact("share", 0, 0, 10**7, 10**7))
    assert value(share, data(order("a"), order("b"), order("c"), returned("1", "a"))) == (1, 3)


def test_a_mean_leaves_rows_without_a_value_out_before_anything_is_counted() -> None:
    for needs, result in ((2, 5400), (3, None)):
        mean = metric("mean", aggregate("mean", "orders", "paid_at", value=column("waiting")), DURATION, needs=needs)
        rows = data(order("a", collected_at=at("05-20 13:00")), order("b", collected_at=at("05-20 14:00")), order("c"))
        assert value(mean, rows) == result


def test_a_mean_may_be_weighted_and_weights_of_nothing_are_none() -> None:
    mean = metric("mean", aggregate("mean", "orders", "paid_at", value=column("amount"), weight=column("amount")), MONEY)
    assert value(mean, data(order("a", amount=100), order("b", amount=300))) == 250
    assert value(mean, data(order("a", amount=0))) is None


def test_distinct_minimum_and_maximum_skip_none() -> None:
    rows = data(order("a"), order("b", collected_at=at("05-20 13:00")), order("c", collected_at=at("05-20 13:00")))
    for form, result in (("distinct", 1), ("minimum", 3600), ("maximum", 3600)):
        assert value(metric("m", aggregate(form, "orders", "paid_at", value=column("waiting"))), rows) == result
    assert value(metric("m", aggregate("minimum", "orders", "paid_at", value=column("waiting"))), data(order("a"))) is None


@pytest.mark.parametrize(("beyond", "result"), [("cut", 150), ("none", None)])
def test_a_rate_beyond_its_range_is_cut_or_none(beyond: str, result: int | None) -> None:
    counted, per = aggregate("count", "returns", "stated_at"), aggregate("count", "orders", "paid_at")
    rate = Metric("rate", Label(), COUNT, Rate(counted, per, 0, 100, 1, "half away", 1, 0, 150, beyond))
    assert value(rate, data(order("a"), returned("1", "a"), returned("2", "a"))) == result
    assert value(rate, data(order("a"), order("b"), returned("1", "a"))) == 50


def test_months_and_days_are_local() -> None:
    made = metric("n", aggregate("count", "orders", "paid_at", Window(1, "days")))
    rows = data(order("a", "05-30 16:00"), order("b", "05-30 15:59:59"), order("c", "05-31 16:00"))
    assert values_of((made,), rows, DAY, (), "Asia/Shanghai") == {"s": {"n": 1}}


def test_subjects_without_events_are_scored_too() -> None:
    rows = data(order("a"), subjects={"s": [{"owner": "x"}], "quiet": [{"owner": None}]})
    assert values_of((ORDERS,), rows, DAY) == {"s": {"orders": 1}, "quiet": {"orders": 0}}


def test_a_condition_reads_the_rows_own_columns() -> None:
    kept = AllOf((IsGiven(column("waiting"), TRUTH), Compare("<=", column("waiting"), Constant(3600, DURATION), TRUTH)), TRUTH)
    rows = data(order("a", collected_at=at("05-20 13:00")), order("b", collected_at=at("05-20 13:00:01")), order("c"))
    assert value(metric("n", aggregate("count", "orders", "paid_at", condition=kept)), rows) == 1
    assert value(metric("n", aggregate("count", "orders", "paid_at", condition=Not(kept, TRUTH))), rows) == 2


def test_data_that_is_not_clean_is_refused() -> None:
    with pytest.raises(InterpretationError):
        value(ORDERS, data(order("a"), order("a")))


def test_texts_are_equal_by_their_bytes() -> None:
    composed = Compare("=", column("order_id"), Constant("e\u0301", TEXT), TRUTH)
    assert value(metric("n", aggregate("count", "orders", "paid_at", condition=composed)), data(order("\u00e9"), order("e\u0301"))) == 1
