"""The first half: event tables, populations over them and metrics."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from .choosing import Chooser
from .conditions import Scope, atom, condition
from .declarations import Table, label, maybe, orders_table, referring_table
from .kinds import Choice, ExactShare, Flag, Moment, Named, Quantity, Text, spell


@frozen
class Rows:
    """A table or population that metrics may be made of."""

    name: str
    table: Table


@frozen
class Events:
    """The text of all tables, populations and metrics, and the metrics by name."""

    text: str
    metrics: tuple[Named, ...]
    shares: tuple[str, ...]


@frozen
class Sources:
    """What metrics and populations are made of: tables and populations, and the attributes that conditions over their rows may read."""

    rows: list[Rows]
    attributes: tuple[Named, ...]

    def scope(self, rows: Rows) -> Scope:
        """What an expression over a row may read."""
        referring = tuple(source.name for source in self.rows if source.table.refers_to == rows.table.name)
        return Scope(rows.table.columns, referring=referring, rows=True)

    def asked(self, rows: Rows) -> Scope:
        """What a condition over a row may read: attributes of its subject too."""
        stray = rows.table.stray
        return self.scope(rows).plus(*(evolve(value, kind=maybe(value.kind, stray)) for value in self.attributes))


def event_declarations(chooser: Chooser, windows: tuple[str, ...], attributes: tuple[Named, ...] = ()) -> Events:
    """One to four tables, populations over them and metrics; `windows` are parameters that hold a duration in days."""
    lines: list[str] = []
    orders = orders_table(chooser, lines)
    tables = [orders]
    if chooser.chance(60):
        tables.append(referring_table(chooser, orders, lines))
    if chooser.chance(35):
        tables.append(referring_table(chooser, orders, lines, "reviews"))
    if len(tables) > 1 and chooser.chance(25):
        tables.append(referring_table(chooser, chooser.pick(tables[1:]), lines, "appeals"))
    if chooser.chance(25):
        tables.append(orders_table(chooser, lines, "events_of_服务"))
    sources = Sources([Rows(table.name, table) for table in tables], tuple(chooser.some(attributes, 0, 3)))
    for index in range(chooser.integer(0, 5)):
        sources.rows.append(_population(chooser, f"{chooser.pick(['kept', '有效', 'первые'])}_{index}", sources, lines))
    metrics: list[Named] = []
    for index in range(chooser.integer(1, 8)):
        metrics.append(_metric(chooser, f"{chooser.pick(['volume', '好评率', 'délai', 'rate'])}_{index}", sources, windows, lines))
    if chooser.chance(40):
        metrics.append(_metric_by_cases(chooser, tuple(metrics), lines))
    shares = tuple(metric.name for metric in metrics if any(line.startswith(f"metric {metric.name} ") and "= share with" in line for line in lines))
    return Events("\n".join(lines), tuple(metrics), shares)


def _population(chooser: Chooser, name: str, sources: Sources, lines: list[str]) -> Rows:
    source = chooser.pick(sources.rows)
    steps = [_step(chooser, source, sources) for _ in range(chooser.integer(1, 3))]
    lines.append(f"population {name} {label(chooser)}= {source.name} {chooser.pick([' ', chr(10) + '  ']).join(steps)}")
    return Rows(name, source.table)


def _step(chooser: Chooser, rows: Rows, sources: Sources) -> str:
    table = rows.table
    if chooser.chance(35):
        keys = [value.name for value in table.columns if isinstance(value.kind, Text | Choice | Flag)]
        keys += [table.reference] * bool(table.reference) + [f"month({time.name})" for time in table.times] + (["store_id"] if not table.reference else [])
        back = chooser.pick(["", f" looking back {chooser.integer(1, 40)} days"])
        chosen = ", ".join(chooser.some(keys, 1, 2))
        return f"first {chooser.integer(1, 3)} per {chosen} by {chooser.pick(table.times).name}{back}"
    if table.refers_to and chooser.chance(30):
        target = next(source.table for source in sources.rows if source.name == table.refers_to)
        plain = [Named(f"{table.reference}.{value.name}", maybe(value.kind, table.reference_optional)) for value in target.columns]
        return f"{chooser.pick(['where', 'except'])} {atom(chooser, Scope(tuple(plain), rows=True))}"
    return f"{chooser.pick(['where', 'except'])} {condition(chooser, sources.asked(rows))}"


LATEST = (1, 2, 3, 50)
"""Numbers of rows that a window of rows may read."""


def _window(chooser: Chooser, source: Rows, sources: Sources, windows: tuple[str, ...]) -> str:
    """A window of days or months, of rows, of full periods, or one that grows while it holds too few rows."""
    by = chooser.pick(["", f" by {chooser.pick(source.table.times).name}"])
    lag = chooser.pick(["", "", " ending 3 days ago"])
    match chooser.integer(0, 9):
        case 0 | 1:
            return f"over last {chooser.pick(LATEST)} rows{chooser.pick(['', ' within 30 days', ' within 3 months'])}{lag}{by}"
        case 2 | 3:
            return f"over previous {chooser.pick(['', '1 ', '2 '])}full {chooser.pick(['week', 'month', 'quarter'])}{lag}{by}"
        case 4 | 5:
            return f"over last {_growing(chooser, sources)}{lag}{by}"
        case _:
            length = chooser.pick(["30 days", "90 days", "1 days", "6 months", "1 months", "7 days", *windows])
            return f"over last {length}{lag if length != '1 days' else ''}{by}"


def _growing(chooser: Chooser, sources: Sources) -> str:
    lengths = chooser.pick([("7 days", "30 days"), ("7 days", "30 days", "3 months"), ("1 months", "3 months"), ("30 days", "3 months")])
    first, *rest = lengths
    text = f"{first}{_enough(chooser, sources)}"
    for length in rest[:-1]:
        text += f", else {length}{_enough(chooser, sources) * chooser.chance(50)}"
    return f"{text}, else {rest[-1]}"


def _enough(chooser: Chooser, sources: Sources) -> str:
    return f" if at least {chooser.integer(1, 3)} rows{chooser.pick(['', f' of {chooser.pick(sources.rows).name}'])}"


def _recency(chooser: Chooser) -> str:
    """Weights by age for a share or mean, sometimes."""
    if not chooser.chance(35):
        return ""
    assumed, weights = chooser.pick(["", "assumed "]), chooser.pick([("4", "3", "1"), ("100%", "50%", "0%"), ("1", "1", "0.5")])
    return f" recency {assumed}{{ <= {chooser.pick([1, 3])} days -> {weights[0]}, <= 30 days -> {weights[1]}, else -> {weights[2]} }}"


def _metric(chooser: Chooser, name: str, sources: Sources, windows: tuple[str, ...], lines: list[str]) -> Named:
    source = chooser.pick(sources.rows)
    text, kind = _aggregate(chooser, source, sources, _window(chooser, source, sources, windows))
    if isinstance(kind, Quantity):
        text += chooser.pick(["", "", " better higher", " better lower"])
    lines.append(f"metric {name} {label(chooser)}= {text}")
    return Named(name, kind)


def _aggregate(chooser: Chooser, source: Rows, sources: Sources, window: str) -> tuple[str, Quantity | ExactShare | Moment]:
    scope, asked = sources.scope(source), sources.asked(source)
    numbers = [value for value in scope.quantities() if _aggregable(value)]
    compared = [*numbers, *(value for value in scope.quantities(wide=True) if value.kind.wide)]  # type: ignore[union-attr]
    given = [value for value in numbers if not value.kind.optional]
    counted = f" with {condition(chooser, asked, 1)}" * chooser.chance(40)
    needs = f" needs {chooser.integer(1, 4)}" * chooser.chance(30)
    forms = ["count", "share", "distinct", "rate", "exact", "earliest", *["mean"] * 2 * bool(numbers), *["sum"] * bool(given)]
    forms += ["minimum", "maximum"] * bool(compared)
    match form := chooser.pick(forms):
        case "count":
            return f"count of {source.name}{counted} {window}", Quantity("count", 0, 0, _most(source, window))
        case "distinct":
            texts = [value.name for value in scope.values if isinstance(value.kind, Text | Choice)] + [source.table.key]
            return f"distinct count of {chooser.pick(texts)} in {source.name}{counted} {window}", Quantity("count", 0, 0, _most(source, window))
        case "share":
            places, mode = chooser.pick([4, 3, 2]), chooser.pick(["to", "up to", "down to", "half even to"])
            kind = Quantity("share", places, 0, 10**places, True)
            return f"share with {condition(chooser, asked, 1)} of {source.name} {window}{_recency(chooser)} {mode} {spell(kind, 1)}{needs}", kind
        case "exact":
            return f"share with {condition(chooser, asked, 1)} of {source.name} {window}{_recency(chooser)} exact", ExactShare()
        case "rate":
            other = chooser.pick(sources.rows)
            beyond = chooser.pick(["cut", "none"])
            kind = Quantity("share", 4, 0, 10000, True)
            per_window = "over last 30 days" if _most(source, window) < source.table.most else window.split(" by ")[0]
            mode = chooser.pick(["to", "up to", "down to", "half even to"])
            return (
                f"rate of {source.name}{counted} per {other.name} within 0% .. 100% else {beyond} {per_window} {mode} 0.01%{needs}",
                kind,
            )
        case "earliest":
            value = chooser.pick(source.table.times)
            return f"{chooser.pick(['minimum', 'maximum'])} of {value.name} in {source.name}{counted} {window}", Moment(True)
        case "mean":
            return _mean(chooser, source, chooser.pick(numbers), given, counted, f"{window}", needs)
        case _:
            value = chooser.pick(given if form == "sum" else compared)
            assert isinstance(value.kind, Quantity)
            if form == "sum":
                reach = 10**11
                return f"sum of {value.name} in {source.name}{counted} {window}", evolve(value.kind, low=-reach * (value.kind.low < 0), high=reach, loose=True)
            return f"{form} of {value.name} in {source.name}{counted} {window}", evolve(value.kind, optional=True)


def _most(source: Rows, window: str) -> int:
    """The most rows that a window can hold."""
    rows = re.match(r"over last (\d+) rows", window)
    return int(rows[1]) if rows else source.table.most


def _aggregable(value: Named) -> bool:
    kind = value.kind
    return isinstance(kind, Quantity) and max(abs(kind.low), abs(kind.high)) <= 10**8 and kind.places <= 4


def _mean(chooser: Chooser, source: Rows, value: Named, given: list[Named], counted: str, window: str, needs: str) -> tuple[str, Quantity]:
    kind = value.kind
    assert isinstance(kind, Quantity)
    weights = [other for other in given if other.kind.low >= 0 and other.kind.high <= 10**4 and other.kind.unit in ("number", "count", "money")]  # type: ignore[union-attr]
    small = max(abs(kind.low), abs(kind.high)) <= 10**5
    weighted = f" weighted by {chooser.pick(weights).name}" if weights and small and chooser.chance(70) else ""
    places = kind.places if kind.unit == "duration" else max(kind.places, 2)
    made = evolve(kind, unit="number" if kind.unit == "count" else kind.unit, places=places, optional=True)
    grown = 10 ** (made.places - kind.places)
    made = evolve(made, low=kind.low * grown, high=kind.high * grown)
    clause = ""
    if kind.optional:
        clause = chooser.pick([" skip missing", f" missing {spell(kind, kind.low)}"])
    step = spell(made, 1) if made.unit != "duration" else "1 seconds"
    rounding = f"{_recency(chooser)} {chooser.pick(['to', 'down to', 'half even to'])} {step}"
    return f"mean of {value.name} in {source.name}{weighted}{counted} {window}{rounding}{needs}{clause}", made


def _metric_by_cases(chooser: Chooser, metrics: tuple[Named, ...], lines: list[str]) -> Named:
    scope = Scope(metrics)
    numbers = list(scope.quantities())
    if len(numbers) < 2:
        lines.append("metric chosen = count of orders over last 3 months")
        return Named("chosen", Quantity("count", 0, 0, 10**6))
    first = chooser.pick(numbers)
    assert isinstance(first.kind, Quantity)
    same = [metric for metric in numbers if metric.kind.unit == first.kind.unit and metric.kind.places == first.kind.places]  # type: ignore[union-attr]
    second = chooser.pick(same)
    lines.append(f"metric chosen = cases {{ {first.name} when {condition(chooser, scope, 1)}, else {second.name} }}")
    assert isinstance(second.kind, Quantity)
    low, high = min(first.kind.low, second.kind.low), max(first.kind.high, second.kind.high)
    optional, loose = first.kind.optional or second.kind.optional, first.kind.loose or second.kind.loose
    return Named("chosen", evolve(first.kind, low=low, high=high, optional=optional, loose=loose))
