"""Writes the trees of the cases anew, for review: `python -m tests.explanation.rewrite`, then read the diff."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .test_explanation import CLEAN, printed

CASE = re.compile(r"(```json\n(.*?)\n```\n)```en\n.*?\n```\n```zh\n.*?\n```\n", re.DOTALL)


def rewritten(text: str) -> str:
    """The file with each case's trees as they are printed now."""

    def again(case: re.Match[str]) -> str:
        record = CLEAN | json.loads(case[2])
        return f"{case[1]}```en\n{printed(record, 'en')}\n```\n```zh\n{printed(record, 'zh')}\n```\n"

    return CASE.sub(again, text)


if __name__ == "__main__":
    for path in sorted((Path(__file__).parent / "cases").glob("*.md")):
        path.write_text(rewritten(path.read_text("utf-8")), "utf-8")
