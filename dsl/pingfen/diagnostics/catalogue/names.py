"""Diagnostics about unknown, duplicate, cyclic and unused names."""

from __future__ import annotations

from .entry import Entry, error, say, warning

ENTRIES: dict[str, Entry] = {
    "unknown-name": error(
        say("nothing is called `{name}`", "没有叫 `{name}` 的东西"),
        say("not declared", "未声明"),
        say("did you mean {near}?", "是否想写 {near}?"),
        say("declare it, or check its spelling", "请先声明, 或检查拼写"),
    ),
    "ambiguous-name": error(
        say("`{name}` may mean several things", "`{name}` 有多种含义"),
        say("it may be {ways}", "可能是 {ways}"),
        say("write the whole path of the one that is meant: {ways}", "请写出所指对象的完整路径: {ways}"),
    ),
    "name-not-readable-here": error(
        say("`{name}` cannot be read here", "此处不能读取 `{name}`"),
        say("{kind:word}, of another place", "它是{kind:word}, 属于别处"),
        say(
            "columns are read by populations and metrics, metrics, inputs and attributes by parts, parts by gates",
            "列由人群与指标读取, 指标、输入与属性由部分读取, 部分由门槛读取",
        ),
    ),
    "reference-through-two": error(
        say("`{text}` goes through two references", "`{text}` 经过了两次引用"),
        say("one reference at a time", "一次只能经过一个引用"),
        say(
            "let a column `{name}_there` of `{table}` compute it, `= {rest}`, with the type of `{name}`, and read `{head}.{name}_there`",
            "请让 `{table}` 的列 `{name}_there` 计算它, 即 `= {rest}`, 类型与 `{name}` 相同, 再读取 `{head}.{name}_there`",
        ),
    ),
    "choice-without-is": error(
        say("`{name}` is a choice, not a value", "`{name}` 是选项, 不是数值"),
        say("choices are compared by words", "选项用词语比较"),
        say("write `is {name}`, `is not {name}` or `in ({name}, ...)`", "请写 `是 {name}`, `不是 {name}` 或 `在 ({name}, ...)`"),
    ),
    "not-an-attribute": error(
        say("`{name}` is no attribute of the subject", "`{name}` 不是主体的属性"),
        say("{kind:word}, where an attribute is wanted", "它是{kind:word}, 此处应为属性"),
        say(
            "tables, peers, groups, `linked by` and `for every` go by what stands in the block of `subject`",
            "对照表、同行、分组、`关联按`与`对每个`均以`主体`块中的属性为准",
        ),
    ),
    "duplicate-name": error(
        say("`{name}` stands twice", "`{name}` 出现了两次"),
        say("the second one", "第二次"),
        say("give one of them another name", "请给其中一个换名"),
        first=say("the first one", "第一次"),
    ),
    "reserved-name": error(
        say("`{name}` names something of the language itself", "`{name}` 是语言自身的名称"),
        say("already means something", "已有含义"),
        say("choose another name, such as `{name}_value`", "请换一个名称, 如 `{name}_value`"),
    ),
    "statement-twice": error(
        say("`{statement}` stands twice", "`{statement}` 写了两次"),
        say("the second one", "第二次"),
        say("keep one of the two", "请只保留一个"),
        first=say("the first one", "第一次"),
    ),
    "statement-missing": error(
        say("the ruleset has no `{statement}`", "规则集缺少 `{statement}`"),
        say("needed somewhere in this file", "此文件中必须有"),
        say("write a line that begins with `{statement}`", "请写一行以 `{statement}` 开头的语句"),
    ),
    "cyclic-name": error(
        say("`{name}` depends on itself", "`{name}` 依赖于自身"),
        say("{circle}", "{circle}"),
        say("let one of them read something else", "请让其中一个改读别的值"),
        step=say("and this reads on", "由此继续读取"),
    ),
    "unused-declaration": warning(
        say("{kind:word} `{name}` is never used", "{kind:word} `{name}` 没有被使用"),
        say("nothing reads it", "没有读取它"),
        say("use it or remove it", "请使用它或删去它"),
    ),
    "unknown-parameter": error(
        say("the ruleset has no parameter `{name}`", "规则集没有参数 `{name}`"),
        None,
        say("did you mean {near}?", "是否想写 {near}?"),
        say("parameters are the lines that begin with `param`", "参数是以 `参数` 开头的语句"),
    ),
    "unknown-zone": error(
        say("no time zone is called `{name}`", "没有叫 `{name}` 的时区"),
        say("unknown zone", "未知时区"),
        say("did you mean {near}?", "是否想写 {near}?"),
        say("zones are written as `Asia/Shanghai`", "时区写作 `Asia/Shanghai`"),
    ),
    "unknown-option": error(
        say("`{name}` is none of the choices", "`{name}` 不在选项之中"),
        say("the choices are {options}", "选项为 {options}"),
        say("did you mean {near}?", "是否想写 {near}?"),
        say("write one of {options}", "请写 {options} 之一"),
    ),
}
