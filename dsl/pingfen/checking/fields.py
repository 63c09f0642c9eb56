"""The fields of the record: exactly what the second half or a claim reads, in order of declaration, and the as-of date where it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..node import nodes_in
from ..plan.expressions import AsOfRead
from ..plan.label import Label
from ..plan.quantity import Numeric, Type
from ..plan.record import Across, Attribute, Field, Subject
from ..plan.ruleset import Claim
from ..syntax.declarations import AttributeRow, GroupLine, InputLine, MetricLine, PeerLine
from .knowledge import Knowledge
from .labels import label_of
from .reads import keys_read
from .tables import SUBJECTS, limit_of

if TYPE_CHECKING:
    from .checker import Checked

KINDS = {MetricLine: "metric", InputLine: "input", AttributeRow: "attribute", PeerLine: "peer", GroupLine: "group"}


def record_fields(checked: Checked, claims: tuple[Claim, ...]) -> tuple[Field, ...]:
    """The fields in order of declaration."""
    known = checked.known
    second_half = (tuple(checked.across), _second_half(checked), claims)
    read = _read(second_half, claims)
    found = [_field(name, known.fields[name], known) for name in known.symbols.fields if f"field {name}" in read and name in known.fields]
    if any(isinstance(node, AsOfRead) for node in nodes_in(second_half, without="type")):
        found.append(_as_of(second_half))
    return tuple(found)


def across_read(checked: Checked, claims: tuple[Claim, ...]) -> list[Across]:
    """The peer and group values that something reads, in their order; what only an unread one reads is no field either."""
    read = _read((_second_half(checked), claims), claims)
    found: list[Across] = []
    while len(found) < len(used := [value for value in checked.across if f"field {value.name}" in read]):
        found = used
        read |= set(keys_read(tuple(found)))
    return found


def _second_half(checked: Checked) -> tuple[object, ...]:
    return checked.stages, tuple(checked.numbers), tuple(checked.outcomes.values()), tuple(checked.linked), tuple(checked.hidden)


def _read(root: object, claims: tuple[Claim, ...]) -> set[str]:
    return set(keys_read(root)) | {f"field {claim.field}" for claim in claims} | {f"field {claim.for_every}" for claim in claims}


def _field(name: str, kind: Type, known: Knowledge) -> Field:
    line = known.symbols.fields[name]
    layer = known.layers.get(f"field {name}", 0)
    improvable = known.improvable.get(name)
    return known.mark(Field(name, label_of(line.label), KINDS[type(line)], kind, layer, improvable), line.span)  # type: ignore[arg-type]


def _as_of(second_half: object) -> Field:
    kind = next(node.type for node in nodes_in(second_half, without="type") if isinstance(node, AsOfRead))
    assert isinstance(kind, Numeric)
    return Field("as_of", Label("评分日期", "as of"), "as of", kind, 0)


def subject_of(known: Knowledge) -> Subject | None:
    """Whom the scores are about."""
    block = known.symbols.header.subject
    if block is None:
        return None
    rows = [
        known.mark(Attribute(row.name.text, label_of(row.label), known.fields[row.name.text], row.dated), row.span)
        for row in block.attributes
        if row.name.text in known.fields
    ]
    most = limit_of(known.symbols.header.limits, "subjects", SUBJECTS, known)
    return known.mark(Subject(block.key.text, label_of(block.label), tuple(rows), most), block.span)
