"""One comparison of two versions: the verdict, the rules, where points differ, the shops that show the most, and the effect on data."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from ..plan.ruleset import Plan
from ..warehouse.request import Request, be_silent
from .alike import same_numbers
from .bounding import furthest
from .causes import Cause, causes_of_records
from .data import OnData, compare_on_data
from .deciding import Decision, Shop, decide, shop_of
from .lacking import Lack, lacks_of_record
from .pairing import Pairing, Record, pair
from .passing import Passages, passages
from .ranges import FieldRange, ranges_of
from .regions import Region, regions_of
from .searching import GAINED, LOST, Both, Findings, differing, search, way_of

SECONDS = 3.0
MOST_MOVES = 40


@frozen(repr=False)
class Extreme:
    """The largest rise or fall of the score: its size at `places`, the shop that shows it, the causes that add up to it, and whether it is proved that none is
    larger."""

    change: int
    places: int
    shop: Shop
    causes: tuple[Cause, ...]
    proved: bool


@frozen(repr=False)
class Move:
    """An outcome that the change takes from one value to another, with a shop that shows it; or the `score`, from given to none or back, and why there is
    none."""

    name: str
    old: str
    new: str
    shop: Shop
    lacks: tuple[Lack, ...] = ()


@frozen(repr=False)
class Comparison:
    """Everything that is known of a change; `ranges` tell where a score, gate or tier differs, `regions` where the points of parts of one metric do.

    Where `rise` or `fall` is None, no shop was found; `none_rises` and `none_falls` tell whether it is proved that there is none. `moves` begin with the
    score's; `none_loses` and `none_gains` tell whether it is proved that no shop loses or gains one.
    """

    pairing: Pairing
    decision: Decision
    regions: tuple[Region, ...]
    rise: Extreme | None
    fall: Extreme | None
    none_rises: bool
    none_falls: bool
    none_loses: bool
    none_gains: bool
    moves: tuple[Move, ...]
    witness: Shop | None
    ranges: tuple[FieldRange, ...]
    on_data: OnData | None

    @property
    def same(self) -> bool:
        """Whether both versions are proved to mean the same."""
        return self.decision.same

    @property
    def score_moves(self) -> tuple[Move, ...]:
        """How shops lose and gain a score."""
        return tuple(move for move in self.moves if move.name == "score")

    @property
    def outcome_moves(self) -> tuple[Move, ...]:
        """The moves of gates and tiers, of what is hidden and of what closes linked shops."""
        return tuple(move for move in self.moves if move.name != "score")

    @property
    def new_has_score(self) -> bool:
        """Whether both versions give a score."""
        return self.pairing.old.record.scale is not None and self.pairing.new.record.scale is not None


def compare(
    old: Plan, new: Plan, digests: tuple[str, str], request: Request | None = None, seconds: float = SECONDS, progress: Callable[[str], None] = be_silent
) -> Comparison:
    """Compare two versions, and on data where a request is given. Raises RefusedDataError."""
    pairing = pair(old, new)
    both = Both(pairing)
    progress("looking for records that differ")
    findings = search(pairing, both)
    progress("deciding whether both mean the same")
    decision, record = decide(pairing, findings, both, seconds)
    progress("looking for the largest rise and fall")
    (rise, none_rises), (fall, none_falls) = (
        _extreme(pairing, both, found, sign, seconds, decision) for found, sign in ((findings.rise, 1), (findings.fall, -1))
    )
    progress("looking for shops that lose or gain a score")
    passed = _passages(pairing, both, findings, seconds, decision)
    findings.moves.update({("score", *way): shown for way, shown in passed.records.items()})
    others = [entry for entry in sorted(findings.moves.items()) if entry[0][0] not in ("stage", "score")]
    ways = [(("score", *way), shown) for way, shown in passed.records.items()] + others[:MOST_MOVES]
    moves = tuple(_move(pairing, both, key, shown) for key, shown in ways)
    progress("looking for where they differ")
    if record is not None:
        findings.witnesses.setdefault("", record)
    ranges = () if decision.scorecards == "same" else ranges_of(pairing, both, findings, seconds)
    on_data = None
    if request is not None:
        progress("scoring the data by both versions")
        on_data = compare_on_data(old, new, digests, request)
    shown = record or next(iter(findings.witnesses.values()), None)
    witness = None if shown is None or rise or fall or moves else _witness(pairing, both, shown)
    none = none_rises, none_falls, LOST in passed.none, GAINED in passed.none
    return Comparison(pairing, decision, regions_of(pairing, seconds), rise, fall, *none, moves, witness, ranges, on_data)


def _passages(pairing: Pairing, both: Both, findings: Findings, seconds: float, decision: Decision) -> Passages:
    """Where both mean the same, or where one has no score at all, nothing is to be looked for."""
    if "score" not in both.outputs or decision.scorecards == "same":
        return Passages({}, frozenset((LOST, GAINED) if decision.scorecards == "same" else ()))
    return passages(pairing, both, findings.moves, seconds)


def _extreme(pairing: Pairing, both: Both, record: Record | None, sign: int, seconds: float, decision: Decision) -> tuple[Extreme | None, bool]:
    """The largest change of this sign, or whether it is proved that there is none."""
    alike = decision.scorecards == "same" or same_numbers(pairing)
    if "score" not in both.outputs or alike:
        return None, alike
    record, proved = furthest(pairing, both, record, sign, seconds)
    if record is None:
        return None, proved
    change = both.change(record)
    assert change is not None
    shop = shop_of(pairing, both, record, lambda other: both.change(other) == change)
    causes = causes_of_records(pairing.old.record, pairing.new.record, shop.old, shop.new)
    return Extreme(change, both.places, shop, causes, proved), False


def _move(pairing: Pairing, both: Both, key: tuple[str, str, str], record: Record) -> Move:
    name, old, new = key

    def keeps(other: Record) -> bool:
        before, after = both.results(other)
        return way_of(name, before[name], after[name]) == (old, new)

    shop = shop_of(pairing, both, record, keeps)
    lacking = (pairing.new, shop.new) if new == LOST[1] else (pairing.old, shop.old)
    return Move(name, old, new, shop, lacks_of_record(*lacking) if name == "score" else ())


def _witness(pairing: Pairing, both: Both, record: Record) -> Shop:
    return shop_of(pairing, both, record, lambda other: bool(differing(both, *both.results(other))))
