"""The JSON form of plans: everything comes back as it was, and what is no plan is refused with its path."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pingfen.plan.encoding import DEEPEST, MalformedPlanError, canonical, decode, digest, encode
from pingfen.plan.expressions import Arithmetic, Constant, FieldRead
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact, Numeric, Truth, Words
from pingfen.plan.record import Field, Number
from pingfen.plan.ruleset import Example, Expectation

SCORE = Numeric("score", 2, 300, 500)


def number(value: Any = None) -> Number:
    return Number("total", "total", "total", "total", Label("总分", ""), SCORE, value or Constant(450, SCORE), (), None, None, 0, False, ("a", "b"))


@pytest.mark.parametrize(
    "node",
    [
        number(),
        Field("returns", Label(), "metric", Exact("share", 2, 0, 99, 100), 0),
        Field("industry", Label("行业", "industry"), "attribute", Words(("apparel", "fresh food"), True), 0),
        Constant(True, Truth()),
        Constant("文", Words()),
        Example("e", None, (("returns", (199, 20000)), ("flag", True), ("missing", None)), (), (Expectation("", (("score", -1),)),)),
    ],
)
def test_decoding_what_was_encoded_gives_an_equal_node(node: Any) -> None:
    assert decode(json.loads(canonical(encode(node))), type(node)) == node


def test_equal_nodes_have_equal_bytes_and_digests() -> None:
    assert canonical(encode(number())) == canonical(encode(number()))
    assert digest(encode(number())) == digest(encode(number())) != digest(encode(number(Constant(451, SCORE))))


def test_a_canonical_document_has_sorted_names_and_no_spaces() -> None:
    assert canonical({"b": [1, None], "a": "分"}) == '{"a":"分","b":[1,null]}'.encode()


def change(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.update(fields)


@pytest.mark.parametrize(
    ("spoil", "place", "reason"),
    [
        (change(low="300"), "low", "a value of another kind"),
        (change(low=True), "low", "a value of another kind"),
        (change(low=3.0), "low", "a value of another kind"),
        (change(layer=2**200), "layer", "a number too large"),
        (change(needs_full_stage=1), "needs_full_stage", "a value of another kind"),
        (change(kind="module"), "kind", "a value of another kind"),
        (change(parts=["a", 1]), "parts.1", "a value of another kind"),
        (change(parts="ab"), "parts", "a value of another kind"),
        (change(value={"is": "Label", "zh": "", "en": ""}), "value", "a value of another kind"),
        (change(value={"is": "Numbre"}), "value", "a value of another kind"),
        (change(value={"is": ["Constant"]}), "value", "a value of another kind"),
        (change(value=None), "value", "a value of another kind"),
        (change(surplus=1), "surplus", "an unknown name"),
        (lambda document: document.pop("layer"), "layer", "a missing name"),
        (lambda document: document["value"]["type"].update(unit="furlong"), "value.type.unit", "a value of another kind"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_path(spoil: Callable[[dict[str, Any]], None], place: str, reason: str) -> None:
    document: Any = encode(number())
    spoil(document)
    with pytest.raises(MalformedPlanError) as refusal:
        decode(document, Number)
    assert (refusal.value.place, refusal.value.reason) == (place, reason)


def test_nesting_is_bounded() -> None:
    value: Any = encode(FieldRead("x", SCORE))
    for _ in range(DEEPEST + 1):
        value = {**encode(Arithmetic("+", Constant(1, SCORE), Constant(1, SCORE), SCORE)), "left": value}  # type: ignore[dict-item]
    with pytest.raises(MalformedPlanError) as refusal:
        decode(value, Arithmetic)
    assert refusal.value.reason == "nested too deeply"


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(MalformedPlanError):
        canonical({"a": "\ud800"})
