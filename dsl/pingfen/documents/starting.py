"""The text of a starting ruleset, which checks clean and passes its examples: what `pingfen new` writes."""

from __future__ import annotations

import re
from datetime import date

from ..diagnostics.diagnostic import Problems
from ..diagnostics.language import Language
from ..source import Source
from ..syntax.formatting import format_source

TEMPLATE = """\
# {title}: {remark}
ruleset {name} "{title}"
version "{today}"
effective from {today} assumed
cites "{title}" "{note}"

subject shop_id
timezone "Asia/Shanghai"
score 3.00 .. 5.00

events orders {{
  order_id       text   key
  shop_id        text   subject
  paid_at        time   happens
  late           flag
}}

events reviews {{
  review_id      text   key
  shop_id        text   subject
  created_at     time   happens
  stars          number 1 .. 5
}}

metric volume        "有效订单数" "orders"        = count of orders over last 30 days assumed
metric late_rate     "迟发货率"   "late shipment" = share with late of orders over last 30 days assumed to 0.01% better lower
metric good_reviews  "好评率"     "praise rate"   = share with stars >= 4 of reviews over last 30 days assumed to 0.01% better higher

stages {{
  new      "暂无评分" "no score yet" when volume < 30 assumed no score
  regular  "正式"     "regular"      else full
}}

total missing no score {{
  part goods    "商品" "goods"    weight 60% assumed = ladder good_reviews assumed {{ >= 98% -> 5.00, >= 90% -> 4.00, none -> none, else -> 3.00 }}
  part dispatch "发货" "dispatch" weight 40% assumed = curve late_rate assumed {{ 0.00% -> 5.00, 10.00% -> 3.00 }}
}}

gate campaigns "营销活动" "campaigns" open when score >= 4.00 assumed, closed without a score

always score within 3.00 .. 5.00
always score rises with good_reviews
always score falls with late_rate

example "{good}" {{
  given volume 120, late_rate 1.00%, good_reviews 98.50%
  expect goods 5.00, dispatch 4.80, score 4.92, campaigns open
}}
example "{few}" {{
  given volume 29, late_rate 0.00%, good_reviews 100.00%
  expect stage new, score none, campaigns closed
}}
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "remark": "cite the page that a number comes from; a number that nobody published is `assumed`.",
        "note": "replace this by the address of the published rules",
        "good": "a good shop",
        "few": "too few orders",
    },
    "zh": {
        "remark": "每个数写明依据的网页; 没有公布的数写 `假定`。",
        "note": "请换成所公布规则的网址",
        "good": "一家好店",
        "few": "订单太少",
    },
}


def is_name(name: str) -> bool:
    """Whether a ruleset may be called so: letters, digits, `_`, `-` and `.`, at least one letter."""
    return re.fullmatch(r"[\w.-]{1,80}", name) is not None and any(char.isalpha() for char in name) and all(name.split("."))


def starting_ruleset(name: str, today: date, language: Language = "en") -> str:
    """A ruleset called `name` (letters, digits, `_`, `-` and `.`), in force from `today`, with the keywords of `language`."""
    words = [re.sub(r"\W+", "_", word) for word in name.split(".")]
    called = ".".join(f"_{word}" if word[:1].isdigit() else word for word in words)
    return _with_keywords(TEMPLATE.format(name=called, title=name, today=today.isoformat(), **WORDS[language]), language)


def _with_keywords(text: str, language: Language) -> str:
    source = Source("new.pf", text)
    formatted = format_source(source, language, Problems(source))
    assert formatted is not None
    return formatted
