"""What a plan reads, in words: the time zone, attributes and inputs with their ranges, and the columns of event tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ..plan.events import Column
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.ruleset import Plan
from ..plan.values import value_text
from ..wording import Wording
from .phrases import phrase


def reads_of(plan: Plan, words: Wording) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, label and aspects of everything that is read."""
    years = f"{plan.events.first_year} .. {plan.events.last_year}"
    yield "times", words.say("times"), {words.say("time zone"): plan.events.zone.zone, words.say("years"): years}
    for field in plan.record.fields:
        if field.kind == "input":
            yield f"field {field.name}", words.name("field", field.name), {words.say("range"): type_text(field.type, words)}
    subject = plan.record.subject
    counted = {phrase(words.language, "key"): subject.key, phrase(words.language, "subjects"): f"{subject.most:,}"}
    yield "subject", subject.label.text(words.language, subject.key), counted
    for attribute in subject.attributes:
        dated = f", {phrase(words.language, 'dated')}" if attribute.dated else ""
        text = type_text(attribute.type, words) + dated
        yield f"field {attribute.name}", attribute.label.text(words.language, attribute.name), {words.say("range"): text}
    for table in plan.events.tables:
        columns = {words.name("column", column.name): _column(column, words) for column in table.columns}
        yield f"table {table.name}", words.name("table", table.name), {words.say("rows of a subject"): f"{table.rows_per_subject:,}"} | columns


def _column(column: Column, words: Wording) -> str:
    if column.computed is not None:
        return words.describe(column.computed)
    said = [type_text(column.type, words)]
    said += [words.say(f"column {column.role}")] if column.role != "plain" else []
    said += [words.say(f"column {column.available}")] if column.available == "ahead" or (column.available == "optional" and not column.type.optional) else []
    said += [words.say("known by", time=words.name("column", column.known_at))] if column.known_at else []
    said += [words.say("refers to", table=words.name("table", column.refers_to))] if column.refers_to else []
    return ", ".join(said)


def type_text(kind: Type, words: Wording) -> str:
    """The values that a type allows."""
    return _values(kind, words) + (f", {words.say('column optional')}" if kind.optional else "")


def _values(kind: Type, words: Wording) -> str:
    match kind:
        case Numeric(unit="time"):
            return words.say("a time")
        case Numeric(low=low, high=high):
            return " .. ".join(value_text(kind, end, words.language) for end in (low, high))
        case Exact():
            return words.say("quotient")
        case Words(options=options):
            return ", ".join(options) or words.say("any text")
        case Truth():
            return words.say("yes or no")
        case _:
            assert_never(kind)
