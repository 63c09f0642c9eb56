"""Reads an artifact, which may come from a stranger: size, JSON, shape, format, digest and checksums are verified before anything is made of it.

Only the half that scores one record is decoded at once; the rest when somebody asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Set
from functools import cached_property
from typing import Any, NoReturn, TypeVar

from ..errors import ArtifactError
from ..plan.encoding import Json, MalformedPlanError, decode, digest
from ..plan.record import RecordPlan

FORMAT = 2
OLDEST = 2
"""Format 1 was written before the first release only: a plan that lacks what plans hold now."""
DIGESTED = ("examples", "format", "plan", "schema")
LARGEST_ARTIFACT = 64 << 20
NAMES = {*DIGESTED, "digest", "sections"}
SECTIONS = {"origin", "proofs", "source map"}

_Kind = TypeVar("_Kind")


class Artifact:
    """A verified artifact. Everything in it is read on demand; what turns out to be no plan raises ArtifactError then."""

    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self._name = name
        self._document = document
        self.digest: str = document["digest"]

    @cached_property
    def record(self) -> RecordPlan:
        """The half of the plan that makes a scorecard of a record."""
        return self._decoded(self._document["plan"].get("record"), RecordPlan, "plan.record")

    @cached_property
    def plan(self) -> Any:
        """The whole plan."""
        from ..plan.ruleset import Plan

        return self._decoded({**self._document["plan"], "examples": self._document["examples"]}, Plan, "plan")

    @cached_property
    def version(self) -> Any:
        """Ruleset, version and effective days."""
        from ..plan.ruleset import Version

        return self._decoded(self._document["plan"].get("version"), Version, "plan.version")

    @property
    def title(self) -> tuple[str, str]:
        """The ruleset's name and its version's."""
        match self._document["plan"].get("version"):
            case {"ruleset": str() as ruleset, "version": str() as version}:
                return ruleset, version
            case _:
                raise refusal("artifact-malformed", self._name, place="plan.version", reason="a value of another kind")

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters that were given when it was built."""
        given = (self.section("origin") or {}).get("parameters")
        return {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}

    @property
    def schema(self) -> Any:
        """The JSON Schema of the record (`record`) and the schemas of the event tables (`tables`)."""
        return self._document["schema"]

    def section(self, name: str) -> Any:
        """The content of a section, or None."""
        section = self._document["sections"].get(name)
        return section and section["content"]

    def _decoded(self, document: Json, kind: type[_Kind], place: str) -> _Kind:
        try:
            return decode(document, kind)
        except MalformedPlanError as problem:
            refuse("artifact-malformed", self._name, place=".".join((place, *problem.path)), reason=problem.reason)
        except RecursionError:
            refuse("artifact-malformed", self._name, place=place, reason="nested too deeply")


def read_artifact(content: bytes, name: str) -> Artifact:
    """The artifact in a file's bytes. Raises ArtifactError."""
    if len(content) > LARGEST_ARTIFACT:
        refuse("artifact-too-large", name, limit=f"{LARGEST_ARTIFACT >> 20} MiB")
    document = _parsed(content, name)
    _verify_shape(document, name)
    sections = document["sections"]
    try:
        signed = {f"section `{key}`": (section["checksum"], digest(section["content"])) for key, section in sections.items()}
        signed["plan"] = (document["digest"], digest({key: document[key] for key in DIGESTED}))
    except (MalformedPlanError, RecursionError):
        refuse("not-an-artifact", name)
    for part, (written, found) in signed.items():
        if written != found:
            refuse("artifact-changed", name, part=part)
    return Artifact(name, document)


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        refuse("not-an-artifact", name)
    if type(document) is not dict or type(document.get("format")) is not int or document["format"] < 1:
        refuse("not-an-artifact", name)
    if document["format"] > FORMAT:
        refuse("artifact-too-new", name, format=str(document["format"])[:20], known=str(FORMAT))
    if document["format"] < OLDEST:
        refuse("artifact-too-old", name, format=str(document["format"]), known=str(OLDEST))
    return document


def _verify_shape(document: dict[str, Any], name: str) -> None:
    _verify_names(document, NAMES, "", name)
    kinds = {"digest": str, "plan": dict, "schema": dict, "examples": list, "sections": dict}
    odd = next((key for key, kind in kinds.items() if type(document[key]) is not kind), None)
    if odd:
        refuse("artifact-malformed", name, place=odd, reason="a value of another kind")
    _verify_names(document["sections"], document["sections"].keys() & SECTIONS, "sections.", name)
    for key, section in document["sections"].items():
        if type(section) is not dict or section.keys() != {"checksum", "content"} or type(section["content"]) is not dict:
            refuse("artifact-malformed", name, place=f"sections.{key}", reason="a value of another kind")


def _verify_names(document: dict[str, Any], names: Set[str], place: str, name: str) -> None:
    odd = min(document.keys() ^ names, default=None)
    if odd is not None:
        refuse("artifact-malformed", name, place=place + odd, reason="an unknown name" if odd in document else "a missing name")


def refuse(code: str, name: str, **arguments: str) -> NoReturn:
    """Raises ArtifactError with one diagnostic."""
    raise refusal(code, name, **arguments)


def refusal(code: str, name: str, **arguments: str) -> ArtifactError:
    """An ArtifactError with one diagnostic."""
    from ..diagnostics.diagnostic import Diagnostic

    return ArtifactError([Diagnostic(code, arguments={"path": name, **arguments})])
