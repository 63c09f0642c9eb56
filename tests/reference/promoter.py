"""The plan of a promoter score, built by hand: two dimensions, a dropped weight, ladders, a curve, adjustments, a protection, gates and a linked closing."""

from __future__ import annotations

from pingfen.calendar import load_transitions
from pingfen.plan.events import EventPlan
from pingfen.plan.expressions import (
    Band,
    Bands,
    Case,
    Cases,
    Compare,
    Constant,
    Curve,
    Divided,
    DropMissing,
    Expression,
    FieldRead,
    Line,
    Nothing,
    NumberRead,
    OutcomeRead,
    Sum,
)
from pingfen.plan.label import Label
from pingfen.plan.quantity import Numeric, Truth, Type, Words
from pingfen.plan.record import Adjustment, Attribute, Field, Gate, Hidden, Linked, Number, RecordPlan, Scale, StageRow, Subject
from pingfen.plan.ruleset import Claim, Example, Expectation, Plan, Version

SCORE = Numeric("score", 2, 300, 500, optional=True)
POINTS = Numeric("score", 2, 0, 500, optional=True)
SHARE = Numeric("share", 4, 0, 10_000, optional=True)
COUNT = Numeric("count", 0, 0, 1000)
WEIGHT = Numeric("share", 2, 0, 100)
TRUTH = Truth()
STAGE = Words(("small", "regular"))
OUTCOME = Words(("closed", "open"))


def score(value: int) -> Constant:
    """A written score."""
    return Constant(value, Numeric("score", 2, value, value))


def count(value: int) -> Constant:
    """A written count."""
    return Constant(value, Numeric("count", 0, value, value))


def share(value: int) -> Constant:
    """A written share, at four places."""
    return Constant(value, Numeric("share", 4, value, value))


def read(name: str, kind: Type) -> FieldRead:
    """A field."""
    return FieldRead(name, kind)


def above(left: Expression, right: Expression, operator: str = ">") -> Compare:
    """A comparison."""
    return Compare(operator, left, right, TRUTH)


def ladder(name: str, kind: Type, rows: tuple[tuple[Constant, int], ...], otherwise: int, *, up: bool, missing: bool) -> Bands:
    """`>= limit` rows when `up`, else `<= limit` rows."""
    bands = tuple(Band(limit if up else None, up, None if up else limit, not up, score(value)) for limit, value in rows)
    return Bands("ladder", read(name, kind), bands, Nothing(POINTS) if missing else None, score(otherwise), POINTS)


def part(path: str, label: Label, value: Expression, adjustments: tuple[Adjustment, ...] = (), low: int | None = None, high: int | None = None) -> Number:
    """A part with two places."""
    parts = tuple(line.path for line in value.lines) if isinstance(value, Sum) else ()
    word = "indicator" if "." in path else "dimension"
    return Number(path, path.rsplit(".", 1)[-1], "part", word, label, POINTS, value, adjustments, low, high, 0, True, parts)


def weighted(*lines: tuple[str, int], missing: DropMissing | None = None) -> Sum:
    """A weighted sum of scores, to 0.01."""
    terms = tuple(Line(path, Constant(weight, WEIGHT), 1) for path, weight in lines)
    return Sum("weights", terms, missing, missing is not None, 1, 1 if missing else 100, "half away", 1, POINTS)


PRAISE = ladder("good_reviews", SHARE, ((share(9800), 500), (share(9500), 450), (share(9000), 400), (share(8000), 350)), 300, up=True, missing=True)
RETURNS = Curve(read("quality_returns", SHARE), ((0, 500), (80, 450), (300, 300)), 1, "half away", 1, POINTS)
CONDUCT = ladder("breach_count", COUNT, ((count(0), 500), (count(1), 400)), 300, up=False, missing=False)
REPORTS = ladder("report_count", COUNT, ((count(0), 500), (count(2), 400)), 300, up=False, missing=False)
SEVERE = above(read("severe_count", COUNT), count(0))

NUMBERS = (
    part("product.store", Label("成交店铺体验分", "store experience"), read("store_experience", POINTS)),
    part("product.praise", Label("商品好评", "praise"), PRAISE),
    part("product.returns", Label("商品品退", "returns"), RETURNS),
    part(
        "product",
        Label("商品体验", "products"),
        weighted(("product.store", 40), ("product.praise", 30), ("product.returns", 30), missing=DropMissing(2, 0, 1)),
        (Adjustment("protect", score(420), None, None, read("fine_product", TRUTH), Label()),),
    ),
    part("service.conduct", Label("带货违规", "conduct"), CONDUCT),
    part("service.reports", Label("举报", "reports"), REPORTS),
    part("service", Label("服务体验", "service"), weighted(("service.conduct", 60), ("service.reports", 40))),
    Number(
        "total",
        "total",
        "total",
        "total",
        Label("带货者评分", "promoter score"),
        POINTS,
        weighted(("product", 70), ("service", 30)),
        (
            Adjustment("deduct", score(25), read("severe_count", COUNT), 100, None, Label("严重违规", "severe breaches")),
            Adjustment("bonus", score(30), None, None, read("fine_product", TRUTH), Label()),
            Adjustment("cap", score(440), None, None, SEVERE, Label()),
        ),
        None,
        None,
        0,
        True,
        ("product", "service"),
    ),
    Number("score", "score", "score", "score", Label(), SCORE, NumberRead("total", POINTS), (), 300, 500, 0, True, ()),
    Number(
        "shown",
        "shown",
        "display",
        "display",
        Label("展示分", "shown score"),
        Numeric("score", 1, 30, 50, optional=True),
        Divided(NumberRead("score", SCORE), Constant(10, Numeric("number", 1, 10, 10)), "half away", 1, Numeric("score", 1, 30, 50, optional=True)),
        (),
        None,
        None,
        0,
        False,
        (),
    ),
)

FIELDS = (
    Field("store_experience", Label("成交店铺体验分", "store experience"), "metric", POINTS, 0),
    Field("good_reviews", Label("商品好评率", "good reviews"), "metric", SHARE, 0),
    Field("quality_returns", Label("商品品退率", "quality returns"), "metric", SHARE, 0),
    Field("breach_count", Label("违规次数", "breaches"), "metric", COUNT, 0),
    Field("severe_count", Label("严重违规", "severe breaches"), "metric", COUNT, 0),
    Field("report_count", Label("举报次数", "reports"), "metric", COUNT, 0),
    Field("fine_product", Label("优质商品", "fine products"), "attribute", TRUTH, 0),
)

STAGES = (
    StageRow(
        "small",
        Label("成长阶段", "small"),
        above(read("breach_count", COUNT), count(900)),
        False,
        Cases((Case(above(read("report_count", COUNT), count(0)), score(320)),), score(350), SCORE),
    ),
    StageRow("regular", Label("正式阶段", "regular"), None, True, None),
)

GATES = (
    Gate("flash_sale", "gate", Label("闪购", "flash sale"), ((NumberRead("score", SCORE), "closed"),), above(NumberRead("score", SCORE), score(410), ">=")),
    Gate("campaigns", "gate", Label("营销活动", "campaigns"), ((NumberRead("score", SCORE), "closed"),), above(NumberRead("score", SCORE), score(430), ">=")),
)

RECORD = RecordPlan(
    Subject("promoter_id", Label(), (Attribute("fine_product", Label(), TRUTH, False), Attribute("owner_id", Label(), Words((), True), False)), 10**8),
    Scale(2, 300, 500, 1, "half away"),
    FIELDS,
    (),
    STAGES,
    NUMBERS,
    GATES,
    (Linked("owner_id", ("flash_sale",), SEVERE),),
    (Hidden(above(read("report_count", COUNT), count(500)), ("score", "shown")),),
)

CLEAN = {
    "store_experience": 480,
    "good_reviews": 9850,
    "quality_returns": 20,
    "breach_count": 0,
    "severe_count": 0,
    "report_count": 0,
    "fine_product": False,
}

EXAMPLES = (
    Example("a clean promoter", None, tuple(CLEAN.items()), (), (Expectation("", (("product", 488), ("score", 492), ("flash_sale", "open"))),)),
    Example(
        "parts are rounded when they are made",
        None,
        tuple((CLEAN | {"store_experience": 300, "good_reviews": 9900, "quality_returns": 50}).items()),
        (),
        (Expectation("", (("product", 411), ("score", 438))),),
    ),
)

CLAIMS = (
    Claim("within", "always score within 3.00 .. 5.00", "within", NumberRead("score", SCORE), 300, 500, "", "", None),
    Claim("rises", "always score rises with store_experience", "rises", NumberRead("score", SCORE), None, None, "store_experience", "", None),
    Claim("falls", "always score falls with quality_returns", "falls", NumberRead("score", SCORE), None, None, "quality_returns", "", None),
    Claim("opens", "always campaigns stays open when good_reviews rises", "rises", OutcomeRead("campaigns", OUTCOME), None, None, "good_reviews", "", None),
)

PLAN = Plan(
    Version("wechat.promoter", Label("微信小店带货者评分", ""), "2025-03-31", 20_178, None),
    RECORD,
    EventPlan(load_transitions("Asia/Shanghai", 2000, 2099), 2000, 2099, (), (), ()),
    EXAMPLES,
    CLAIMS,
    (),
    (),
)
