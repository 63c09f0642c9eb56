"""Diagnostics about days that are delivered, and about the state that an update keeps of them."""

from __future__ import annotations

from .entry import Entry, error, say, warning

ENTRIES: dict[str, Entry] = {
    "no-partitions": error(
        say("`{path}` of `{name}` is no folder of days, nor one of its days", "`{name}` 的 `{path}` 不是按天划分的目录, 也不是其中的一天"),
        None,
        say(
            "a folder holds days, each a folder `day=2026-10-01` or a file `2026-10-01.parquet`",
            "目录中每一天是 `day=2026-10-01` 目录或 `2026-10-01.parquet` 文件",
        ),
    ),
    "partition-gone": error(
        say(
            "the day {day} of `{table}` must be read again and is not there as it was delivered: `{path}`",
            "需要重新读取 `{table}` 的 {day}, 但它已不是交付时的样子: `{path}`",
        ),
        None,
        say("deliver the day again, or deliver it empty to delete it", "请重新交付该天; 交付空的一天表示删除"),
    ),
    "unusable-state": error(
        say("`{path}` cannot be used as a state: {reason:word}", "`{path}` 不能用作状态: {reason:word}"),
        None,
        say("an update with a new folder and all days makes a state anew", "用新目录与全部各天更新, 即可重新建立状态"),
    ),
    "sums-made-anew": warning(
        say(
            "the sums over `{table}` were made anew because of {reason:word}: {read} days read, {kept} kept",
            "因{reason:word}重新计算 `{table}` 的合计: 读取 {read} 天, 沿用 {kept} 天",
        ),
    ),
    "days-read": warning(
        say("`{table}`: {read} days read, {back} taken back, {kept} kept", "`{table}`: 读取 {read} 天, 收回 {back} 天, 沿用 {kept} 天"),
    ),
    "metric-read-again": warning(
        say("`{metric}` reads {reason:word}: {count} days of `{table}` were read for it", "`{metric}` 读取{reason:word}: 为此读取 `{table}` 的 {count} 天"),
    ),
    "remembered-ruleset": warning(
        say("the ruleset is that of the last update: `{path}`", "规则集沿用上次更新的: `{path}`"),
        None,
        say("its parameters are those of the last update and those given: {parameters}", "参数沿用上次更新的, 并加上给出的: {parameters}"),
    ),
    "other-parameters": warning(
        say("the last update had the parameters `{before}`, this one has `{now}`", "上次更新的参数为 `{before:word}`, 这次为 `{now:word}`"),
        None,
        say("an update that names no ruleset keeps the parameters of the last one", "不指定规则集的更新沿用上次的参数"),
    ),
}
