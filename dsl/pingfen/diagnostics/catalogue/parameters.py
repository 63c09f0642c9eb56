"""Diagnostics about parameters."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "parameter-not-a-number": error(
        say("`{text}` is no value for parameter `{name}`", "`{text}` 不能作参数 `{name}` 的值"),
        say("`{own}` is declared here", "此处声明的是 `{own}`"),
        say("numbers alone can be given from outside, and `{fixed}` is none", "从外部只能给出数, 而 `{fixed}` 不是数"),
        say("binary floating point is not exact: give `{inexact}` as a text or as a decimal", "二进制浮点数不精确: 请以文本或十进制小数给出 `{inexact}`"),
        say(
            "give a text such as `30 days`, a whole number or a decimal instead of `{foreign}`", "请给出文本 (如 `30 days`)、整数或十进制小数, 而非 `{foreign}`"
        ),
        say("give a number as the ruleset writes it, such as `{own}`", "请按规则集的写法给出数, 如 `{own}`"),
    ),
    "parameter-out-of-range": error(
        say("`{text}` lies outside the range of parameter `{name}`", "`{text}` 超出参数 `{name}` 的范围"),
        say("the range is {range}", "范围为 {range}"),
        say("give a value within {range}", "请给出 {range} 之内的值"),
    ),
}
