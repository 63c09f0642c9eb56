"""The rules of a plan in words, aspect by aspect, and what of them two versions say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from ..documents.comparison import across_text
from ..documents.measures import definition_of, population_text
from ..documents.missing import clause_of
from ..node import nodes_in
from ..plan.events import Derived, EventPlan, Metric
from ..plan.expressions import AllOf, AnyOf, Band, Bands, Cases, Curve, Expression, Lookup, Mode, Nothing, Sum
from ..plan.quantity import Numeric, Type
from ..plan.record import Across, Adjustment, Gate, GroupExtreme, Number, PeerTop, RecordPlan, StageRow, Tier
from ..plan.ruleset import Plan
from ..plan.values import decimal_text, value_text
from ..wording import Wording, point_text, wording_of
from ..wording.phrases import phrase as wording
from .phrases import phrase
from .reads import reads_of, type_text

Kind = Literal["scale", "stages", "number", "gate", "tier", "linked", "hidden", "metric", "population", "across", "read"]
Aspects = dict[str, str]
LINE = "\n"
"""Between conditions that must all hold."""


@frozen(repr=False)
class Rule:
    """One rule by kind and name; `aspects` are what it says, each under what it is about. The order of those that are `ordered` is part of what it says: of
    cases the first that holds counts, of forced tiers the last."""

    kind: Kind
    name: str
    label: str
    aspects: Mapping[str, str]
    ordered: tuple[str, ...] = ()


@frozen(repr=False)
class RuleChange:
    """A rule that was added (`old` is None), dropped (`new` is None) or changed; `rows` are the aspects that differ: (aspect, before, after)."""

    kind: Kind
    name: str
    label: str
    state: Literal["added", "dropped", "changed"]
    rows: tuple[tuple[str, str, str], ...]


def changes_of(old: Plan, new: Plan, language: str) -> tuple[RuleChange, ...]:
    """The rules that differ, in the new version's order, dropped ones last. What both versions name is called as the new one calls it: a label is no rule."""
    words = wording_of(new, language).full()
    former = wording_of(old, language).full()
    before = {(rule.kind, rule.name): rule for rule in rules_of(old, evolve(former, labels={**former.labels, **words.labels}))}
    after = {(rule.kind, rule.name): rule for rule in rules_of(new, words)}
    found = [_change(before.get(key), rule, language) for key, rule in after.items()]
    found += [_change(rule, None, language) for key, rule in before.items() if key not in after]
    return tuple(change for change in found if change is not None)


def _change(old: Rule | None, new: Rule | None, language: str) -> RuleChange | None:
    rule = new or old
    assert rule is not None
    was, now = ({} if each is None else each.aspects for each in (old, new))
    names = [name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name)]
    rows = tuple((name, *_unlike(was.get(name, ""), now.get(name, ""), wording(language, "and"))) for name in names)
    if old is not None and new is not None:
        rows += tuple((phrase(language, "order"), *orders) for orders in _reordered(old.ordered, new.ordered))
        if not rows:
            return None
    return RuleChange(rule.kind, rule.name, rule.label, "added" if old is None else "dropped" if new is None else "changed", rows)


def _unlike(old: str, new: str, between: str) -> tuple[str, str]:
    """Of conditions that must all hold, a line each, those that the other version does not have; all of them where only their order differs."""
    before, after = ([line for line in text.split(LINE) if line] for text in (old, new))
    if set(before) != set(after):
        before, after = [line for line in before if line not in after], [line for line in after if line not in before]
    return between.join(before), between.join(after)


def _reordered(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The rows of both that stand in another order, before and after: from the first to the last that is not in its place."""
    before, after = [each for each in old if each in new], [each for each in new if each in old]
    moved = [index for index, (first, last) in enumerate(zip(before, after, strict=True)) if first != last]
    if moved:
        yield "; ".join(before[moved[0] : moved[-1] + 1]), "; ".join(after[moved[0] : moved[-1] + 1])


def _joined(aspects: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Aspects by what they are about; where several are about the same, their texts one after another."""
    found: dict[str, str] = {}
    for name, text in aspects:
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found


def _rows_in_order(value: Expression, words: Wording) -> tuple[str, ...]:
    """What the rows of cases are about, in their order; none where an expression has no such rows."""
    has_cases = not isinstance(value, Sum) and any(isinstance(node, Cases) for node in nodes_in(value))
    return tuple(dict.fromkeys(name for name, _ in made_of(value, words))) if has_cases else ()


def rules_of(plan: Plan, words: Wording) -> Iterator[Rule]:
    """Every rule of a plan."""
    record = plan.record
    if record.scale is not None:
        low, high, step = (decimal_text(value, record.scale.places) for value in (record.scale.low, record.scale.high, record.scale.step))
        yield Rule("scale", "score", words.say("score"), {words.say("range"): f"{low} .. {high}", "": step})
    if record.stages:
        stages = _joined(_stage(row, words) for row in record.stages)
        yield Rule("stages", "stages", words.say("stages"), stages, tuple(stages))
    numbers = {number.path: number for number in record.numbers}
    for number in record.numbers:
        aspects = _joined([*_number(number, words), *clause_of(number, numbers, words)])
        yield Rule("number", number.path, words.name("number", number.path), aspects, _rows_in_order(number.value, words))
    yield from _outcomes(record, words)
    for across in record.across:
        yield Rule("across", across.name, words.name("field", across.name), dict(_across(across, words)))
    for metric in plan.events.metrics:
        ordered = _rows_in_order(metric.made.value, words) if isinstance(metric.made, Derived) else ()
        yield Rule("metric", metric.name, words.name("field", metric.name), _joined(_metric(metric, plan.events, words)), ordered)
    for population in plan.events.populations:
        yield Rule("population", population.name, words.name("table", population.name), {words.say("definition"): population_text(population, words)})
    yield from (Rule("read", name, label, aspects) for name, label, aspects in reads_of(plan, words))


def _stage(row: StageRow, words: Wording) -> tuple[str, str]:
    condition = words.say("otherwise") if row.condition is None else words.describe(row.condition)
    value = words.say("full") if row.value is None else words.say("no score") if isinstance(row.value, Nothing) else words.describe(row.value)
    return words.name("stage", row.name), f"{condition}: {value}"


def _number(number: Number, words: Wording) -> Iterator[tuple[str, str]]:
    yield from made_of(number.value, words)
    for index, each in enumerate(number.adjustments, 1):
        yield f"{words.say('adjustments')} {index}", _adjustment(number, each, words)
    limits = [value_text(number.type, end, words.language) if end is not None else "" for end in (number.low, number.high)]
    if any(limits):
        yield words.say("range"), " .. ".join(limits)


def made_of(value: Expression, words: Wording) -> Iterator[tuple[str, str]]:
    """What an expression says, a row for each band, point, case, line or row of a table."""
    match value:
        case Sum(lines=lines, form=form):
            for line in lines:
                name = words.name("number", line.path)
                yield from _weight(name, line.weight, words) if form != "sum" else [(name, "")]
            yield from _rounding(value.type, value.step, value.mode, words)
        case Bands(rows=rows):
            for row in rows:
                yield from _row(_band(row, value.subject, words), row.value, words)
            yield from _rest(value.missing, value.otherwise, words)
        case Curve(points=points):
            yield from (
                (f"{words.describe(value.subject)} {value_text(value.subject.type, x, words.language)}", point_text(value, y, words.language))
                for x, y in points
            )
            yield from _rounding(value.type, value.step, value.mode, words)
        case Cases(rows=cases, otherwise=otherwise):
            for case in cases:
                yield from _row(words.describe(case.condition), case.value, words)
            yield from _row(words.say("otherwise"), otherwise, words)
        case Lookup():
            yield from _weight("", value, words)
        case _:
            yield "", words.describe(value)


def _row(name: str, value: Expression, words: Wording) -> Iterator[tuple[str, str]]:
    """A row and its value; a value that is a table of its own follows row by row."""
    if isinstance(value, Bands | Curve | Cases | Lookup):
        yield from ((f"{name} → {aspect}", text) for aspect, text in made_of(value, words))
    else:
        yield name, words.describe(value)


def _weight(name: str, weight: Expression, words: Wording) -> Iterator[tuple[str, str]]:
    if not isinstance(weight, Lookup):
        yield f"{name} ({words.say('weight')})", words.describe(weight)
        return
    for row in weight.rows:
        keys = ", ".join(key if key is not None else words.say("all others") for key in row.match)
        yield f"{name} · {keys}" if name else keys, words.describe(row.value)
    if weight.missing is not None:
        yield f"{name} · {words.say('missing')}" if name else words.say("missing"), words.describe(weight.missing)


def _band(row: Band, subject: Expression, words: Wording) -> str:
    low, high = ("" if end is None else words.describe(end) for end in (row.low, row.high))
    name = words.describe(subject)
    if low and high:
        return f"{low} {'≤' if row.low_closed else '<'} {name} {'≤' if row.high_closed else '<'} {high}"
    return f"{name} {'≥' if row.low_closed else '>'} {low}" if low else f"{name} {'≤' if row.high_closed else '<'} {high}"


def _rest(missing: Expression | None, otherwise: Expression | None, words: Wording) -> Iterator[tuple[str, str]]:
    if missing is not None:
        yield from _row(words.say("missing"), missing, words)
    if otherwise is not None:
        yield from _row(words.say("all others"), otherwise, words)


def _adjustment(number: Number, each: Adjustment, words: Wording) -> str:
    text = words.say(each.kind, number=words.name("number", number.path), amount=words.describe(each.amount))
    text += "" if each.per is None else words.say("per", count=words.describe(each.per))
    text += "" if each.most is None else words.say("most", most=value_text(number.type, each.most, words.language))
    return text if each.condition is None else text + words.say("if", condition=words.describe(each.condition))


def _outcomes(record: RecordPlan, words: Wording) -> Iterator[Rule]:
    for outcome in record.outcomes:
        label = words.name("outcome", outcome.name)
        match outcome:
            case Gate(condition=condition, without=without):
                aspects = {words.outcome(outcome.held): LINE.join(_conditions(condition, words))}
                fallback = {f"{words.describe(value)} ({words.say('missing')})": words.outcome(fallen) for value, fallen in without}
                yield Rule("gate", outcome.name, label, aspects | fallback, tuple(fallback))
            case Tier(value=value, forces=forces):
                forced = [(words.describe(force.condition), force.tier) for force in forces]
                aspects = _joined([(words.say("range"), type_text(outcome.type, words)), *made_of(value, words), *forced])
                yield Rule("tier", outcome.name, label, aspects, (*_rows_in_order(value, words), *dict.fromkeys(name for name, _ in forced)))
    yield from _beside(record, words)


def _conditions(condition: Expression, words: Wording) -> Iterator[str]:
    """The conditions that must all hold."""
    for each in condition.conditions if isinstance(condition, AllOf) else (condition,):
        yield f"({words.describe(each)})" if isinstance(each, AnyOf) and each is not condition else words.describe(each)


def _beside(record: RecordPlan, words: Wording) -> Iterator[Rule]:
    """What closes linked shops, by attribute and outcome, and what hides each number."""
    closing: dict[tuple[str, str], list[str]] = {}
    for linked in record.linked:
        for outcome in linked.outcomes:
            closing.setdefault((linked.by, outcome), []).append(words.describe(linked.condition))
    for (by, outcome), conditions in closing.items():
        yield Rule("linked", f"{by} {outcome}", words.name("field", by), {words.name("outcome", outcome): "; ".join(sorted(conditions))})
    hiding: dict[str, list[str]] = {}
    for hidden in record.hidden:
        for path in hidden.paths:
            hiding.setdefault(path, []).append(words.describe(hidden.condition))
    for path, conditions in hiding.items():
        yield Rule("hidden", path, words.name("number", path), {"": "; ".join(sorted(conditions))})


def _across(across: Across, words: Wording) -> Iterator[tuple[str, str]]:
    yield words.say("definition"), across_text(across, words)
    if not isinstance(across, GroupExtreme | PeerTop):
        yield from _rounding(across.type, across.step, across.mode, words)


def _rounding(kind: Type, step: int, mode: Mode, words: Wording) -> Iterator[tuple[str, str]]:
    """How a result is rounded; one that is kept as a quotient is not."""
    if isinstance(kind, Numeric):
        yield phrase(words.language, "rounding"), words.say(f"rounded {mode}", value="", step=value_text(kind, step, words.language)).strip()


def _metric(metric: Metric, events: EventPlan, words: Wording) -> Iterator[tuple[str, str]]:
    if isinstance(metric.made, Derived):
        yield from made_of(metric.made.value, words)
        return
    definition, period = definition_of(metric, events, words)
    yield words.say("definition"), definition
    yield words.say("window"), period
    yield from _rounding(metric.type, metric.made.step, metric.made.mode, words)
