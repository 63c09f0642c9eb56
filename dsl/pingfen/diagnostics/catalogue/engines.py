"""Diagnostics of runs on other engines: what is not installed, cannot be reached or read, and runs that an engine ended."""

from __future__ import annotations

from .entry import Entry, error, say, warning

ENTRIES: dict[str, Entry] = {
    "engine-not-installed": error(
        say("the engine {engine} needs the package `{package}`: {reason}", "引擎 {engine} 需要软件包 `{package}`: {reason:word}"),
        None,
        say("`pip install 'pingfen[{extra}]'` brings it", "运行 `pip install 'pingfen[{extra}]'` 即可安装"),
    ),
    "java-missing": error(
        say("a Java runtime is needed by Spark, and there is none at `{place}`", "Spark 需要 Java 运行环境, 而 `{place}` 没有"),
        None,
        say("install Java 17 or later, or let JAVA_HOME name its folder", "请安装 Java 17 或更高版本, 或用 JAVA_HOME 指定其目录"),
    ),
    "engine-unreachable": error(
        say("{engine} at `{place}` cannot be reached: {reason}", "无法连接 `{place}` 的 {engine}: {reason:word}"),
        None,
        say("see that it runs there and takes connections", "请确认它在那里运行并接受连接"),
    ),
    "login-refused": error(
        say("{engine} at `{place}` refuses the login: {reason}", "`{place}` 的 {engine} 拒绝登录: {reason:word}"),
        None,
        say("see to the user, the password and the database in `--dsn`", "请核对 `--dsn` 中的用户、密码与数据库"),
    ),
    "table-not-found": error(
        say("{engine} has no table `{table}`", "{engine} 中没有表 `{table}`"),
        None,
        say("perhaps `{near}` is meant", "可能是 `{near}`"),
        say("name a table or view that the login may see", "请给出登录者可见的表或视图"),
    ),
    "file-not-taken": error(
        say("`{name}` comes from `{path}`, which {engine} does not read", "`{name}` 取自 `{path}`, {engine} 不读取这种文件"),
        None,
        say(
            "an engine reads its tables, and files as Parquet; without `--engine`, `--dsn` and `--into` files of other forms are read",
            "引擎读取自己的表, 文件须为 Parquet; 不带 `--engine`、`--dsn` 与 `--into` 时可读取其他形式的文件",
        ),
    ),
    "permission-denied": error(
        say("{engine} does not permit it: {reason}", "{engine} 不允许此操作: {reason:word}"),
        None,
        say("grant the login what the run needs: to read its tables, and to create the one it writes", "请授予登录者所需权限: 读取各表, 并创建要写的表"),
    ),
    "target-not-a-result": error(
        say("`{target}` exists and is no result, so it is not replaced", "`{target}` 已存在且不是评分结果, 不予替换"),
        None,
        say("choose another name, or remove it first", "请换一个名称, 或先将其移除"),
    ),
    "target-name-too-long": error(
        say("{engine} would cut the name `{target}`", "{engine} 会截断名称 `{target}`"),
        None,
        say("choose a shorter name", "请换一个更短的名称"),
    ),
    "engine-lost": error(
        say("{engine} ended the run: {reason}", "{engine} 中断了运行: {reason:word}"),
        None,
        say("nothing was written; see to the engine and run it again", "没有写出任何内容; 请检查引擎后重新运行"),
    ),
    "engine-full": error(
        say("{engine} has no room left: {reason}", "{engine} 空间不足: {reason:word}"),
        None,
        say("nothing was written; make room on the disk that the engine uses, and run it again", "没有写出任何内容; 请在引擎所用磁盘上腾出空间后重新运行"),
    ),
    "engine-refused": error(
        say("{engine} refuses the run: {reason}", "{engine} 拒绝运行: {reason:word}"),
    ),
    "renamed-columns": warning(
        say("{engine} does not take these names of columns as they are: {names}", "{engine} 不能原样使用这些列名: {names}"),
        None,
        say("read them by the short names, which are the same in every run", "请按短名读取, 短名在每次运行中都相同"),
    ),
    "unknown-column-type": error(
        say("`{type}` is no type of a column of {engine} that a ruleset can read", "`{type}` 不是规则集可读取的 {engine} 列类型"),
        None,
        say("write the engine's own type, or one of {known}", "请写该引擎自己的类型, 或 {known} 之一"),
    ),
    "not-sayable": error(
        say("{engine} cannot say `{place}` faithfully: {construct}", "{engine} 无法忠实表达 `{place}`: {construct:word}"),
        None,
        say("run this ruleset on one of {others}", "请在 {others} 之一上运行此规则集"),
    ),
}
