"""Where a ruleset's plan comes from: a text that was compiled, or an artifact."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ..plan.record import RecordPlan

if TYPE_CHECKING:
    from ..artifact import Artifact
    from ..plan.ruleset import Plan


class Compiled:
    """A plan that was compiled here, with the parameters given to the compiler."""

    is_foreign = False

    def __init__(self, name: str, plan: Plan, parameters: Mapping[str, str]) -> None:
        self.name = name
        self.plan = plan
        self.parameters = parameters

    @property
    def record(self) -> RecordPlan:
        """The half that makes a scorecard of a record."""
        return self.plan.record

    @property
    def title(self) -> tuple[str, str]:
        """The ruleset's name and its version's."""
        return self.plan.version.ruleset, self.plan.version.version

    @cached_property
    def digest(self) -> str:
        """The digest that its artifact would have."""
        from ..artifact import digest_of

        return digest_of(self.plan)


class Loaded:
    """The plan in an artifact, decoded as far as it is asked for; it may come from a stranger."""

    is_foreign = True

    def __init__(self, name: str, artifact: Artifact) -> None:
        self.name = name
        self._artifact = artifact

    @property
    def record(self) -> RecordPlan:
        """The half that makes a scorecard of a record."""
        return self._artifact.record

    @property
    def plan(self) -> Plan:
        """The whole plan."""
        plan: Plan = self._artifact.plan
        return plan

    @property
    def digest(self) -> str:
        """The digest of the artifact, verified."""
        return self._artifact.digest

    @property
    def title(self) -> tuple[str, str]:
        """The ruleset's name and its version's."""
        return self._artifact.title

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters that it was built with."""
        return self._artifact.parameters
