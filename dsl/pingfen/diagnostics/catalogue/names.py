"""Diagnostics about statements and names: unknown, duplicate, cyclic, unused, or not readable where they stand."""

from __future__ import annotations

from .entry import Entry, error, say, warning

FIRST = say("first here", "首次出现于此")

ENTRIES: dict[str, Entry] = {
    "unknown-name": error(
        say("`{name}` is not declared", "`{name}` 未声明"),
        say("nothing here has this name", "此处没有这个名称"),
        say("near it: {near}", "相近的名称: {near}"),
        say("declare it, or correct the spelling", "请先声明, 或改正拼写"),
    ),
    "duplicate-name": error(
        say("`{name}` is declared twice", "`{name}` 声明了两次"),
        say("again here", "此处重复"),
        say("give each its own name", "请各用一个名称"),
        first=FIRST,
    ),
    "reserved-name": error(
        say("`{name}` has a meaning of its own", "`{name}` 是有固定含义的名称"),
        say("it cannot name anything else", "不能用作其他名称"),
        say("choose another name", "请换一个名称"),
    ),
    "ambiguous-name": error(
        say("`{name}` means several things here", "`{name}` 在此有多种含义"),
        say("also {ways}", "也可指 {ways}"),
        say("write the path of the part, or give them different names", "请写出部分的路径, 或使用不同的名称"),
    ),
    "name-not-readable-here": error(
        say("{kind:word} `{name}` cannot be read here", "此处不能读取{kind:word} `{name}`"),
        say("`{name}` is made elsewhere", "`{name}` 在别处产生"),
        say(
            "rows read columns, attributes and parameters; metrics by cases read metrics; numbers read fields and earlier numbers; outcomes come last",
            "行可读取列、属性和参数; 分情况的指标读取指标; 数值读取字段和更早的数值; 结果最后产生",
        ),
    ),
    "cyclic-name": error(
        say("`{name}` is made of itself", "`{name}` 由自身得出"),
        say("{circle}", "{circle}"),
        say("take one of these steps out", "请去掉其中一步"),
        step=say("read here", "在此读取"),
    ),
    "unused-declaration": warning(
        say("{kind:word} `{name}` is never read", "{kind:word} `{name}` 从未被读取"),
        say("nobody reads this", "没有任何地方读取"),
        say("read it, or leave it out", "请使用它, 或删去"),
    ),
    "statement-missing": error(
        say("the ruleset lacks its statement `{statement:word}`", "规则集缺少`{statement:word}`语句"),
        say("`{statement:word}` stands before the rules", "`{statement:word}`应写在规则之前"),
        say("write it at the beginning of the file", "请写在文件开头"),
    ),
    "statement-twice": error(
        say("the statement `{statement:word}` stands twice", "`{statement:word}`语句写了两次"),
        say("again here", "此处重复"),
        say("keep one of them", "请只保留一处"),
        first=FIRST,
    ),
    "score-without-total": error(
        say("the ruleset says a scale but no `total`", "规则集写了评分范围, 却没有`总分`"),
        say("nothing makes the score", "评分无从得出"),
        say("write a `total`, or leave the scale out", "请写出`总分`, 或删去评分范围"),
    ),
    "unknown-zone": error(
        say("`{name}` is no time zone", "`{name}` 不是时区名"),
        say("unknown time zone", "未知时区"),
        say("near it: {near}", "相近的名称: {near}"),
        say('a zone is named like `"Asia/Shanghai"`', '时区名形如 `"Asia/Shanghai"`'),
    ),
    "years-out-of-range": error(
        say("the years of the data must lie within {first} .. {last}", "数据年份应在 {first} .. {last} 之内"),
        say("not such years", "年份不符"),
        say("write the first and the last year, such as `years 2010 .. 2040`", "请写首年和末年, 如 `年份 2010 .. 2040`"),
    ),
    "unknown-option": error(
        say("`{name}` is not one of the choices", "`{name}` 不在选项之中"),
        say("the choices are {options}", "选项为 {options}"),
        say("near it: {near}", "相近的选项: {near}"),
        say("choose one of {options}", "请从 {options} 中选择"),
    ),
    "text-without-quotes": error(
        say("the text `{name}` stands without quotes", "文本 `{name}` 没有加引号"),
        say("a text, not a choice", "这里是文本, 不是选项"),
        say('write `"{name}"`', '请写 `"{name}"`'),
    ),
    "role-missing": error(
        say("event table `{table}` has no column marked `{role:word}`", "事件表 `{table}` 没有标为`{role:word}`的列"),
        say("`{role:word}` is needed", "需要`{role:word}`列"),
        say("mark one column with it", "请标出一列"),
    ),
    "role-twice": error(
        say("event table `{table}` has two columns marked `{role:word}`", "事件表 `{table}` 有两列标为`{role:word}`"),
        say("again here", "此处重复"),
        say("mark one of them only", "只应标一列"),
        first=FIRST,
    ),
    "wrong-role": error(
        say("column `{name}` cannot be `{role:word}`", "列 `{name}` 不能作为`{role:word}`"),
        say("marked `{role:word}`", "标为`{role:word}`"),
        say(
            "key, subject and time of happening are read and always there; a subject is text, what happens is a time",
            "主键、主体和发生时间须直接读取且不可缺; 主体为文本, 发生为时间",
        ),
    ),
    "table-without-subject": error(
        say("rows of `{table}` belong to no subject", "`{table}` 的行不属于任何主体"),
        say("no column is marked `subject`, and {count} columns refer to another table", "没有标为`主体`的列, 而有 {count} 列引用别的表"),
        say("mark the subject's column, or let exactly one column refer to the rows whose subject it takes", "请标出主体列, 或恰有一列引用取其主体的行"),
    ),
    "no-single-reference": error(
        say("rows of `{name}` do not refer to `{table}` in one way", "`{name}` 的行并非以唯一方式引用 `{table}`"),
        say("{count} of its columns refer to `{table}`", "有 {count} 列引用 `{table}`"),
        say("`any` needs exactly one column that `refers to {table}`", "`任一`需要恰有一列引用 `{table}`"),
    ),
    "rows-outside-events": error(
        say("`any` rows are only seen from an event", "`任一`只能用于事件的条件中"),
        say("no rows are read here", "此处不读取行"),
        say("make a metric that counts them, and read the metric", "请先写一个计数的指标, 再读取该指标"),
    ),
    "outcome-of-other-kind": error(
        say("`{outcome:word}` is no outcome of {kind:word} `{name}`", "`{outcome:word}`不是{kind:word} `{name}` 的结果"),
        say("here it is {words}", "此处只能是 {words}"),
        say("a gate is open or closed, a sanction applies or is clear", "门槛为开放或关闭, 处罚为适用或未适用"),
    ),
    "tier-closed": error(
        say("tier `{name}` cannot be closed", "等级 `{name}` 不能关闭"),
        say("only gates close and sanctions apply", "只有门槛可关闭、处罚可适用"),
        say("name a gate or a sanction, or force the tier in its own block", "请写门槛或处罚, 或在等级自己的块里强制"),
    ),
    "unknown-parameter": error(
        say("`{name}` was given and is no parameter or assumed number", "给出了 `{name}`, 但它不是参数, 也不是假定的数"),
        None,
        say("near it: {near}", "相近的名称: {near}"),
        say("`pingfen sources` lists everything that can be given", "`pingfen sources` 列出所有可给的数"),
    ),
}
