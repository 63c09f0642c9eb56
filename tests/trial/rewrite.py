"""Writes what the cases are answered anew, for review: `python -m tests.trial.rewrite`, then read the diff."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path

from pingfen.command.guard import run

from ..markdown import cases_in

FOLDER = Path(__file__).parent / "cases"


def answer(text: str) -> str:
    """What `pingfen test` says of a ruleset, in English."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as shown:
        path = Path(folder) / "shop.pf"
        path.write_text(text, "utf-8")
        run(["test", str(path), "--coverage", "--lang", "en"])
        return "\n".join(line.rstrip() for line in shown.getvalue().replace(f"{folder}/", "").splitlines())


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text("utf-8")
        for case in (case for case in cases_in(FOLDER) if case.file == path.stem):
            own = case.of_kind("pf")[-1].text
            begin, rest = text.split(f"\n## {case.rule}\n", 1)
            body, *after = re.split(r"(?=\n## )", rest, maxsplit=1)
            body = f"\n```pf\n{own}```\n```text\n{answer(case.text_of('pf'))}\n```\n"
            text = f"{begin}\n## {case.rule}\n{body}{''.join(after)}"
        path.write_text(text, "utf-8")
