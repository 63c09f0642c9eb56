"""Examples are compared value by value, claims are searched the same way every time, and counterexamples are plain and replay."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from attrs import evolve

from pingfen.command.guard import run
from pingfen.diagnostics.message import message_of
from pingfen.plan.expressions import Compare, Expression, NumberRead, OutcomeRead
from pingfen.plan.ruleset import Claim, Example, Expectation, Plan
from pingfen.reference import evaluate
from pingfen.trial import TriedClaim, try_plan
from pingfen.trial.claims import try_claim
from pingfen.trial.findings import findings_of
from pingfen.trial.junit import Suite, junit_document
from pingfen.trial.places import places_of

from ..reference.promoter import CLEAN, COUNT, EXAMPLES, OUTCOME, PLAN, RECORD, SCORE, TRUTH, count, read

TRIES = 400


def claim(form: str, target: Expression, field: str = "", low: int | None = None, high: int | None = None, assuming: Expression | None = None) -> Claim:
    return Claim("c", f"always ... {form} {field}", form, target, low, high, field, "", assuming)


def number(path: str) -> NumberRead:
    return NumberRead(path, SCORE)


SCORES, CAMPAIGNS = number("score"), OutcomeRead("campaigns", OUTCOME)
FEW = Compare("<=", read("breach_count", COUNT), count(900), TRUTH)
NEVER = Compare(">", read("breach_count", COUNT), count(1000), TRUTH)

HOLDING = [
    claim("within", SCORES, low=300, high=500),
    claim("within", number("product"), low=129, high=500),
    claim("rises", SCORES, "store_experience"),
    claim("falls", SCORES, "severe_count"),
    claim("falls", SCORES, "breach_count", assuming=FEW),
    claim("rises", CAMPAIGNS, "good_reviews"),
    claim("falls", OutcomeRead("flash_sale", OUTCOME), "severe_count"),
]
BROKEN = [
    claim("within", SCORES, low=300, high=499),
    claim("within", number("total"), low=300, high=500),
    claim("within", number("product"), low=130, high=500),
    claim("rises", SCORES, "breach_count"),
    claim("falls", SCORES, "breach_count"),
    claim("rises", CAMPAIGNS, "quality_returns"),
    claim("falls", CAMPAIGNS, "store_experience"),
]


def breaks(tried: TriedClaim, refutation: int = 0) -> bool:
    """Whether the counterexample breaks the claim by the interpreter's word alone."""
    found, asked = tried.refutations[refutation].counterexample, tried.claim
    cards = [evaluate(RECORD, record) for record in found.records]
    results = [card.numbers[asked.target.path] if isinstance(asked.target, NumberRead) else card.outcomes[asked.target.name] for card in cards]
    assert list(found.results) == results
    ranks = [{"closed": 0, "open": 1}.get(result, result) for result in results]
    if asked.form == "within":
        return not asked.low <= ranks[0] <= asked.high
    first, last = found.records
    assert {name: value for name, value in first.items() if name != asked.field} == {name: value for name, value in last.items() if name != asked.field}
    assert first[asked.field] < last[asked.field]
    return ranks[1] < ranks[0] if asked.form == "rises" else ranks[1] > ranks[0]


@pytest.mark.parametrize("asked", HOLDING, ids=lambda asked: f"{asked.form} {asked.field}")
def test_a_claim_that_holds_is_not_refuted(asked: Claim) -> None:
    tried = try_claim(PLAN, asked, TRIES)
    assert tried.held
    assert tried.tried > TRIES / 2


@pytest.mark.parametrize("asked", BROKEN, ids=lambda asked: f"{asked.form} {asked.field}")
def test_a_broken_claim_is_found_and_its_counterexample_replays(asked: Claim) -> None:
    tried = try_claim(PLAN, asked, TRIES)
    assert not tried.held
    assert breaks(tried)


def test_the_same_search_tries_the_same_records() -> None:
    for asked in (*HOLDING, *BROKEN):
        first, second = try_claim(PLAN, asked, 100), try_claim(PLAN, asked, 100)
        assert (first.tried, first.skipped) == (second.tried, second.skipped)
        assert [each.counterexample.records for each in first.refutations] == [each.counterexample.records for each in second.refutations]


def test_a_counterexample_differs_from_a_known_record_in_few_fields() -> None:
    found = try_claim(PLAN, claim("rises", SCORES, "breach_count"), TRIES).refutations[0].counterexample
    assert (found.plain_name, found.differences) == ("a clean promoter", ())
    assert [record["breach_count"] for record in found.records] == [0, 1]


def test_records_that_do_not_meet_the_assumption_are_counted_as_skipped() -> None:
    tried = try_claim(PLAN, claim("falls", SCORES, "breach_count", assuming=FEW), TRIES)
    assert tried.held
    assert tried.skipped > 0


def test_a_claim_that_no_record_meets_does_not_hold() -> None:
    tried = try_claim(PLAN, claim("rises", SCORES, "store_experience", assuming=NEVER), TRIES)
    assert not tried.held
    assert (tried.tried, tried.refutations) == (0, ())


def test_a_value_that_differs_is_reported_with_both_values() -> None:
    example = Example("wrong", None, tuple(CLEAN.items()), (), (Expectation("", (("product", 488), ("score", 491), ("stage", "small"))),))
    tried = try_plan(changed(examples=(example,), claims=()), TRIES)
    failed = [check for check in tried.examples[0].checks if not check.passed]
    assert [(check.name, check.expected, check.got) for check in failed] == [("score", 491, 492), ("stage", "small", "regular")]
    titles = [message_of(found, "en").title for found in findings_of(tried, "en")]
    assert titles[0] == "`score` is 4.92, not 4.91, in example `wrong`"


def test_what_no_example_reaches_is_listed_and_what_one_reaches_is_not() -> None:
    missed = {places_of(PLAN)[place] for place in try_plan(changed(claims=()), TRIES).coverage.missed}
    assert "product.praise: good reviews >= 95.00%" in missed
    assert "product.praise: good reviews >= 98.00%" not in missed
    assert "campaigns closed" in missed
    assert "total bonus 0.30 when fine products" in missed
    more = [
        CLEAN | change
        for change in (
            {"good_reviews": 9500, "fine_product": True},
            {"good_reviews": 9000, "breach_count": 1, "report_count": 1},
            {"good_reviews": 8000, "breach_count": 2, "report_count": 3},
            {"good_reviews": 0, "severe_count": 1, "report_count": 501},
            {"good_reviews": None, "store_experience": 0, "fine_product": True},
            {"severe_count": 2},
            {"fine_product": True, "severe_count": 1},
            {"breach_count": 901},
            {"breach_count": 901, "report_count": 1},
        )
    ]
    examples = tuple(Example(f"{index}", None, tuple(record.items()), (), ()) for index, record in enumerate(more))
    assert try_plan(changed(examples=(*EXAMPLES, *examples), claims=()), TRIES).coverage.missed == ()


def test_a_broken_claim_says_where_and_from_which_example_it_departs() -> None:
    tried = try_plan(changed(claims=(claim("within", SCORES, low=300, high=499),)), TRIES)
    message = message_of(findings_of(tried, "en")[0], "en")
    assert message.label == "5.00, as in example `a clean promoter`, but fine_product yes"


def test_junit_counts_examples_and_claims() -> None:
    tried = try_plan(changed(claims=(HOLDING[0], BROKEN[3])), TRIES)
    root = ElementTree.fromstring(junit_document([Suite("promoter.pf", tried, ())], "en"))
    suite = root.find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")
    assert len(suite.findall("testcase/failure")) == 1


def changed(**changes: object) -> Plan:
    return evolve(PLAN, **changes)


ANY_ROW = """\
ruleset example.any
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id

events orders {
  order_id text key
  shop_id text subject
  paid_at time happens
}
events refunds {
  refund_id text key
  order_id text refers to orders
  told_at time happens
  upheld flag
}
metric asked = share with any refunds of orders over last 30 days to 0.01% needs 1
metric upheld = share with upheld of refunds over last 30 days to 0.01%
metric refunded = count of refunds with upheld over last 30 days
total missing no score { part one weight 100% = ladder upheld { none -> none, >= 50% -> 50, else -> 0 } }
gate deals open when refunded < 3 and asked >= 10%, closed without asked
always score within 0 .. 50
always score falls with upheld
"""


def test_a_condition_over_any_row_of_a_table_leaves_records_that_no_data_produce_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`any refunds` makes a population that is called like its table."""
    path = tmp_path / "shop.pf"
    path.write_text(ANY_ROW, "utf-8")
    assert run(["test", str(path)]) == 1
    assert "no data can produce this record: `upheld` is 0 or none where `refunded` is 0" in capsys.readouterr().out
