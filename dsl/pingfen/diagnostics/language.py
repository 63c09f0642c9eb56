"""The language of messages: what the user asked for, else the locale's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "zh"]


def choose_language(wanted: str | None = None, environment: Mapping[str, str] = os.environ) -> Language:
    """`wanted` where it is "en" or "zh", else by LC_ALL, LC_MESSAGES and LANG, the first that is set; English where none says Chinese."""
    if wanted in ("en", "zh"):
        return "zh" if wanted == "zh" else "en"
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
