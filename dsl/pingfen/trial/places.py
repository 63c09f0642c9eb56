"""Every place of a ruleset that an example or a subject can reach, with its words: rows, adjustments, ranges, stages, tiers, gates, closings and hidings.

A place is a tuple that says what it is of, so that a trial, a proof and a report mean the same:

    ("row", id of the choice, row)      a row of a ladder, ranges or cases; behind the rows `else`, then `none`
    ("table", table, row)               a row of a table in the order of precedence; behind them a missing key
    ("adjusted", path, index)           an adjustment that changes its number
    ("within", path)                    a number's own range that changes it
    ("stage", name), ("outcome", name, outcome)
    ("forced", tier, index)             a `force` that decides and changes its tier
    ("closed", rule, gate)              a closing by linked subjects that shuts what was not shut
    ("hidden", rule, path)
"""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.ranges import ranged_numbers
from ..analysis.scorecard import survey
from ..diagnostics.language import Language
from ..node import nodes_in
from ..plan.expressions import Band, Bands, Cases, Constant, Expression, Lookup
from ..plan.quantity import Words
from ..plan.record import Adjustment, Gate, Number, RecordPlan, Tier
from ..plan.ruleset import Plan
from ..plan.values import value_text
from ..wording import Wording, wording_of
from .outcome import Place

Told = Iterator[tuple[Place, str]]

PHRASES = {
    "stage": ("stage {name}", "阶段 {name}"),
    "closed": ("{name} {outcome} by linked {by} when any has {condition}", "{name} 因关联 {by} 而{outcome}, 任一满足 {condition} 时"),
    "hidden": ("{name} hidden when {condition}", "{name} 隐藏, 当 {condition}"),
    "deduct": ("{name} deduct {amount}", "{name} 扣 {amount}"),
    "bonus": ("{name} bonus {amount}", "{name} 加 {amount}"),
    "protect": ("{name} protect {amount}", "{name} 保护 {amount}"),
    "cap": ("{name} cap {amount}", "{name} 封顶 {amount}"),
    "when": (" when {condition}", ", 当 {condition}"),
    "within": ("{name} within {low} .. {high}", "{name} 限于 {low} .. {high}"),
    "force": ("{name} force {tier} when {condition}", "{name} 强制 {tier}, 当 {condition}"),
    "table": ("table {name}: {row}", "对照表 {name}: {row}"),
    "cases": ("{name}: cases when {condition}", "{name}: 分情况, 当 {condition}"),
    "cases else": ("{name}: cases else", "{name}: 分情况 否则"),
    "else": ("else", "否则"),
    "none": ("none", "缺失"),
    "any": ("any", "任一"),
    "default": ("default", "默认"),
}


def places_of(plan: Plan, language: Language = "en", *, of_events: bool = True) -> dict[Place, str]:
    """Every place with its text; without what stands among events where `of_events` is false."""
    teller = _Teller(wording_of(plan, language), ranged_paths(plan.record))
    return dict(teller.of_record(plan.record)) | (dict(teller.of_events(plan)) if of_events else {})


def ranged_paths(record: RecordPlan) -> frozenset[str]:
    """The numbers with a range of their own. The score's is its scale, and so is that of a block which says just what its parts can give."""
    return frozenset(number.path for number in ranged_numbers(survey(record)))


def table_place(lookup: Lookup, row: int) -> Place:
    """A row of a table, whichever of its columns is read."""
    return ("table", lookup.table, row)


class _Teller:
    """Tells places in the words of one language; names are those of the ruleset, expressions are told by labels."""

    def __init__(self, words: Wording, ranged: frozenset[str]) -> None:
        self.words = words
        self.ranged = ranged

    def of_record(self, record: RecordPlan) -> Told:
        """Every place of the second half."""
        for row in record.stages if len(record.stages) > 1 else ():
            yield ("stage", row.name), self._say("stage", name=row.name)
            yield from self._rows((row.condition, row.value), self._say("stage", name=row.name))
        for number in record.numbers:
            yield from self._of_number(number)
        for outcome in record.outcomes:
            yield from self._of_outcome(outcome)
        yield from self._of_rules(record)
        yield from self._tables(record)

    def of_events(self, plan: Plan) -> Told:
        """Rows of what is computed from events."""
        for table in plan.events.tables:
            for column in table.columns:
                yield from self._rows(column.computed, f"{table.name}.{column.name}")
        for metric in plan.events.metrics:
            yield from self._rows(metric.made, metric.name)
        yield from self._tables(plan.events)

    def _of_number(self, number: Number) -> Told:
        yield from self._rows(number.value, number.path)
        for index, adjustment in enumerate(number.adjustments):
            yield ("adjusted", number.path, index), self._adjustment_text(number, adjustment)
            yield from self._rows((adjustment.amount, adjustment.per, adjustment.condition), number.path)
        if number.path in self.ranged:
            low, high = (value_text(number.type, end, self.words.language) for end in (number.low, number.high))
            yield ("within", number.path), self._say("within", name=number.path, low=low, high=high)

    def _of_outcome(self, outcome: Gate | Tier) -> Told:
        name = outcome.name
        if isinstance(outcome, Gate):
            yield from ((("outcome", name, result), f"{name} {self.words.outcome(result)}") for result in (outcome.held, outcome.unheld))
            yield from self._rows((outcome.condition, *(value for value, _ in outcome.without)), name)
            return
        yield from ((("outcome", name, option), f"{name} {option}") for option in (outcome.type.options if isinstance(outcome.type, Words) else ()))
        yield from self._rows(outcome.value, name)
        for index, force in enumerate(outcome.forces):
            yield ("forced", name, index), self._say("force", name=name, tier=force.tier, condition=self.words.describe(force.condition))
            yield from self._rows(force.condition, name)

    def _of_rules(self, record: RecordPlan) -> Told:
        """Closings by linked subjects, and hidings."""
        shut = {outcome.name: outcome.shut for outcome in record.outcomes if isinstance(outcome, Gate)}
        for index, rule in enumerate(record.linked):
            told = {"by": rule.by, "condition": self.words.describe(rule.condition)}
            for name in rule.outcomes:
                yield ("closed", index, name), self._say("closed", name=name, outcome=self.words.outcome(shut[name]), **told)
        for index, hidden in enumerate(record.hidden):
            for path in hidden.paths:
                yield ("hidden", index, path), self._say("hidden", name=path, condition=self.words.describe(hidden.condition))

    def _tables(self, root: object) -> Told:
        """The rows of every table that is read."""
        for node in nodes_in(root):
            if isinstance(node, Lookup):
                texts = [self._match_text(row.match) for row in node.rows] + ([self._say("none")] if node.missing is not None else [])
                yield from ((table_place(node, index), self._say("table", name=node.table, row=text)) for index, text in enumerate(texts))

    def _match_text(self, match: tuple[str | None, ...]) -> str:
        if not any(match):
            return self._say("default")
        return ", ".join(self._say("any") if word is None else f'"{word}"' for word in match)

    def _rows(self, root: object, where: str) -> Told:
        """The rows of every choice inside a node of the plan."""
        for node in nodes_in(root):
            match node:
                case Bands():
                    yield from self._band_rows(node, where)
                case Cases(rows=rows):
                    texts = [self._say("cases", name=where, condition=self.words.describe(row.condition)) for row in rows]
                    texts.append(self._say("cases else", name=where))
                    yield from ((("row", id(node), index), text) for index, text in enumerate(texts))
                case _:
                    pass

    def _band_rows(self, bands: Bands, where: str) -> Told:
        rows = dict(enumerate(_band_text(row, self.words.language) for row in bands.rows))
        rows |= {len(bands.rows): self._say("else")} if bands.otherwise is not None else {}
        rows |= {len(bands.rows) + 1: self._say("none")} if bands.missing is not None else {}
        start = f"{where}: {self.words.describe(bands.subject)}"
        yield from ((("row", id(bands), index), f"{start} {text}") for index, text in rows.items())

    def _adjustment_text(self, number: Number, adjustment: Adjustment) -> str:
        told = self._say(adjustment.kind, name=number.path, amount=self.words.describe(adjustment.amount))
        return told if adjustment.condition is None else told + self._say("when", condition=self.words.describe(adjustment.condition))

    def _say(self, key: str, **values: str) -> str:
        return PHRASES[key][self.words.language == "zh"].format(**values)


def _band_text(row: Band, language: str) -> str:
    low, high = (None if end is None else _limit_text(end, language) for end in (row.low, row.high))
    if high is None:
        return f"{'>=' if row.low_closed else '>'} {low}"
    if low is None:
        return f"{'<=' if row.high_closed else '<'} {high}"
    return f"{'[' if row.low_closed else '('}{low} .. {high}{']' if row.high_closed else ')'}"


def _limit_text(limit: Expression, language: str) -> str:
    match limit:
        case Constant(value=value, type=kind):
            return value_text(kind, value, language)
        case Lookup(table=table, column=column):
            return f"{table}.{column}"
        case _:
            return "..."
