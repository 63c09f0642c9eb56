"""Whether shops have a score, have one that is not shown, or have none, from the rows of a result."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa

from ..plan.record import RecordPlan
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene
from ..warehouse.records import record_of

Standing = Literal["given", "hidden", "none"]


def standings(plan: RecordPlan, table: Any) -> dict[str, Standing]:
    """The standing of each subject of a result."""
    subjects = [str(each) for each in table.column(0).to_pylist()]
    if plan.scale is None:
        return dict.fromkeys(subjects, "none")
    missing = [index for index, value in enumerate(table.column("score").to_pylist()) if value is None]
    found: dict[str, Standing] = dict.fromkeys(subjects, "given")
    found.update({subjects[index]: "none" for index in missing})
    rules = [rule.condition for rule in plan.hidden if "score" in rule.paths]
    if rules:
        for index, row in zip(missing, table.take(pa.array(missing, pa.int64())).to_pylist(), strict=True):
            scene = RecordScene(plan, record_of(plan, row))
            if scene.number("score") is not None and any(holds(rule, scene) for rule in rules):
                found[subjects[index]] = "hidden"
    return found
