"""The wheel, built from the source distribution and installed alone, holds the grammar and its tables and scores a ruleset."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run([str(each) for each in command], cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away environment that sees the libraries of this one and, of pingfen, only the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", ROOT, folder=folder)
    [wheel] = (folder / "dist").glob("*.whl")
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", wheel, folder=folder)
    [packages] = (folder / "environment" / "lib").glob("python*/site-packages")
    for library in Path(pytest.__file__).resolve().parents[1].iterdir():
        if not library.name.startswith(("pingfen", "_pingfen", "_editable", "pip", "setuptools")) and not (packages / library.name).exists():
            (packages / library.name).symlink_to(library)
    return python


def test_the_package_is_the_wheels_and_brings_grammar_and_types(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "-c", "import pingfen, pathlib; print(pathlib.Path(pingfen.__file__).parent)", folder=tmp_path).strip()
    assert Path(told).is_relative_to(installed.parents[1])
    assert sorted(path.name for path in (Path(told) / "grammar").glob("*.lark")) == sorted(path.name for path in (ROOT / "grammar").glob("*.lark"))
    assert (Path(told) / "py.typed").exists()


def test_the_installed_command_checks_samples_and_scores(installed: Path, tmp_path: Path) -> None:
    command = installed.parent / "pingfen"
    run(command, "new", "my-shop", folder=tmp_path)
    run(command, "check", "my-shop.pf", folder=tmp_path)
    score = run(command, "sample", "my-shop.pf", "-o", "events", "--subjects", "30", folder=tmp_path).strip().split()
    run(command, *score[1:], "-o", "result.csv", folder=tmp_path)
    assert len((tmp_path / "result.csv").read_text().splitlines()) == 31
    run(command, "build", "my-shop.pf", "-o", "dist", folder=tmp_path)
