"""Diagnostics about artifacts, which may come from strangers."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "not-an-artifact": error(
        say("`{path}` is no artifact", "`{path}` 不是构建产物"),
        None,
        say(
            "an artifact is the JSON file that `pingfen build` writes; this one is of another kind, or was cut off",
            "构建产物是 `pingfen build` 写出的 JSON 文件; 此文件不是, 或不完整",
        ),
    ),
    "artifact-too-new": error(
        say(
            "`{path}` is an artifact of format {format}; this release reads up to format {known}",
            "`{path}` 是格式 {format} 的构建产物; 此版本最高可读格式 {known}",
        ),
        None,
        say("use a newer pingfen, or build it again with this one", "请使用更新的 pingfen, 或用此版本重新构建"),
    ),
    "artifact-too-old": error(
        say(
            "`{path}` is an artifact of format {format}; this release reads format {known} and later",
            "`{path}` 是格式 {format} 的构建产物; 此版本只读格式 {known} 及以后",
        ),
        None,
        say("build it again from its text", "请从源文件重新构建"),
    ),
    "artifact-too-large": error(
        say("`{path}` is larger than {limit}", "`{path}` 大于 {limit}"),
        None,
        say("no ruleset needs that much; build it again from its text", "没有规则集需要这么大; 请从源文件重新构建"),
    ),
    "artifact-changed": error(
        say("`{path}` was changed after it was built: its {part} does not fit its checksum", "`{path}` 在构建之后被改动过: 其 {part} 与校验和不符"),
        None,
        say("build it again from its text", "请从源文件重新构建"),
    ),
    "artifact-malformed": error(
        say("`{path}` does not hold a plan: {reason:word} at `{place}`", "`{path}` 不含有效的规则: `{place}` 处{reason:word}"),
        None,
        say("build it again from its text", "请从源文件重新构建"),
    ),
    "parameters-of-artifact": error(
        say("`{path}` is an artifact, whose parameters are set", "`{path}` 是构建产物, 其参数已固定"),
        None,
        say("give them to `pingfen build`, or use the ruleset's text", "请在 `pingfen build` 时给出, 或使用规则集文本"),
    ),
    "several-rulesets": error(
        say("`{path}` holds artifacts of several rulesets: {names}", "`{path}` 中有多个规则集的构建产物: {names}"),
        None,
        say("keep each ruleset in a folder of its own, or name one file", "每个规则集放在自己的文件夹里, 或指定一个文件"),
    ),
}
