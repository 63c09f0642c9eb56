"""Diagnostics about unknown, duplicate, cyclic and unused names."""

from __future__ import annotations

from .entry import Entry, say, warning

ENTRIES: dict[str, Entry] = {
    "unused-declaration": warning(
        say("{kind:word} `{name}` is never read", "{kind:word} `{name}` 从未被读取"),
        say("nothing reads it", "没有任何地方读取它"),
        say("leave it out, or read it", "去掉它, 或在规则中读取它"),
    ),
}
