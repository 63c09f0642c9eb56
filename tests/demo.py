"""`make demo`: checks and tests every ruleset, then scores the real flights and sampled events of the seven marketplaces, through the command line alone.

One table a ruleset: the lowest subjects with score, parts and gates, and the reasons of the lowest. Everything it writes lies under build/demo.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet
from rich.console import Console
from rich.table import Table
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
RULESETS = ROOT / "rulesets"
OUTPUT = Path("build/demo")
FLIGHTS = "airline-punctuality"
LOWEST = 5

console = Console(width=None if sys.stdout.isatty() else 160)


def main() -> None:
    """Run the whole demo; a command that fails ends it with the command's own exit code."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    run("check", "rulesets")
    run("test", "rulesets", "--coverage")
    for name, extra in (("carrier", []), ("tail", ["--rejects", str(OUTPUT / "no-tail-number.csv")])):
        score_flights(name, extra)
    for folder in sorted(RULESETS.iterdir()):
        if folder.name != FLIGHTS and folder.is_dir():
            score_sample(folder.relative_to(ROOT))
    console.print(f"\nResults, samples, pages and rejects lie in [bold]{OUTPUT}[/]")


def score_flights(mapping: str, extra: list[str]) -> None:
    """The flights of 2013, by carrier or by aircraft."""
    folder = Path("rulesets") / FLIGHTS
    result = OUTPUT / f"{FLIGHTS}-{mapping}.parquet"
    events = f"flights={folder / 'flights-2013.parquet'}"
    run("score", str(folder), "--events", events, "--mapping", str(folder / f"mapping-{mapping}.toml"), "--as-of", "2014-01-01", "-o", str(result), *extra)
    show(f"{FLIGHTS}, by {mapping}", result)


def score_sample(folder: Path) -> None:
    """Sampled events of a marketplace: made up, scored, shown; and its rule page."""
    samples = OUTPUT / folder.name
    result = OUTPUT / f"{folder.name}.parquet"
    score = run("sample", str(folder), "-o", str(samples), "--subjects", "100", "--days", "60", quiet=True).strip().split("\n")[-1]
    run(*shlex.split(score)[1:], "-o", str(result))
    run("page", str(folder), "--lang", "zh", "-o", str(OUTPUT / f"{folder.name}.html"))
    show(folder.name, result)


def run(*arguments: str, quiet: bool = False) -> str:
    """Run one pingfen command and show what it prints; its standard output."""
    console.print(f"[dim]$ pingfen {shlex.join(arguments)}[/]", soft_wrap=True)
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-m", "pingfen", *arguments], cwd=ROOT, stdout=subprocess.PIPE if quiet else None, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def show(title: str, path: Path) -> None:
    """A table of the lowest subjects of a result, and the reasons of the lowest."""
    rows = pyarrow.parquet.read_table(path).to_pylist()
    ranked = sorted((row for row in rows if row.get("score") is not None), key=lambda row: row["score"]) or rows
    columns = [name for name in rows[0] if name in ("score", "stage") or name.startswith(("part.", "tier.", "gate."))]
    shown = [name for name in columns if name.count(".") < 2][:9]
    key = next(iter(rows[0]))
    which = "lowest" if "score" in columns else "first"
    caption = Text(f"{title}: the {which} {min(LOWEST, len(ranked))} of {len(rows):,}")
    table = Table(key, *(name.removeprefix("part.") for name in shown), title=caption, title_justify="left")
    for row in ranked[:LOWEST]:
        table.add_row(*(cell_text(row[name]) for name in (key, *shown)))
    console.print(table)
    for reason in ranked[0]["reasons_en"]:
        console.print(Text(f"  {ranked[0][key]}: {reason}"))


def cell_text(value: Any) -> str:
    """A cell as text; a missing value is a dash."""
    return "–" if value is None else str(value)


if __name__ == "__main__":
    main()
