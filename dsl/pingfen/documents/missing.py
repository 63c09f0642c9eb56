"""What becomes of a part without a value, in words: its weight goes to others, a value counts instead, or nothing comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..plan.expressions import DropMissing, Substitute, Sum
from ..plan.record import Number
from ..plan.values import decimal_text, value_text
from ..wording import Wording

MOST_PLACES = 18


def clause_of(number: Number, numbers: Mapping[str, Number], words: Wording) -> Iterator[tuple[str, str]]:
    """The clause of a sum of which a part may be missing; `numbers` are those of its plan by path."""
    if not isinstance(number.value, Sum):
        return
    optional = [(index, line.path) for index, line in enumerate(number.value.lines) if numbers[line.path].type.optional]
    if not optional:
        return
    match number.value.missing:
        case None:
            yield words.say("missing"), words.say("no score" if number.kind == "total" else "nothing")
        case DropMissing() as dropped:
            yield words.say("missing"), _dropped(dropped, words)
        case Substitute(values=values):
            yield words.say("missing"), _substitute([(numbers[path], values[index]) for index, path in optional], words)


def _substitute(counted: Sequence[tuple[Number, int]], words: Wording) -> str:
    """The value that counts; part by part where these differ."""
    texts = [value_text(number.type, value, words.language) for number, value in counted]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join(f"{words.name('number', number.path)} {text}" for (number, _), text in zip(counted, texts, strict=True))


def _dropped(clause: DropMissing, words: Wording) -> str:
    """Which parts are needed so that the rest counts; one always is."""
    drop = words.say("drop").rstrip(".。")
    if clause.weight_numerator:
        return words.say("drop weight", drop=drop, share=_share(clause))
    return drop if clause.parts <= 1 else words.say("drop parts", drop=drop, count=clause.parts)


def _share(clause: DropMissing) -> str:
    """The weight that is needed, in percent; it was written as a decimal."""
    percent, denominator = 100 * clause.weight_numerator, clause.weight_denominator
    places = next((places for places in range(MOST_PLACES) if percent * 10**places % denominator == 0), None)
    return f"{clause.weight_numerator} / {denominator}" if places is None else f"{decimal_text(percent * 10**places // denominator, places)}%"
