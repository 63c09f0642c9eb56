"""Event tables: their columns, plain, computed and read from the rows that they refer to."""

from __future__ import annotations

from attrs import evolve, frozen

from .choosing import Chooser
from .conditions import Scope
from .kinds import Choice, Day, Flag, Kind, Moment, Named, Quantity, Text, declared, quantity
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


def maybe(kind: Kind, optional: bool) -> Kind:
    """The kind, missing also where this may be."""
    return evolve(kind, optional=kind.optional or optional)


def orders_table(chooser: Chooser, lines: list[str], name: str = "orders") -> Table:
    """A table with subjects of its own."""
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
    lines.append(f"events {name} {label(chooser)}{{\n  " + "\n  ".join(rows) + "\n}")
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


def referring_table(chooser: Chooser, target: Table, lines: list[str], name: str = "returns") -> Table:
    """A table whose rows refer to those of the target, and have their subjects."""
    prefix, optional = name[:3], chooser.chance(25)
    rows = [f"{prefix}_id text key", f"{prefix}_order text{' optional' * optional} refers to {target.name}", f"{prefix}_at time happens"]
    columns = _plain_columns(chooser, prefix, rows, [])
    if chooser.chance(40):
        columns += _referred(chooser, prefix, target, optional, rows)
    lines.append(f"events {name} {label(chooser)}{{\n  " + "\n  ".join(rows) + "\n}")
    times = (Named(f"{prefix}_at", Moment()),)
    return Table(name, (*times, *columns), f"{prefix}_at", times, f"{prefix}_id", target.name, f"{prefix}_order", optional, stray=optional or target.stray)


def _referred(chooser: Chooser, prefix: str, target: Table, optional: bool, rows: list[str]) -> list[Named]:
    """Columns computed from those of the row that is referred to, which rows that refer to these can read in turn; a waiting has a wider range than it says."""
    found: list[Named] = []
    known = [value for value in target.columns if not (isinstance(value.kind, Quantity) and value.kind.loose) and not value.name.endswith("_waiting")]
    for value in chooser.some(known, 1, 2):
        kind = maybe(value.kind, optional)
        rows.append(f"{prefix}_of_{value.name} {declared(kind)}{' optional' * kind.optional} = {prefix}_order.{value.name}")
        found.append(Named(f"{prefix}_of_{value.name}", kind))
    return found


def label(chooser: Chooser) -> str:
    """A label in no, one or two languages, sometimes."""
    return chooser.pick(["", "", '"指标" ', '"label" "标签" ', '"with \\"quotes\\"" '])
