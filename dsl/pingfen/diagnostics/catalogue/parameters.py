"""Diagnostics about parameters."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "parameter-not-a-number": error(
        say("`{text}` is no value for parameter `{name}`", "`{text}` 不能作参数 `{name}` 的值"),
        say("a number is declared here", "此处声明的是数"),
        say("give a number in the same unit", "请给出同一单位的数"),
    ),
    "parameter-out-of-range": error(
        say("`{text}` lies outside the range of parameter `{name}`", "`{text}` 超出参数 `{name}` 的范围"),
        say("the range is {range}", "范围为 {range}"),
        say("give a value within {range}", "请给出 {range} 之内的值"),
    ),
}
