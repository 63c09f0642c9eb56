"""Diagnostics of the command line: files that cannot be read or written, and what a command does not take."""

from __future__ import annotations

from .entry import Entry, error, say

ENTRIES: dict[str, Entry] = {
    "cannot-read": error(
        say("`{path}` cannot be read: {reason}", "无法读取 `{path}`: {reason:word}"),
    ),
    "not-utf-8": error(
        say("`{path}` is not UTF-8 text", "`{path}` 不是 UTF-8 文本"),
        say("the byte {byte} is not UTF-8", "字节 {byte} 不是 UTF-8"),
        say("save the file in the encoding UTF-8", "请以 UTF-8 编码保存此文件"),
    ),
    "text-too-large": error(
        say("`{path}` holds more than {limit} characters", "`{path}` 超过 {limit} 个字符"),
        None,
        say("a ruleset has a few hundred lines; split it, or check that it is one", "规则集通常只有几百行; 请拆分, 或确认它确是规则集"),
    ),
    "cannot-use-file": error(
        say("`{path}` cannot be used: {reason}", "无法使用 `{path}`: {reason:word}"),
    ),
    "not-a-ruleset-text": error(
        say("`{path}` is a built artifact, not a ruleset's text", "`{path}` 是构建产物, 不是规则集文本"),
        None,
        say("name the `.pf` file it was built from", "请给出它的 `.pf` 源文件"),
    ),
    "not-formatted": error(
        say("`{path}` is not formatted", "`{path}` 未按格式排版"),
        None,
        say("`pingfen format {path}` formats it", "运行 `pingfen format {path}` 即可排版"),
    ),
    "file-exists": error(
        say("`{path}` exists already", "`{path}` 已存在"),
        None,
        say("choose another name, or move the file away", "请换一个名称, 或先移走该文件"),
    ),
    "unusable-goal": error(
        say("`{value}` is no score of this ruleset", "`{value}` 不是本规则集的评分"),
        None,
        say("a score is within {low} .. {high}, in steps of {step}", "评分在 {low} .. {high} 之间, 以 {step} 为一档"),
    ),
    "unknown-gate": error(
        say("no gate is called `{name}`", "没有名为 `{name}` 的门槛"),
        None,
        say("did you mean `{near}`?", "是否指 `{near}`?"),
        say("the gates and sanctions are {names}", "门槛与处置有: {names}"),
        say("the ruleset has no gates: give a score with --to", "本规则集没有门槛: 请用 --to 给出评分"),
    ),
    "unknown-command": error(
        say("no command is called `{name}`", "没有名为 `{name}` 的命令"),
        None,
        say("did you mean `{near}`?", "是否指 `{near}`?"),
        say("`pingfen --help` lists the commands", "`pingfen --help` 会列出全部命令"),
    ),
    "no-such-option": error(
        say("`{command}` has no option `{name}`", "`{command}` 没有选项 `{name}`"),
        None,
        say("did you mean `{near}`?", "是否指 `{near}`?"),
        say("`{command} --help` lists the options", "`{command} --help` 会列出全部选项"),
    ),
    "missing-option": error(
        say("`{command}` needs `{name}`", "`{command}` 缺少 `{name}`"),
        None,
        say("`{command} --help` tells what it is", "`{command} --help` 有其说明"),
    ),
    "option-without-value": error(
        say("`{name}` has no value", "`{name}` 没有给出值"),
        None,
        say("`{command} --help` tells its values", "`{command} --help` 有其取值说明"),
    ),
    "option-with-value": error(
        say("`{name}` takes no value", "`{name}` 不带值"),
        None,
        say("write `{name}` alone", "请只写 `{name}`"),
    ),
    "unusable-option": error(
        say("`{name}` does not take `{value}`", "`{name}` 不接受 `{value}`"),
        None,
        say("it takes one of {choices}", "可取: {choices}"),
        say("it takes a number within {range}", "应为 {range} 之内的数"),
        say("it takes {form}", "应为{form:word}"),
    ),
    "wrong-use": error(
        say("`{command}` cannot be used like this: {reason}", "`{command}` 不能这样使用: {reason:word}"),
        None,
        say("`{command} --help` tells what goes together", "`{command} --help` 说明哪些可以一起用"),
    ),
    "not-a-ruleset-name": error(
        say("`{name}` is no name for a ruleset", "`{name}` 不能用作规则集名称"),
        None,
        say("use letters, digits, `_`, `-` and `.`, as in `my-shop`", "请使用文字、数字、`_`、`-` 与 `.`, 例如 `my-shop`"),
    ),
}
