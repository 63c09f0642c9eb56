"""Diagnostics about examples and claims as they are written."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "claim-of-other-kind": error(
        say("`{text}` cannot be claimed so", "不能这样断言 `{text}`"),
        say("`{form}` does not fit it", "`{form}` 不适用于它"),
        say("numbers lie within a range, rise or fall; tiers rise or fall; gates stay open", "数可断言范围与升降, 等级可断言升降, 门槛可断言保持开放"),
    ),
    "example-twice": error(
        say("two examples are called `{name}`", "有两个样例都叫 `{name}`"),
        say("the second one", "第二个"),
        say("give each example its own name", "每个样例各用一个名称"),
    ),
    "example-expects-nothing": error(
        say("example `{name}` expects nothing", "样例 `{name}` 没有写明应得"),
        say("nothing is checked", "没有可检查的内容"),
        say("write a line `expect ...`", "请写一行 `应得 ...`"),
    ),
    "example-of-both-kinds": error(
        say("example `{name}` gives a record and events", "样例 `{name}` 既给出记录又给出事件"),
        say("a record", "记录"),
        say("split it in two examples", "请拆成两个样例"),
    ),
    "example-without-day": error(
        say("example `{name}` has events and no day", "样例 `{name}` 有事件而没有日期"),
        say("windows end on the as-of date", "统计期止于评分日期"),
        say("write `on 2026-06-01` in it", "请在其中写 `于 2026-06-01`"),
    ),
    "field-omitted": error(
        say("example `{name}` does not give {names}", "样例 `{name}` 没有给出 {names}"),
        say("a record is complete", "记录须完整"),
        say("give {names}; what is missing is written `none`", "请给出 {names}; 缺失的写 `缺`"),
    ),
    "field-not-read": error(
        say("`{name}` is not part of the record", "`{name}` 不在记录之中"),
        say("no part, gate or claim reads it", "没有部分, 门槛或断言读取它"),
        say("leave it out, or let a rule read it", "请删去, 或让某条规则读取它"),
    ),
    "column-omitted": error(
        say("the rows of `{table}` lack {names}", "`{table}` 的行缺少 {names}"),
        say("every required column stands in the first row", "必需的列都要写在第一行"),
        say("add {names}", "请补上 {names}"),
    ),
    "expected-is-given": error(
        say("`{name}` is given and cannot be expected", "`{name}` 是已知的, 不能作为应得"),
        say("given above", "上面已给出"),
        say("expect what the rules make of it", "请写由规则得出的结果"),
    ),
}
