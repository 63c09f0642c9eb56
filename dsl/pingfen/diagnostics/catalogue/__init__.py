"""The catalogue: for each diagnostic code its severity and its texts in English and Chinese, in tables by concern.

To add a code, add one entry to the table it belongs to, and its page docs/diagnostics/CODE.md; tests refuse a code without a page.
"""

from __future__ import annotations

from .artifact import ENTRIES as ARTIFACT
from .bands import ENTRIES as BANDS
from .command import ENTRIES as COMMAND
from .data import ENTRIES as DATA
from .engines import ENTRIES as ENGINES
from .entry import Entry, Severity, Text, error, say, warning
from .events import ENTRIES as EVENTS
from .examples import ENTRIES as EXAMPLES
from .findings import ENTRIES as FINDINGS
from .missing import ENTRIES as MISSING
from .names import ENTRIES as NAMES
from .parameters import ENTRIES as PARAMETERS
from .points import ENTRIES as POINTS
from .record import ENTRIES as RECORD
from .state import ENTRIES as STATE
from .syntax import ENTRIES as SYNTAX
from .trial import ENTRIES as TRIAL
from .units import ENTRIES as UNITS
from .versions import ENTRIES as VERSIONS

__all__ = ["CATALOGUE", "TABLES", "Entry", "Severity", "Text", "entry_of", "error", "say", "warning"]

TABLES = (
    POINTS,
    PARAMETERS,
    EXAMPLES,
    EVENTS,
    SYNTAX,
    NAMES,
    UNITS,
    MISSING,
    BANDS,
    FINDINGS,
    VERSIONS,
    TRIAL,
    DATA,
    RECORD,
    ARTIFACT,
    STATE,
    COMMAND,
    ENGINES,
)

CATALOGUE: dict[str, Entry] = {code: entry for table in TABLES for code, entry in table.items()}


def entry_of(code: str) -> Entry:
    """The entry of a code; a code that no table holds (which a test forbids) is an error named by itself."""
    return CATALOGUE.get(code) or error(say(code, code))
