"""A diagnostic is data: a code, a place, arguments for the message, labelled places and an optional mend. Messages stand in the catalogue."""

from __future__ import annotations

from ..node import Factory, define, frozen
from ..source import NOWHERE, Source, Span


@frozen(repr=False)
class Label:
    """A place with its own text; `text` names an entry of the code's labels, filled with the diagnostic's arguments."""

    span: Span
    text: str


@frozen(repr=False)
class Fix:
    """Replace the span by the text."""

    span: Span
    text: str


@frozen
class Diagnostic:
    """One finding. `code` is a key of the catalogue; `arguments` fill its templates (values as people write them, never Python names)."""

    code: str
    span: Span = NOWHERE
    arguments: dict[str, str] = Factory(dict)
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None
    source: Source | None = None


@define
class Problems:
    """Collects the diagnostics of one source; stages report here and never raise."""

    source: Source
    found: list[Diagnostic] = Factory(list)
    _told: set[tuple[str, int, int]] = Factory(set)

    def report(self, code: str, span: Span = NOWHERE, *, labels: tuple[Label, ...] = (), fix: Fix | None = None, **arguments: object) -> None:
        """Add one diagnostic; the same code at the same span is reported once."""
        if (code, span.start, span.end) not in self._told:
            self._told.add((code, span.start, span.end))
            texts = {key: str(value) for key, value in arguments.items()}
            self.found.append(Diagnostic(code, span, texts, labels, fix, self.source))

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error. The catalogue is read only where there is something to look up."""
        if not self.found:
            return False
        from .catalogue import entry_of

        return any(entry_of(found.code).severity == "error" for found in self.found)
