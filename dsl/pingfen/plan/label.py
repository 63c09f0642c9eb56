"""What people read beside a name, in the two languages."""

from __future__ import annotations

from ..node import frozen


@frozen(repr=False)
class Label:
    """Chinese and English text; an empty one falls back to the other, then to the name."""

    zh: str = ""
    en: str = ""

    def text(self, language: str, name: str) -> str:
        """The label in `language` ("en" or "zh"), else in the other, else the name."""
        wanted, other = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return wanted or other or name
