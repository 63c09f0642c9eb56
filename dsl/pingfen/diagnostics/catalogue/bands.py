"""Diagnostics about ladders, ranges, curves, cases and tables."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "ladder-direction": error(
        say("the row `{row}` runs against the ladder", "`{row}` 这一行与阶梯方向相反"),
        say("`{operator}` here", "此处为 `{operator}`"),
        say("write `{other}` in every row of this ladder", "此阶梯各行都写 `{other}`"),
        first=say("`{other}` in the first row", "第一行为 `{other}`"),
    ),
    "ladder-order": error(
        say("the limits of a ladder go one way, and `{row}` does not", "阶梯的界限须单向排列, 而 `{row}` 不是"),
        say("{limit} after {before}", "{limit} 在 {before} 之后"),
        say("with `{operator}` each row has a {wanted:word} limit than the one before", "用 `{operator}` 时每行的界限应比上一行{wanted:word}"),
        before=say("the row before", "上一行"),
    ),
    "ranges-gap": error(
        say("{value} of `{subject}` falls in no row", "`{subject}` 为 {value} 时没有对应的行"),
        say("no row holds {value}", "没有哪一行包含 {value}"),
        say("let a row begin or end at {value}, or write `else -> ...`", "请让某一行包含 {value}, 或写 `否则 -> ...`"),
    ),
    "ranges-overlap": error(
        say("{value} falls in two rows", "{value} 落在两行之中"),
        say("`{row}` holds it too", "`{row}` 也包含它"),
        say("open one end: `[` and `]` include it, `(` and `)` leave it out", "请开放一端: `[` `]` 含端点, `(` `)` 不含"),
        other=say("`{other}` holds {value}", "`{other}` 包含 {value}"),
    ),
    "row-twice": error(
        say("this row stands twice", "这一行写了两次"),
        say("the second one", "第二次"),
        say("keep one of the two", "请只保留一行"),
        first=say("the first one", "第一次"),
    ),
    "row-width": error(
        say("the row and the columns differ in number: {values} against {columns}", "这一行有 {values} 个值, 而列有 {columns} 个"),
        say("{values} here, {columns} wanted", "此处 {values} 个, 应为 {columns} 个"),
        say("write one value for each of {columns} columns", "请为 {columns} 列各写一个值"),
    ),
    "row-missing": error(
        say("table `{table}` has no row for {keys}", "表 `{table}` 没有 {keys} 的行"),
        say("not every key finds a row", "并非每个键都有对应的行"),
        say("add a row for it, or a row `default -> ...`", "请补上这一行, 或写 `默认 -> ...`"),
    ),
    "key-not-text": error(
        say("`{name}` is not a text", "`{name}` 不是文本"),
        say("a text or a choice belongs here", "此处应为文本或选项"),
        say("group and look up by a text or choice attribute", "请按文本或选项属性分组或查表"),
    ),
    "cases-without-else": error(
        say("the cases do not end in `else`", "分情况没有以`否则`结尾"),
        say("nothing holds where no row does", "各行都不成立时没有取值"),
        say("write a last row `else ...`", "请在最后写一行 `否则 ...`"),
    ),
    "curve-order": error(
        say("the point {at} stands after {before}", "{at} 这一点排在 {before} 之后"),
        say("not larger than the point before", "不大于前一点"),
        say("write points from the smallest to the largest", "请从小到大写各点"),
        before=say("the point before", "前一点"),
    ),
}
