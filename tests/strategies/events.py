"""The first half: event tables, populations and metrics."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from .choosing import Chooser
from .conditions import FIRST_DAY, LAST_DAY, Scope, atom, condition
from .kinds import Choice, Day, ExactShare, Flag, Kind, Moment, Named, Quantity, Text, day_text, declared, quantity, spell
from .numbers import block

WORDS = ("normal", "gift", "fresh_food", "赠品", "fresh food")


@frozen
class Table:
    """An event table: its name, the columns that conditions may read, its times, and the table its rows refer to; `stray` where a row may have no subject."""

    name: str
    columns: tuple[Named, ...]
    happens: str
    times: tuple[Named, ...]
    key: str
    refers_to: str = ""
    reference: str = ""
    reference_optional: bool = False
    most: int = 10**6
    stray: bool = False


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
        return self.scope(rows).plus(*(evolve(value, kind=_maybe(value.kind, stray)) for value in self.attributes))


def _maybe(kind: Kind, optional: bool) -> Kind:
    return evolve(kind, optional=kind.optional or optional)


def event_declarations(chooser: Chooser, windows: tuple[str, ...], attributes: tuple[Named, ...] = ()) -> Events:
    """One to four tables, populations over them and metrics; `windows` are parameters that hold a duration in days."""
    lines: list[str] = []
    orders = _orders(chooser, lines)
    tables = [orders]
    if chooser.chance(60):
        tables.append(_returns(chooser, orders, lines))
    if chooser.chance(35):
        tables.append(_returns(chooser, orders, lines, "reviews"))
    if len(tables) > 1 and chooser.chance(25):
        tables.append(_returns(chooser, chooser.pick(tables[1:]), lines, "appeals"))
    if chooser.chance(25):
        tables.append(_orders(chooser, lines, "events_of_服务"))
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


def _orders(chooser: Chooser, lines: list[str], name: str = "orders") -> Table:
    prefix = "o" if name == "orders" else "s"
    happens = Named(f"{prefix}_paid_at", Moment())
    times = [happens]
    rows = [f"{prefix}_id text key", "store_id text subject", f"{happens.name} time happens"]
    if chooser.chance(60):
        times.append(Named(f"{prefix}_collected_at", Moment(True)))
        rows.append(f"{times[-1].name} time optional")
    if chooser.chance(25):
        times.append(Named(f"{prefix}_promised_at", Moment()))
        rows.append(f"{times[-1].name} time ahead")
    if chooser.chance(20):
        times.append(Named(f"{prefix}_made_at", Moment()))
        rows.append(f"{times[-1].name} time")
    columns = [*times, *_plain_columns(chooser, prefix, rows, times)]
    if chooser.chance(40):
        columns += _computed_times(chooser, prefix, rows, times)
    if chooser.chance(50):
        value = block(chooser, Scope(tuple(columns), rows=True), "score", depth=1)
        if not value.raw and _small(value.kind):
            places = max(value.kind.places, 2)
            low, high = value.kind.low // 10**value.kind.places - 1, -(-value.kind.high // 10**value.kind.places) + 1
            kind = Quantity("points", places, low * 10**places, high * 10**places, value.kind.optional, loose=True)
            rows.append(f"{prefix}_points {declared(kind)}{' optional' * kind.optional} = {value.text}")
            columns.append(Named(f"{prefix}_points", kind))
    few = chooser.chance(10)
    rows += ["at most 1000 rows a subject"] * few
    lines.append(f"events {name} {_label(chooser)}{{\n  " + "\n  ".join(rows) + "\n}")
    return Table(name, tuple(columns), happens.name, tuple(times), f"{prefix}_id", most=1000 if few else 10**6)


def _small(kind: Quantity) -> bool:
    return max(abs(kind.low), abs(kind.high)) <= 10**5 * 10**kind.places and kind.places <= 4


def _plain_columns(chooser: Chooser, prefix: str, rows: list[str], times: list[Named]) -> list[Named]:
    columns: list[Named] = []
    for index in range(chooser.integer(1, 5)):
        optional = chooser.chance(35)
        kind = chooser.pick([
            quantity(chooser, chooser.pick(["money", "number", "share", "score", "count", "duration"]), optional),
            Flag(optional), Choice(tuple(chooser.some(WORDS, 2, 4)), optional), Text(optional), Day(optional),
        ])  # fmt: skip
        name = f"{prefix}_{chooser.pick(['amount', '标签', 'état', 'kind'])}_{index}"
        at = ""
        known = [time for time in times[1:] if time.kind.optional]
        if isinstance(kind, Choice) and kind.optional and known and chooser.chance(50):
            at = f" at {chooser.pick(known).name}"
        elif isinstance(kind, Choice) and chooser.chance(20):
            at = " as extracted"
        ahead = isinstance(kind, Day) and not optional and chooser.chance(50)
        rows.append(f"{name} {declared(kind)}{' optional' * optional}{' ahead' * ahead}{at}")
        columns.append(Named(name, kind))
    return columns


def _computed_times(chooser: Chooser, prefix: str, rows: list[str], times: list[Named]) -> list[Named]:
    columns: list[Named] = []
    start = times[0]
    if chooser.chance(60):
        target, first = chooser.pick([(6, 18), (2, 20), (0, 12)])
        start = Named(f"{prefix}_starts_at", start.kind)
        rows.append(f"{start.name} time = {times[0].name} moved to {target:02d}:{chooser.pick(['00', '30'])} from {first}:00 .. {target:02d}:00")
        columns.append(start)
    if len(times) > 1:
        end = times[1]
        limited = chooser.chance(60)
        optional = start.kind.optional or end.kind.optional
        low = 0 if limited else -(10**10)
        waiting = Named(f"{prefix}_waiting", Quantity("duration", 0, low, 10**10, optional))
        rows.append(f"{waiting.name} duration{' optional' * optional} = {start.name} until {end.name}{', at least 0 hours' * limited}")
        if limited:
            columns.append(evolve(waiting, kind=Quantity("duration", 0, 0, 10**6, optional)))
    return columns


def _returns(chooser: Chooser, target: Table, lines: list[str], name: str = "returns") -> Table:
    prefix, optional = name[:3], chooser.chance(25)
    rows = [f"{prefix}_id text key", f"{prefix}_order text{' optional' * optional} refers to {target.name}", f"{prefix}_at time happens"]
    columns = _plain_columns(chooser, prefix, rows, [])
    if chooser.chance(40):
        columns += _referred(chooser, prefix, target, optional, rows)
    lines.append(f"events {name} {_label(chooser)}{{\n  " + "\n  ".join(rows) + "\n}")
    times = (Named(f"{prefix}_at", Moment()),)
    return Table(name, (*times, *columns), f"{prefix}_at", times, f"{prefix}_id", target.name, f"{prefix}_order", optional, stray=optional or target.stray)


def _population(chooser: Chooser, name: str, sources: Sources, lines: list[str]) -> Rows:
    source = chooser.pick(sources.rows)
    steps = [_step(chooser, source, sources) for _ in range(chooser.integer(1, 3))]
    lines.append(f"population {name} {_label(chooser)}= {source.name} {chooser.pick([' ', chr(10) + '  ']).join(steps)}")
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
        plain = [Named(f"{table.reference}.{value.name}", _maybe(value.kind, table.reference_optional)) for value in target.columns]
        return f"{chooser.pick(['where', 'except'])} {atom(chooser, Scope(tuple(plain), rows=True))}"
    return f"{chooser.pick(['where', 'except'])} {condition(chooser, sources.asked(rows))}"


def _referred(chooser: Chooser, prefix: str, target: Table, optional: bool, rows: list[str]) -> list[Named]:
    """Columns computed from those of the row that is referred to, which rows that refer to these can read in turn; a waiting has a wider range than it says."""
    found: list[Named] = []
    known = [value for value in target.columns if not (isinstance(value.kind, Quantity) and value.kind.loose) and not value.name.endswith("_waiting")]
    for value in chooser.some(known, 1, 2):
        kind = _maybe(value.kind, optional)
        rows.append(f"{prefix}_of_{value.name} {declared(kind)}{' optional' * kind.optional} = {prefix}_order.{value.name}")
        found.append(Named(f"{prefix}_of_{value.name}", kind))
    return found


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
    lines.append(f"metric {name} {_label(chooser)}= {text}")
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


def _label(chooser: Chooser) -> str:
    return chooser.pick(["", "", '"指标" ', '"label" "标签" ', '"with \\"quotes\\"" '])


def day_in_data(chooser: Chooser) -> str:
    """A day among the days of the data."""
    return day_text(chooser.integer(FIRST_DAY, LAST_DAY))
