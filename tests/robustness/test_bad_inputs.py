"""Whatever is handed in, people read what is wrong and where; nothing is written, nothing crashes."""

from __future__ import annotations

import pytest

from pingfen.command.ending import WRONG_USE

from .data import BAD_DATA, BadData
from .document import DOCUMENT, EVERY, document, outcome_of
from .texts import BadText

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("bad", EVERY, ids=lambda bad: bad.kind)
def test_a_bad_input_is_refused_with_its_code(bad: BadText | BadData) -> None:
    """A bad input gives the diagnostic that says what is wrong with it."""
    outcome = outcome_of(bad.kind)
    assert bad.code == "usage" or bad.code in outcome.messages, outcome.written
    assert outcome.exit_code == 2 if bad.code in ("usage", *WRONG_USE) else outcome.exit_code in (1, 3), outcome.written


@pytest.mark.parametrize("bad", BAD_DATA, ids=lambda bad: bad.kind)
def test_refused_data_writes_nothing(bad: BadData) -> None:
    """Refused data leaves no result and no part of one behind."""
    assert [name for name in outcome_of(bad.kind).files if name.startswith((".", "out"))] == []


def test_at_least_sixty_kinds_are_tried() -> None:
    """Each kind is another, and they are many."""
    kinds = [bad.kind for bad in EVERY]
    assert len(kinds) == len(set(kinds))
    assert len(kinds) >= 60


def test_the_document_tells_what_the_tests_saw() -> None:
    """`docs/bad-inputs.md` is what `python -m tests.robustness.document` writes."""
    assert DOCUMENT.read_text(encoding="utf-8") == document()
