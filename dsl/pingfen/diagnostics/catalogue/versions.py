"""Diagnostics about folders of dated versions."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "overlapping-versions": error(
        say("versions `{earlier}` and `{later}` are both in effect from {first} to {last}", "版本 `{earlier}` 与 `{later}` 在 {first} 至 {last} 同时有效"),
        say("in effect {span}, and `{earlier}` in {path} {other_span}", "有效期 {span}; {path} 中的 `{earlier}` 有效期 {other_span}"),
        say("let `{earlier}` end on {end}", "让 `{earlier}` 止于 {end}"),
    ),
    "hole-between-versions": error(
        say("no version is in effect from {first} to {last}", "{first} 至 {last} 没有任何版本有效"),
        say("`{later}` starts here, `{earlier}` in {path} ends earlier", "`{later}` 自此开始, {path} 中的 `{earlier}` 早已结束"),
        say("let `{earlier}` end on {end}, or start `{later}` on {first}", "让 `{earlier}` 止于 {end}, 或让 `{later}` 自 {first} 起"),
    ),
    "same-version-twice": error(
        say("version `{version}` is written in two files", "版本 `{version}` 写在两个文件里"),
        say("`{version}` again, also in {path}", "又是 `{version}`, 另见 {path}"),
        say("give each dated version its own name", "每个版本各用一个版本号"),
    ),
    "differing-rulesets": error(
        say("a folder of versions holds `{name}` and `{other}`", "同一版本文件夹里既有 `{name}` 又有 `{other}`"),
        say("`{name}` here, `{other}` in {path}", "此处为 `{name}`, {path} 中为 `{other}`"),
        say("keep each ruleset in a folder of its own", "每个规则集放在自己的文件夹里"),
    ),
    "differing-subjects": error(
        say("version `{version}` scores `{name}`, version `{usual}` scores `{other}`", "版本 `{version}` 的主体是 `{name}`, 版本 `{usual}` 的主体是 `{other}`"),
        say("the subject's key is `{name}` here", "此处主体键为 `{name}`"),
        say("all versions of a ruleset score the same subjects", "同一规则集的各版本应评同一种主体"),
    ),
    "incomplete-header": error(
        say("`{path}` does not say which version it is", "`{path}` 没有写明自己是哪个版本"),
        None,
        say("a header has `ruleset`, `version`, `effective` and `subject`", "文件头须有 `规则集`, `版本`, `生效` 与 `主体`"),
    ),
    "no-version-on-date": error(
        say("no version of `{ruleset}` is in effect on {date}", "{date} 没有 `{ruleset}` 的有效版本"),
        None,
        say("the versions cover {spans}", "各版本有效期: {spans}"),
    ),
    "no-rulesets": error(
        say("`{path}` holds no rulesets", "`{path}` 中没有规则集"),
        None,
        say("a ruleset is a text file whose name ends in `.pf`", "规则集是以 `.pf` 结尾的文本文件"),
    ),
}
