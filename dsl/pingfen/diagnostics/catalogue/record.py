"""Diagnostics about the record that a score is made of: what metrics and inputs are given as."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "omitted-field": error(
        say("the record has no `{name}`", "记录缺少 `{name}`"),
        None,
        say("give every field of the ruleset; one that is missing is given as null", "请给出规则集的每个字段; 缺失的写作 null"),
    ),
    "unknown-field": error(
        say("the ruleset reads no `{name}`", "规则集不读取 `{name}`"),
        None,
        say("is `{near}` meant?", "是否指 `{near}`?"),
        say("it reads {names}", "它读取 {names}"),
    ),
    "missing-field-value": error(
        say("`{name}` is never missing, and null is given", "`{name}` 不可缺失, 却给了 null"),
        None,
        say("give {wanted}", "请给出 {wanted}"),
    ),
    "unusable-value": error(
        say("`{name}` cannot be `{value}`", "`{name}` 不能是 `{value}`"),
        None,
        say("give {wanted}", "请给出 {wanted}"),
    ),
    "too-many-places": error(
        say("`{name}` has {places} places, `{value}` has more", "`{name}` 有 {places} 位小数, `{value}` 更多"),
        None,
        say("round it by a written rule first; nothing is rounded unseen", "请先按明确的规则取整; 不会暗中取整"),
    ),
    "out-of-range": error(
        say("`{name}` is within {low} .. {high}, `{value}` is not", "`{name}` 的范围是 {low} .. {high}, `{value}` 在其外"),
    ),
    "unknown-choice": error(
        say("`{name}` has no choice `{value}`", "`{name}` 没有选项 `{value}`"),
        None,
        say("is `{near}` meant?", "是否指 `{near}`?"),
        say("the choices are {names}", "选项有 {names}"),
    ),
    "not-a-record": error(
        say("`{path}` holds no record: {reason}", "`{path}` 中没有记录: {reason:word}"),
        None,
        say(
            'write one JSON object by field, such as {{"volume": 120, "quality_returns": null}}',
            '请写一个以字段为键的 JSON 对象, 例如 {{"volume": 120, "quality_returns": null}}',
        ),
    ),
}
