"""The index of the pages of diagnostics, made from the catalogue. `python -m tests.diagnostics.index` writes it."""

from __future__ import annotations

from pathlib import Path

from pingfen.diagnostics.catalogue import (
    CATALOGUE,
    artifact,
    bands,
    command,
    data,
    engines,
    events,
    examples,
    findings,
    missing,
    names,
    parameters,
    points,
    record,
    state,
    syntax,
    trial,
    units,
    versions,
)

INDEX = Path(__file__).parents[2] / "docs" / "diagnostics" / "README.md"

INTRODUCTION = """# Diagnostics

Every mistake has a code. Each code has a page with what it means, in English and Chinese, a wrong example and a right one; a test runs them all.
Errors stop a ruleset from being compiled, or data from being scored; warnings do not. `pingfen check` exits with 1 for either.

每种错误都有一个代码; 每个代码有一页说明 (中英文), 并附错误与正确的例子, 均由测试运行。错误会阻止编译或评分, 警告不会; 两者都使 `pingfen check` 以 1 退出。
"""

CONCERNS = (
    ("Syntax", syntax), ("Names", names), ("Parameters", parameters), ("Units, places and ranges", units), ("Missing values", missing),
    ("Ladders, ranges, curves, cases, tables", bands), ("Events, populations, metrics", events), ("Parts, weights, stages, outcomes", points),
    ("What never matters", findings), ("Examples and claims as written", examples), ("Examples and claims as run", trial), ("Versions", versions),
    ("Records", record), ("Data", data), ("Artifacts", artifact), ("Days and states", state), ("Files and commands", command), ("Engines", engines),
)  # fmt: skip


def index_text() -> str:
    """The whole index."""
    return INTRODUCTION + "".join(f"\n## {title}\n\n{_table(list(module.ENTRIES))}" for title, module in CONCERNS)


def _table(codes: list[str]) -> str:
    return "| code | | message | 消息 |\n|---|---|---|---|\n" + "".join(_row(code) for code in sorted(codes))


def _row(code: str) -> str:
    entry = CATALOGUE[code]
    return f"| [{code}]({code}.md) | {entry.severity} | {_plain(entry.title.en)} | {_plain(entry.title.zh)} |\n"


def _plain(template: str) -> str:
    return template.replace(":word}", "}").replace("|", "\\|")


if __name__ == "__main__":
    INDEX.write_text(index_text(), "utf-8")
