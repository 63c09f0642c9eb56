"""Diagnostics about parts, weights, stages, adjustments and outcomes."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "weights-not-whole": error(
        say("the weights of {row} add to {sum}", "{row} 的权重合计为 {sum}"),
        say("{sum}, not 100%", "{sum}, 不是 100%"),
        say("let the weights add to 100%, or write `weighted mean`", "请让权重合计为 100%, 或写`加权平均`"),
        weight=say("a weight", "权重"),
    ),
    "weight-missing": error(
        say("part `{name}` has no weight", "部分 `{name}` 没有权重"),
        say("its neighbours have one", "同级的部分都有权重"),
        say("write `weight 30%` behind its name", "请在名称后写 `权重 30%`"),
    ),
    "weight-not-used": error(
        say("the weight of `{name}` is not used", "`{name}` 的权重没有用"),
        say("`{combine:word}` takes no weights", "`{combine:word}`不用权重"),
        say("remove the weight", "请删去权重"),
    ),
    "weight-not-positive": error(
        say("the weight of `{name}` is not above 0", "`{name}` 的权重不大于 0"),
        say("a weight is above 0", "权重须大于 0"),
        say("leave the part out where it does not count", "不计的部分请去掉"),
    ),
    "part-without-value": error(
        say("part `{name}` has no value and no parts", "部分 `{name}` 没有取值也没有下级"),
        say("empty", "空"),
        say("write `= ...` behind it, or parts in its block", "请在其后写 `= ...`, 或在块中写下级部分"),
    ),
    "part-without-places": error(
        say("part `{name}` does not say to how many places", "部分 `{name}` 没有写明保留几位"),
        say("the ruleset has no score whose places it could take", "规则集没有得分可供沿用小数位"),
        say("write `to 0.01` behind its name", "请在名称后写 `精确到 0.01`"),
    ),
    "exact-part": error(
        say("part `{name}` cannot keep a quotient", "部分 `{name}` 不能保留商"),
        say("numerator and denominator can only be compared", "分子分母只能用来比较"),
        say("write its places, such as `to 0.01`", "请写明小数位, 如 `精确到 0.01`"),
    ),
    "score-without-total": error(
        say("a score is declared and nothing makes it", "声明了得分, 却没有得出它的规则"),
        say("no `total` and no stage with a value", "没有`总分`, 也没有给出得分的阶段"),
        say("write a `total`, or remove the score", "请写`总分`, 或删去得分"),
    ),
    "stages-without-else": error(
        say("the last stage, and only it, is `else`", "只有最后一个阶段写`否则`"),
        say("not the last one, or no `else`", "不在最后, 或没有`否则`"),
        say("let the stages end in `name else full`", "请以 `名称 否则 完整` 结尾"),
    ),
    "stage-value-outside-score": error(
        say("`{text}` is no score", "`{text}` 不是有效的得分"),
        say("scores lie within {low} .. {high}", "得分在 {low} .. {high} 之内"),
        say("write a value within {low} .. {high}", "请写 {low} .. {high} 之内的值"),
    ),
    "stage-value-without-score": error(
        say("stage `{name}` gives a score, and none is declared", "阶段 `{name}` 给出得分, 却没有声明得分"),
        say("no `score` in the header", "文件头没有`得分`"),
        say("write `score 0 .. 100` in the header", "请在文件头写 `得分 0 .. 100`"),
    ),
    "limit-off-step": error(
        say("`{text}` does not lie on the score's step", "`{text}` 不在得分的步长上"),
        say("the step is {step}", "步长为 {step}"),
        say("write a multiple of {step}", "请写 {step} 的整数倍"),
    ),
    "amount-too-fine": error(
        say("`{text}` has more places than the number it adjusts", "`{text}` 的小数位多于它所调整的数"),
        say("at most {places} places here", "此处最多 {places} 位小数"),
        say("write at most {places} places, or give the number more", "请至多写 {places} 位小数, 或让该数保留更多位"),
    ),
    "negative-amount": error(
        say("`{text}` may be negative", "`{text}` 可能为负"),
        say("an amount is at least 0", "数额不小于 0"),
        say("write `bonus` for `deduct` or the other way round", "请把扣分改为加分或反之"),
    ),
}
