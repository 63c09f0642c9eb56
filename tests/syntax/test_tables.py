"""The parser's tables are data that belong to the grammar beside them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pingfen.syntax import tables
from pingfen.syntax.generator import build_tables
from pingfen.syntax.tables import FILE, digest_of, grammar_folder, grammar_text, tables_text


def test_the_committed_tables_are_those_of_the_grammar() -> None:
    folder = grammar_folder()
    assert folder is not None
    assert Path(FILE).read_text("utf-8") == tables_text(build_tables(grammar_text(folder))), "run `python -m pingfen.syntax.tables`"


@pytest.mark.slow
def test_tables_of_another_grammar_are_built_anew(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    written = Path(FILE).read_text("utf-8")
    first, rest = written.split("\n", 1)
    stale = json.loads(first) | {"digest": digest_of("another"), "symbols": []}
    (tmp_path / "tables.jsonl").write_text(json.dumps(stale) + "\n" + rest, "utf-8")
    monkeypatch.setattr(tables, "FILE", str(tmp_path / "tables.jsonl"))
    assert tables.load_tables.__wrapped__().symbols == tables.load_tables().symbols


@pytest.mark.slow
def test_parsing_with_the_committed_tables_imports_neither_lark_nor_a_pickle() -> None:
    script = """
import sys
from pingfen.source import Source
from pingfen.diagnostics.diagnostic import Problems
from pingfen.syntax.parser import parse
source = Source("a", "param a = 3")
assert parse(source, Problems(source)).declarations
print(sorted({"lark", "pickle", "regex"} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
