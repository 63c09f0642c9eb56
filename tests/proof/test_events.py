"""Laws of what is told of events: what lies outside a metric's reach changes nothing, other subjects do not reach it, the first good event does no harm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

import pytest

from pingfen.calendar import window_bounds
from pingfen.generated import build_scorer
from pingfen.pipeline import compile_source
from pingfen.plan.events import Metric, Table
from pingfen.plan.expressions import ColumnRead
from pingfen.plan.quantity import Exact, Numeric
from pingfen.plan.ruleset import Plan
from pingfen.proof.arrival import Arrivals
from pingfen.proof.claims import Prover
from pingfen.proof.dependence import Dependence
from pingfen.proof.events import event_verdicts, others_told
from pingfen.proof.joint import GoodRows, is_good
from pingfen.proof.motion import Motion
from pingfen.proof.reach import Reach, reaches_of
from pingfen.proof.replay import Replayed, owner_of, replays, scenes
from pingfen.reference import evaluate
from pingfen.source import Source
from pingfen.trial.drawing import drawer_of
from pingfen.trial.limits import limits_of

from .attack import plan_of_seed
from .peers import one_more_order, peers_plan, text_of_seed

pytestmark = pytest.mark.slow

SHOP = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100

events orders {{
  order_id text key
  shop_id  text subject
  buyer_id text
  paid_at  time happens
  late     flag
}}
population counted = orders first 1 per {keys} by paid_at looking back 10 days
metric late_rate = share with late of counted over last 30 days to 0.01% better lower
total {{ part arrival = cases {{ 50 when late_rate missing, else curve late_rate {{ 0% -> {best}, 10% -> 0 }} }} }}
"""


def plan_of(keys: str = "shop_id, buyer_id", best: int = 100) -> Plan:
    """A shop whose orders count once a buyer, or once a buyer of any shop."""
    plan = compile_source(Source("shop.pf", SHOP.format(keys=keys, best=best))).plan
    assert plan is not None
    return plan


def told(plan: Plan) -> dict[tuple[str, str], str]:
    """The state of each statement, by metric and question."""
    return {(verdict.metric, verdict.question): verdict.state for verdict in event_verdicts(plan, Prover(plan, 1))}


def test_look_backs_reach_further_than_the_window() -> None:
    (metric,) = plan_of().events.metrics
    reach = next(reach for reach in reaches_of(plan_of().events, metric) if reach.window is not None)
    assert (reach.table, reach.back, reach.foreign) == ("orders", 10, "")


def test_keys_that_two_subjects_share_let_other_subjects_in() -> None:
    """`first 1 per buyer_id` looks at the orders of all shops: events of another shop that change the metric are found, and replayed."""
    plan = plan_of("buyer_id")
    verdict = next(each for each in event_verdicts(plan, Prover(plan, 1)) if each.question == "subjects" and each.metric)
    assert verdict.state == "refuted"
    assert verdict.events is not None
    assert owner_of(plan, verdict.events) != verdict.events.subject
    assert verdict.events.before["late_rate"] != verdict.events.after["late_rate"]


@pytest.mark.parametrize(
    ("keys", "stated"),
    [("shop_id, buyer_id", "no event of another subject changes a result"), ("buyer_id", "other subjects reach results only by metric `late_rate`")],
)
def test_metrics_that_other_subjects_reach_are_named_for_the_score(keys: str, stated: str) -> None:
    """A metric over keys that two subjects share carries other shops' orders into the score, beside peers, groups and links."""
    plan = plan_of(keys)
    (verdict,) = (each for each in event_verdicts(plan, Prover(plan, 1)) if not each.metric)
    assert (verdict.state, verdict.told.en) == ("proved", stated)


def test_a_first_good_event_may_lower_the_score() -> None:
    """A missing metric gives 50 points and its best value 40: the first order on time costs 10."""
    assert told(plan_of(best=100))["late_rate", "first"] == "proved"
    assert told(plan_of(best=40))["late_rate", "first"] == "refuted"


STAGED_FIRST = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 200
events orders {{
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
}}
metric volume = count of orders over last 30 days
metric praise = share with good of orders over last 30 days to 1% better higher
stages {{
  small when volume < 10 {{ score 80 when praise missing, else {given} }}
  large else full
}}
total {{ part kindness = curve praise {{ 0% -> 40, 100% -> 90, none -> 30 }} }}
"""


@pytest.mark.parametrize(("given", "state"), [("80", "proved"), ("60", "refuted")])
def test_a_first_good_event_may_lower_the_score_that_a_stage_gives(given: str, state: str) -> None:
    """A small shop without praise has 80 points, and with the best praise as many as the stage gives then."""
    plan = compile_source(Source("shop.pf", STAGED_FIRST.format(given=given))).plan
    assert plan is not None
    assert told(plan)["praise", "first"] == state


@pytest.mark.parametrize("seed", range(12))
def test_rows_outside_its_reach_change_no_metric(seed: int) -> None:
    """On generated rulesets: one more row changes a metric of a subject only where the row is the subject's and lies in the metric's reach."""
    plan = plan_of_seed(seed)
    if plan is None:
        pytest.skip("the generated text has a mistake")
    tried = [(table, each) for scene in scenes(plan, 2, seed) for table in plan.events.tables for each in replays(scene, table, Random(seed), 6)]
    for table, replayed in tried:
        changed = [metric for metric in plan.events.metrics if replayed.before.get(metric.name) != replayed.after.get(metric.name)]
        assert all(reaches_row(plan, metric, table, replayed) for metric in changed), ([metric.name for metric in changed], replayed.row)


def reaches_row(plan: Plan, metric: Metric, table: Table, replayed: Replayed) -> bool:
    """Whether the row lies in what is told of the metric's reach."""
    reaches = [reach for reach in reaches_of(plan.events, metric) if reach.table == table.name]
    own = owner_of(plan, replayed) == replayed.subject
    return any((own or reach.foreign) and lies_in(plan, reach, replayed) for reach in reaches)


def lies_in(plan: Plan, reach: Reach, replayed: Replayed) -> bool:
    """Whether the row's time lies in the window and its look-back, as far as the time is a column of the row."""
    if reach.window is None or not isinstance(reach.by, ColumnRead) or reach.by.through or reach.by.name not in replayed.row:
        return True
    time = replayed.row[reach.by.name]
    low, high = window_bounds(reach.window, replayed.as_of, plan.events.zone)
    return isinstance(time, int) and low - reach.back * 86400 <= time < high


@pytest.mark.parametrize("seed", range(12))
def test_other_subjects_reach_results_only_by_what_is_named(seed: int) -> None:
    """On generated rulesets: what a row of another subject changes in a record changes its results by the metrics, peers and groups that are named alone."""
    plan = plan_of_seed(seed)
    if plan is None:
        pytest.skip("the generated text has a mistake")
    named = set(re.findall("`([^`]+)`", others_told(plan, "en")))
    tried = [each for scene in scenes(plan, 3, seed) for table in plan.events.tables for each in replays(scene, table, Random(seed), 6)]
    for each in (each for each in tried if owner_of(plan, each) != each.subject and each.before != each.after):
        by_named = {name: (each.after if name in named else each.before)[name] for name in each.before}
        assert evaluate(plan.record, by_named).numbers == evaluate(plan.record, each.after).numbers, (each.table, each.row)


@pytest.mark.parametrize("seed", range(40))
def test_a_metric_that_arrives_at_its_best_lowers_no_score_that_is_shown_to_hold(seed: int) -> None:
    """What structure says of a field that comes from missing to a value holds on many records, through the generated scorer."""
    plan = plan_of_seed(seed)
    if plan is None or "score" not in {number.path for number in plan.record.numbers} or any(isinstance(field.type, Exact) for field in plan.record.fields):
        pytest.skip("no score, or quotients")
    scorer, dependence, random = build_scorer(plan.record), Dependence(plan.record), Random(seed)
    at, drawer = scorer.outputs.index("score"), drawer_of(plan.record, limits_of(plan.record))
    fields = [field for field in plan.record.fields if isinstance(field.type, Numeric) and field.type.optional]
    arrivals = [(field.name, best) for field in fields for best in (field.type.low, field.type.high)]
    for name, best in arrivals:
        if Arrivals(plan.record, name, best, dependence).score_holds():
            for _ in range(400):
                record = drawer.draw(random, {name: None})
                before, after = scorer(*record.values())[at], scorer(*(record | {name: best}).values())[at]
                assert before is None or after is None or after >= before, (name, best, record)


@pytest.mark.parametrize("seed", range(16))
def test_one_more_row_does_what_is_told_of_it(seed: int) -> None:
    """On generated rulesets: a metric moves only the way that is told, and no good row of a table that is shown never to lower the score lowers it."""
    plan = plan_of_seed(seed)
    if plan is None:
        pytest.skip("the generated text has a mistake")
    good = GoodRows(plan, Dependence(plan.record))
    tried = [each for scene in scenes(plan, 2, seed) for table in plan.events.tables for each in replays(scene, table, Random(seed), 6)]
    for each in (each for each in tried if owner_of(plan, each) == each.subject):
        moves, (before, after) = good.moves(each.table), each.scores
        assert all(moves_as_told(moves, name, each) for name in good.better), (each.table, each.row)
        if before is not None and after is not None and is_good(good, each):
            assert after >= before or not good.never_lowers(each.table), (each.table, each.row)


def moves_as_told(moves: Mapping[str, Motion], name: str, replayed: Replayed) -> bool:
    old, new = replayed.before.get(name), replayed.after.get(name)
    if name not in moves:
        return old == new
    if not isinstance(old, int) or not isinstance(new, int):
        return True
    return (new <= old or moves[name].up) and (new >= old or moves[name].down)


STAGED = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
events orders {{
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
}}
metric volume = count of orders over last 30 days
metric praise = share with good of orders over last 30 days to 1% better higher
total {{ part kindness = cases {{ {many} when volume >= 8, 50 when praise missing, else curve praise {{ 0% -> 40, 100% -> 90 }} }} }}
"""


def test_one_more_good_order_lowers_the_score_where_a_larger_shop_is_scored_otherwise() -> None:
    """The eighth order, a good one, takes the shop to another rule: events show it; where that rule is no worse, it is proved."""
    assert told(staged("95"))["praise", "one more"] == "proved"
    plan = staged("30")
    verdict = next(each for each in event_verdicts(plan, Prover(plan, 1)) if (each.metric, each.question) == ("praise", "one more"))
    assert verdict.state == "refuted"
    assert verdict.events is not None
    before, after = verdict.events.scores
    assert before is not None
    assert after is not None
    assert after < before
    assert (verdict.events.before["volume"], verdict.events.after["volume"]) == (7, 8)
    assert verdict.events.after["praise"] > verdict.events.before["praise"]  # type: ignore[operator]


def staged(many: str) -> Plan:
    """A shop whose praise counts below eight orders, and from then on gives a fixed number."""
    compilation = compile_source(Source("shop.pf", STAGED.format(many=many)))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


PEERS = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id { kind one of x, y
  sector one of u, v }
score 0 .. 2000
events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
}
metric praise = share with good of orders over last 30 days to 1% better higher
peer mid = mean of praise by sector at least 1 subjects to 1%
"""
RANKED = """peer place = rank rate of boosted by sector at least 1 subjects to 1%
total sum missing 0 {{
  part boosted = cases {{ none when praise missing, none when mid missing, points(praise) + 10 * {read} when kind is x, else points(praise) }}
  part placed = cases {{ none when place missing, else points(place) * 5 }}
}}
"""
LEFT = """peer lift = mean of boosted by sector at least 1 subjects to 1
stages {{
  low when {condition} and kind is x no score
  regular else full
}}
total sum missing 0 {{
  part boosted = cases {{ 10 when kind is x, else 90 }}
  part placed = cases {{ none when lift missing, else lift * 5 }}
}}
"""


def one_good_order(text: str) -> str:
    """What is said of one more good order."""
    compilation = compile_source(Source("peers.pf", PEERS + text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return told(compilation.plan)["praise", "one more"]


def test_a_rank_over_what_reads_a_peer_value_is_not_shown_to_hold() -> None:
    """A good order raises the mean of the sector, and by it others by more than the shop itself: its rank falls."""
    assert one_good_order(RANKED.format(read="5")) == "proved"
    assert one_good_order(RANKED.format(read="points(mid)")) != "proved"


def test_a_mean_over_shops_whose_stage_reads_a_peer_value_is_not_shown_to_hold() -> None:
    """A good order raises the mean of the sector and so lets a shop of few points into a full stage: the mean of points falls."""
    assert one_good_order(LEFT.format(condition="sector is v")) == "proved"
    assert one_good_order(LEFT.format(condition="(mid missing or mid < 50%)")) != "proved"


def test_no_order_lowers_a_score_that_is_shown_to_hold_among_peers() -> None:
    """Rulesets whose peer values and stages read peer values, on samples of a few shops of one sector; some of them are shown to hold."""
    shown = 0
    for seed in range(120):
        plan = peers_plan(seed)
        assert plan is not None, text_of_seed(seed)
        good = GoodRows(plan, Dependence(plan.record))
        if good.never_lowers("orders"):
            shown += 1
            for each in one_more_order(plan, Random(seed), 15):
                before, after = each.scores
                assert before is None or after is None or after >= before or not is_good(good, each), (seed, each.data)
    assert shown > 10
