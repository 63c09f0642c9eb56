"""`pingfen build`: one artifact for each ruleset version."""

from __future__ import annotations

from pathlib import Path

import click

from ..diagnostics.diagnostic import Diagnostic
from ..pipeline import Compilation
from ..plan.encoding import Json
from .check import find_all
from .choosing import parameters_option
from .ending import FINDINGS, FINE, CommandError
from .options import language_option
from .reporting import language_of_run, show


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Folder of the artifacts.")
@parameters_option
@click.option("--prove", "proves", is_flag=True, help="Prove the claims, and write what was proved into the artifacts.")
@language_option
def command(paths: tuple[str, ...], folder: Path, parameters: dict[str, str], proves: bool) -> int:
    """Compile rulesets to artifacts, one JSON file a version: RULESET-VERSION.json.

    Nothing is written where a ruleset has mistakes. The same ruleset gives the same bytes.
    """
    artifacts = _compile(list(map(Path, find_all(paths))), parameters, proves)
    _write(artifacts, folder)
    click.echo(_summary(len(artifacts), folder), err=True)
    return FINE


def _compile(texts: list[Path], parameters: dict[str, str], proves: bool) -> dict[str, bytes]:
    """The artifacts by file name. Raises CommandError with everything found where a ruleset has mistakes."""
    from ..artifact import artifact_bytes

    found: list[Diagnostic] = []
    artifacts: dict[str, bytes] = {}
    for text in texts:
        compilation = _compiled(text, parameters)
        if isinstance(compilation, Diagnostic) or compilation.plan is None:
            found += [compilation] if isinstance(compilation, Diagnostic) else compilation.diagnostics
            continue
        version = compilation.plan.version
        name = file_name(version.ruleset, version.version)
        if name in artifacts:
            found.append(Diagnostic("same-version-twice", arguments={"version": version.version, "path": str(text)}, source=compilation.source))
        artifacts[name] = artifact_bytes(compilation.plan, compilation.source, compilation.source_map, parameters, _proofs(compilation, proves))
    if found:
        raise CommandError(found, FINDINGS)
    return artifacts


def _proofs(compilation: Compilation, proves: bool) -> Json:
    """What is proved of a plan, with the default time for each question."""
    if not proves or compilation.plan is None:
        return {}
    from ..proof.parameters import all_variants
    from ..proof.section import section_of
    from ..proof.session import prove

    variants, complete = all_variants(compilation)
    return section_of(prove(compilation.plan, variants=variants, complete=complete))


def _compiled(text: Path, parameters: dict[str, str]) -> Compilation | Diagnostic:
    """What came of a file; its warnings are shown."""
    from ..pipeline import compile_source
    from ..reading import read_source

    source = read_source(text)
    if isinstance(source, Diagnostic):
        return source
    compilation = compile_source(source, parameters)
    if compilation.plan is not None:
        show(compilation.diagnostics)
    return compilation


def file_name(ruleset: str, version: str) -> str:
    """The file's name: letters, digits, dots and hyphens of both names, anything else as `_`."""
    kept = "".join(char if char.isalnum() or char in ".-" else "_" for char in f"{ruleset}-{version}")
    return f"{kept[:200].lstrip('.')}.json"


def _write(artifacts: dict[str, bytes], folder: Path) -> None:
    from ..writing import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in artifacts.items():
        write_whole(folder / name, content)


def _summary(count: int, folder: Path) -> str:
    if language_of_run() == "zh":
        return f"已写入 {count} 个构建产物到 {folder}"
    return f"{count} artifact{'' if count == 1 else 's'} written to {folder}"
