"""Diagnostics about units, places, ranges and overflow."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "mixed-units": error(
        say("{left:word} and {right:word} do not meet in `{operator}`", "{left:word}与{right:word}不能用于 `{operator}`"),
        say("two different units", "两种不同的单位"),
        say("{remedy:word}", "{remedy:word}"),
        say("bring both to one unit", "请统一为同一单位"),
        left=say("`{left_text}` is {left:word}", "`{left_text}` 是{left:word}"),
        right=say("`{right_text}` is {right:word}", "`{right_text}` 是{right:word}"),
    ),
    "overflow": error(
        say("`{expression}` can leave 64 bits", "`{expression}` 可能超出 64 位"),
        say("its range is {range}", "其范围为 {range}"),
        say("narrow the declared ranges, or round earlier", "请缩小声明的范围, 或更早舍入"),
    ),
    "places-beyond-limit": error(
        say("`{expression}` has {places} places", "`{expression}` 有 {places} 位小数"),
        say("at most {most} places can be kept", "最多保留 {most} 位小数"),
        say("round before, such as `to 0.0001`", "请先舍入, 如 `精确到 0.0001`"),
    ),
    "value-too-fine": error(
        say("`{text}` has more places than its place holds", "`{text}` 的小数位过多"),
        say("at most {places} places here", "此处最多 {places} 位小数"),
        say("write fewer places, or give the number more", "请减少小数位, 或让该数保留更多位"),
    ),
    "value-out-of-range": error(
        say("`{text}` lies outside its range", "`{text}` 超出范围"),
        say("the range is {range}", "范围为 {range}"),
        say("write a value within {range}", "请写 {range} 之内的值"),
    ),
    "value-of-other-kind": error(
        say("`{text}` is not a {wanted:word}", "`{text}` 不是{wanted:word}"),
        say("a {wanted:word} belongs here", "此处应为{wanted:word}"),
        say("write a {wanted:word}", "请写{wanted:word}"),
    ),
    "empty-range": error(
        say("the range `{low}` .. `{high}` is empty", "范围 `{low}` .. `{high}` 是空的"),
        say("its low end does not lie below its high end", "下限不低于上限"),
        say("write the smaller end first", "请把较小的一端写在前面"),
    ),
    "end-off-step": error(
        say("the end `{end}` does not lie on the step `{step}`", "端点 `{end}` 不在步长 `{step}` 上"),
        say("not a multiple of `{step}`", "不是 `{step}` 的整数倍"),
        say("move the end to a multiple of `{step}`, or choose a smaller step", "请把端点移到 `{step}` 的整数倍, 或改小步长"),
        step=say("the step", "步长"),
    ),
    "not-written": error(
        say("`{text}` is not a written number", "`{text}` 不是写明的数"),
        say("needed before any data is read", "读取数据之前就要用到"),
        say("write the number itself, or name a parameter", "请直接写数, 或用参数"),
    ),
    "range-not-written": error(
        say("values in {unit:word} have no range", "{unit:word}没有范围"),
        say("its range is missing", "缺少范围"),
        say("write the smallest and the largest value, such as `0 .. 100`", "请写最小值与最大值, 如 `0 .. 100`"),
    ),
    "count-with-places": error(
        say("a count is a whole number", "计数是整数"),
        say("`{text}` has places", "`{text}` 带小数"),
        say("write whole ends, or use `number`", "端点写整数, 或改用`数值`"),
    ),
    "share-beyond-whole": error(
        say("a share lies within 0% .. 100%", "比率在 0% .. 100% 之内"),
        say("its range is {range}", "其范围为 {range}"),
        say("use `number` for a ratio that may pass 1", "可能超过 1 的比值请用`数值`"),
    ),
    "not-a-number": error(
        say("`{text}` is not a number", "`{text}` 不是数"),
        say("a number belongs here", "此处应为数"),
        say("it is a {kind:word}; use it in a condition or in cases", "它是{kind:word}; 请用在条件或分情况里"),
        say("write a number, or something that makes one", "请写数或能得出数的表达式"),
    ),
    "not-a-condition": error(
        say("`{text}` is not a condition", "`{text}` 不是条件"),
        say("{kind:word}, not yes or no", "它是{kind:word}, 不是是或否"),
        say("compare it, such as `{text} >= 10`", "请作比较, 如 `{text} >= 10`"),
    ),
    "per-not-a-count": error(
        say("`per {text}` counts, and `{text}` is no count", "`每 {text}` 是计数, 而 `{text}` 不是"),
        say("{unit:word}, not a whole number from 0", "它是{unit:word}, 不是从 0 开始的整数"),
        say("name a metric that counts rows, such as `count of ...`", "请写一个计数的指标, 如 `计数 ...`"),
    ),
    "choice-without-order": error(
        say("`{text}` is a choice, and choices have no order", "`{text}` 是选项, 选项没有大小之分"),
        say("compared by `{operator}`", "用 `{operator}` 比较"),
        say("name those that are meant: `{text} in (...)`, of {options}", "请列出所指的选项: `{text} 在 (...)`, 可选 {options}"),
    ),
    "not-a-choice": error(
        say("`{text}` has no choices", "`{text}` 没有选项"),
        say("{kind:word}", "它是{kind:word}"),
        say("a flag is a condition by itself: write `{flag}`", "是否值本身就是条件: 请写 `{flag}`"),
        say("only what is declared with `one of` has choices", "只有用`取自`声明的才有选项"),
    ),
    "not-a-time": error(
        say("`{text}` is not a time", "`{text}` 不是时间"),
        say("a time belongs here", "此处应为时间"),
        say("name a column of type `time`", "请写类型为`时间`的列"),
    ),
    "clock-outside-rows": error(
        say("`{text}` reads the local clock outside the rows of a table", "`{text}` 在表的行之外读取当地钟点"),
        say("a record's times are instants: local time of day and month are those of rows", "记录中的时间是时刻点: 当地的钟点与月份属于行"),
        say(
            "write a computed column of the table, such as `early flag = paid_at in 01:00 .. 13:00`, and a metric of it; deliver an attribute's or input's own as data",
            "请在表中写计算列, 如 `early 标志 = paid_at 在 01:00 .. 13:00`, 再由它做指标; 属性与输入的请作为数据给出",
        ),
    ),
    "not-a-field": error(
        say("`{text}` is not a field of the record", "`{text}` 不是记录的字段"),
        say("nothing that can be varied", "不能单独变化"),
        say("name a metric, an input, an attribute or a peer value", "请写指标, 输入, 属性或同行值"),
    ),
    "text-without-quotes": error(
        say("`{name}` is compared with a text", "`{name}` 与文本比较"),
        say("a text is written in quotes", "文本须加引号"),
        say('write `"{name}"`', '请写 `"{name}"`'),
    ),
    "not-exact": error(
        say("this is kept as a quotient already", "此值已保留为商"),
        say("numerator and denominator, without rounding", "分子与分母, 没有舍入"),
        say("remove `exact`, or round it, such as `to 0.01%`", "请删去`不舍入`, 或写明小数位, 如 `精确到 0.01%`"),
    ),
    "quotient-without-places": error(
        say("`{text}` divides and does not say to how many places", "`{text}` 有除法而未写明保留几位"),
        say("a quotient has no last digit of its own", "商没有自然的末位"),
        say("write its places behind it, such as `({text}) to 0.01`", "请在其后写明, 如 `({text}) 精确到 0.01`"),
    ),
    "division-by-zero": error(
        say("this divides by 0", "除数为 0"),
        say("always 0", "恒为 0"),
        say("divide by something that may be other than 0", "请除以可不为 0 的值"),
    ),
    "step-not-positive": error(
        say("`{text}` is no step", "`{text}` 不能作步长"),
        say("a step is larger than 0", "步长须大于 0"),
        say("write a step such as `0.01` or `1`", "请写步长, 如 `0.01` 或 `1`"),
    ),
    "count-out-of-range": error(
        say("`{text}` is no count that fits here", "`{text}` 不能用作此处的计数"),
        say("out of range", "超出范围"),
        say("write a whole number from 1 to {most}", "请写 1 到 {most} 的整数"),
        say("write a whole number of at least 1", "请写不小于 1 的整数"),
    ),
    "no-such-time": error(
        say("the local time `{text}` does not exist in {zone}", "当地时间 `{text}` 在 {zone} 不存在"),
        say("the clock skips it", "钟表跳过了它"),
        say("write a time before or after the change of the clock", "请写调表之前或之后的时间"),
    ),
    "years-out-of-range": error(
        say("the years do not fit", "年份不合要求"),
        say("years lie within {first} .. {last}, the smaller first", "年份在 {first} .. {last} 之内, 小的在前"),
        say("write years within {first} .. {last}", "请写 {first} .. {last} 之内的年份"),
    ),
    "month-outside-window": error(
        say("`{text}` is no duration", "`{text}` 不是时长"),
        say("months differ in length", "每月长短不一"),
        say("months stand in windows only; write days", "月只用于统计期; 请写天数"),
    ),
}
