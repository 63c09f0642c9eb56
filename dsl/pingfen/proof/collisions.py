"""Shops in whose rows events of another subject stand in the way, in one of three ways.

Rows that `first k per K` keeps: a shop's row has k twins of another shop, equal in all but key and subject, and the last of them takes it out. A row of another
shop that refers to the shop's. A row of another shop that the shop's row refers to, and that is another one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from attrs import frozen

from ..calendar import midnight, window_bounds
from ..plan.events import Aggregate, Aggregated, EventPlan, First, Metric, Rate, Table
from ..plan.expressions import ColumnRead
from ..plan.quantity import Numeric
from ..reference import Value
from .bundles import Bundle, Stock, joined, renamed
from .reach import aggregates_of
from .replay import Row, anything, key_name

OWN, OTHER = "shop", "another shop"
MOST_BUNDLES, MOST_DAYS, DAY = 300, 60, 86400
Found = tuple[Table, Row]


@frozen(repr=False)
class Change:
    """A row that comes, or that stands `instead` of another one with its key. `needed` are the rows that it meets, `rest` the other ones of the shop."""

    needed: Bundle
    rest: tuple[Bundle, ...]
    table: Table
    row: Row
    instead: Row | None = None

    @property
    def others(self) -> dict[str, list[Row]]:
        """The rows that are there before and after, by table."""
        return joined([self.needed, *self.rest])


class Collisions:
    """Makes changes for one metric; `foreign` says of tables by what rows of other subjects get in."""

    def __init__(self, events: EventPlan, stock: Stock, metric: Metric, foreign: Mapping[str, str]) -> None:
        self._stock, self._foreign = stock, foreign
        self._aggregates = aggregates_of(events, metric)
        self._many = _many(events, metric)
        self._firsts = [step for population in events.populations for step in population.steps if isinstance(step, First)]
        self._midnight = midnight(stock.as_of, events.zone)
        self._zone = events.zone

    def changes(self, random: Random) -> Iterator[Change]:
        """Changes in one shop."""
        shop = self._shop(random)
        if not shop:
            return
        own, *rest = shop
        if "first" in self._foreign.values():
            yield from self._overtaking(own, tuple(rest), random)
        if "reference" in self._foreign.values():
            yield from self._referring(own, tuple(rest), random)
            yield from self._referred(own, tuple(rest), random)

    def _shop(self, random: Random) -> list[Bundle]:
        """Some bundles of what the metric reads, of a few kinds or of any, moved into its window; in half of the shops with texts of their own where `first`
        goes by them."""
        aggregate, texts = random.choice(self._aggregates), self._texts if random.random() < 0.5 else frozenset[str]()
        read = [bundle for bundle in self._stock.bundles if any(table.name == aggregate.table for table, _ in bundle.rows)]
        size = random.choice((1, 2, 4, self._many, self._many + 1, self._many + 8)) if read else 0
        kinds = random.choices(read, k=random.choice((1, 2, size))) if size else []
        made = (self._placed(_apart(renamed(random.choice(kinds), f"own {number}", OWN), texts, number), aggregate, random) for number in range(size))
        return [bundle for bundle in made if bundle is not None]

    @property
    def _texts(self) -> frozenset[str]:
        return frozenset(key.name for step in self._firsts for key in step.keys if isinstance(key, ColumnRead))

    def _placed(self, bundle: Bundle, aggregate: Aggregate, random: Random) -> Bundle | None:
        """The bundle at another time, at which what is counted lies in the window; None where a time would leave its column's range."""
        window = aggregate.shorter[0].window if aggregate.shorter else aggregate.window
        low, high = window_bounds(window, self._stock.as_of, self._zone)
        low = max(low, high - MOST_DAYS * DAY)
        table, row = next((table, row) for table, row in bundle.rows if table.name == aggregate.table)
        by = row.get(aggregate.by.name) if isinstance(aggregate.by, ColumnRead) and not aggregate.by.through else None
        time = row[_happens(table)] if by is None else by
        assert isinstance(time, int)
        return _moved(bundle, random.randrange(low, high) - time) if low < high else None

    def _overtaking(self, own: Bundle, rest: tuple[Bundle, ...], random: Random) -> Iterator[Change]:
        places = [place for place, (table, _) in enumerate(own.rows) if self._foreign.get(table.name) == "first"]
        if not places:
            return
        place, count = random.choice(places), random.choice(self._firsts).count
        model = own if random.random() < 0.3 else _led_to(own, place)
        # keys of twins sort before those of the shop: "before" before "own"
        twins = [renamed(model, f"before {number}", OTHER) for number in range(count)]
        met = renamed(own, "own", OWN)
        *others, (table, row) = twins[-1].rows
        yield Change(Bundle((*met.rows, *(each for twin in twins[:-1] for each in twin.rows), *others)), rest, table, row)

    def _referring(self, own: Bundle, rest: tuple[Bundle, ...], random: Random) -> Iterator[Change]:
        *others, (table, row) = own.rows
        if others:
            led = [(each, _of(OTHER, each, other) if random.random() < 0.5 else other) for each, other in others]
            yield Change(Bundle(tuple(led)), rest, table, _of(OTHER, table, row | _some(anything(table, random), random)))

    def _referred(self, own: Bundle, rest: tuple[Bundle, ...], random: Random) -> Iterator[Change]:
        places = [place for place, (table, _) in enumerate(own.rows) if self._foreign.get(table.name) == "reference"]
        if not places:
            return
        place = random.choice(places)
        rows = [(table, _of(OTHER, table, row) if number <= place else row) for number, (table, row) in enumerate(own.rows)]
        table, row = rows.pop(place)
        later: Row = {_happens(table): self._midnight + DAY}
        yield Change(Bundle(tuple(rows)), rest, table, row | (later if random.random() < 0.3 else _some(anything(table, random), random)), row)


def _many(events: EventPlan, metric: Metric) -> int:
    """How many rows it takes until the metric, or the shortest of its windows, is read."""
    read = [metric] if isinstance(metric.made, Aggregated | Rate) else events.metrics
    needs = [each.made.needs for each in read if isinstance(each.made, Aggregated | Rate)]
    least = [shorter.least for aggregate in aggregates_of(events, metric) for shorter in aggregate.shorter]
    return min(max([1, *needs, *least]), MOST_BUNDLES)


def _apart(bundle: Bundle, texts: frozenset[str], number: int) -> Bundle:
    """The bundle with other texts in these columns."""

    def told(table: Table, row: Row) -> Row:
        return {name: _other(table, name, value, number) if name in texts else value for name, value in row.items()}

    return Bundle(tuple((table, told(table, row)) for table, row in bundle.rows))


def _other(table: Table, name: str, value: Value, number: int) -> Value:
    column = next(column for column in table.columns if column.name == name)
    free = column.role == "plain" and not column.refers_to and getattr(column.type, "options", None) == ()
    return f"{value} {number}" if free and value is not None else value


def _moved(bundle: Bundle, seconds: int) -> Bundle | None:
    """All times and dates of the bundle so much later."""
    rows = [(table, _later(table, row, seconds)) for table, row in bundle.rows]
    moved = tuple((table, row) for table, row in rows if row is not None)
    return Bundle(moved) if len(moved) == len(rows) else None


def _later(table: Table, row: Row, seconds: int) -> Row | None:
    steps = {"time": seconds, "date": seconds // DAY}
    kinds = {column.name: column.type for column in table.columns if isinstance(column.type, Numeric) and column.type.unit in steps}
    later = {name: value + steps[kind.unit] for name, kind in kinds.items() if isinstance(value := row.get(name), int)}
    return {**row, **later} if all(kinds[name].low <= value <= kinds[name].high for name, value in later.items()) else None


def _led_to(bundle: Bundle, place: int) -> Bundle:
    """A row of the bundle as the last, after those that it refers to, straight or through others."""
    kept: list[Found] = [bundle.rows[place]]
    for table, row in reversed(bundle.rows[:place]):
        key = row[key_name(table)]
        if any(column.refers_to == table.name and other.get(column.name) == key for each, other in kept for column in each.columns):
            kept.append((table, row))
    return Bundle(tuple(reversed(kept)))


def _of(subject: str, table: Table, row: Row) -> Row:
    """The row of a subject; of a table without a subject as it is."""
    return {**row, **{column.name: subject for column in table.columns if column.role == "subject"}}


def _some(values: Mapping[str, Value], random: Random) -> Row:
    return {name: value for name, value in values.items() if random.random() < 0.6}


def _happens(table: Table) -> str:
    return next(column.name for column in table.columns if column.role == "happens")
