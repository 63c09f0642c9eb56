"""Diagnostics about examples and claims."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "example-differs": error(
        say("`{name}` is {got}, not {expected}, in example `{example}`", "样例 `{example}` 中 `{name}` 为 {got}, 而非 {expected}"),
        say("expects {expected}", "应得 {expected}"),
        say("`pingfen explain` shows every step to {got}; mend the rule or the example", "用 `pingfen explain` 查看得出 {got} 的每一步; 请修正规则或样例"),
    ),
    "example-row-unclean": error(
        say("row {row} of `{table}` in example `{example}` is not clean: {reason}", "样例 `{example}` 中 `{table}` 第 {row} 行不合要求: {reason}"),
        None,
        say("a run would refuse this row; write rows that a run accepts", "正式计分会拒绝这一行; 请写可被接受的行"),
    ),
    "example-subject-unknown": error(
        say("example `{example}` expects values for `{subject}`, whom no row names", "样例 `{example}` 期望 `{subject}` 的结果, 但没有任何一行提到它"),
        None,
        say("name a subject of `subjects` or of an event", "请写 `subjects` 或事件中出现的主体"),
    ),
    "example-subject-open": error(
        say("example `{example}` does not say whom its values are for", "样例 `{example}` 未说明结果属于哪个主体"),
        say("the example has several subjects, or none", "样例中有多个主体, 或没有主体"),
        say('write `expect for "..."`', '请写 `应得 对 "..."`'),
    ),
    "claim-broken": error(
        say("claim `{claim}` does not hold", "断言 `{claim}` 不成立"),
        say("{results}, {record}", "{results}, {record}"),
        say(
            "no data can produce this record: {impossible}; `assuming` leaves such records out",
            "任何数据都不会产生此记录: {impossible}; 可用`假设`排除此类记录",
        ),
        say("mend the rule, or narrow the claim by `assuming`", "请修正规则, 或用`假设`缩小断言的范围"),
    ),
    "claim-untried": error(
        say("claim `{claim}` says nothing", "断言 `{claim}` 没有任何内容"),
        say("none of {skipped} records meets it with values to compare", "{skipped} 条记录中没有一条满足前提且可供比较"),
        say("widen what it assumes, or the ranges of what it reads", "请放宽其假设, 或所读字段的取值范围"),
    ),
    "field-omitted": error(
        say("example `{name}` leaves out {names}", "样例 `{name}` 缺少 {names}"),
        say("these are read by the rules", "规则会读取它们"),
        say("give each a value, or `none`", "请逐一给值, 或写`缺`"),
    ),
    "field-not-read": error(
        say("`{name}` is given and no rule reads it", "给出了 `{name}`, 但没有规则读取它"),
        say("no field of the record", "不是记录的字段"),
        say("leave it out", "请删去"),
    ),
    "not-a-field": error(
        say("`{text}` is no field of the record", "`{text}` 不是记录的字段"),
        say("a metric, input or peer value is wanted", "此处需要指标、输入或同行值"),
        say("name what goes in, not what comes out", "请写输入的量, 而非得出的量"),
    ),
    "expected-is-given": error(
        say("`{name}` is given, not made by the rules", "`{name}` 是给出的, 不由规则得出"),
        say("nothing to expect", "无可预期"),
        say("expect a part, the score or an outcome", "请预期部分、评分或结果"),
    ),
    "value-of-other-kind": error(
        say("`{text}` is no {wanted:word}", "`{text}` 不是{wanted:word}"),
        say("a {wanted:word} is wanted", "此处需要{wanted:word}"),
        say("write the value as its field is declared", "请按字段的声明书写"),
    ),
    "value-out-of-range": error(
        say("`{text}` lies outside {range}", "`{text}` 超出 {range}"),
        say("out of range", "超出范围"),
        say("choose a value within {range}", "请取 {range} 之内的值"),
    ),
    "column-omitted": error(
        say("the example's table `{table}` leaves out {names}", "样例表 `{table}` 缺少 {names}"),
        say("these columns are always there", "这些列不可缺"),
        say("add them to the first row", "请在首行补上"),
    ),
    "example-twice": error(
        say("two examples are named `{name}`", "有两个样例名为 `{name}`"),
        say("again here", "此处重复"),
        say("give each its own name", "请各用一个名称"),
    ),
    "example-expects-nothing": error(
        say("example `{name}` expects nothing", "样例 `{name}` 没有写应得"),
        say("it can never fail", "它永远不会失败"),
        say("write `expect` with what must come out", "请用`应得`写明结果"),
    ),
    "example-of-both-kinds": error(
        say("example `{name}` gives a record and events", "样例 `{name}` 同时给出了记录和事件"),
        say("a record beside events", "事件之外又给记录"),
        say("write two examples", "请写成两个样例"),
    ),
    "example-without-day": error(
        say("example `{name}` does not say its day", "样例 `{name}` 没有写日期"),
        say("the rules read the day", "规则会读取日期"),
        say("write `on 2026-06-01`", "请写 `于 2026-06-01`"),
    ),
    "claim-of-other-kind": error(
        say("`{text}` cannot be claimed so", "不能如此断言 `{text}`"),
        say("not such a number or outcome", "不是这样的数或结果"),
        say("numbers lie within ends, numbers and tiers rise and fall, gates stay open", "数在范围之内, 数和等级有升降, 门槛保持开放"),
    ),
}
