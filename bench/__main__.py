"""`make bench`: runs every benchmark module, prints one table and writes build/bench.json, a list of {name, ratio, limit, detail}.

`python -m bench NAME ...` runs only the modules named.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pingfen.writing import write_whole

OTHERS = ("__init__", "__main__", "pairs")
RESULT = Path("build/bench.json")


def main(wanted: list[str]) -> int:
    """Exit code 1 when a ratio is over its limit."""
    folder = Path(__file__).parent
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem not in OTHERS and not path.stem.endswith("_peer"))
    rows: list[dict[str, Any]] = []
    for name in names:
        module = import_module(f"bench.{name}")
        if hasattr(module, "run") and (not wanted or name in wanted):
            print(f"running {name} ...", file=sys.stderr)
            rows += module.run()
            _write(rows)
    _show(rows)
    return int(any(row["ratio"] > row["limit"] for row in rows))


def _write(rows: list[dict[str, Any]]) -> None:
    RESULT.parent.mkdir(exist_ok=True)
    write_whole(RESULT, json.dumps(rows, ensure_ascii=False, indent=2).encode())


def _show(rows: list[dict[str, Any]]) -> None:
    table = Table("benchmark", "ratio", "limit", "detail")
    for row in rows:
        within = row["ratio"] <= row["limit"]
        table.add_row(row["name"], f"[{'green' if within else 'red'}]{row['ratio']}[/]", str(row["limit"]), row["detail"])
    Console(width=None if sys.stdout.isatty() else 180).print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
