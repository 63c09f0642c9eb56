"""Parameters as callers give them, and as the compiler takes them: texts, as a ruleset writes its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import CompileError

if TYPE_CHECKING:
    from decimal import Decimal

    from ..diagnostics.diagnostic import Diagnostic

    Given = str | int | Decimal
    Parameters = Mapping[str, str]


def texts_of(parameters: Mapping[str, Given]) -> Parameters:
    """The parameters as texts. Raises CompileError for values that say no number exactly, binary floating point among them."""
    if not parameters:
        return {}
    texts = {str(name): _text(value) for name, value in parameters.items()}
    wrong = [_refused(str(name), value) for name, value in parameters.items() if texts[str(name)] is None]
    if wrong:
        raise CompileError(wrong)
    return {name: text for name, text in texts.items() if text is not None}


def _text(value: object) -> str | None:
    from decimal import Decimal

    if isinstance(value, str):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _refused(name: str, value: object) -> Diagnostic:
    from math import isfinite

    from ..diagnostics.diagnostic import Diagnostic

    text, is_inexact = str(value), isinstance(value, float) and isfinite(value)
    told = {"own": text, "fixed": "", "inexact": text if is_inexact else "", "foreign": "" if is_inexact else text}
    return Diagnostic("parameter-not-a-number", arguments={"name": name, "text": text, **told})
