"""A comparison's values as people write them, for the report and for the terminal alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve

from ..calendar import date_text
from ..plan.quantity import Type, Words
from ..plan.ruleset import Plan, Version
from ..plan.values import Value, decimal_text, value_text
from ..wording import Wording, wording_of
from .causes import Cause
from .comparison import Comparison, Extreme, Move
from .data import Affected, OnData
from .deciding import Shop
from .effects import HIDDEN, LINKED
from .lacking import Lack
from .pairing import NEW, OLD
from .phrases import phrase
from .ranges import FieldRange
from .searching import GAINED, LOST

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
        self.either: Wording = evolve(self.after, labels={**self.before.labels, **self.after.labels})

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
        return self.after.value(next(field.type for field in self.comparison.pairing.fields if field.name == name), value)

    def outcome(self, name: str) -> str:
        """A gate or tier by its label; or the score, or which number is hidden, or what a shop closes for those linked with it."""
        match name.split(" "):
            case ["score"]:
                return self.either.name("number", name)
            case ["stage"]:
                return self.say("stage")
            case [kind, path] if kind == HIDDEN:
                return self.say("hiding", number=self.either.name("number", path))
            case [kind, by, closed] if kind == LINKED:
                return self.say("linking", by=self.either.name("field", by), outcome=self.either.name("outcome", closed))
            case _:
                return self.either.name("outcome", name)

    def outcome_value(self, value: str, name: str = "") -> str:
        """What a gate or tier is; of `name`, where it is not only one of these."""
        kind = name.split(" ")[0]
        if name == "score" or (kind in (HIDDEN, LINKED) and kind != name):
            return self.say(f"{kind} {value}")
        if name == "stage":
            return self.either.name("stage", value)
        return self.say("no tier") if value in ("", "None") else self.after.outcome(value)

    def extreme(self, extreme: Extreme | None, key: str) -> str:
        """The largest rise or fall, or that there is none."""
        if extreme is None:
            proved = self.comparison.none_rises if key == "rise" else self.comparison.none_falls
            scored = self.say("scored") if self.comparison.score_moves else ""
            return self.say(f"no {key}", scored=scored, unlike=self._unlike) if proved else self.say(f"none found {key}", scored=scored)
        sign = "+" if extreme.change > 0 else ""
        return self.say(key, change=sign + decimal_text(extreme.change, extreme.places))

    def proof(self, extreme: Extreme) -> str:
        """Whether it is proved that none is larger, and of which shops."""
        return self.say("proved", unlike=self._unlike) if extreme.proved else self.say("found")

    def move(self, move: Move) -> str:
        """From what to what an outcome goes, or the score, then with its values."""
        told = f"{self.outcome(move.name)}: {self.outcome_value(move.old, move.name)} → {self.outcome_value(move.new, move.name)}"
        values = [f"{old} → {new}" for old, new in self._scores(move)]
        return told + "".join(f" ({value})" for value in values)

    def _scores(self, move: Move) -> Iterator[tuple[str, str]]:
        if move.name == "score":
            yield self._result(self.old, "score", move.shop.before["score"]), self._result(self.new, "score", move.shop.after["score"])

    def reasons(self, move: Move) -> str:
        """Why a shop has no score on one side."""
        return self.lacking(move.lacks, ()) if move.old == GAINED[0] else self.lacking((), move.lacks)

    def passages(self) -> list[str]:
        """The ways in which no shop was found to lose or gain a score, and whether it is proved that there is none."""
        ways = {(move.old, move.new) for move in self.comparison.score_moves}
        proved = {"loss": self.comparison.none_loses, "gain": self.comparison.none_gains}
        if all(proved.values()):
            return [self.say("no loss or gain", unlike=self._unlike)]
        open_ones = [key for key, way in (("loss", LOST), ("gain", GAINED)) if way not in ways]
        return [self.say(f"no {key}", unlike=self._unlike) if proved[key] else self.say(f"none found {key}") for key in open_ones]

    @property
    def _unlike(self) -> str:
        return "" if self.comparison.decision.alike else self.say("unlike too")

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
        if each.low is None:
            return self.say("only missing")
        ends = f"{self.field_value(each.field, each.low)} .. {self.field_value(each.field, each.high)}"
        return ends if each.missing is None else f"{ends}, {self.say('missing')}"

    def signed(self, value: Decimal | None) -> str:
        """A change with its sign."""
        return self.say("none") if value is None else f"{value:+f}"

    def data_summary(self, data: OnData) -> str:
        """How many shops rise, fall, lose and gain a score; of rulesets without one only how many there are."""
        if not self.any_score:
            return self.say("data shops", subjects=f"{data.subjects:,}")
        counts = {key: f"{getattr(data, key):,}" for key in ("subjects", "rises", "falls", "loses", "gains")}
        return self.say("data summary", **counts, mean=self.signed(data.mean))

    @property
    def any_score(self) -> bool:
        """Whether one of the versions gives a score."""
        return self.old.record.scale is not None or self.new.record.scale is not None

    def because(self, affected: Affected) -> str:
        """Why one shop's score changes, in points that add up; or what left it without a score before or after."""
        if affected.causes:
            return self.causes(affected.causes)
        if not self.any_score:
            return self.say("none")
        return self.lacking(*affected.lacks) if any(affected.lacks) else self.say("same score")

    def lacking(self, old: Sequence[Lack], new: Sequence[Lack]) -> str:
        """What leaves a shop without a score, before and after."""
        before, after = (", ".join(lack.label.text(self.language, lack.code) for lack in side) for side in (old, new))
        if before == after:
            return f"{self.say('in both')}: {before}"
        return "; ".join(f"{self.say(key)}: {text}" for key, text in (("old", before), ("new", after)) if text)

    def causes(self, causes: Sequence[Cause]) -> str:
        """The causes of a change with their points, the smaller ones as one sum."""
        rest = [cause.change for cause in causes[MOST_CAUSES:]]
        others = [f"{self.say('all others')} {self.signed(sum(rest, Decimal(0)))}"] if rest else []
        return "; ".join([*(f"{cause.label.text(self.language, cause.code)} {self.signed(cause.change)}" for cause in causes[:MOST_CAUSES]), *others])

    def _result(self, plan: Plan, name: str, value: Value) -> str:
        if isinstance(value, str):
            return self.outcome_value(value, name)
        kind: Type = next((number.type for number in plan.record.numbers if number.path == name), Words())
        return value_text(kind, value, self.language)
