"""Running sums: those of the date before, what new days add, what replaced days take back, and days that enter and leave a window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, assert_never

import pyarrow as pa
from attrs import define
from sqlglot import exp

from ..sql.subjects import SUBJECT
from ..sql.trees import Tree, aliased, binary, call, cases, column, relation, text
from ..warehouse.files import literal_path
from ..warehouse.session import Session, literals
from .choosing import Chosen
from .columns import DayColumns
from .kept import ROWS, KeptTable, spans_of
from .manifest import Day, StoredFile
from .storage import Storage
from .weights import DAY, first_day, weights_of

Side = Literal["kept", "fresh", "left"]
SIDES: tuple[Side, ...] = ("kept", "fresh", "left")
SIDE = "side"


@define(eq=False)
class Running:
    """Makes the relation `running_i` of a table as of a date; `before` is the date of the sums in `stored`, None where they are made of all days."""

    session: Session
    storage: Storage
    kept: KeptTable
    chosen: Chosen
    index: int
    as_of: int
    before: int | None
    stored: StoredFile | None

    @property
    def name(self) -> str:
        """The relation."""
        return f"running_{self.index}"

    def keep(self) -> None:
        """Make the relation: `subject`, `rows` and the running sums, for subjects that have rows."""
        names = [item.name for item in self.kept.windows()]
        parts = [self._padded(self._subjects(side), names, [ROWS]) for side in SIDES if self._has(side)]
        if self.stored is not None and self.before is not None:
            parts.append(self._padded(self._files([self.stored]), names, [ROWS, *names]))
        for place, group in enumerate(self.kept.groups.values()):
            if group.windows:
                parts.append(self._padded(self._changes(place, group).subquery("c"), names, [item.name for item in group.windows.values()]))
        spell = self.session.spell
        totals = [aliased(spell.narrowed(spell.total(column(name))), name) for name in (ROWS, *names)]
        united: exp.Query = parts[0] if parts else self._nothing(names)
        for part in parts[1:]:
            united = exp.Union(this=united, expression=part, distinct=False)
        select = exp.Select(expressions=[column(SUBJECT), *totals]).from_(united.subquery("u")).group_by(column(SUBJECT))
        some = binary(exp.NEQ, exp.Sum(this=column(ROWS)), exp.Literal.number(0))
        self.session.keep(self.name, select.having(some, copy=False))

    def _nothing(self, names: Sequence[str]) -> exp.Select:
        zero = self.session.spell.integer(0)
        return exp.Select(expressions=[aliased(text(""), SUBJECT), *(aliased(zero, name) for name in (ROWS, *names))]).where(exp.Boolean(this=False))

    def _has(self, side: Side) -> bool:
        """Whether a side has rows of subjects to count; those that were counted before are in the stored sums."""
        match side:
            case "kept":
                return self.before is None and bool(self._stored("subjects", self.chosen.kept.values()))
            case "fresh":
                return bool(self.chosen.fresh)
            case "left":
                return self.before is not None and bool(self._stored("subjects", self.chosen.left.values()))
            case _:
                assert_never(side)

    def _subjects(self, side: Side) -> exp.Expr:
        """The rows of each subject on a side; those taken back count against it."""
        if side == "fresh":
            return relation(f"subjects_{self.kept.table.name}")
        found = self._files(self._stored("subjects", (self.chosen.kept if side == "kept" else self.chosen.left).values()))
        if side == "kept":
            return found
        rows = aliased(binary(exp.Sub, self.session.spell.integer(0), column(ROWS)), ROWS)
        return exp.Select(expressions=[column(SUBJECT), rows]).from_(found).subquery("t")

    def _changes(self, place: int, group: DayColumns) -> exp.Select:
        """What every subject's sums change by."""
        spell, windows = self.session.spell, list(group.windows.values())
        spans = spans_of(windows)
        dates = sorted({self.as_of, self.as_of if self.before is None else self.before})
        first = first_day(spans, dates)
        days = range(first, dates[-1] + 1)
        now = [weights_of(span, days, self.as_of) for span in spans]
        past = [[0] * len(days) if self.before is None else weights_of(span, days, self.before) for span in spans]
        weights = {
            "kept": [[one - other for one, other in zip(*both, strict=True)] for both in zip(now, past, strict=True)],
            "fresh": now,
            "left": [[-one for one in item] for item in past],
        }
        called = f"weights_{self.index}_{place}"
        self.session.connection.register(f"{called}_made", _relation(weights, days))
        self.session.keep(called, exp.Select(expressions=[exp.Star()]).from_(relation(f"{called}_made")))
        changed = [day for index, day in enumerate(days) if any(item[index] for item in weights["kept"])]
        names = [item.name for item in group.columns.values()]
        sources = [self._side(side, place, names, changed) for side in SIDES]
        united: exp.Query = sources[0]
        for source in sources[1:]:
            united = exp.Union(this=united, expression=source, distinct=False)
        day: Tree = column(DAY, "p")
        clamped = cases([(binary(exp.LT, day, spell.integer(first)), spell.integer(first))], day)
        matched = exp.And(this=binary(exp.EQ, column(SIDE, "p"), column(SIDE, "w")), expression=binary(exp.EQ, clamped, column(DAY, "w")))
        sums = [aliased(spell.total(binary(exp.Mul, column(item.days.name, "p"), column(f"w{spans.index(item.span)}", "w"))), item.name) for item in windows]
        select = exp.Select(expressions=[aliased(column(SUBJECT, "p"), SUBJECT), *sums]).from_(united.subquery("p"))
        select.append("joins", exp.Join(this=relation(called, "w"), on=matched))
        return select.group_by(column(SUBJECT, "p"), copy=False)

    def _side(self, side: Side, place: int, names: Sequence[str], changed: Sequence[int]) -> exp.Select:
        items = [aliased(exp.Literal.number(SIDES.index(side)), SIDE), column(SUBJECT), column(DAY), *(column(name) for name in names)]
        if side == "fresh" and self.chosen.fresh:
            return exp.Select(expressions=items).from_(relation(f"days_{self.kept.table.name}_{place}"))
        days: dict[str, Day] = {"kept": self.chosen.kept, "left": self.chosen.left if self.before is not None else {}, "fresh": {}}[side]
        files = self._stored(f"days{place}", days.values())
        if side == "kept" and self.before is not None:
            files = [file for file in files if any(file.low is not None and file.high is not None and file.low <= day <= file.high for day in changed)]
        if not files:
            zero = self.session.spell.integer(0)
            nothing = [aliased(exp.Literal.number(0), SIDE), aliased(text(""), SUBJECT), aliased(zero, DAY), *(aliased(zero, name) for name in names)]
            return exp.Select(expressions=nothing).where(exp.Boolean(this=False))
        return exp.Select(expressions=items).from_(self._files(files))

    def _stored(self, kind: str, days: Iterable[Day]) -> list[StoredFile]:
        return [day.files[kind] for day in days if kind in day.files]

    def _files(self, files: Sequence[StoredFile]) -> exp.Expr:
        return stored_rows(self.storage, files)

    def _padded(self, source: exp.Expr, names: Sequence[str], has: Sequence[str]) -> exp.Select:
        zero = self.session.spell.integer(0)
        items = [column(name) if name in has else aliased(zero, name) for name in (ROWS, *names)]
        return exp.Select(expressions=[column(SUBJECT), *items]).from_(source)


def stored_rows(storage: Storage, files: Sequence[StoredFile]) -> exp.Expr:
    """The rows of files of the state."""
    return call("read_parquet", literals([literal_path(storage.path(file)) for file in files]))


def _relation(weights: dict[str, list[list[int]]], days: range) -> pa.Table:
    rows: list[tuple[int, ...]] = []
    for place, side in enumerate(SIDES):
        for index, day in enumerate(days):
            found = tuple(item[index] for item in weights[side])
            if any(found):
                rows.append((place, day, *found))
    names = [SIDE, DAY, *(f"w{index}" for index in range(len(weights["fresh"])))]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return pa.table({name: pa.array(item, pa.int64()) for name, item in zip(names, columns, strict=True)})
