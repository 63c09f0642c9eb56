"""What a text becomes in the plan: one rounding is one division, scales stand beside each other, layers follow what is read."""

from __future__ import annotations

from pingfen.plan.events import Aggregated
from pingfen.plan.expressions import Arithmetic, Bands, Cases, Compare, Constant, Curve, Divided, DropMissing, FieldRead, NumberRead, Sum
from pingfen.plan.quantity import Numeric
from pingfen.plan.record import Gate, PeerMean

from .programs import compiled, number_of, plan_of

SCORE = "score 3.00 .. 5.00\ninput returns share 0.00% .. 100.00%\ninput a points 0.00 .. 5.00 optional\ninput n count 0 .. 100\n"


def test_a_curve_in_a_part_is_rounded_once_to_the_scores_places() -> None:
    value = number_of(plan_of(SCORE + "total { part one = curve returns { 0.00% -> 5.00, 0.80% -> 4.50 } }"), "one").value
    assert isinstance(value, Curve)
    assert value.points == ((0, 500), (80, 450))
    assert (value.unit, value.step, value.mode) == (1, 1, "half away")
    assert value.type == Numeric("number", 2, 450, 500)


def test_rounding_goes_into_the_branches_of_cases() -> None:
    value = number_of(plan_of(SCORE + "total { part one = cases { 4 when n < 3, else curve returns { 0% -> 5, 3% -> 3.125 } } }"), "one").value
    assert isinstance(value, Cases)
    assert value.rows[0].value == Constant(400, Numeric("number", 2, 400, 400))
    assert isinstance(value.otherwise, Curve)
    assert value.otherwise.type.places == 2  # type: ignore[union-attr]


def test_a_rounding_to_half_steps_is_one_division_times_the_step() -> None:
    value = number_of(plan_of("input a number 0.00 .. 9.99\ndisplay d = a to 0.5"), "d").value
    assert isinstance(value, Divided)
    assert (value.numerator, value.denominator.value, value.step) == (FieldRead("a", Numeric("number", 2, 0, 999)), 50, 5)  # type: ignore[union-attr]
    assert value.type == Numeric("number", 1, 0, 100)


def test_a_negative_divisor_turns_both_signs() -> None:
    value = number_of(plan_of("input a number -9 .. 9\ninput b number -9 .. -1\ndisplay d = a / b to 0.1"), "d").value
    assert isinstance(value, Divided)
    assert isinstance(value.denominator.type, Numeric)
    assert value.denominator.type.low > 0
    assert isinstance(value.type, Numeric)
    assert (value.type.low, value.type.high) == (-90, 90)


def test_sides_of_a_comparison_stand_at_one_scale() -> None:
    gate = plan_of("input a number 0.00 .. 9.99\ninput b number 0 .. 9\ngate g open when a > b").record.outcomes[0]
    assert isinstance(gate, Gate)
    assert isinstance(gate.condition, Compare)
    right = gate.condition.right
    assert isinstance(right, Arithmetic)
    assert right.right == Constant(100, Numeric("number", 2, 100, 100))
    assert right.type == Numeric("number", 2, 0, 900)


def test_weights_of_a_sum_stand_at_one_scale_and_its_unit_holds_the_whole() -> None:
    value = number_of(plan_of(SCORE + "total { part one weight 62.5% = 4, part two weight 37.5% exact = n * 0.001 }"), "total").value
    assert isinstance(value, Sum)
    assert [(line.path, line.weight.value, line.factor) for line in value.lines] == [("one", 625, 10), ("two", 375, 1)]  # type: ignore[union-attr]
    assert (value.scale, value.unit, value.relative) == (1, 10**3 * 10**3 // 10**2, False)


def test_half_of_three_parts_is_two() -> None:
    parts = "part one weight 40% = a, part two weight 30% = 4, part three weight 30% = 3"
    value = number_of(plan_of(SCORE + f"total missing drop needs half the parts {{ {parts} }}"), "total").value
    assert isinstance(value, Sum)
    assert value.missing == DropMissing(2, 0, 1)
    assert value.relative


def test_a_share_of_the_weight_is_a_fraction_in_lowest_terms() -> None:
    parts = "part one weight 40% = a, part two weight 60% = 4"
    value = number_of(plan_of(SCORE + f"total missing drop needs 75% of the weight {{ {parts} }}"), "total").value
    assert isinstance(value, Sum)
    assert value.missing == DropMissing(1, 3, 4)


def test_cap_below_is_the_largest_value_below_on_the_scores_step() -> None:
    plan = plan_of(
        "score 0.0 .. 5.0 to 0.5\ninput a points 0.0 .. 5.0\ninput ok flag\ntotal { part one = a\n cap below 4.5 when ok\n cap below 4.0 when a > 2 }"
    )
    amounts = [line.amount.value for line in number_of(plan, "total").adjustments]  # type: ignore[union-attr]
    assert amounts == [40, 35]


def test_the_score_is_the_total_within_its_scale() -> None:
    score = number_of(plan_of(SCORE + "total { part one = n }"), "score")
    assert score.value == NumberRead("total", Numeric("number", 2, 0, 10000))
    assert (score.low, score.high, score.type) == (300, 500, Numeric("score", 2, 300, 500))


def test_a_ladder_of_shares_keeps_its_limits_at_the_finest_scale() -> None:
    value = number_of(plan_of("input r share 0.00% .. 100.00%\ndisplay d = ladder r { <= 0.125% -> 1, else -> 2 }"), "d").value
    assert isinstance(value, Bands)
    assert value.rows[0].high == Constant(125, Numeric("share", 5, 125, 125))
    assert value.subject.type.places == 5  # type: ignore[union-attr]


EVENTS = """
events orders {
  order_id text key
  store_id text subject
  paid_at time happens
  late flag
  amount money 0.00 .. 100.00
  weight number 0.0 .. 5.0
}
"""


def test_a_share_to_places_scales_its_numerator() -> None:
    metric = plan_of(EVENTS + "metric m = share with late of orders over last 30 days to 0.01%\ndisplay d = m").events.metrics[0]
    assert isinstance(metric.made, Aggregated)
    assert (metric.made.scale, metric.made.unit, metric.made.step) == (10**4, 1, 1)
    assert metric.type == Numeric("share", 4, 0, 10**4, True)


def test_a_mean_divides_by_weights_at_their_own_scale() -> None:
    """The weights' scale stands in numerator and denominator, and cancels out."""
    metric = plan_of(EVENTS + "metric m = mean of amount in orders weighted by weight over last 30 days to 0.1\ndisplay d = m").events.metrics[0]
    assert isinstance(metric.made, Aggregated)
    assert (metric.made.scale, metric.made.unit) == (1, 10)
    assert metric.type == Numeric("money", 1, 0, 1000, True)


FIELDS = """
subject store_id {
  opened date
  owner text optional
}
metric b = count of orders over last 30 days
metric a = count of orders over last 7 days
metric unread = count of orders over last 3 days
group g = lowest d by owner
display d = a + b
gate open_it open when g > 3 and age of opened > 5 days
"""


def test_fields_are_what_the_second_half_reads_in_order_of_declaration() -> None:
    record = plan_of(EVENTS + FIELDS).record
    assert [(field.name, field.kind, field.layer) for field in record.fields] == [
        ("opened", "attribute", 0), ("b", "metric", 0), ("a", "metric", 0), ("g", "group", 1), ("as_of", "as of", 0),
    ]  # fmt: skip


def test_peers_and_what_reads_them_stand_in_layers() -> None:
    text = "subject store_id { kind text optional }\nscore 0 .. 100\ninput a points 0 .. 100\npeer mean_a = mean of a by kind at least 2 subjects\n"
    text += "total { part plain weight 50% = a, part above weight 50% = cases { 0 when mean_a missing, 100 when a > mean_a, else 50 } }\n"
    text += "peer mean_score = mean of score by kind at least 2 subjects\ngate g open when mean_score given and score > mean_score"
    record = plan_of(text).record
    assert {number.path: number.layer for number in record.numbers} == {"plain": 0, "above": 1, "total": 1, "score": 1}
    assert {field.name: field.layer for field in record.fields} == {"a": 0, "mean_a": 1, "mean_score": 2}


def test_places_of_plan_nodes_lead_back_to_the_text() -> None:
    text = "input a number 0 .. 10\ndisplay d = cases { 1 when a > 5, else a * 2 }"
    compilation = compiled(text)
    assert compilation.plan is not None
    value = number_of(compilation.plan, "d").value
    assert isinstance(value, Cases)
    spans = [compilation.source_map.span_of(node) for node in (value.rows[0].condition, value.otherwise)]
    assert [compilation.source.text[span.start : span.end] for span in spans] == ["a > 5", "a * 2"]


def test_the_same_text_gives_the_same_plan() -> None:
    text = SCORE + "total missing no score { part one weight 50% = a, part two weight 50% = n }"
    assert plan_of(text) == plan_of(text)


def test_a_pooled_mean_adds_up_numerators_at_the_places_of_their_column() -> None:
    text = EVENTS + "subject store_id {\n kind text optional\n}\nmetric m = mean of amount in orders over last 30 days to 0.1\n"
    peer = plan_of(text + "peer p = pooled mean of m by kind at least 2 subjects to 0.001\ndisplay d = p").record.across[0]
    assert isinstance(peer, PeerMean)
    assert (peer.scale, peer.unit, peer.type) == (10, 1, Numeric("money", 3, 0, 100000, True))


def test_better_higher_is_a_claim_of_the_score_unless_it_is_written_out() -> None:
    text = "score 0 .. 100\ninput a points 0 .. 100 better higher\ninput b points 0 .. 100 better higher\ntotal sum { part one = a, part two = b }\n"
    claims = plan_of(text + "always score rises with b").claims
    assert [(claim.key, claim.form, claim.field) for claim in claims] == [("score rises b", "rises", "b"), ("score rises a", "rises", "a")]
