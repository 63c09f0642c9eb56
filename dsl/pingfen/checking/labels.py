"""Labels beside names: which text is Chinese and which English."""

from __future__ import annotations

from ..plan.label import Label
from ..syntax.declarations import LabelText


def label_of(text: LabelText) -> Label:
    """The label; the text with Han characters is the Chinese one, of two texts of one kind the first is Chinese."""
    texts = [literal.text for literal in text.texts]
    chinese = [written for written in texts if any("一" <= char <= "鿿" for char in written)]
    other = [written for written in texts if written not in chinese]
    if len(chinese) > 1:
        return Label(chinese[0], chinese[1])
    if len(other) > 1:
        return Label(other[0], other[1])
    return Label(chinese[0] if chinese else "", other[0] if other else "")
