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
        say("row {row} of `{table}` in example `{example}` is not clean: {reason}", "样例 `{example}` 中 `{table}` 第 {row} 行不合要求: {reason:word}"),
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
    "claim-unsettled": error(
        say("claim `{claim}` is neither proved nor refuted", "断言 `{claim}` 既未证明也未否定"),
        say("{reason}", "{reason}"),
        say("{remedy}", "{remedy}"),
    ),
    "proof-differs": error(
        say("`{path}` says that `{claim}` is {written}; it is {found}", "`{path}` 记载 `{claim}` 为 {written}; 实为 {found}"),
        None,
        say("build the artifact anew by `pingfen build --prove`", "请用 `pingfen build --prove` 重新生成构建产物"),
    ),
    "claim-untried": error(
        say("claim `{claim}` says nothing", "断言 `{claim}` 没有任何内容"),
        say("none of {skipped} records meets it with values to compare", "{skipped} 条记录中没有一条满足前提且可供比较"),
        say("widen what it assumes, or the ranges of what it reads", "请放宽其假设, 或所读字段的取值范围"),
    ),
    "parameter-end-refused": error(
        say("`{name}` cannot be `{value}`, which its `within` allows: {reason}", "`{name}` 不能取其范围内的 `{value}`: {reason:word}"),
        say("does not hold there", "在该处不成立"),
        say("narrow its `within` to values that the ruleset takes", "请把其范围缩小到规则集可取的值"),
    ),
}
