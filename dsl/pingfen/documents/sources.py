"""Where a ruleset's numbers come from: its citations, and every number that nobody published."""

from __future__ import annotations

from typing import Any

from ..plan.ruleset import Plan


def sources_of(plan: Plan) -> dict[str, Any]:
    """`citations` ({source, note, of}) and `assumed` ({path, value, within, parameter}) of one version, in the order written."""
    return {
        "ruleset": plan.version.ruleset,
        "version": plan.version.version,
        "citations": [{"source": each.source, "note": each.note, "of": each.of} for each in plan.citations],
        "assumed": [
            {"path": each.path, "value": each.text, "within": [each.low, each.high] if each.low else None, "parameter": each.parameter}
            for each in plan.assumptions
        ],
    }
