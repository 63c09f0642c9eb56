"""An update that is killed at any of its writes, flushes, renames and removals leaves a state from which the next update is right.

The operations are found by tracing the program, not by waiting: one run is traced, then each operation on the state's folder is met by SIGKILL in a run of its
own.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import frozen

from .data import invoke
from .test_updates import Shop, told

CALLS = "write,pwrite64,ftruncate,rename,renameat,renameat2,fsync,fdatasync,unlink,unlinkat"
LINE = re.compile(r"^(?P<process>\d+) +(?P<call>\w+)\((?P<arguments>.*)$")

tracing = pytest.mark.skipif(shutil.which("strace") is None and not os.environ.get("CI"), reason="strace is not installed (Debian: strace)")


@frozen
class Operation:
    """One call of the main thread: its place among those of its kind, what it does and to which file."""

    place: int
    call: str
    target: str


def traced(shop: Shop, log: Path, *options: str) -> int:
    """Run an update under strace; the exit code, negative for a signal."""
    command = [sys.executable, "-m", "pingfen", "update", str(shop.folder / "state"), "--events", f"orders={shop.days}", "--as-of", "2026-05-31"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    # strace ends as its child did; -y shows the paths behind descriptors
    run = ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", f"trace={CALLS}", *options, *command]
    return subprocess.run(run, env=environment, capture_output=True, check=False).returncode


def operations(log: Path, state: Path) -> list[Operation]:
    """The calls of the main thread that change the state's folder, in order."""
    found, main = [], ""
    places: Counter[str] = Counter()
    for line in log.read_text("utf-8", "replace").splitlines():
        read = LINE.match(line)
        if read is None:
            continue
        main = main or read["process"]
        if read["process"] != main:
            assert str(state) not in line, f"a thread besides the main one changes the state: {line}"
            continue
        places[read["call"]] += 1
        if str(state) in read["arguments"]:
            found.append(Operation(places[read["call"]], read["call"], _target(read["arguments"], state)))
    return found


def _target(arguments: str, state: Path) -> str:
    """The last file of the state that a call names, without what differs from run to run."""
    paths = re.findall(re.escape(str(state)) + r"(/[^\">]*)?", arguments)
    return re.sub(r"[0-9a-f]{12}\.part", "part", paths[-1] or "/")


@pytest.mark.slow
@tracing
def test_an_update_killed_at_any_operation_loses_nothing(tmp_path: Path) -> None:
    """After SIGKILL at each write, flush, rename and removal the state is the old one or the new one, and the next update gives the rows of a full run."""
    shop = prepared(tmp_path)
    log, state = tmp_path / "log", shop.folder / "state"
    assert traced(shop, log) == 0, log.read_text("utf-8", "replace")[-2000:]
    wanted = operations(log, state)
    assert {"write", "fsync", "rename"} <= {operation.call for operation in wanted}
    rows = told(shop.score("2026-05-31"))
    for operation in wanted:
        restore(tmp_path, state)
        code = traced(shop, log, "-e", f"inject={operation.call}:signal=KILL:when={operation.place}")
        assert code in (-signal.SIGKILL, 128 + signal.SIGKILL), f"{operation} was not met"
        met = operations(log, state)[-1]
        assert (met.call, met.target) == (operation.call, operation.target)
        assert told(shop.update("2026-05-31")) == rows, operation
        assert named_files(state) == sorted(path.name for path in (state / "files").iterdir()), f"{operation} left files behind"


def prepared(folder: Path) -> Shop:
    """A shop with a state, a day delivered again and a new one."""
    shop = Shop(folder)
    told(shop.update())
    shop.deliver("2026-05-28", "o1,s1,2026-05-28 10:00:00,,b1,upheld\n")
    shop.deliver("2026-05-30", "o4,s1,2026-05-30 10:00:00,,b3,\n")
    shutil.copytree(folder / "state", folder / "before")
    return shop


def restore(folder: Path, state: Path) -> None:
    """The state as it was before the update."""
    shutil.rmtree(state)
    shutil.copytree(folder / "before", state)


def named_files(state: Path) -> Sequence[str]:
    """The files that the manifest names."""
    return sorted(re.findall(r'"name": "([^"]+)"', (state / "manifest.json").read_text("utf-8")))


def test_an_update_that_fails_to_write_leaves_the_state(tmp_path: Path) -> None:
    """A folder that cannot be written to ends the update with a diagnostic, and the state is the old one."""
    shop = prepared(tmp_path)
    state = shop.folder / "state"
    (state / "files").rename(state / "moved")
    (state / "files").write_text("in the way", "utf-8")
    refused = shop.update("2026-05-31")
    assert refused.exit_code == 3
    (state / "files").unlink()
    (state / "moved").rename(state / "files")
    assert told(invoke("update", str(state), "--events", f"orders={shop.days}", "--as-of", "2026-05-31", "--format", "json")) == told(shop.score("2026-05-31"))
