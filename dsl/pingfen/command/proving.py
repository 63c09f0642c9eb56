"""Proves files: many of them in two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language

if TYPE_CHECKING:
    from ..proof.rendering import Proven
    from ..proof.session import Proof

PROCESSES = 2
FEW = 3
"""So many files are proved in this process: another one starts in half a second."""


def prove_all(paths: Sequence[Path], seconds: float, language: Language, progress: Callable[[str], None]) -> Iterator[Proven]:
    """The proof of each file, in order. Where processes cannot be had, or die, the rest is proved here."""
    done = 0
    try:
        for proven in _elsewhere(paths, seconds, language) if len(paths) > FEW else ():
            yield proven
            done += 1
            progress(proven.name)
    except (BrokenProcessPool, OSError):
        pass
    yield from (prove_file(path, seconds, language, progress) for path in paths[done:])


def _elsewhere(paths: Sequence[Path], seconds: float, language: Language) -> Iterator[Proven]:
    """Processes are spawned, so that it works on every platform and beside threads."""
    pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
    try:
        yield from pool.map(_prove_quietly, paths, [seconds] * len(paths), [language] * len(paths))
    finally:
        pool.shutdown(cancel_futures=True)


def _prove_quietly(path: Path, seconds: float, language: Language) -> Proven:
    return prove_file(path, seconds, language, lambda name: None)


def prove_file(path: Path, seconds: float, language: Language, progress: Callable[[str], None]) -> Proven:
    """The proof of one file; what keeps it from compiling in its place."""
    from ..pipeline import compile_source
    from ..proof.findings import findings_of
    from ..proof.parameters import all_variants
    from ..proof.rendering import Proven
    from ..proof.session import prove
    from ..reading import read_source
    from ..source import Source

    if path.suffix == ".json":
        return _from_artifact(path, seconds, language, progress)
    source = read_source(path)
    if not isinstance(source, Source):
        return Proven(str(path), None, (source,))
    compilation = compile_source(source)
    if compilation.plan is None:
        return Proven(str(path), None, compilation.diagnostics)
    variants, complete = all_variants(compilation)
    proof = prove(compilation.plan, seconds, variants, lambda name: progress(f"{path}: {name}"), complete=complete)
    return Proven(str(path), proof, tuple(findings_of(proof, language, source, compilation.source_map.span_of)))


def _from_artifact(path: Path, seconds: float, language: Language, progress: Callable[[str], None]) -> Proven:
    """The proof of an artifact's plan, compared with what the artifact says was proved."""
    from ..artifact import read_artifact
    from ..errors import ArtifactError
    from ..proof.findings import findings_of
    from ..proof.rendering import Proven
    from ..proof.session import prove

    try:
        artifact = read_artifact(path.read_bytes(), str(path))
        proof = prove(artifact.plan, seconds, (), lambda name: progress(f"{path}: {name}"))
    except ArtifactError as refused:
        return Proven(str(path), None, refused.diagnostics)
    return Proven(str(path), proof, (*_differing(path, artifact.section("proofs"), proof), *findings_of(proof, language)))


def _differing(path: Path, section: object, proof: Proof) -> list[Diagnostic]:
    from ..proof.section import differences

    named = [{"path": str(path), "claim": claim, "written": written, "found": found} for claim, written, found in differences(section, proof)]
    return [Diagnostic("proof-differs", arguments=arguments) for arguments in named]
