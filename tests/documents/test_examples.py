"""Every example in README and docs runs and prints what the text says."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fences import act_out

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "README.md",
    "README.zh.md",
    "docs/tutorial.md",
    "docs/embedding.md",
    "docs/explanation.md",
    "docs/data.md",
    "docs/days.md",
    "docs/testing.md",
    "docs/proofs.md",
    "docs/advise.md",
    "docs/diff.md",
    "docs/running.md",
    "docs/engines.md",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_examples_print_what_the_document_says(name: str, tmp_path: Path) -> None:
    assert act_out(ROOT / name, tmp_path) > 0
