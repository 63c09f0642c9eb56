"""Diagnostics about what the grammar refuses."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "unexpected-token": error(
        say("{found:word} does not fit here", "此处不能出现{found:word}"),
        say("not expected here", "此处不应出现"),
        say("{kind:word} or {expected} fits here", "此处可写{kind:word}或 {expected}"),
        say("{kind:word} fits here", "此处可写{kind:word}"),
        say("{expected} fits here", "此处可写 {expected}"),
    ),
    "unfinished-statement": error(
        say("the statement stops before it is complete", "语句未写完"),
        say("more should follow this", "其后还应有内容"),
        say("{kind:word} or {expected} should follow", "其后可写{kind:word}或 {expected}"),
        say("{kind:word} should follow", "其后可写{kind:word}"),
        say("{expected} should follow", "其后可写 {expected}"),
    ),
    "unknown-statement": error(
        say("no statement begins with `{found}`", "没有以 `{found}` 开头的语句"),
        say("not a statement's keyword", "不是语句的关键字"),
        say("a statement begins with a keyword such as `metric`, `total` or `gate`", "语句以关键字开头, 如 `指标`, `总分`, `门槛`"),
    ),
    "unknown-keyword": error(
        say("`{found}` is no keyword", "`{found}` 不是关键字"),
        say("nearly `{keyword}`", "近似 `{keyword}`"),
        say("write `{keyword}`", "请写 `{keyword}`"),
    ),
    "reserved-word": error(
        say("`{word}` is a keyword here, not a name", "`{word}` 在此处是关键字, 不是名称"),
        say("read as a keyword", "按关键字读取"),
        say("give the declared thing another name, such as `{word}_value`", "请换一个名称, 如 `{word}_value`"),
    ),
    "missing-name": error(
        say("a name is missing", "缺少名称"),
        say("a name should stand here, not {found:word}", "此处应有名称, 却是{found:word}"),
        say("a name has letters, digits and `_`, such as `volume`", "名称由字母, 数字与 `_` 组成, 如 `volume`"),
    ),
    "missing-value": error(
        say("a value is missing", "缺少数值"),
        say("a value should follow, not {found:word}", "其后应有数值, 却是{found:word}"),
        say("write a number, a name or an expression, such as `4.50`", "请写数值, 名称或表达式, 如 `4.50`"),
    ),
    "missing-window": error(
        say("the metric does not say which days it reads", "指标没有写明统计哪些天"),
        say("the window is missing after this", "其后缺少统计期"),
        say("write a window, such as `over last 30 days`", "请写统计期, 如 `最近 30 天`"),
    ),
    "missing-arrow": error(
        say("an arrow is missing before `{found}`", "`{found}` 前缺少箭头"),
        say("`->` should stand before this", "此前应有 `->`"),
        say("write the row as `>= 95% -> 4.50`", "请写成 `>= 95% -> 4.50`"),
    ),
    "missing-equals": error(
        say("an equals sign is missing before `{found}`", "`{found}` 前缺少等号"),
        say("`=` should stand before this", "此前应有 `=`"),
        say("write `=` between the name and its value", "请在名称与数值之间写 `=`"),
    ),
    "missing-comma": error(
        say("a comma is missing before `{found}`", "`{found}` 前缺少逗号"),
        say("`,` should stand before this", "此前应有 `,`"),
        say("write `, {found}`", "请写 `, {found}`"),
    ),
    "missing-separator": error(
        say("rows run into each other at `{found}`", "`{found}` 处两行连在一起"),
        say("a comma or a line break should stand before this", "此前应有逗号或换行"),
        say("separate rows by a comma or a line break", "请用逗号或换行分隔各行"),
    ),
    "missing-line-break": error(
        say("rows of this block stand on lines of their own", "此块的每一行须独占一行"),
        say("a comma does not end a row here", "逗号在此处不能结束一行"),
        say("begin the next row on a new line", "请另起一行"),
    ),
    "two-statements-on-a-line": error(
        say("a second statement begins on the line at `{found}`", "`{found}` 处在同一行开始了第二条语句"),
        say("begins a statement", "语句从此开始"),
        say("begin each statement on a line of its own", "每条语句请另起一行"),
    ),
    "missing-brace": error(
        say("a block is not closed", "代码块没有结束"),
        say("`}}` is missing before this ends", "在此之前缺少 `}}`"),
        say("close the block with `}}`", "请用 `}}` 结束该块"),
        opened=say("opened here", "由此开始"),
    ),
    "missing-parenthesis": error(
        say("a bracket is not closed", "括号没有结束"),
        say("the closing bracket is missing after this", "其后缺少右括号"),
        say("close the bracket with `)`", "请用 `)` 结束括号"),
        opened=say("opened here", "由此开始"),
    ),
    "unopened-bracket": error(
        say("`{found}` closes nothing", "`{found}` 没有对应的左括号"),
        say("nothing is open here", "此处没有未结束的括号"),
        say("remove it, or open what it closes", "请删去它, 或补上对应的左括号"),
    ),
    "unclosed-text": error(
        say("a text is not closed", "文本没有结束"),
        say("the text begins here and the line ends without a quote", "文本由此开始, 到行尾没有引号"),
        say("close the text with a quote on the same line", "请在同一行用引号结束文本"),
    ),
    "other-quotes": error(
        say("`{mark}` does not begin a text", "`{mark}` 不能用来写文本"),
        say("not a quote of the language", "不是本语言的引号"),
        say("write texts in straight double quotes", "文本请用英文双引号"),
    ),
    "unquoted-text": error(
        say("`{found}` is a text without quotes", "`{found}` 是没有加引号的文本"),
        say("a text in quotes belongs here", "此处应为引号内的文本"),
        say('write `"{found}"`', '请写 `"{found}"`'),
    ),
    "quoted-name": error(
        say("a name is written without quotes", "名称不加引号"),
        say("a text where a name belongs", "此处应为名称, 却是文本"),
        say("write a name without quotes, and the label behind it", "名称不加引号, 标签写在名称之后"),
    ),
    "wrong-escape": error(
        say("`{escape}` stands for nothing in a text", "文本中的 `{escape}` 没有含义"),
        say("unknown escape", "未知的转义"),
        say('the escapes are `\\"`, `\\\\`, `\\n` and `\\t`', '可用的转义有 `\\"`, `\\\\`, `\\n`, `\\t`'),
    ),
    "hidden-character": error(
        say("the text holds the hidden character {character}", "文本含有不可见字符 {character}"),
        say("what is read differs from what is shown", "所见与所读不同"),
        say("remove the character {character}", "请删去字符 {character}"),
    ),
    "unknown-character": error(
        say("the character `{character}` ({point}) has no meaning here", "字符 `{character}` ({point}) 在此处没有含义"),
        say("not a character of the language", "不是本语言的字符"),
        say("remove it, or write it inside a text in quotes", "请删去它, 或写在引号内的文本里"),
    ),
    "full-width-digit": error(
        say("`{found}` has digits that are not 0 to 9", "`{found}` 含有非半角数字"),
        say("digits of another script", "其他文字的数字"),
        say("write `{digits}`", "请写 `{digits}`"),
    ),
    "number-with-comma": error(
        say("`{found}` has commas inside a number", "`{found}` 的数字里有逗号"),
        say("a comma ends a number", "逗号会结束数字"),
        say("write `{digits}`", "请写 `{digits}`"),
    ),
    "number-too-long": error(
        say("the number has more than {limit} characters", "数字超过 {limit} 个字符"),
        say("too many digits", "位数过多"),
        say("numbers are held in 64 bits; write at most 18 digits", "数值以 64 位保存; 请至多写 18 位"),
    ),
    "percent-space": error(
        say("`%` stands apart from its number", "`%` 与数字之间有空格"),
        say("a space before `%`", "`%` 前有空格"),
        say("write `{number}%`", "请写 `{number}%`"),
    ),
    "other-operator": error(
        say("`{found}` is not an operator here", "`{found}` 不是本语言的运算符"),
        say("an operator of another language", "其他语言的运算符"),
        say("write `{operator}`", "请写 `{operator}`"),
    ),
    "other-date": error(
        say("`{found}` is not how a date is written", "`{found}` 不是日期的写法"),
        say("a date in another form", "另一种日期写法"),
        say("write `{date}`", "请写 `{date}`"),
    ),
    "wrong-date": error(
        say("`{date}` is not a day of the calendar", "`{date}` 不是日历上的一天"),
        say("no such day", "没有这一天"),
        say("a date is year, month and day, such as `2026-06-10`", "日期为年-月-日, 如 `2026-06-10`"),
    ),
    "wrong-clock": error(
        say("`{clock}` is not a time of day", "`{clock}` 不是一天中的时刻"),
        say("no such time", "没有这一时刻"),
        say("a time of day lies between `00:00` and `24:00`", "时刻在 `00:00` 与 `24:00` 之间"),
    ),
    "wrong-list-value": error(
        say("a list holds choices, texts and numbers only", "列表只能含选项, 文本与数值"),
        say("an expression inside a list", "列表中的表达式"),
        say("write the values themselves, such as `in (gift, lucky_bag)`", "请直接写值, 如 `在 (gift, lucky_bag)`"),
    ),
    "repeated-clause": error(
        say("the clause `{clause}` stands twice", "子句 `{clause}` 写了两次"),
        say("the second one", "第二次"),
        say("keep one of the two", "请只保留一个"),
        first=say("the first one", "第一次"),
    ),
    "clause-of-a-sum": error(
        say("the clause `{clause}` belongs to a block of parts", "子句 `{clause}` 只能用于由部分组成的块"),
        say("this part is one value", "此部分是单个数值"),
        say("remove the clause, or write the parts in a block", "请删去该子句, 或把各部分写成块"),
    ),
    "misplaced-missing": error(
        say("a rate has no clause for missing values", "比率没有缺失值子句"),
        say("the rate counts rows, which are never missing", "比率计的是行数, 行不会缺失"),
        say("remove `missing`; the rate is none when nothing is counted below", "请删去缺失子句; 分母为零时比率为缺"),
    ),
    "exact-score": error(
        say("a score is always rounded", "得分总要舍入"),
        say("`exact` lifts rounding", "`exact` 取消舍入"),
        say("write the score's step, such as `to 0.01`", "请写得分的步长, 如 `精确到 0.01`"),
    ),
    "exact-peer": error(
        say("a peer value is always rounded", "同行值总要舍入"),
        say("`exact` lifts rounding", "`exact` 取消舍入"),
        say("write the places of the peer value, such as `to 0.01`", "请写同行值的精度, 如 `精确到 0.01`"),
    ),
    "nested-too-deep": error(
        say("the text is nested more than {limit} deep", "嵌套超过 {limit} 层"),
        say("too deep from here", "从此处起过深"),
        say("give an inner value a name of its own and use the name", "请为内层数值取一个名称, 再使用该名称"),
    ),
    "too-many-tokens": error(
        say("the text has more than {limit} words and marks", "文本超过 {limit} 个词与符号"),
        say("the limit is reached here", "在此达到上限"),
        say("split the ruleset, or check that the text is one", "请拆分规则集, 或确认它确是规则集"),
    ),
    "format-changes-meaning": error(
        say("the text cannot be written in the other language's keywords without changing its meaning", "改用另一种关键字会改变文本的含义"),
        None,
        say("rename what is called like a keyword of that language", "请给与该语言关键字同名的名称换名"),
    ),
}
