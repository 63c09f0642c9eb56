"""pingfen (评分): marketplace scoring rules, written once, the same number everywhere, with reasons that add up.

    ruleset = pingfen.load("rulesets/wechat-promoter/2025-03-31.pf")
    card = ruleset.evaluate({"store_experience": Decimal("4.80"), ...})
    card.score, card.parts, card.gates, card.steps

Names are imported when they are used: an artifact loads without the compiler and without DuckDB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import ArtifactError, CompileError, DiagnosticError, InputError
    from .ruleset import Ruleset, RulesetVersions, load
    from .ruleset import compile_text as compile
    from .scorecard import Scorecard, Step

__version__: str

__all__ = [
    "ArtifactError",
    "CompileError",
    "DiagnosticError",
    "InputError",
    "Ruleset",
    "RulesetVersions",
    "Scorecard",
    "Step",
    "__version__",
    "compile",
    "load",
]

_PLACES = {
    "ArtifactError": ("errors", "ArtifactError"),
    "CompileError": ("errors", "CompileError"),
    "DiagnosticError": ("errors", "DiagnosticError"),
    "InputError": ("errors", "InputError"),
    "Ruleset": ("ruleset", "Ruleset"),
    "RulesetVersions": ("ruleset", "RulesetVersions"),
    "Scorecard": ("scorecard", "Scorecard"),
    "Step": ("scorecard", "Step"),
    "__version__": ("release", "VERSION"),
    "compile": ("ruleset", "compile_text"),
    "load": ("ruleset", "load"),
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module `pingfen` has no `{name}`")
    from importlib import import_module

    module, attribute = _PLACES[name]
    value = getattr(import_module(f".{module}", __name__), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
