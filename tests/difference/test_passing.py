"""A shop that loses or gains its score is a finding of its own: told, shown, explained, counted on data, or proved not to be."""

from __future__ import annotations

import pytest

from pingfen.difference import Comparison, compare
from pingfen.difference.comparison import Move
from pingfen.difference.report import report
from pingfen.difference.rules import changes_of
from pingfen.difference.searching import GAINED, LOST
from pingfen.difference.telling import document, lines
from pingfen.reference import evaluate

from .shops import plan_of

DIGESTS = ("sha256:old", "sha256:new")
CLAUSE = "missing drop {"
STAGES = "stages {\n  usual else full\n}\n"
SHOP = f"""ruleset example.shop "店铺分" "Shop score"
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
input praise "好评率" "Praise rate" share 0% .. 100% to 1% optional
input volume "单量" "Volume" count 0 .. 100
{STAGES}total "总分" "Total" {CLAUSE}
  part goods "商品" "Goods" weight 50% = ladder praise {{ >= 80% -> 100, >= 60% -> 40, none -> none, else -> 0 }}
  part other "其他" "Other" weight 50% = ladder volume {{ >= 50 -> 100, else -> 20 }}
}}
hide score when volume < 1
"""
DROP = "A part without a value leaves and its weight goes to the others"
CLAUSES = {
    "missing no score {": ("no score", "不评分"),
    "missing 60 {": ("60", "60"),
    "missing drop needs 2 parts {": (f"{DROP}; none below 2 parts", "缺值的项目退出, 权重分给其余项目; 不足 2 项时为缺"),
    "missing drop needs 62.5% of the weight {": (f"{DROP}; none below 62.5% of the weight", "缺值的项目退出, 权重分给其余项目; 不足权重 62.5% 时为缺"),
}
TAKEN = {
    "a missing part": ((CLAUSE, "missing no score {"), ("goods:missing", "Goods missing", "商品 缺")),
    "too few parts": ((CLAUSE, "missing drop needs 2 parts {"), ("goods:missing", "Goods missing", "商品 缺")),
    "a stage": (
        (STAGES, 'stages {\n  small "小店" "Small" when volume < 3 no score\n  usual else full\n}\n'),
        ("stage:small", "stage Small without a score", "阶段 小店 不评分"),
    ),
    "a part": (
        ("= ladder volume { >= 50 -> 100, else -> 20 }", "= cases { none when volume > 90, else ladder volume { >= 50 -> 100, else -> 20 } }"),
        ("goods:missing", "Goods missing, Other missing", "商品 缺, 其他 缺"),
    ),
}


def with_other(*changes: tuple[str, str]) -> str:
    text = SHOP
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def compared(old: str, new: str, seconds: float = 3.0) -> Comparison:
    return compare(plan_of(old), plan_of(new), DIGESTS, seconds=seconds)


def shown(found: Comparison) -> dict[tuple[str, str], Move]:
    return {(move.old, move.new): move for move in found.score_moves}


@pytest.mark.parametrize(("language", "index"), [("en", 0), ("zh", 1)])
@pytest.mark.parametrize("clause", CLAUSES)
def test_what_becomes_of_a_missing_part_is_a_rule(clause: str, language: str, index: int) -> None:
    old, new = plan_of(SHOP), plan_of(with_other((CLAUSE, clause)))
    [change] = changes_of(old, new, language)
    about, before = (("missing", DROP), ("缺", "缺值的项目退出, 权重分给其余项目"))[index]
    assert (change.kind, change.name, change.rows) == ("number", "total", ((about, before, CLAUSES[clause][index]),))


def test_a_clause_of_parts_that_are_never_missing_is_no_rule() -> None:
    """Where no part may be missing, it says nothing."""
    given = ("to 1% optional", "to 1%"), (">= 60% -> 40, none -> none, else", ">= 60% -> 40, else")
    found = compared(with_other(*given), with_other(*given, (CLAUSE, "{")))
    assert found.same
    assert changes_of(found.pairing.old, found.pairing.new, "en") == ()


@pytest.mark.parametrize("taken", TAKEN)
def test_a_shop_that_loses_its_score_is_shown_with_what_took_it(taken: str) -> None:
    """By the interpreter, from both sides; the reverse is a shop that gains one."""
    change, (code, english, chinese) = TAKEN[taken]
    found, back = compared(SHOP, with_other(change)), compared(with_other(change), SHOP)
    for each, way, proved in ((found, LOST, (False, True)), (back, GAINED, (True, False))):
        assert (each.none_loses, each.none_gains) == proved
        move = shown(each)[way]
        sides = zip((each.pairing.old, each.pairing.new), (move.shop.old, move.shop.new), strict=True)
        scores = [evaluate(plan.record, record).numbers["score"] for plan, record in sides]
        assert tuple("none" if score is None else "given" for score in scores) == way
        assert move.lacks[0].code == code
        told = {language: list(lines(each, language)) for language in ("en", "zh")}
        side = "after" if way == LOST else "before"
        assert f"  because: {side}: {english}" in told["en"]
        assert f"  原因: {'此后' if way == LOST else '此前'}: {chinese}" in told["zh"]
        assert any(line.startswith(f"Total: {way[0]} → {way[1]} (") for line in told["en"])
        assert "No shop rises (proved)." not in told["en"]
        assert chinese in report(each, "zh")
        [in_document] = [entry for entry in document(each, "en")["moves"] if entry["name"] == "score"]
        assert (in_document["old"], in_document["new"]) == way
        assert in_document["without"][0]["code"] == code


def test_a_shop_that_loses_its_score_has_few_values_that_are_not_as_in_the_example() -> None:
    example = 'example "usual" {\n  given praise 90%, volume 60\n  expect score 100\n}\n'
    found = compared(SHOP + example, with_other((CLAUSE, "missing no score {")) + example)
    move = shown(found)[LOST]
    assert move.shop.unlike == ("praise",)
    assert (move.shop.before["score"], move.shop.after["score"]) == (100, None)


@pytest.mark.parametrize(("language", "told"), [("en", "No shop loses or gains a score (proved)."), ("zh", "没有店铺失去或获得评分 (已证明)。")])
def test_that_no_shop_loses_or_gains_a_score_is_proved_and_told(language: str, told: str) -> None:
    found = compared(SHOP, with_other((">= 60% -> 40", ">= 60% -> 50")))
    assert (found.none_loses, found.none_gains, found.score_moves) == (True, True, ())
    assert told in list(lines(found, language))
    assert told in report(found, language)
    assert document(found, language)["proved none"] == ["fall", "loss", "gain"]


def test_a_rare_loss_is_found_by_z3() -> None:
    """One value of a million takes the score."""
    rare = with_other(("count 0 .. 100", "count 0 .. 1000000"), ("volume {", "volume * volume {"))
    new = rare.replace("= ladder volume * volume {", "= cases { none when volume * 7 = 4321009, else ladder volume * volume {").replace(
        "else -> 20 }", "else -> 20 } }"
    )
    new = new.replace(CLAUSE, "missing no score {")
    old = rare.replace(CLAUSE, "missing no score {")
    move = shown(compared(old, new))[LOST]
    assert move.shop.union["volume"] == 617287


def test_what_z3_has_no_time_for_is_not_called_proved() -> None:
    found = compared(with_other((CLAUSE, "missing no score {")), with_other((CLAUSE, "missing no score {"), (">= 60% -> 40", ">= 60% -> 50")), seconds=0)
    assert (found.none_loses, found.none_gains) == (False, False)
    assert "No shop was found that loses its score; not proved." in list(lines(found, "en"))
    assert "未找到获得评分的店铺; 未证明。" in list(lines(found, "zh"))


def test_a_display_that_alone_differs_is_shown_by_a_shop() -> None:
    display = 'display shown "展示" "Shown" = praise\n'
    found = compared(SHOP + display, SHOP + display.replace("= praise", "= praise to 5%"))
    told = list(lines(found, "en"))
    assert "  Praise rate → Praise rate rounded to 5%" in told
    assert "A shop that shows it:" in told
    assert any(line.startswith("  Shown: ") for line in told)
    witness = document(found, "en")["witness"]
    assert [row["name"] for row in witness["results"]] == ["Shown"]
    assert witness["results"][0]["old"] != witness["results"][0]["new"]
    assert "例证店铺:" in list(lines(found, "zh"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Where shops differ: Praise rate where it is missing; Other values: nothing differs (proved)"),
        ("zh", "哪些店铺不同: 好评率 缺失时; 其余取值: 毫无不同 (已证明)"),
    ],
)
def test_that_shops_differ_only_where_a_metric_is_missing_is_told(language: str, told: str) -> None:
    found = compared(SHOP, with_other((CLAUSE, "missing no score {")))
    assert told in list(lines(found, language))
    [praise] = [each for each in document(found, language)["ranges"] if each["metric"] == "praise"]
    assert (praise["low"], praise["high"], praise["outside"], praise["shops"][:2]) == (None, None, "proved", [None, None])
    assert told.split(": ")[1].split("; ")[0].split(" ", 2)[-1] in report(found, language)


@pytest.mark.parametrize(("language", "label"), [("en", "Owner"), ("zh", "主体")])
def test_attributes_that_only_link_are_named_by_their_labels(language: str, label: str) -> None:
    linked = with_other(("subject shop_id", 'subject shop_id { owner "主体" "Owner" text optional }'))
    linked += 'gate deals "活动" "Deals" open when volume > 3\nlinked by owner { close deals for all when any has volume > 15 }\n'
    found = compared(linked, linked.replace("volume > 15", "volume > 10"))
    told = "\n".join(lines(found, language))
    assert label in told
    assert "owner" not in told
    assert "owner" not in report(found, language)
