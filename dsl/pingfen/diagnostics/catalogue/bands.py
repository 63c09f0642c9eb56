"""Diagnostics about ladders, ranges, curves, cases and tables."""

from __future__ import annotations

from .entry import Entry, error, say

BEFORE = say("the row before it", "前一行")

ENTRIES: dict[str, Entry] = {
    "ladder-direction": error(
        say("the ladder turns at `{row}`", "阶梯在 `{row}` 处换了方向"),
        say("`{operator}` after `{other}`", "`{other}` 之后出现 `{operator}`"),
        say("keep one direction in a ladder, or write `ranges`", "一个阶梯只用一个方向, 或改写为`区间`"),
        first=say("the first row", "第一行"),
    ),
    "ladder-order": error(
        say("the limit {limit} stands against the ladder's direction", "界限 {limit} 与阶梯方向相反"),
        say("after {before} a {wanted:word} limit is wanted with `{operator}`", "`{operator}` 的阶梯在 {before} 之后应写{wanted:word}的界限"),
        say("put the rows in order", "请按顺序排列各行"),
        before=BEFORE,
    ),
    "ranges-gap": error(
        say("{value} falls in no row", "{value} 不落在任何一行"),
        say("no row takes {value} of `{subject}`", "`{subject}` 为 {value} 时没有对应的行"),
        say("add a row that holds {value}, or `else`", "请加一行包含 {value}, 或写`否则`"),
    ),
    "ranges-overlap": error(
        say("{value} falls in two rows", "{value} 落在两行"),
        say("`{row}` and `{other}` both hold {value}", "`{row}` 与 `{other}` 都包含 {value}"),
        say("open one end with `(` or `)`", "请用 `(` 或 `)` 使一端不含"),
        other=say("the other row", "另一行"),
    ),
    "curve-order": error(
        say("the curve goes back from {before} to {at}", "曲线从 {before} 退回到 {at}"),
        say("points stand in rising order", "各点应依次递增"),
        say("put the points in order, each place once", "请按顺序排列, 每处只写一点"),
        before=BEFORE,
    ),
    "cases-without-else": error(
        say("the cases do not say what else", "分情况没有写其余情况"),
        say("`else` stands last, once", "`否则`写在最后, 只写一次"),
        say("add a last row `else VALUE`", "请在最后加一行 `否则 值`"),
    ),
    "row-width": error(
        say("a row of {values} stands under {columns} columns", "一行有 {values} 个值, 而列有 {columns} 个"),
        say("{values}, not {columns}", "{values} 个, 应为 {columns} 个"),
        say("write one value for each column", "请为每列写一个值"),
    ),
    "row-twice": error(
        say("two rows stand for the same", "两行所指相同"),
        say("never reached", "永远到不了"),
        say("keep one of them", "请只保留一行"),
        first=say("first here", "首次出现于此"),
    ),
    "row-missing": error(
        say("table `{table}` has no row for {keys}", "表 `{table}` 没有 {keys} 的行"),
        say("no row matches {keys}", "没有与 {keys} 匹配的行"),
        say("add it, or a row `default`", "请补上, 或写一行`默认`"),
    ),
    "key-not-text": error(
        say("`{name}` is no text or choice", "`{name}` 不是文本或选项"),
        say("subjects are grouped by texts and choices", "主体按文本或选项分组"),
        say("name an attribute that is a text or a choice", "请写文本或选项的属性"),
    ),
}
