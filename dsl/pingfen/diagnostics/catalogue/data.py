"""Diagnostics about rows, files and values at the border."""

from __future__ import annotations

from .entry import Entry, error, say, warning

REJECTS = say(
    "first: {rows}; mend the data, or name a file for bad rows with `{option}`",
    "最先几处: {rows}; 请修正数据, 或用 `{option}` 指定坏行文件",
)
MEND = say("first: {rows}; mend the data", "最先几处: {rows:word}; 请修正数据")


def _row(en: str, zh: str) -> Entry:
    """An entry for bad cells of one column: how many, and the first rows."""
    return error(say("{count} in `{table}.{column}`: " + en, "`{table}.{column}` 有 {count} 处" + zh), None, REJECTS, MEND)


def _whole_row(en: str, zh: str) -> Entry:
    """An entry for rows that are bad as a whole."""
    return error(say("{count} in `{table}`: " + en, "`{table}` 有 {count} 处" + zh), None, REJECTS, MEND)


ENTRIES: dict[str, Entry] = {
    # rows
    "missing-cell": _row("a value is missing that must be given", "缺失, 而该列必须有值"),
    "unreadable-cell": _row("a value is not of the column's type", "不是该列应有的类型"),
    "unreadable-time": _row("a date or time is written as no date or time is", "不是可识别的日期或时间"),
    "cell-out-of-range": _row("a value lies outside the declared range", "超出声明的范围"),
    "unknown-choice-in-data": _row("a text is none of the declared choices", "不在声明的选项之中"),
    "too-many-places-in-data": _row("a number has more places than the ruleset declares", "小数位数多于声明"),
    "skipped-local-time": _row("a local time does not exist, the clock skips it", "本地时间不存在, 时钟当时向前拨过了它"),
    "later-than-row": _row("a time is later than the time at which its row happens", "晚于所在行的发生时间"),
    "duplicate-key": _row("a row has a key that another row has too", "主键与其他行重复"),
    "absent-reference": _row("a reference leads to no row", "引用的行不存在"),
    "unknown-subject": _row("a subject is not among the given subjects", "主体不在给定的主体之中"),
    "repeated-subject": _row("a subject has several rows", "同一主体有多行"),
    "differing-attribute": _row("rows of one subject differ in an attribute that is not dated", "同一主体的多行在不带日期的属性上不一致"),
    "broken-row": _whole_row("a row cannot be split into the columns of its header, or is no JSON object", "无法按表头拆分成列, 或不是 JSON 对象"),
    "wrong-encoding": _whole_row("a row is not UTF-8", "不是 UTF-8 编码"),
    "missing-inputs": error(
        say("{count} subjects lack an input that must be given", "{count} 个主体缺少必须给出的输入"),
        None,
        say(
            "first: {rows}; give `--inputs` a row for each, or name a file for them with `--rejects`",
            "最先几个: {rows}; 请在 `--inputs` 中补行, 或用 `--rejects` 指定文件",
        ),
    ),
    # sources
    "events-needed": error(
        say("the event table `{table}` is not given", "没有给出事件表 `{table}`"),
        None,
        say("name it with `--events {table}=PATH`", "用 `--events {table}=PATH` 指定"),
    ),
    "unknown-events": error(
        say("the ruleset has no event table `{table}`", "规则集没有事件表 `{table}`"),
        None,
        say("perhaps `{near}` is meant", "可能是 `{near}`"),
        say("its event tables: {known}", "它的事件表: {known}"),
    ),
    "date-outside-years": error(
        say("the as-of date {date} lies outside the years of the ruleset's data", "计分日 {date} 不在规则集数据的年份之内"),
        None,
        say("score a day within {first} .. {last}, or widen the header `years`", "请在 {first} .. {last} 之内取计分日, 或放宽文件头的 `年份`"),
    ),
    "subjects-needed": error(
        say("the ruleset reads attributes of subjects, and no subjects are given", "规则集读取主体属性, 却没有给出主体"),
        None,
        say("name a table with {attributes} by `--subjects`", "用 `--subjects` 指定含 {attributes} 的表"),
    ),
    "inputs-needed": error(
        say("the ruleset reads plain inputs, and none are given", "规则集读取直接输入, 却没有给出"),
        None,
        say("name a table with {inputs} by `--inputs`", "用 `--inputs` 指定含 {inputs} 的表"),
    ),
    "no-data-files": error(
        say("`{path}` leads to no data file for `{name}`", "`{path}` 没有 `{name}` 的数据文件"),
        None,
        say("name a CSV, Parquet or JSON lines file, a folder of such or a glob", "请给出 CSV, Parquet 或 JSON lines 文件, 其文件夹或通配符"),
    ),
    "unknown-data-form": error(
        say("`{path}` is no form of data for `{name}` that is known", "`{name}` 的 `{path}` 不是已知的数据形式"),
        None,
        say(
            "known are .csv, .csv.gz, .parquet, .jsonl, Arrow tables, pandas and Polars frames",
            "已知: .csv, .csv.gz, .parquet, .jsonl, Arrow 表, pandas 与 Polars 数据框",
        ),
    ),
    "mixed-data-forms": error(
        say("`{name}` has files of several forms: `{path}` and `{other}`", "`{name}` 的文件形式不一: `{path}` 与 `{other}`"),
        None,
        say("name files of one form", "请只给出一种形式的文件"),
    ),
    "unreadable-data": error(
        say("the data of `{name}` cannot be read: {reason}", "无法读取 `{name}` 的数据: {reason:word}"),
    ),
    "empty-data": error(
        say("`{path}` is empty", "`{path}` 是空文件"),
        None,
        say("a CSV file has its column names in the first line", "CSV 文件第一行是列名"),
    ),
    "missing-column": error(
        say("`{table}` has no column `{column}`", "`{table}` 没有列 `{column}`"),
        None,
        say("perhaps `{near}` is meant; a mapping file gives it the name that the ruleset knows", "可能是 `{near}`; 可用映射文件给出规则集所知的名称"),
        say("its columns: {present}", "它的列: {present}"),
    ),
    "repeated-column": error(
        say("`{path}` has the column `{column}` twice", "`{path}` 中列 `{column}` 出现两次"),
        None,
        say("give each column a name of its own", "每列各用一个名字"),
    ),
    "mismatched-column": error(
        say("`{table}.{column}` holds values of the type {kind}, not {wanted}", "`{table}.{column}` 的类型是 {kind}, 不是 {wanted}"),
        None,
        say("convert it, or name a cast in a mapping file", "请转换, 或在映射文件中写明转换"),
    ),
    "ignored-columns": warning(
        say("columns of `{table}` that the ruleset does not read are ignored: {columns}", "`{table}` 中规则集不读的列已忽略: {columns}"),
    ),
    "named-subjects": warning(
        say("without `--subjects` the {count} subjects are those that events and inputs name", "没有 `--subjects`, 主体为事件与输入中出现的 {count} 个"),
    ),
    "metric-counted-anew": warning(
        say(
            "`{metric}` reads {reason:word}: it was counted anew for each of the {count} dates",
            "`{metric}` 读取{reason:word}: 在 {count} 个日期上逐日重新计算",
        ),
    ),
    "rejected-rows": warning(
        say("{count} rows of `{table}` were rejected and are in `{path}`", "`{table}` 有 {count} 行被拒, 已写入 `{path}`"),
    ),
    # limits
    "too-many-rows": error(
        say("`{table}` has {count} rows, more than {most}", "`{table}` 有 {count} 行, 多于 {most}"),
        None,
        say("write `at most N rows` in the ruleset, so that ranges are proved for as many", "在规则集中写明 `至多 N 行`, 范围据此证明"),
    ),
    "too-many-rows-of-a-subject": error(
        say("`{table}` has {count} rows of `{subject}`, more than {most}", "`{table}` 中 `{subject}` 有 {count} 行, 多于 {most}"),
        None,
        say("write `at most N rows a subject` in the table", "在表中写明每主体至多 N 行"),
    ),
    "too-many-subjects": error(
        say("there are {count} subjects, more than {most}", "主体有 {count} 个, 多于 {most}"),
        None,
        say("write `at most N subjects` in the ruleset", "在规则集中写明至多 N 个主体"),
    ),
    "bad-memory-size": error(
        say("`{size}` is no size of memory", "`{size}` 不是内存大小"),
        None,
        say("write a size such as `2GB`", "请写如 `2GB`"),
    ),
    "out-of-memory": error(
        say("the memory given does not suffice: {reason}", "给定的内存不够: {reason:word}"),
        None,
        say("give more with `--memory`", "用 `--memory` 多给一些"),
    ),
    "untrue-trust": error(
        say("rows that were called trusted cannot be scored: {reason}", "所谓可信的行无法评分: {reason:word}"),
        None,
        say("leave out `--trusted`: the checks say which rows are bad", "去掉 `--trusted`, 检查会指出哪些行有误"),
    ),
    "untrue-cell": error(
        say("a trusted row has no readable value in `{table}.{column}`", "可信的行在 `{table}.{column}` 中没有可读取的值"),
        None,
        say("leave out `--trusted`: the checks say which rows are bad", "去掉 `--trusted`, 检查会指出哪些行有误"),
    ),
    # mappings
    "bad-mapping": error(
        say("the mapping `{path}` is wrong at `{place}`: {reason}", "映射 `{path}` 的 `{place}` 有误: {reason:word}"),
    ),
    "unknown-cast": error(
        say("the mapping `{path}` names an unknown cast `{cast}` at `{place}`", "映射 `{path}` 的 `{place}` 写了未知的转换 `{cast}`"),
        None,
        say("known casts: {known}", "已知转换: {known}"),
    ),
    "unknown-mapped-column": error(
        say("the mapping names a column `{column}` that `{table}` does not have in the ruleset", "映射写到规则集 `{table}` 中没有的列 `{column}`"),
        None,
        say("perhaps `{near}` is meant", "可能是 `{near}`"),
    ),
    # results
    "unknown-result-form": error(
        say("`{path}` is no form of result that is known", "`{path}` 不是已知的结果形式"),
        None,
        say("known endings: {known}", "已知扩展名: {known}"),
    ),
    "no-result": error(
        say("`{path}` is no result that `score` wrote: {reason}", "`{path}` 不是 `score` 写出的结果: {reason:word}"),
    ),
    "input-changed": error(
        say("`{path}` is not what the result was made from", "`{path}` 已不是生成结果时的内容"),
        None,
        say("its digest was {wanted} and is {found}", "摘要原为 {wanted}, 现为 {found}"),
    ),
    "ruleset-changed": error(
        say("`{path}` is not the ruleset that the result was made with", "`{path}` 已不是生成结果时的规则集"),
        None,
        say("its digest was {wanted} and is {found}", "摘要原为 {wanted}, 现为 {found}"),
    ),
    "subject-not-in-result": error(
        say("the result has no subject `{subject}`", "结果中没有主体 `{subject}`"),
        None,
        say("perhaps `{near}` is meant", "可能是 `{near}`"),
    ),
    "differing-result": error(
        say("`{column}` of `{subject}` is {found}, recomputed {wanted}", "`{subject}` 的 `{column}` 为 {found}, 重算为 {wanted}"),
    ),
}
