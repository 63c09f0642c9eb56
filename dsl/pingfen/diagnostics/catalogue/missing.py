"""Diagnostics about values that may be missing."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "possible-none": error(
        say("`{text}` may be missing, and nobody says what holds then", "`{text}` 可能缺失, 却没有说明缺失时如何处理"),
        say("may be none here", "此处可能为缺"),
        say(
            "write `{named} given and ...` before it, a row `none -> ...`, or `closed without {named}`",
            "请在前面写 `{named} 已知 且 ...`, 或写一行 `缺 -> ...`, 或写 `关闭 如无 {named}`",
        ),
        say("write `{text} given and ...` before it", "请在前面写 `{text} 已知 且 ...`"),
    ),
    "missing-not-handled": error(
        say("{names} may be missing, and nothing says what holds then", "{names} 可能缺失, 却没有说明缺失时如何处理"),
        say("may be none here", "此处可能为缺"),
        say(
            "say what `{sum}` is then: `missing drop`, `missing no score`, or `missing` with a value",
            "请写明此时的 `{sum}`: `缺则剔除`, `缺则无分`, 或缺失时的值",
        ),
        say("write `skip missing`, or `missing` with a value", "请写`跳过缺失`, 或写明缺失时的值"),
        part=say("may be missing", "可能缺失"),
    ),
    "missing-not-used": error(
        say("a {form:word} of rows has no clause for missing values", "按行得出的{form:word}没有缺失值子句"),
        say("rows are counted, and a row is never missing", "此处计的是行, 行不会缺失"),
        say("remove the clause; a condition says which rows count", "请删去子句; 用条件写明哪些行计入"),
    ),
    "drop-without-weights": error(
        say("`missing drop` rescales weights, and this sum has none", "`缺则剔除`会重新分配权重, 而此合计没有权重"),
        say("nothing to rescale", "没有可重新分配的权重"),
        say("write `missing no score`, or `missing` with a value", "请写`缺则无分`, 或写明缺失时的值"),
    ),
    "clause-of-best-of": error(
        say("`best of` has no clause for missing parts", "`取优`没有缺失子句"),
        say("missing parts are passed over, and it is none when all are", "缺失的部分会略过, 全部缺失时为缺"),
        say("remove the clause", "请删去此子句"),
    ),
    "none-as-value": error(
        say("`{text}` uses `none` as a value", "`{text}` 把`缺`当作值"),
        say("`none` is not a value", "`缺`不是一个值"),
        say("ask `{asked}`", "请问 `{asked}`"),
        say("ask `x missing` or `x given`; to make a none, let a row of cases give it", "请问 `x 缺失` 或 `x 已知`; 要得出缺, 请让分情况的某一行取`缺`"),
    ),
    "none-not-possible": error(
        say("this is never none", "此处不会为缺"),
        say("not optional", "不是可缺的"),
        say("give a value, or declare it `optional`", "请给出数值, 或声明为`可缺`"),
    ),
    "tier-closed": error(
        say("`{name}` is a tier and cannot be closed", "`{name}` 是等级, 不能关闭"),
        say("neither gate nor sanction", "不是门槛也不是处置"),
        say("close gates, apply sanctions; a tier is lowered by `force` in its own block", "可关闭门槛, 施加处置; 等级在自己的块中用`强制`降低"),
    ),
}
