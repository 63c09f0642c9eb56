"""Sums of a table's rows by subject: every count, sum and extreme that metrics need, all windows in one scan."""

from __future__ import annotations

from typing import assert_never

from attrs import Factory, define, frozen
from sqlglot import exp

from ..calendar import BEGINNING, age_bounds, window_bounds
from ..plan.events import Aggregate
from ..plan.expressions import ColumnRead, Expression
from ..plan.quantity import Numeric
from . import trees
from .populations import PopulationRows, Populations
from .rows import Stamp
from .subjects import SUBJECT
from .trees import Tree, aliased, binary, cases, every, given, partitioned


@frozen
class Parts:
    """What one aggregate is made of, as columns of a table's sums; `denominator` None stands for 1, `entered` for the rows that entered."""

    numerator: str
    denominator: str | None
    entered: str
    is_extreme: bool = False


@define(eq=False)
class TableSums:
    """The sums over one table: columns by subject, each asked for once."""

    rows: PopulationRows
    index: int
    columns: dict[str, tuple[str, Tree]] = Factory(dict)

    @property
    def name(self) -> str:
        """The name of the relation that holds the sums."""
        return f"sums_{self.index}"

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns that hold an aggregate's numerator, denominator and the number of rows that entered."""
        spell = self.rows.translator.spell
        entering = self._entering(aggregate)
        match aggregate.form:
            case "count":
                count = self._count(entering)
                return Parts(count, None, count)
            case "share":
                return self._share(aggregate, entering)
            case "distinct":
                value = self._value(aggregate.value)
                return Parts(self._column(spell.count(value, distinct=True), entering), None, self._count(entering))
            case "sum":
                return Parts(
                    self._total(self._value(aggregate.value), entering, _most(aggregate.value)), None, self._count(entering) if entering else self._count(None)
                )
            case "mean":
                return self._mean(aggregate, entering)
            case "minimum" | "maximum":
                value = self._shared(aggregate.value)
                extreme = spell.lowest(value) if aggregate.form == "minimum" else spell.highest(value)
                return Parts(self._column(extreme, entering), None, self._count(_and(entering, self._if_optional(aggregate.value, value))), is_extreme=True)
            case _:
                assert_never(aggregate.form)

    def _share(self, aggregate: Aggregate, entering: Tree | None) -> Parts:
        counted, entered, age = _and(entering, self._value(aggregate.counted)), self._count(entering), self._age_weight(aggregate)
        if age is None:
            return Parts(self._count(counted), entered, entered)
        most = max(band.weight for band in aggregate.recency)
        return Parts(self._total(age, counted, most), self._total(age, entering, most), entered)

    def _mean(self, aggregate: Aggregate, entering: Tree | None) -> Parts:
        value = self._shared(aggregate.value)
        entering = _and(entering, self._if_optional(aggregate.value, value))
        weight, age = None if aggregate.weight is None else self._shared(aggregate.weight), self._age_weight(aggregate)
        if weight is not None:
            entering = _and(entering, self._if_optional(aggregate.weight, weight))
            age = weight if age is None else self.rows.stairs.share(binary(exp.Mul, age, weight))
        entered = self._count(entering)
        if age is None:
            return Parts(self._total(value, entering, _most(aggregate.value)), entered, entered)
        most = max((band.weight for band in aggregate.recency), default=1) * _most(aggregate.weight)
        return Parts(self._total(binary(exp.Mul, value, age), entering, most * _most(aggregate.value)), self._total(age, entering, most), entered)

    def _age_weight(self, aggregate: Aggregate) -> Tree | None:
        """What a row weighs by its age; None where all weigh the same."""
        known, integer = self.rows.populations.known, self.rows.translator.spell.integer
        bounds = age_bounds(aggregate.recency, known.as_of, known.plan.zone)
        if not bounds:
            return None
        time, compared = self._time(aggregate), self.rows.translator.stamp_compared
        bands = [(compared(time, ">=", low), integer(weight)) for low, weight in bounds[:-1]]
        return self.rows.stairs.share(cases(bands, integer(bounds[-1][1])))

    def _entering(self, aggregate: Aggregate) -> Tree | None:
        """The rows that enter: of the source, in the window, for which the condition holds; None for all known rows."""
        assert not aggregate.shorter, "the windows of one aggregate are asked for one by one"
        conditions = [self.rows.belongs(aggregate.source), *self._within(aggregate)]
        if aggregate.latest is not None:
            conditions = [self._among_latest(aggregate, aggregate.latest, [condition for condition in conditions if condition is not None])]
        if aggregate.condition is not None:
            conditions.append(self.rows.translator.value(aggregate.condition))
        kept = [condition for condition in conditions if condition is not None]
        return every(kept) if kept else None

    def _within(self, aggregate: Aggregate) -> list[Tree]:
        """The window's bounds; the upper one is left out where every known row lies below it."""
        known = self.rows.populations.known
        low, high = window_bounds(aggregate.window, known.as_of, known.plan.zone)
        time, compared = self._time(aggregate), self.rows.translator.stamp_compared
        happens = isinstance(aggregate.by, ColumnRead) and not aggregate.by.through and self.rows.known.column_of(aggregate.by.name).role == "happens"
        above = [] if low == BEGINNING else [compared(time, ">=", low)]
        return above if happens and high >= known.instant else [*above, compared(time, "<", high)]

    def _time(self, aggregate: Aggregate) -> Stamp:
        """The time by which rows enter, in the form in which it is compared."""
        return self.rows.stamp(aggregate.by) or (self.rows.translator.shared(aggregate.by), "seconds")

    def _among_latest(self, aggregate: Aggregate, latest: int, conditions: list[Tree]) -> Tree:
        """Whether a row is one of its subject's latest that hold the conditions, by time and then key."""
        time, share, spell = self.rows.translator.shared(aggregate.by), self.rows.stairs.share, self.rows.translator.spell
        reached = share(every([*conditions, given(time)]))
        key, subject = self.rows.lifted(self.rows.known.value(self.rows.known.key())), self.rows.lifted(self.rows.known.subject())
        place = share(spell.narrowed(partitioned(exp.RowNumber(), [reached, subject], [time, self.rows.by_bytes(key)], descending=True)))
        return share(every([reached, binary(exp.LTE, place, spell.integer(latest))]))

    def _if_optional(self, expression: Expression | None, value: Tree) -> Tree | None:
        return given(value) if expression is not None and expression.type.optional else None

    def _value(self, expression: Expression | None) -> Tree:
        assert expression is not None
        return self.rows.translator.value(expression)

    def _shared(self, expression: Expression | None) -> Tree:
        return self.rows.stairs.share(self._value(expression))

    def _count(self, entering: Tree | None) -> str:
        return self._column(self.rows.translator.spell.count(), entering)

    def _total(self, value: Tree, entering: Tree | None, most: int) -> str:
        return self._column(self.rows.translator.spell.total(value, most), entering)

    def _column(self, aggregate: Tree, entering: Tree | None) -> str:
        tree = self.rows.translator.spell.narrowed(self.rows.translator.spell.filtered(aggregate, entering))
        key = tree.sql(copy=False)
        if key not in self.columns:
            self.columns[key] = (f"s{self.index}_{len(self.columns)}", tree)
        return self.columns[key][0]

    def select(self) -> exp.Select:
        """One row a subject that the known rows name: `subject` and the columns."""
        subject = self.rows.lifted(self.rows.known.subject())
        columns = [aliased(tree, name) for name, tree in self.columns.values()]
        select = exp.Select(expressions=[aliased(subject, SUBJECT), *columns]).from_(relation_of(self.rows))
        if self.rows.table.subject_through:
            select.where(given(subject), copy=False)
        return select.group_by(subject, copy=False)


def relation_of(rows: PopulationRows) -> exp.Table:
    """The relation that has every column of the rows."""
    return trees.relation(rows.stairs.top)


def _most(expression: Expression | None) -> int:
    """The largest magnitude of a number, 1 of none."""
    if expression is None:
        return 1
    assert isinstance(expression.type, Numeric)
    return max(-expression.type.low, expression.type.high)


def _and(entering: Tree | None, condition: Tree | None) -> Tree | None:
    kept = [part for part in (entering, condition) if part is not None]
    return every(kept) if kept else None


@define(eq=False)
class Sums:
    """The sums over every table."""

    populations: Populations
    tables: dict[str, TableSums] = Factory(dict)

    def of_table(self, table: str) -> TableSums:
        """The sums over one table."""
        if table not in self.tables:
            rows = self.populations.rows_of(table)
            self.tables[table] = TableSums(rows, rows.known.index)
        return self.tables[table]

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns of one aggregate."""
        return self.of_table(aggregate.table).parts_of(aggregate)
