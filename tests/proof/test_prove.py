"""Laws of proofs: what is proved survives many inputs, what is refuted is replayed, what no data can produce is labelled, the rulesets are settled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies

from pingfen.analysis.scorecard import survey
from pingfen.arithmetic import divide
from pingfen.diagnostics.language import Language
from pingfen.diagnostics.message import message_of
from pingfen.pipeline import compile_source
from pingfen.plan.encoding import decode, encode
from pingfen.plan.record import RecordPlan
from pingfen.plan.ruleset import Plan
from pingfen.proof.claims import Prover
from pingfen.proof.findings import findings_of
from pingfen.proof.missing import unhandled
from pingfen.proof.obligations import missing_verdict, overflow_verdict
from pingfen.proof.parameters import all_variants
from pingfen.proof.section import differences, section_of
from pingfen.proof.session import prove
from pingfen.source import Source

from .attack import attack, plan_of_seed, proved_claims

ROOT = Path(__file__).parents[2]
SHARE = int(os.environ.get("PINGFEN_ATTACK", "1"))
"""How many times over proofs are attacked; `python -m tests.proof` is the full attack."""

HEAD = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
"""


def plan_of(body: str) -> Plan:
    """The plan of a ruleset with this body."""
    compilation = compile_source(Source("shop.pf", HEAD + body))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def verdicts_of(body: str, seconds: float = 5) -> dict[str, tuple[str, str]]:
    """State and method of every verdict."""
    return {verdict.key: (verdict.state, verdict.method) for verdict in prove(plan_of(body), seconds).verdicts}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8 * SHARE))
def test_proved_claims_survive_an_attack(seed: int) -> None:
    """Claims of generated rulesets that are proved, by structure or by z3, on inputs half of which stand on limits or one unit beside them."""
    plan = plan_of_seed(seed)
    if plan is None:
        pytest.skip("the generated text has a mistake")
    verdicts = proved_claims(plan, seed, 4)
    attacked = list(attack(plan, seed, verdicts, 4000))
    assert [each.breach for each in attacked] == [None] * len(verdicts)
    assert all(each.on_limits >= each.tried // 2 for each in attacked)


def test_structure_settles_sums_bands_curves_and_limits_without_the_solver() -> None:
    """z3 is not even imported for a plan that structure settles."""
    script = "import sys; from pingfen.pipeline import compile_source; from pingfen.source import Source; from pathlib import Path;"
    script += "from pingfen.proof.session import prove; plan = compile_source(Source('sound', Path(sys.argv[1]).read_text('utf-8'))).plan;"
    script += "proof = prove(plan); assert proof.refuted == proof.unknown == 0; print('z3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, str(ROOT / "tests/cases/faults/sound.pf")], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_structure_does_not_show_is_asked_of_the_solver() -> None:
    """A square is not negative: intervals do not see it, z3 does."""
    found = verdicts_of(
        """input a number 0 .. 100
        input b number 0 .. 100
        total { part even = a * a - 2 * a * b + b * b }
        always even within 0 .. 10000"""
    )
    assert found["even within"] == ("proved", "solver")


def test_a_question_beyond_the_time_allowed_is_open_with_a_reason() -> None:
    body = """input a number 0 .. 1000
        input b number 0 .. 1000
        total { part even = a * a - 2 * a * b + b * b }
        always even within 0 .. 2000000"""
    proof = prove(plan_of(body), 0.001)
    verdict = next(verdict for verdict in proof.verdicts if verdict.key == "even within")
    assert verdict.state == "unknown"
    assert verdict.reason is not None
    assert verdict.reason.en == "not settled within the time allowed"


def test_a_counterexample_that_no_data_can_produce_is_labelled() -> None:
    """A part of the orders never outnumbers them all."""
    proof = prove(
        plan_of(
            """events orders {
              order_id text key
              shop_id  text subject
              paid_at  time happens
              late     flag
            }
            metric volume = count of orders over last 30 days
            metric lates  = count of orders with late over last 30 days
            total { part both = cases { 10 when lates > volume, else 50 } }
            always both within 40 .. 60"""
        )
    )
    verdict = next(verdict for verdict in proof.verdicts if verdict.key == "both within")
    assert verdict.state == "refuted"
    assert verdict.refutations[0].counterexample.impossible


def test_claims_hold_for_every_choice_by_itself() -> None:
    """The verdict names the choice for which a claim fails."""
    text = HEAD.replace("subject shop_id", "subject shop_id {\n category one of food, toys\n}")
    text += """table tops by category (top) {
      food -> 90
      toys -> 40
    }
    input speed points 0 .. 100
    total { part delivery = cases { tops.top when speed > 50, else 50 } }
    always score rises with speed for every category"""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    verdict = Prover(plan, 5).settle(plan.claims[0])
    assert (verdict.state, verdict.refutations[0].choice) == ("refuted", "toys")


def test_claims_for_every_choice_speak_of_subjects_without_one() -> None:
    """A shop without a kind scores less with more of n: the claim is refuted by that record."""
    text = HEAD.replace("subject shop_id", "subject shop_id {\n kind one of x, y optional\n}")
    text += """input n number 0 .. 10
    total { part only = cases { 100 - n * 10 when kind missing, else n * 10 } }
    always score rises with n for every kind"""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    verdict = Prover(plan, 5).settle(plan.claims[0])
    assert verdict.state == "refuted"
    assert {record["kind"] for record in verdict.refutations[0].counterexample.records} == {None}


def test_what_every_ruleset_owes_is_proved_without_any_claim() -> None:
    found = verdicts_of("input speed points 0 .. 100 better higher\ntotal { part delivery = speed }")
    assert set(found) == {"score rises speed", "score within its scale", "no overflow", "no unhandled missing value"}
    assert {state for state, _ in found.values()} == {"proved"}


def test_a_missing_value_that_nobody_handles_is_refuted_with_a_record() -> None:
    """On a plan that no checker of ours makes: a comparison of a field that may be missing."""
    plan = plan_of("input speed points 0 .. 100\ntotal { part delivery = cases { 10 when speed > 50, else 50 } }")
    record = loosened(plan.record)
    loose = Plan(plan.version, record, plan.events, (), (), (), ())
    assert list(unhandled(record, survey(record)))
    verdict = missing_verdict(loose, survey(record), 5)
    assert verdict.state == "refuted"
    assert verdict.refutations[0].counterexample.records[0]["speed"] is None


def loosened(record: RecordPlan) -> RecordPlan:
    """The record plan with fields that may be missing, which its expressions do not expect."""
    document = encode(record)

    def loosen(value: object) -> object:
        if isinstance(value, dict):
            loosened = {name: loosen(each) for name, each in value.items()}
            inside = value.get("is") in ("Field", "FieldRead")
            return {**loosened, "type": {**loosened["type"], "optional": True}} if inside and loosened["type"]["is"] == "Numeric" else loosened
        return [loosen(each) for each in value] if isinstance(value, list) else value

    return decode(loosen(document), RecordPlan)


def test_a_number_beyond_64_bits_is_not_proved() -> None:
    """On a plan that no checker of ours makes: types that say less than the values reach."""
    plan = plan_of("input speed number 0 .. 1000\ntotal { part delivery = speed * 2 - speed * 2 }")
    assert overflow_verdict(plan, 5).state == "proved"
    text = json.dumps(encode(plan.record)).replace('"high": 1000,', f'"high": {2**62},')
    wide = decode(json.loads(text), RecordPlan)
    assert overflow_verdict(Plan(plan.version, wide, plan.events, (), (), (), ()), 5).state != "proved"


@given(strategies.integers(-(10**4), 10**4), strategies.integers(-(10**4), 10**4), strategies.integers(1, 50))
def test_rounding_keeps_order(first: int, last: int, denominator: int) -> None:
    """What structure assumes of every rounding: it never turns an order round."""
    low, high = sorted((first, last))
    for mode in ("half away", "up", "down", "half even"):
        assert divide(low, denominator, mode) <= divide(high, denominator, mode)


def test_a_section_of_proofs_can_be_checked_again() -> None:
    plan = plan_of("input speed points 0 .. 100 better higher\ntotal { part delivery = speed }")
    proof = prove(plan)
    section = section_of(proof)
    assert list(differences(section, proof)) == []
    section["claims"][0]["state"] = "refuted"  # type: ignore[index, call-overload]
    assert [found[1:] for found in differences(section, proof)] == [("refuted", "proved")]


@pytest.mark.slow
def test_the_published_rulesets_are_settled() -> None:
    """`pingfen prove rulesets`: claims and statements about events proved or refuted, nothing open; `python -m bench proofs` measures how long it takes."""
    command = [sys.executable, "-m", "pingfen", "prove", "rulesets", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    proofs = json.loads(done.stdout)["proofs"]
    assert {told["state"] for proof in proofs for told in (*proof["claims"], *proof["events"])} <= {"proved", "refuted"}


def test_numbers_are_known_where_a_field_is() -> None:
    """A situation in which the claim's field is given leaves the row for a missing one out."""
    plan = plan_of(
        "input speed points 0 .. 100 optional\ntotal { part delivery = ladder speed { >= 50 -> 80, none -> 90, else -> 60 } }\nalways score rises with speed"
    )
    assert Prover(plan, 5).settle(plan.claims[0]).method == "structure"


PARAMETER = """param cut = 40 assumed within {low} .. {high}
input speed points 0 .. 100
total {{ part delivery = cases {{ 70 when speed < cut, 60 when speed < 35, else 90 }} }}
always score rises with speed
always score within 60 .. 90"""


def settled_with_parameters(low: str, high: str) -> dict[str, tuple[str, str]]:
    """State of every claim, and the parameters at which a refuted one fails, for all of `within`."""
    source = Source("shop.pf", HEAD + PARAMETER.format(low=low, high=high))
    compilation = compile_source(source)
    plan = compilation.plan
    assert plan is not None
    variants, complete = all_variants(compilation)
    proof = prove(plan, 5, variants, complete=complete)
    return {
        verdict.key: (verdict.state, "".join(each.parameters for each in verdict.refutations)) for verdict in proof.verdicts if verdict.claim in plan.claims
    }


def test_claims_hold_for_every_value_of_a_parameter() -> None:
    """Where `within` has few values, each is proved; the first that breaks the claim is named."""
    assert settled_with_parameters("36", "60") == {"score rises speed": ("proved", ""), "score within": ("proved", "")}
    assert settled_with_parameters("20", "60") == {"score rises speed": ("refuted", "cut 20"), "score within": ("proved", "")}


def test_too_many_values_of_a_parameter_leave_a_claim_open() -> None:
    """What holds at the ends and in the middle alone is not said to hold for all values."""
    assert settled_with_parameters("36.0", "60.0") == {"score rises speed": ("unknown", ""), "score within": ("unknown", "")}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PARAMETER.format(low="36.0", high="60.0"), {"en": "narrow `within`", "zh": "请缩小参数"}),
        (
            """input speed number 0 .. 1000
input care number 0 .. 1000
total { part even within 0 .. 100 = speed * speed - 2 * speed * care + care * care }
always even rises with speed assuming speed > care and speed * speed * care * care >= speed * care * speed""",
            {"en": "allow more time", "zh": "放宽时限"},
        ),
    ],
)
def test_the_hint_of_an_open_claim_answers_its_reason(body: str, words: dict[Language, str]) -> None:
    """Time helps where it ran out; where parameters have too many values, fewer values do, and time is not spoken of."""
    compilation = compile_source(Source("shop.pf", HEAD + body))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    variants, complete = all_variants(compilation)
    proof = prove(compilation.plan, 0.01, variants, complete=complete)
    assert proof.unknown
    for language, said in words.items():
        hints = {message_of(found, language).hint for found in findings_of(proof, language)}
        assert all(said in hint for hint in hints), hints


BETWEEN = """param cut = 40.5 {assumed} within 40 .. 42
input speed points 0 .. 100
total {{ part delivery to 0.01 = 60 - 10 * (cut - 40) * (42 - cut) * (cut - 41) }}
always score within 60.00 .. 90.00"""


@pytest.mark.parametrize("assumed", ["assumed", ""])
def test_a_parameter_takes_values_as_fine_as_it_is_written(assumed: str) -> None:
    """Between 40 and 42 lie 41.1 to 41.9: there the claim is broken, and neither at the ends nor in the middle. It need not be assumed."""
    compilation = compile_source(Source("shop.pf", HEAD.replace("score 0 .. 100", "score 0.00 .. 100.00") + BETWEEN.format(assumed=assumed)))
    assert compilation.plan is not None, compilation.diagnostics
    variants, complete = all_variants(compilation)
    assert complete
    assert [variant.text for variant in variants] == [f"cut {tenths / 10:.1f}" for tenths in range(400, 421) if tenths != 405]
    verdict = prove(compilation.plan, 5, variants, complete=complete).verdicts[0]
    assert (verdict.state, [each.parameters for each in verdict.refutations]) == ("refuted", ["cut 41.1"])
    assert len(compilation.plan.assumptions) == bool(assumed)


WAITING = """param wait = 1 days within 1 days .. 2 days
input answer duration 0 seconds .. 3 days
total { part speed = cases { 70 when answer < wait, else 60 } }
always score within 60 .. 70"""


def test_a_length_of_time_is_given_in_any_unit() -> None:
    """Between 1 day and 2 days lie 36 hours, and more values than are proved one by one: what holds for whole days is open."""
    compilation = compile_source(Source("shop.pf", HEAD + WAITING))
    assert compilation.plan is not None, compilation.diagnostics
    (given,) = compilation.ranges
    assert given.text(given.low + 12 * 3600) == "36 hours"
    assert compile_source(compilation.source, {"wait": "36 hours"}).plan is not None
    variants, complete = all_variants(compilation)
    assert not complete
    assert prove(compilation.plan, 5, variants, complete=complete).verdicts[0].state == "unknown"
