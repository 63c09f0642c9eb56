"""Artifacts: one JSON file for each ruleset version, written from a plan and read without the compiler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .reading import Artifact, read_artifact

if TYPE_CHECKING:
    from .document import artifact_bytes, digest_of

__all__ = ["Artifact", "artifact_bytes", "digest_of", "read_artifact"]


def __getattr__(name: str) -> Any:
    if name not in ("artifact_bytes", "digest_of"):
        raise AttributeError(name)
    from . import document

    return getattr(document, name)
