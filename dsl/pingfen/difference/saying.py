"""A comparison's values as people write them, for the report and for the terminal alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..calendar import date_text
from ..plan.quantity import Type, Words
from ..plan.ruleset import Plan, Version
from ..plan.values import Value, decimal_text, value_text
from ..wording import Wording, wording_of
from .causes import Cause
from .comparison import Comparison, Extreme
from .data import Affected
from .deciding import Shop
from .effects import HIDDEN, LINKED
from .pairing import NEW, OLD
from .phrases import phrase
from .ranges import FieldRange

MOST_CAUSES = 4
"""Told one by one, of a shop on the data; the others are told as one sum."""


class Speaker:
    """Says what a comparison holds in one language."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.old: Plan = comparison.pairing.old
        self.new: Plan = comparison.pairing.new
        self.before: Wording = wording_of(self.old, language)
        self.after: Wording = wording_of(self.new, language)

    def say(self, key: str, **values: object) -> str:
        """A phrase."""
        return phrase(self.language, key, **values)

    def title(self) -> str:
        """What is compared: two versions of a ruleset, or two rulesets."""
        old, new = self.old.version, self.new.version
        if not self.of_one:
            return self.say("title of two", before=self.ruleset(old), old=old.version, ruleset=self.ruleset(new), new=new.version)
        return self.say("title", ruleset=self.ruleset(new), old=old.version, new=new.version)

    @property
    def of_one(self) -> bool:
        """Whether both are versions of one ruleset."""
        return self.old.version.ruleset == self.new.version.ruleset

    def ruleset(self, version: Version) -> str:
        """A ruleset by its label."""
        return version.label.text(self.language, version.ruleset)

    def named(self, version: Version) -> str:
        """A version among the two: by its ruleset too where they are of different ones."""
        return version.version if self.of_one else f"{self.ruleset(version)} {version.version}"

    def effective(self, version: Version) -> str:
        """When a version is in effect."""
        if version.last_day is None:
            return self.say("effective open", first=date_text(version.first_day))
        return self.say("effective", first=date_text(version.first_day), last=date_text(version.last_day))

    def verdict(self) -> str:
        """Whether both mean the same."""
        decision = self.comparison.decision
        if decision.same:
            return self.say("same")
        if decision.scorecards == "different" and not self.of_one:
            return self.say("two differ")
        if decision.scorecards == "same":
            return self.say("same where allowed" if decision.measured else "same cards")
        return self.say(decision.scorecards)

    def notes(self) -> list[str]:
        """What a reader must know of what is compared, and for which shops what is proved holds."""
        decision = self.comparison.decision
        said = [("measured", decision.measured), ("allowed", decision.allowed), ("unlike", decision.alike or decision.scorecards == "same")]
        return [self.say(key) for key, holds in said if not holds]

    def field(self, name: str) -> str:
        """A field of the union by its label, with its version where only one reads it."""
        if name.endswith(OLD):
            return f"{self.before.name('field', name.removesuffix(OLD))} ({self.say('old')})"
        if name.endswith(NEW):
            return f"{self.after.name('field', name.removesuffix(NEW))} ({self.say('new')})"
        return self.after.name("field", name)

    def field_value(self, name: str, value: Value) -> str:
        """A field's value in the union."""
        return value_text(next(field.type for field in self.comparison.pairing.fields if field.name == name), value, self.language)

    def outcome(self, name: str) -> str:
        """A gate or tier by its label; or which number is hidden, or what a shop closes for those linked with it."""
        match name.split(" "):
            case [kind, path] if kind == HIDDEN:
                return self.say("hiding", number=self.after.name("number", path))
            case [kind, by, closed] if kind == LINKED:
                return self.say("linking", by=self.after.name("field", by), outcome=self.after.name("outcome", closed))
            case _:
                return self.after.name("outcome", name)

    def outcome_value(self, value: str, name: str = "") -> str:
        """What a gate or tier is; of `name`, where it is not only one of these."""
        kind = name.split(" ")[0]
        if kind in (HIDDEN, LINKED) and kind != name:
            return self.say(f"{kind} {value}")
        return self.say("no tier") if value in ("", "None") else self.after.outcome(value)

    def extreme(self, extreme: Extreme | None, key: str) -> str:
        """The largest rise or fall, or that there is none."""
        if extreme is None:
            proved = self.comparison.none_rises if key == "rise" else self.comparison.none_falls
            return self.say(f"no {key}{self._unlike}") if proved else self.say(f"none found {key}")
        sign = "+" if extreme.change > 0 else ""
        return self.say(key, change=sign + decimal_text(extreme.change, extreme.places))

    def proof(self, extreme: Extreme) -> str:
        """Whether it is proved that none is larger, and of which shops."""
        return self.say(f"proved{self._unlike}" if extreme.proved else "found")

    @property
    def _unlike(self) -> str:
        return "" if self.comparison.decision.alike else " unlike"

    def shop_rows(self, shop: Shop) -> Iterator[tuple[str, str]]:
        """The fields of a shop that are not as in the example, with their values."""
        for name in shop.unlike:
            yield self.field(name), self.field_value(name, shop.union[name])

    def results(self, shop: Shop) -> Iterator[tuple[str, str, str]]:
        """The results that differ: score, parts, gates and tiers, before and after."""
        for name, after in shop.after.items():
            before = shop.before.get(name)
            if name in shop.before and name != "total" and self._result(self.old, name, before) != self._result(self.new, name, after):
                label = self.outcome(name) if isinstance(after, str) or isinstance(before, str) else self.after.name("number", name)
                yield label, self._result(self.old, name, before), self._result(self.new, name, after)

    def only(self) -> list[str]:
        """What one version alone reads."""
        pairing = self.comparison.pairing
        told = [("only old", pairing.only_old, self.before), ("only new", pairing.only_new, self.after)]
        found = [self.say(key, names=", ".join(words.name("field", name) for name in names)) for key, names, words in told if names]
        return [*found, self.say("free")] if found else []

    def ranges(self) -> list[tuple[str, str, str]]:
        """The values of each metric at which shops differ, and what is known of the others."""
        return [(self.field(each.field), self._range(each), self._others(each)) for each in self.comparison.ranges]

    def _others(self, each: FieldRange) -> str:
        """What is known of the values outside a range."""
        with_missing = each.state == "proved" and each.kind.optional and each.missing is None
        return self.say("range proved given or not" if with_missing else f"range {each.state}")

    def _range(self, each: FieldRange) -> str:
        ends = f"{self.field_value(each.field, each.low)} .. {self.field_value(each.field, each.high)}"
        return ends if each.missing is None else f"{ends}, {self.say('missing')}"

    def signed(self, value: Decimal | None) -> str:
        """A change with its sign."""
        return self.say("none") if value is None else f"{value:+f}"

    def because(self, affected: Affected) -> str:
        """Why one shop's score changes, in points that add up; of one that has no score before or after, the parts that changed."""
        if affected.causes:
            return self.causes(affected.causes)
        if affected.old == affected.new:
            return self.say("same score")
        changed = (f"{self.after.name('number', path)} {self._plain(old)} → {self._plain(new)}" for path, old, new in affected.parts)
        return "; ".join(changed) or self.say("put together")

    def causes(self, causes: Sequence[Cause]) -> str:
        """The causes of a change with their points, the smaller ones as one sum."""
        rest = [cause.change for cause in causes[MOST_CAUSES:]]
        others = [f"{self.say('all others')} {self.signed(sum(rest, Decimal(0)))}"] if rest else []
        return "; ".join([*(f"{cause.label.text(self.language, cause.code)} {self.signed(cause.change)}" for cause in causes[:MOST_CAUSES]), *others])

    def _plain(self, value: Decimal | None) -> str:
        return self.say("none") if value is None else str(value)

    def _result(self, plan: Plan, name: str, value: Value) -> str:
        if isinstance(value, str):
            return self.outcome_value(value, name)
        kind: Type = next((number.type for number in plan.record.numbers if number.path == name), Words())
        return value_text(kind, value, self.language)
