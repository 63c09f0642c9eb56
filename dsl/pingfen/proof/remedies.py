"""What helps where a claim stays open, by the reason why it does."""

from __future__ import annotations

from ..plan.label import Label
from .obligations import TOO_WIDE, TOO_WIDE_ACROSS
from .parameters import MOST_VALUES
from .verdict import NOT_ALL_VALUES, NOT_REPLAYED, TOO_LONG, Verdict

MORE_TIME = Label(zh="请用 `--timeout` 放宽时限", en="allow more time by `--timeout`")
CLAIM_LESS = Label(zh="请用 `--timeout` 放宽时限, 或用`假设`缩小断言的范围", en="allow more time by `--timeout`, or claim less by `assuming`")
TRY_IT = Label(zh="放宽时限无济于事; `pingfen test` 在大量记录上检验断言", en="no time settles it; `pingfen test` tries claims on many records")
REMEDIES = {
    NOT_ALL_VALUES: Label(
        zh=f"请缩小参数的`范围`: 合计至多 {MOST_VALUES} 种取值时逐一证明",
        en=f"narrow `within` of the parameters: up to {MOST_VALUES} values of all together are proved one by one",
    ),
    NOT_REPLAYED: Label(zh="这是 pingfen 的错误, 请连同规则集一并报告", en="this is a mistake of pingfen; please report it with the ruleset"),
    TOO_WIDE: Label(zh="请缩小列的取值范围, 或写明每个主体至多多少行", en="narrow the ranges of columns, or write `at most N rows a subject`"),
    TOO_WIDE_ACROSS: Label(zh="请缩小所比较数值的取值范围, 或写明至多多少个主体", en="narrow the range of what is compared, or write `at most N subjects`"),
}


def remedy_of(verdict: Verdict) -> Label:
    """What may settle a verdict that is unknown."""
    assert verdict.reason is not None
    if verdict.reason == TOO_LONG:
        return CLAIM_LESS if verdict.obligation == "claim" else MORE_TIME
    return REMEDIES.get(verdict.reason, TRY_IT)
