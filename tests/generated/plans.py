"""Record plans made at random, of every kind of expression, and records for them; they share no code with the checker or the generator of Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from pingfen.plan.expressions import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Band,
    Bands,
    BestOf,
    Case,
    Cases,
    Compare,
    Constant,
    Curve,
    Divided,
    DropMissing,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Line,
    Lookup,
    LookupRow,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Substitute,
    Sum,
)
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact, Numeric, Truth, Words, as_optional
from pingfen.plan.record import Adjustment, Field, Force, Gate, Linked, Number, RecordPlan, Scale, StageRow, Subject, Tier

INTEGER = Numeric("number", 0, -1000, 1000)
TRUTH = Truth()
CHOICES = ("a", "b", "c")
MODES = ("half away", "up", "down", "half even")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
ANY = as_optional(Numeric("number", 0, -(2**62), 2**62))
Draw = Callable[[Any], Any]

FIELDS = (
    Field("given", Label(), "metric", INTEGER, 0),
    Field("counted", Label(), "metric", Numeric("count", 0, 0, 60), 0),
    Field("missing", Label(), "metric", as_optional(INTEGER), 0),
    Field("lacking", Label(), "metric", as_optional(Numeric("number", 0, -1000, 0)), 0),
    Field("quotient", Label(), "metric", Exact("share", 0, 0, 50, 60), 0),
    Field("kind", Label(), "attribute", Words(CHOICES), 0),
    Field("region", Label(), "attribute", Words(CHOICES, True), 0),
    Field("flag", Label(), "attribute", TRUTH, 0),
)
RECORDS = st.fixed_dictionaries(
    {
        "given": st.integers(-1000, 1000),
        "counted": st.integers(0, 60),
        "missing": st.none() | st.integers(-1000, 1000),
        "lacking": st.none() | st.integers(-1000, 0),
        "quotient": st.none() | st.tuples(st.integers(0, 50), st.integers(0, 60)),
        "kind": st.sampled_from(CHOICES),
        "region": st.none() | st.sampled_from(CHOICES),
        "flag": st.booleans(),
    }
)


class Writer:
    """Draws expressions that may read the numbers made so far; a condition reads a missing value only behind its guard."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.numbers: list[str] = []
        self.staged = False
        self.outcomes: list[str] = []

    def number(self, depth: int) -> Expression:
        """An expression that may be missing."""
        leaves = [self.constant, self.field, self.nothing, *([self.earlier] if self.numbers else [])]
        if depth == 0:
            return self.one_of(leaves)()  # type: ignore[no-any-return]
        forms = [self.arithmetic, self.divided, self.extreme, self.cases, self.ladder, self.ranges, self.curve, self.lookup]
        return self.one_of([lambda _: self.one_of(leaves)(), *forms])(depth - 1)

    def one_of(self, choices: Sequence[Any]) -> Any:
        return choices[self.draw(st.integers(0, len(choices) - 1))]

    def integer(self, low: int = -50, high: int = 50) -> int:
        return int(self.draw(st.integers(low, high)))

    def constant(self) -> Expression:
        return Constant(self.integer(), INTEGER)

    def field(self) -> Expression:
        return self.one_of([FieldRead(field.name, field.type) for field in FIELDS[:4]] + [FieldRead("quotient", ANY, "numerator")])  # type: ignore[no-any-return]

    def nothing(self) -> Expression:
        return Nothing(ANY)

    def earlier(self) -> Expression:
        return NumberRead(self.one_of(self.numbers), ANY)

    def arithmetic(self, depth: int) -> Expression:
        return Arithmetic(self.one_of(["+", "-", "*"]), self.number(depth), self.number(depth), ANY)

    def divided(self, depth: int) -> Expression:
        divisor = self.one_of([Constant(self.integer(1, 12), INTEGER), FieldRead("counted", INTEGER), FieldRead("quotient", ANY, "denominator")])
        return Divided(self.number(depth), divisor, self.one_of(MODES), self.integer(1, 3), ANY)  # type: ignore[arg-type]

    def extreme(self, depth: int) -> Expression:
        return Extreme(self.one_of(["least", "greatest"]), self.number(depth), self.number(depth), ANY)

    def cases(self, depth: int) -> Expression:
        rows = tuple(Case(self.condition(depth), self.number(depth)) for _ in range(self.integer(1, 3)))
        return Cases(rows, self.number(depth), ANY)

    def curve(self, depth: int) -> Expression:
        points = sorted({self.integer(-300, 300) for _ in range(self.integer(1, 4))})
        return Curve(self.number(depth), tuple((x, self.integer(-900, 900)) for x in points), self.integer(1, 9), self.one_of(MODES), self.integer(1, 2), ANY)

    def ladder(self, depth: int) -> Expression:
        limits = sorted({self.integer(-300, 300) for _ in range(self.integer(1, self.one_of([3, 20])))})
        closed, rising = self.draw(st.booleans()), self.draw(st.booleans())
        ends = [Constant(limit, INTEGER) for limit in (limits if rising else limits[::-1])]
        rows = [Band(None, False, end, closed, self.number(0)) if rising else Band(end, closed, None, False, self.number(0)) for end in ends]
        return Bands("ladder", self.number(depth), tuple(rows), self.number(0), self.number(0), ANY)

    def ranges(self, depth: int) -> Expression:
        limits = sorted({self.integer(-300, 300) for _ in range(self.integer(2, 5))})
        rows = [Band(Constant(a, INTEGER), True, Constant(b, INTEGER), False, self.number(0)) for a, b in pairwise(limits)]
        rows.append(Band(Constant(limits[-1], INTEGER), True, None, False, self.number(0)))
        rows.append(Band(None, False, Constant(limits[0], INTEGER), False, self.number(0)))
        order = self.draw(st.permutations(rows))
        return Bands("ranges", self.number(depth), tuple(order), self.number(0), self.one_of([None, self.number(0)]), ANY)

    def lookup(self, depth: int) -> Expression:
        keys = (FieldRead("kind", Words(CHOICES)), FieldRead("region", Words(CHOICES, True)))
        width = self.integer(1, 2)
        match = st.tuples(*[st.none() | st.sampled_from((*CHOICES, "d", "e"))] * width)
        found = sorted(self.draw(st.lists(match, unique=True, max_size=8)), key=lambda row: [key is None for key in row])
        rows = [LookupRow(row, self.one_of([self.constant, self.field])()) for row in [*found, (None,) * width]]
        rows = rows if self.draw(st.booleans()) else [LookupRow(row.match, self.constant()) for row in rows]
        return Lookup("table", "column", keys[-width:], tuple(rows), self.number(0), ANY)

    def condition(self, depth: int) -> Expression:
        """A condition that never reads a missing value, by guards."""
        forms: list[Any] = [self.flag, self.compared, self.worded, self.guarded, self.given]
        if depth:
            forms += [lambda: AllOf(self.several(depth), TRUTH), lambda: AnyOf(self.several(depth), TRUTH), lambda: Not(self.condition(depth - 1), TRUTH)]
            forms += [lambda: self.at_least(depth)]
        return self.one_of(forms)()  # type: ignore[no-any-return]

    def several(self, depth: int) -> tuple[Expression, ...]:
        return tuple(self.condition(depth - 1) for _ in range(self.integer(1, 3)))

    def flag(self) -> Expression:
        stage = [Compare("=", StageRead(Words()), Constant("full", Words()), TRUTH)] if self.staged else []
        outcomes = [Compare("=", OutcomeRead(name, Words()), Constant("open", Words()), TRUTH) for name in self.outcomes]
        return self.one_of([FieldRead("flag", TRUTH), *stage, *outcomes])  # type: ignore[no-any-return]

    def compared(self) -> Expression:
        return Compare(self.one_of(COMPARISONS), FieldRead("given", INTEGER), FieldRead("counted", INTEGER), TRUTH)

    def worded(self) -> Expression:
        return Compare(self.one_of(COMPARISONS), FieldRead("kind", Words(CHOICES)), Constant(self.one_of(CHOICES), Words(CHOICES)), TRUTH)

    def given(self) -> Expression:
        return IsGiven(self.one_of([self.number(1), FieldRead("quotient", FIELDS[4].type), FieldRead("region", FIELDS[6].type)]), TRUTH)

    def guarded(self) -> Expression:
        value = self.number(1)
        test = Compare(self.one_of(COMPARISONS), value, Constant(self.integer(), INTEGER), TRUTH)
        if self.draw(st.booleans()):
            return AllOf((IsGiven(value, TRUTH), test), TRUTH)
        return AnyOf((Not(IsGiven(value, TRUTH), TRUTH), test), TRUTH)

    def at_least(self, depth: int) -> Expression:
        def loose() -> Expression:
            test = Compare(self.one_of(COMPARISONS), self.number(1), self.number(0), TRUTH)
            other = self.condition(depth - 1)
            return self.one_of([test, Not(test, TRUTH), AnyOf((other, test), TRUTH), AnyOf((test, other), TRUTH), AllOf((test, other), TRUTH), other])  # type: ignore[no-any-return]

        count = self.integer(1, 4)
        return AtLeast(self.integer(1, count), tuple(loose() for _ in range(count)), TRUTH)

    def sum(self) -> Expression:
        paths = self.draw(st.lists(st.sampled_from(self.numbers), min_size=1, max_size=6, unique=True))
        if self.draw(st.booleans()) and self.draw(st.booleans()):
            return BestOf(tuple(Line(path, Constant(1, INTEGER), self.integer(1, 3)) for path in paths), ANY)
        rows = (LookupRow(("a",), Constant(3, INTEGER)), LookupRow((None,), Constant(0, INTEGER)))
        table = Lookup("table", "column", (FieldRead("kind", Words(CHOICES)),), rows, None, INTEGER)
        loose = self.draw(st.booleans())
        lines = tuple(Line(path, self.one_of([table]) if loose else Constant(self.integer(1, 60), INTEGER), self.integer(1, 2)) for path in paths)
        missing = self.one_of([None, Substitute(tuple(self.integer() for _ in paths)), DropMissing(self.integer(0, 3), self.integer(0, 1), self.integer(1, 2))])
        relative = isinstance(missing, DropMissing) or self.draw(st.booleans())
        return Sum("weights", lines, missing, relative, self.integer(1, 10), self.integer(1, 100), self.one_of(MODES), self.integer(1, 2), ANY)

    def adjustment(self) -> Adjustment:
        kind = self.one_of(["deduct", "bonus", "protect", "cap"])
        changes = kind in ("deduct", "bonus")
        amount = Constant(self.integer(0, 30), INTEGER) if changes else self.one_of([Constant(self.integer(), INTEGER), FieldRead("given", INTEGER)])
        per = FieldRead("counted", INTEGER) if changes and self.draw(st.booleans()) else None
        most = self.integer(0, 60) if changes and self.draw(st.booleans()) else None
        return Adjustment(kind, amount, per, most, self.one_of([None, self.condition(1)]), Label())


def stages_of(writer: Writer) -> tuple[StageRow, ...]:
    """No stages, or: a value, no score, full."""
    if not writer.draw(st.booleans()):
        return ()
    rows = (
        StageRow("growth", Label(), writer.condition(1), False, writer.number(1)),
        StageRow("full", Label(), writer.condition(1), True, None),
        StageRow("none", Label(), None, False, Nothing(ANY)),
    )
    writer.staged = True
    return rows


@st.composite
def record_plans(draw: Draw) -> RecordPlan:
    """A record plan over FIELDS with stages perhaps, parts, a total, a score, a display, gates, a tier and linked closings."""
    writer = Writer(draw)
    stages = stages_of(writer)
    full = bool(stages)
    numbers: list[Number] = []

    def make(path: str, kind: str, value: Expression, ends: tuple[int | None, int | None] = (None, None), wants_full: bool = full) -> None:
        adjustments = tuple(writer.adjustment() for _ in range(writer.one_of([0, 0, 1, 2])))
        numbers.append(Number(path, path, kind, kind, Label(), ANY, value, adjustments, *ends, 0, wants_full, ()))  # type: ignore[arg-type]
        writer.numbers.append(path)

    for index in range(writer.integer(1, 4)):
        make(f"part{index}", "part", writer.number(2), writer.one_of([(None, None), (-100, 100), (0, None)]))
    make("total", "total", writer.sum())
    make("score", "score", NumberRead("total", ANY), (-200, 200))
    make("shown", "display", writer.number(1), wants_full=False)
    outcomes: list[Gate | Tier] = []
    for name in ("first", "second"):
        without = tuple((writer.number(0), "open") for _ in range(writer.integer(0, 1)))
        outcomes.append(Gate(name, "gate", Label(), without, writer.condition(2)))
        writer.outcomes.append(name)
    options = Words(CHOICES, True)
    value = Cases((Case(writer.condition(1), Constant("b", options)), Case(writer.condition(1), Nothing(options))), Constant("a", options), options)
    outcomes.append(Tier("rank", Label(), options, value, tuple(Force(each, writer.condition(1)) for each in ("b", "c"))))
    linked = tuple(Linked("kind", names, writer.condition(1)) for names in (("first",), ("second", "first")) if draw(st.booleans()))
    return RecordPlan(Subject("id", Label(), (), 10), Scale(0, -200, 200, 1, "half away"), FIELDS, (), stages, tuple(numbers), tuple(outcomes), linked, ())
