"""The second half of a plan: from one typed record a subject to its scorecard.

Order of evaluation for one subject: stage; then `numbers` in order (parts, total, score, displays), each rounded, adjusted and clamped
when it is made; group and peer values are fields of the record (a run fills them between layers); then `outcomes` in order (gates, sanctions, tiers);
closings by linked entities last, from the unlinked outcomes.
"""

from __future__ import annotations

from typing import Literal

from ..node import frozen
from .expressions import Expression, Mode
from .improvable import Improvable
from .label import Label
from .quantity import Type


@frozen(repr=False)
class Attribute:
    """A column of the subjects table. A dated one has several rows a subject, each with its valid-from date; the last before D counts."""

    name: str
    label: Label
    type: Type
    dated: bool


@frozen(repr=False)
class Subject:
    """Whom the scores are about: the key's column and the attributes."""

    key: str
    label: Label
    attributes: tuple[Attribute, ...]
    most: int


@frozen(repr=False)
class Scale:
    """The score's range, places and step, all scaled at `places`; the ends lie on the step."""

    places: int
    low: int
    high: int
    step: int
    mode: Mode


@frozen(repr=False)
class Field:
    """One field of the record, in the order in which `scorer()` takes them (an Exact field is two arguments, numerator then denominator).

    `layer` is 0 for metrics, inputs, attributes and D; a peer or group value stands in the layer in which a run can fill it.
    `improvable` is what a merchant can do about a metric, an input or a peer value.
    """

    name: str
    label: Label
    kind: Literal["metric", "input", "attribute", "peer", "group", "as of"]
    type: Type
    layer: int
    improvable: Improvable | None = None


@frozen(repr=False)
class PeerMean:
    """Mean over all subjects of the same category (self included) whose `of` is given and for which `among` holds.

    `pooled`: sum of numerators over sum of denominators of the metric `of` instead of the mean of published values.
    Where they are fewer than `minimum` or the category is None, the peers are those with the same first attribute of `otherwise` instead, then the next; ""
    stands for all subjects. None where none of these is enough. `divide(sum * scale, number of subjects * unit, mode) * step`
    (pooled: `divide(numerators * scale, denominators * unit, mode) * step`).
    """

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int
    pooled: bool
    scale: int
    unit: int
    mode: Mode
    step: int
    type: Type
    otherwise: tuple[str, ...] = ()


@frozen(repr=False)
class PeerMedian:
    """The middle published value of the peers (see PeerMean), of an even number the mean of the two: `divide(sum * scale, count * unit, mode) * step` with the
    one or two middle values."""

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int
    scale: int
    unit: int
    mode: Mode
    step: int
    type: Type
    otherwise: tuple[str, ...] = ()


@frozen(repr=False)
class PeerRank:
    """The share of the peers that are not better than the subject, itself included: the best has 100%, equal values rank alike.

    `divide((peers - better peers) * scale, peers * unit, mode) * step`. None for a subject that is no peer itself: without a value, or not `among` them.
    """

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int
    better: Literal["higher", "lower"]
    scale: int
    unit: int
    mode: Mode
    step: int
    type: Type
    otherwise: tuple[str, ...] = ()


@frozen(repr=False)
class PeerTop:
    """Whether the subject's place among the peers, 1 and the number of better peers, is at most `numerator / denominator` of their number. None for a subject
    that is no peer itself."""

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int
    better: Literal["higher", "lower"]
    numerator: int
    denominator: int
    type: Type
    otherwise: tuple[str, ...] = ()


@frozen(repr=False)
class PeerMultiple:
    """The subject's value over the exact mean of the peers: `divide(value * peers * scale, sum * unit, mode) * step`; None where the sum is 0 and for a subject
    that is no peer itself. Values are not negative."""

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int
    scale: int
    unit: int
    mode: Mode
    step: int
    type: Type
    otherwise: tuple[str, ...] = ()


@frozen(repr=False)
class GroupExtreme:
    """The lowest or highest given `of` among the subjects whose attribute `by` is equal; a missing `by` is a group of one. None when none is given."""

    name: str
    kind: Literal["lowest", "highest"]
    of: Expression
    by: str
    type: Type


Peer = PeerMean | PeerMedian | PeerRank | PeerTop | PeerMultiple
Across = Peer | GroupExtreme


@frozen(repr=False)
class StageRow:
    """`value` is None for `full` (makes parts), Nothing for `no score`, else the score itself (at the scale's places). The last row's condition is
    None (`else`)."""

    name: str
    label: Label
    condition: Expression | None
    full: bool
    value: Expression | None


@frozen(repr=False)
class Adjustment:
    """One adjustment of a number, in the order written; `amount` stands at the number's scale and is not negative for deduct and bonus.

    deduct: `value - min(amount, most)`; bonus: `value + min(amount, most)`; protect: the larger of value and amount; cap: the smaller.
    (`cap below x` was lowered to the largest representable value below x.) `per` is a count that multiplies the amount. A None value stays None; a
    condition that does not hold leaves the value.
    """

    kind: Literal["deduct", "bonus", "protect", "cap"]
    amount: Expression
    per: Expression | None
    most: int | None
    condition: Expression | None
    label: Label


@frozen(repr=False)
class Number:
    """A number of the second half. `value` is already rounded to the number's places; then adjustments, then `low` and `high`.

    total has no clamp of its own: the clamp to the scale and the rounding to its step make `score` (kind "score", whose value is NumberRead total).
    Parts and total are None unless the stage is full (`needs_full_stage`); the score is the stage's value then.
    `parts` are the paths of its lines when the value is a Sum or BestOf.
    """

    path: str
    name: str
    kind: Literal["part", "total", "score", "display"]
    word: str
    label: Label
    type: Type
    value: Expression
    adjustments: tuple[Adjustment, ...]
    low: int | None
    high: int | None
    layer: int
    needs_full_stage: bool
    parts: tuple[str, ...]


@frozen(repr=False)
class Gate:
    """A gate (open, closed) or a sanction (applies, clear). It is "open" / "applies" where the condition holds.

    `without` are (value, outcome) pairs decided first, in order: where the value is None the outcome is that one.
    """

    name: str
    kind: Literal["gate", "sanction"]
    label: Label
    without: tuple[tuple[Expression, str], ...]
    condition: Expression

    @property
    def held(self) -> str:
        """The outcome where the condition holds."""
        return "open" if self.kind == "gate" else "applies"

    @property
    def unheld(self) -> str:
        """The outcome where the condition does not hold."""
        return "closed" if self.kind == "gate" else "clear"

    @property
    def shut(self) -> str:
        """The outcome to which linked subjects close it."""
        return "closed" if self.kind == "gate" else "applies"


@frozen(repr=False)
class Force:
    """`force T when c` in a tier's block; the last that holds wins. A tier that is None stays None, as with every adjustment."""

    tier: str
    condition: Expression


@frozen(repr=False)
class Tier:
    """A named choice; `value` is an expression of Words with the tier's options, lowest first. None only where its type is optional."""

    name: str
    label: Label
    type: Type
    value: Expression
    forces: tuple[Force, ...]


Outcome = Gate | Tier


@frozen(repr=False)
class Linked:
    """`linked by owner { close a, b for all when any has c }`: closes the gates (applies the sanctions) of every subject of a group where one member's
    condition holds on its own record, numbers and unlinked outcomes. A missing owner is a group of one."""

    by: str
    outcomes: tuple[str, ...]
    condition: Expression


@frozen(repr=False)
class Hidden:
    """`hide score when c`: the score and the displays named are left out of what is shown; everything else reads them as given."""

    condition: Expression
    paths: tuple[str, ...]


@frozen(repr=False)
class RecordPlan:
    """Everything that reads the record. `outcomes` come after all numbers; `layer` numbers say what a run fills between."""

    subject: Subject
    scale: Scale | None
    fields: tuple[Field, ...]
    across: tuple[Across, ...]
    stages: tuple[StageRow, ...]
    numbers: tuple[Number, ...]
    outcomes: tuple[Outcome, ...]
    linked: tuple[Linked, ...]
    hidden: tuple[Hidden, ...]
