"""Diagnostics about values that may be missing."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "possible-none": error(
        say("`{text}` may be missing here and nobody handles it", "`{text}` 在此可能缺失, 却没有处理"),
        say("possibly missing", "可能缺失"),
        say(
            "test it first (`{text} given and ...`), add a row `none`, or say the outcome without it (`closed without ...`)",
            "请先判断 (`{text} 有值 且 ...`), 加一行`缺`, 或写明缺失时的结果 (`缺...时关闭`)",
        ),
    ),
    "missing-not-handled": error(
        say("{names} may be missing and nothing says what becomes of it", "{names} 可能缺失, 却没有说明如何处理"),
        say("possibly missing", "可能缺失"),
        say("write `skip missing` or `missing VALUE` behind the {form:word}", "请在{form:word}后写`跳过缺失`或`缺失 值`"),
        say("write `missing drop`, `missing no score` or `missing VALUE` at `{sum}`", "请在 `{sum}` 写`缺失 剔除`、`缺失 不评分`或`缺失 值`"),
        part=say("may be missing", "可能缺失"),
    ),
    "drop-without-weights": error(
        say("`missing drop` shares out weights, and there are none", "`缺失 剔除`会重新分配权重, 而此处没有权重"),
        say("nothing to share out", "没有可分配的权重"),
        say("write weights, or `missing VALUE`", "请写权重, 或写`缺失 值`"),
    ),
    "none-as-value": error(
        say("`{text}` reckons with `none`", "`{text}` 用`缺`参与了计算或比较"),
        say("`none` is no value", "`缺`不是值"),
        say("write `x missing` or `x given`", "请写 `x 缺失` 或 `x 有值`"),
    ),
    "none-is-no-choice": error(
        say("`none` is no choice", "`缺`不是选项"),
        say("a missing choice has no value", "缺失的选项没有值"),
        say("write `x missing`, and `optional` at a column that may be missing", "请写 `x 缺失`, 可缺的列写`可缺`"),
    ),
    "none-not-possible": error(
        say("this value is never missing", "此值不会缺失"),
        say("`none` is not possible", "不能为`缺`"),
        say("write a value, or make it `optional`", "请写值, 或声明为`可缺`"),
    ),
}
