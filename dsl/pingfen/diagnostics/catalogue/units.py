"""Diagnostics about units, places, ranges, weights, windows and what is written as a value."""

from __future__ import annotations

from .entry import Entry, error, say, warning

ENTRIES: dict[str, Entry] = {
    "mixed-units": error(
        say("{left:word} and {right:word} do not meet", "{left:word}与{right:word}不能相遇"),
        say("`{operator}` brings them together", "`{operator}` 把二者放在一起"),
        say("{remedy}", "{remedy}"),
        say("bring both sides to one unit", "请让两边单位一致"),
        left=say("{left:word}: `{left_text}`", "{left:word}: `{left_text}`"),
        right=say("{right:word}: `{right_text}`", "{right:word}: `{right_text}`"),
    ),
    "overflow": error(
        say("`{expression}` can leave 64 bits", "`{expression}` 可能超出 64 位"),
        say("its range is {range}", "其范围为 {range}"),
        say("narrow the declared ranges, the number of rows a subject, or the places", "请收窄声明的范围、每个主体的行数或精度"),
    ),
    "too-many-places": error(
        say("`{expression}` has {places} places", "`{expression}` 有 {places} 位小数"),
        say("at most {most} are kept", "最多保留 {most} 位"),
        say("round one side with `to`", "请用`精确到`先舍入一边"),
    ),
    "not-a-number": error(
        say("`{text}` is not a number that can stand here", "`{text}` 不是可用于此处的数"),
        say("not such a number", "不是这样的数"),
        say("a number, share, count, score or duration is wanted", "此处需要数值、比率、计数、评分或时长"),
    ),
    "not-a-choice": error(
        say("`{text}` is a {kind:word}, not a choice", "`{text}` 是{kind:word}, 不是选项"),
        say("`is` compares choices and texts", "`是` 只比较选项和文本"),
        say("compare numbers with `=`; declare choices with `one of`", "数用 `=` 比较; 选项用`取值`声明"),
    ),
    "not-a-condition": error(
        say("`{text}` is a {kind:word}, not a condition", "`{text}` 是{kind:word}, 不是条件"),
        say("a condition is wanted", "此处需要条件"),
        say("compare it with something", "请写成比较"),
    ),
    "not-a-time": error(
        say("`{text}` is not a time", "`{text}` 不是时间"),
        say("a time is wanted", "此处需要时间"),
        say("name a column declared as `time`", "请写声明为`时间`的列"),
    ),
    "no-such-time": error(
        say("`{text}` does not exist in {zone}", "{zone} 没有 `{text}` 这一时刻"),
        say("clocks skip this time", "时钟跳过了这一时刻"),
        say("write a time before or after the gap", "请写跳过之前或之后的时刻"),
    ),
    "quotient-without-places": error(
        say("`{text}` is a fraction that nothing rounds", "`{text}` 是没有舍入的分数"),
        say("its places are not said", "没有写精度"),
        say("write `to` and its places, such as `to 0.01`", "请写精度, 如 `精确到 0.01`"),
    ),
    "metric-without-places": error(
        say("metric `{name}` does not say its places", "指标 `{name}` 没有写精度"),
        say("a quotient without places", "商没有精度"),
        say("write `to 0.01%`, `to 0.01` or `exact`", "请写 `精确到 0.01%`、`精确到 0.01` 或 `不舍入`"),
    ),
    "part-without-places": error(
        say("`{name}` does not say its places", "`{name}` 没有写精度"),
        say("there is no score whose places it could take", "没有可沿用其精度的评分"),
        say("write `to` and its places, such as `to 0.01`", "请写精度, 如 `精确到 0.01`"),
    ),
    "not-exact": error(
        say("a curve keeps no exact digits", "曲线不能不舍入"),
        say("`exact` cannot hold here", "此处不能用`不舍入`"),
        say("write its places, such as `to 0.01`", "请写精度, 如 `精确到 0.01`"),
    ),
    "exact-part": error(
        say("part `{name}` is a quotient and cannot be exact", "部分 `{name}` 是商, 不能不舍入"),
        say("an exact quotient can only be compared", "不舍入的商只能用于比较"),
        say("write its places, such as `to 0.01`", "请写精度, 如 `精确到 0.01`"),
    ),
    "exact-across": error(
        say("`{text}` is exact and has no value across subjects", "`{text}` 不舍入, 没有跨主体的值"),
        say("two integers have no mean", "两个整数没有平均"),
        say("round the metric with `to`", "请用`精确到`舍入该指标"),
    ),
    "pooled-without-rows": error(
        say("`{text}` has no rows to pool", "`{text}` 没有可合并的行"),
        say("only a share, mean or rate of events is pooled", "只有事件的比率、平均或比值可以合并"),
        say("name such a metric, or leave `pooled` out", "请写这样的指标, 或去掉`合并`"),
    ),
    "division-by-zero": error(
        say("the divisor is always 0", "除数恒为 0"),
        say("never gives a value", "永远得不到值"),
        say("divide by something else", "请换一个除数"),
    ),
    "step-not-positive": error(
        say("`{text}` is no step", "`{text}` 不是步长"),
        say("a step is above 0", "步长应大于 0"),
        say("write a step such as `0.01`", "请写如 `0.01` 的步长"),
    ),
    "end-off-step": error(
        say("`{end}` does not lie on the step {step}", "`{end}` 不在步长 {step} 上"),
        say("off the step", "不在步长上"),
        say("choose an end that is a multiple of {step}", "请取 {step} 的整数倍"),
        step=say("the step", "步长"),
    ),
    "limit-off-step": error(
        say("`{text}` does not lie on the score's step {step}", "`{text}` 不在评分的步长 {step} 上"),
        say("off the step", "不在步长上"),
        say("choose a multiple of {step}", "请取 {step} 的整数倍"),
    ),
    "empty-range": error(
        say("nothing lies within {low} .. {high}", "{low} .. {high} 之内没有任何值"),
        say("the range is empty", "范围为空"),
        say("write the smaller end first", "请先写较小的一端"),
    ),
    "range-not-written": error(
        say("a {unit:word} needs its range", "{unit:word}需要范围"),
        say("no range is written", "没有写范围"),
        say("write the smallest and the largest value, such as `{unit} 0 .. 100`", "请写最小值与最大值, 如 `{unit:word} 0 .. 100`"),
    ),
    "share-beyond-whole": error(
        say("a share lies within 0% .. 100%, not {range}", "比率在 0% .. 100% 之内, 而非 {range}"),
        say("beyond the whole", "超出整体"),
        say("write a range within 0% .. 100%, or make it a number", "请写 0% .. 100% 之内的范围, 或改为数值"),
    ),
    "count-with-places": error(
        say("`{text}` gives a count a fraction", "`{text}` 使计数带了小数"),
        say("counts are whole", "计数为整数"),
        say("write whole ends, or make it a number", "请写整数, 或改为数值"),
    ),
    "count-out-of-range": error(
        say("`{text}` is no such count", "`{text}` 不是合适的个数"),
        say("a whole number from 1 is wanted", "此处需要从 1 起的整数"),
        say("write a whole number from 1 to {most}", "请写 1 到 {most} 的整数"),
        say("write a whole number of 1 or more", "请写不小于 1 的整数"),
    ),
    "computed-out-of-range": error(
        say("the computed value lies within {range}", "计算所得在 {range} 之内"),
        say("it can leave {declared}", "可能超出 {declared}"),
        say("declare {range}, or limit it with `at least` and `at most`", "请声明 {range}, 或用`不低于`、`不高于`加以限制"),
        declared=say("declared here", "在此声明"),
    ),
    "value-too-fine": error(
        say("`{text}` has more digits than its number keeps", "`{text}` 的位数超过此数所保留的"),
        say("it keeps {places} places", "保留 {places} 位"),
        say("write fewer digits; nothing is rounded silently", "请少写几位; 不会悄悄舍入"),
    ),
    "amount-too-fine": error(
        say("`{text}` has more places than the number it adjusts", "`{text}` 的小数位多于所调整的数"),
        say("the number has {places} places", "该数有 {places} 位小数"),
        say("write fewer places, or give the number more with `to`", "请少写几位, 或用`精确到`提高该数的精度"),
    ),
    "negative-amount": error(
        say("the amount `{text}` can be below 0", "数额 `{text}` 可能小于 0"),
        say("an amount is never negative", "数额不能为负"),
        say("use `bonus` to add and `deduct` to take away", "加分用`加分`, 扣分用`扣分`"),
    ),
    "not-written": error(
        say("`{text}` must be a written number", "`{text}` 应是写明的数"),
        say("not written here", "此处不是写明的数"),
        say("write the number, or a parameter", "请写数或参数"),
    ),
    "month-outside-window": error(
        say("`{text}` has no fixed length", "`{text}` 没有固定长度"),
        say("months only measure windows", "月只用于窗口"),
        say("write days", "请写天数"),
    ),
    "not-whole-days": error(
        say("`{text}` is no whole number of days or months", "`{text}` 不是整数天或整数月"),
        say("windows begin and end at midnight", "窗口起止于零点"),
        say("write it like `30 days` or `3 months`", "请写如 `30 天` 或 `3 个月`"),
    ),
    "window-shorter-than-lag": warning(
        say("the window of {window} is shorter than its lag of {lag}", "窗口 {window} 短于其滞后 {lag}"),
        say("it ends long before it could matter", "窗口结束得过早"),
        say("exchange the two, or check the published rule", "请检查二者是否写反, 或核对公布的规则"),
    ),
    "metric-without-window": error(
        say("metric `{name}` has no window", "指标 `{name}` 没有窗口"),
        say("over which days", "统计哪些天"),
        say("write `over last 30 days`", "请写 `最近 30 天`"),
    ),
    "window-without-rows": error(
        say("metric `{name}` is made of metrics and takes no window or `needs`", "指标 `{name}` 由指标得出, 不带窗口或`至少需要`"),
        say("nothing is counted here", "此处不计行"),
        say("write the window at the metrics that it reads", "请写在它所读取的指标上"),
    ),
    "weights-not-whole": error(
        say("the weights add to {sum}, not 100%", "权重之和为 {sum}, 不是 100%"),
        say("parts of this", "其下各部分"),
        say("in {row} they must add to 100%", "在 {row} 中其和应为 100%"),
        say("change them so that they add to 100%, or write `weighted mean`", "请调整到和为 100%, 或写`加权平均`"),
        weight=say("weight", "权重"),
    ),
    "weight-missing": error(
        say("part `{name}` has no weight", "部分 `{name}` 没有权重"),
        say("its neighbours are weighted", "同级部分都有权重"),
        say("write its weight, or `sum` at the block", "请写权重, 或在块上写`求和`"),
    ),
    "weight-not-used": error(
        say("the weight of `{name}` is not used in `{combine}`", "`{combine}` 不用 `{name}` 的权重"),
        say("a weight that does nothing", "此权重不起作用"),
        say("leave it out, or let the block weigh its parts", "请删去, 或让块按权重合成"),
    ),
    "weight-not-positive": error(
        say("the weight of `{name}` can be 0 or less", "`{name}` 的权重可能不大于 0"),
        say("a weight is above 0", "权重应大于 0"),
        say("write a weight above 0; a weighing column is never below 0", "请写大于 0 的权重; 加权列不能为负"),
    ),
    "stage-value-outside-score": error(
        say("`{text}` can lie outside the score's range", "`{text}` 可能超出评分范围"),
        say("the score lies within {low} .. {high}", "评分在 {low} .. {high} 之内"),
        say("choose a value within {low} .. {high}", "请取 {low} .. {high} 之内的值"),
    ),
    "stage-value-without-score": error(
        say("stage `{name}` gives a score and there is none", "阶段 `{name}` 给出评分, 但规则集没有评分"),
        say("no scale is written", "没有写评分范围"),
        say("write `score LOW .. HIGH`", "请写 `评分 最低 .. 最高`"),
    ),
    "stages-without-else": error(
        say("the last stage takes the rest, and only it", "最后一个阶段应涵盖其余, 且只有它如此"),
        say("`else` stands last", "`否则`应写在最后"),
        say("write `NAME else full` as the last stage", "请把 `名称 否则 完整` 写作最后一个阶段"),
    ),
    "part-without-value": error(
        say("part `{name}` has neither a value nor parts", "部分 `{name}` 既没有值也没有下级部分"),
        say("nothing makes it", "无从得出"),
        say("write `= value`, or parts in its block", "请写 `= 值`, 或在块中写下级部分"),
    ),
    "parameter-out-of-range": error(
        say("parameter `{name}` is {text}", "参数 `{name}` 为 {text}"),
        say("it must lie within {range}", "应在 {range} 之内"),
        say("choose a value within {range}", "请取 {range} 之内的值"),
    ),
    "parameter-not-a-number": error(
        say("parameter `{name}` is no number and cannot be given as `{text}`", "参数 `{name}` 不是数, 不能给为 `{text}`"),
        say("written here", "写于此处"),
        say("change it in the text", "请在文本中修改"),
    ),
}
