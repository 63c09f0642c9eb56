"""Diagnostics about event tables, populations, metrics and windows."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "role-missing": error(
        say("table `{table}` has no {role:word} column", "表 `{table}` 没有{role:word}列"),
        say("no column is marked `{role}`", "没有标为 `{role}` 的列"),
        say("mark one column `{role}`", "请把一列标为 `{role}`"),
    ),
    "role-twice": error(
        say("table `{table}` has two {role:word} columns", "表 `{table}` 有两个{role:word}列"),
        say("the second one", "第二个"),
        say("mark one column `{role}`", "只把一列标为 `{role}`"),
        first=say("the first one", "第一个"),
    ),
    "wrong-role": error(
        say("column `{name}` cannot be the {role:word} column", "列 `{name}` 不能作{role:word}列"),
        say("it is computed, optional or of another type", "它是计算列, 可缺, 或类型不符"),
        say(
            "a key or subject is a required text, `happens` a required time, as read from the data",
            "主键与主体是必需的文本, 发生时间是必需的时间, 且直接读自数据",
        ),
    ),
    "weight-may-be-negative": error(
        say("`{name}` weighs rows and may be negative", "`{name}` 用作行的权重, 却可能为负"),
        say("its range begins at {low}", "其范围从 {low} 开始"),
        say("declare a range from 0, or let a computed column be `{name}, at least 0`", "请声明从 0 开始的范围, 或用计算列 `{name}, 至少 0`"),
    ),
    "computed-out-of-range": error(
        say("the computed column can leave its declared range", "计算列可能超出声明的范围"),
        say("its range is {range}", "其范围为 {range}"),
        say("declare {range}, or limit it with `at least` and `at most`", "请声明 {range}, 或用`至少`与`至多`限制"),
        declared=say("declared as {declared}", "声明为 {declared}"),
    ),
    "table-without-subject": error(
        say("nobody knows whose rows `{table}` holds", "无法知道 `{table}` 的行属于哪个主体"),
        say("no `subject` column and {count} references", "没有`主体`列, 引用有 {count} 个"),
        say("mark a column `subject`, or let exactly one column refer to a table that has one", "请标出`主体`列, 或让恰好一列引用有主体的表"),
    ),
    "no-single-reference": error(
        say("rows of `{name}` refer to `{table}` by {count} columns", "`{name}` 有 {count} 列引用 `{table}`"),
        say("exactly one is needed", "须恰好一列"),
        say("let one column of `{name}` refer to `{table}`", "请让 `{name}` 恰有一列引用 `{table}`"),
    ),
    "rows-outside-events": error(
        say("`any` asks for rows, and there is no row here", "`任一`问的是行, 而此处没有行"),
        say("outside of events", "不在事件之中"),
        say("use it in `where` or `with`", "请用在`其中`或`满足`里"),
    ),
    "rows-in-column": error(
        say("a computed column does not ask for rows of other tables", "计算列不能询问其他表的行"),
        say("it is made of its own row and of the rows that this refers to", "它只由本行和本行所引用的行算出"),
        say("use `any` in `where` or `with`", "请把`任一`用在`其中`或`满足`里"),
    ),
    "metric-without-places": error(
        say("metric `{name}` does not say to how many places", "指标 `{name}` 没有写明保留几位"),
        say("a quotient has no last digit of its own", "商没有自然的末位"),
        say("write `to 0.01%`, `to 0.01` or the like, or `exact`", "请写 `精确到 0.01%`, `精确到 0.01` 等, 或写`不舍入`"),
    ),
    "window-shorter-than-lag": error(
        say("the window of {window} is shorter than its lag of {lag}", "统计期 {window} 短于滞后 {lag}"),
        say("ends before the newest {lag}", "在最近 {lag} 之前结束"),
        say("write a window of at least {lag}, or a shorter lag", "统计期应不短于 {lag}, 或缩短滞后"),
    ),
    "not-whole-days": error(
        say("`{text}` is no whole number of days or months", "`{text}` 不是整天或整月"),
        say("windows and lags are whole days", "统计期与滞后以整天计"),
        say("write a number of days of at least 1, such as `30 days`", "请写不小于 1 的天数, 如 `30 天`"),
    ),
    "exact-across": error(
        say("`{text}` is kept as a quotient and has no mean over subjects", "`{text}` 保留为商, 不能跨主体求均值或极值"),
        say("numerator and denominator can only be compared", "分子分母只能用来比较"),
        say("round the metric, such as `to 0.01%`", "请让指标舍入, 如 `精确到 0.01%`"),
    ),
    "pooled-without-rows": error(
        say("`{text}` has no rows to pool", "`{text}` 没有可合并的行"),
        say("not a share, mean or rate of events", "不是由事件得出的比率或均值"),
        say("leave `pooled` out, or take a metric made of events", "请去掉`合并`, 或改用由事件得出的指标"),
    ),
    "window-not-longer": error(
        say("the window of {window} does not extend that of {before}", "统计期 {window} 没有比 {before} 更长"),
        say("not longer", "不更长"),
        say(
            "write windows from the shortest to the longest, such as `30 days if at least 300 rows, else 90 days`",
            "请从短到长书写, 如 `30 天 若满 300 行，否则 90 天`",
        ),
        before=say("before it", "在它之前"),
    ),
    "clause-not-used": error(
        say("`{clause}` says nothing about {reason:word}", "`{clause}` 对{reason:word}没有意义"),
        say("not used", "不起作用"),
        say("leave it out", "请删去"),
    ),
    "recency-order": error(
        say("`{row}` is never reached: `{before}` comes first", "`{row}` 永远不会用到: `{before}` 在前"),
        say("holds no other age", "没有别的天数"),
        say("write ages from the newest to the oldest, `else` last", "请按天数从小到大书写, `否则`在最后"),
        before=say("holds these ages", "已含这些天数"),
    ),
    "recency-rises": error(
        say("`{row}` weighs more than `{before}`, which is newer", "`{row}` 比更近的 `{before}` 权重更大"),
        say("older and heavier", "更旧却更重"),
        say("let weights fall with age", "权重应随天数下降"),
        before=say("newer and lighter", "更近却更轻"),
    ),
    "recency-uncovered": error(
        say("rows older than {days} days have no weight", "{days} 天以前的行没有权重"),
        say("the last row", "最后一档"),
        say("the window reads rows of up to {oldest}: write a row for them, or `else -> 0`", "统计期最多读到 {oldest} 前的行: 请补上一档, 或写 `否则 -> 0`"),
        say("write a last row `else -> 0`", "请在最后写 `否则 -> 0`"),
    ),
    "weight-of-other-kind": error(
        say("`{text}` is no weight like the others", "`{text}` 与其他权重不是同一种数"),
        say("another kind of number", "另一种数"),
        say("write all weights as numbers, or all as percentages", "权重请全部写成数, 或全部写成百分比"),
    ),
    "multiple-of-negative": error(
        say("`{text}` may be negative, so it is no multiple of a mean", "`{text}` 可能为负, 不能取均值的倍数"),
        say("as low as {low}", "低至 {low}"),
        say("compare with the mean itself: `peer m = mean of {text} ...`", "请直接与均值比较: `同行 m = 平均 {text} ...`"),
    ),
    "peer-without-places": error(
        say("peer value `{name}` does not say to how many places", "同行值 `{name}` 没有写明保留几位"),
        say("a quotient has no last digit of its own", "商没有自然的末位"),
        say("write `to {step}` or the like", "请写 `精确到 {step}` 等"),
    ),
}
