"""The event half of a plan, built by hand: orders, returns that refer to them, notes that may, and the ways to count them."""

from __future__ import annotations

from pingfen.calendar import load_transitions
from pingfen.plan.events import Aggregate, Aggregated, Column, EventPlan, First, Keep, Metric, Population, Table, Window
from pingfen.plan.expressions import AnyRow, Arithmetic, ColumnRead, Compare, Constant, Expression, IsGiven
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact, Numeric, Truth, Words
from pingfen.plan.record import Attribute, Field, RecordPlan, Subject
from pingfen.plan.ruleset import Plan, Version
from pingfen.reference import Data, Value, score_subjects

TEXT, MAYBE_TEXT, TRUTH = Words(), Words((), True), Truth()
TIME, MAYBE_TIME, MAYBE_DATE = Numeric("time", 0, 0, 2**40), Numeric("time", 0, 0, 2**40, True), Numeric("date", 0, 0, 10**6, True)
MONEY, COUNT, SHARE = Numeric("money", 2, 0, 10**8), Numeric("count", 0, 0, 10**7), Numeric("share", 4, 0, 10**4, True)
DURATION = Numeric("duration", 0, 0, 2**40, True)
STATUS = Words(("open", "upheld"), True)
LONG = Window(90, "days")


def column(name: str, through: str = "") -> ColumnRead:
    """A column of the row at hand."""
    kinds = {each.name: each.type for table in TABLES for each in table.columns}
    return ColumnRead(name, kinds[name], through)


def equal(name: str, value: str, through: str = "") -> Compare:
    """A column that equals a text."""
    return Compare("=", column(name, through), Constant(value, TEXT), TRUTH)


WAITING = Arithmetic("-", ColumnRead("collected_at", MAYBE_TIME), ColumnRead("paid_at", TIME), DURATION)
TABLES = (
    Table(
        "orders",
        Label(),
        (
            Column("order_id", TEXT, "key"),
            Column("shop", TEXT, "subject"),
            Column("paid_at", TIME, "happens"),
            Column("amount", MONEY),
            Column("collected_at", MAYBE_TIME, available="optional"),
            Column("promised_at", MAYBE_TIME, available="ahead"),
            Column("signed_on", MAYBE_DATE, available="optional"),
            Column("waiting", DURATION, computed=WAITING),
        ),
        "",
        10**7,
        10**10,
    ),
    Table(
        "returns",
        Label(),
        (
            Column("return_id", TEXT, "key"),
            Column("order_id", TEXT, refers_to="orders"),
            Column("stated_at", TIME, "happens"),
            Column("reason", TEXT),
            Column("appeal", STATUS, known_at="decided_at"),
            Column("decided_at", MAYBE_TIME, available="optional"),
        ),
        "order_id",
        10**7,
        10**10,
    ),
    Table(
        "notes",
        Label(),
        (Column("note_id", TEXT, "key"), Column("order", MAYBE_TEXT, refers_to="orders"), Column("noted_at", TIME, "happens")),
        "order",
        10**7,
        10**10,
    ),
)


def population(name: str, table: str, *steps: Keep | First, source: str = "") -> Population:
    """A population of a table."""
    return Population(name, Label(), table, source or table, steps)


def aggregate(form: str, source: str, by: str, window: Window = LONG, **parts: Expression) -> Aggregate:
    """An aggregate by a time column."""
    return Aggregate(form, source, source, window, column(by), **parts)


def metric(name: str, made: Aggregate, kind: Numeric | Exact = COUNT, *, needs: int = 0, scale: int = 1) -> Metric:
    """A metric made of one aggregate."""
    return Metric(name, Label(), kind, Aggregated(made, needs, scale, 1, "half away", 1))


def values_of(
    metrics: tuple[Metric, ...], data: Data, as_of: int, populations: tuple[Population, ...] = (), zone: str = "UTC"
) -> dict[Value, dict[str, Value]]:
    """Every subject's metrics."""
    scored = score_subjects(plan(metrics, populations, zone), data, as_of)
    return {subject: {metric.name: each.record[metric.name] for metric in metrics} for subject, each in scored.items()}


def plan(metrics: tuple[Metric, ...], populations: tuple[Population, ...] = (), zone: str = "UTC") -> Plan:
    """A plan that has these metrics as its record."""
    fields = tuple(Field(metric.name, Label(), "metric", metric.type, 0) for metric in metrics)
    record = RecordPlan(Subject("shop", Label(), (Attribute("owner", Label(), MAYBE_TEXT, False),), 10**8), None, fields, (), (), (), (), (), ())
    events = EventPlan(load_transitions(zone, 2000, 2040), 2000, 2040, TABLES, populations, metrics)
    return Plan(Version("test.shop", Label(), "1", 0, None), record, events, (), (), (), ())


REFERRED = AnyRow(("returns",), TRUTH)
GIVEN_WAIT = IsGiven(column("waiting"), TRUTH)
