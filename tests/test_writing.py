"""Files appear whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pingfen.writing import whole_file, write_whole


def test_a_name_may_be_as_long_as_the_file_system_takes(tmp_path: Path) -> None:
    target = tmp_path / ("评" * 83 + ".csv")
    write_whole(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_is_replaced_by_the_new_content(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a"]


def fill_half(path: Path) -> None:
    path.write_bytes(b"half")
    raise ZeroDivisionError


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(target) as temporary:
        fill_half(temporary)
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("words", [(), ("failed to open local file '{}'",)])
def test_a_failure_names_the_target_and_not_the_temporary_file(tmp_path: Path, words: tuple[str, ...]) -> None:
    """As the system says it, with the file's name, and as pyarrow does, within its words."""

    def refuse(path: Path) -> None:
        raise PermissionError(13, *(word.format(path) for word in words)) if words else PermissionError(13, "Permission denied", str(path))

    with pytest.raises(PermissionError) as caught, whole_file(tmp_path / "a") as temporary:
        refuse(temporary)
    assert (caught.value.filename, caught.value.strerror) == (str(tmp_path / "a"), "Permission denied")


def test_a_full_disk_names_the_target(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left on device") as caught, whole_file(tmp_path / "a"), open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")
    assert caught.value.filename == str(tmp_path / "a")


def test_a_failure_of_another_file_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, whole_file(tmp_path / "a"):
        (tmp_path / "b").read_bytes()
    assert caught.value.filename == str(tmp_path / "b")


def test_a_writer_that_is_killed_leaves_no_target(tmp_path: Path) -> None:
    target = tmp_path / "a"
    script = f"import os; from pingfen.writing import whole_file\nwith whole_file({str(target)!r}) as t:\n t.write_bytes(b'half'); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert not target.exists()


def test_a_new_file_has_the_permissions_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_bytes(b"")
    old.chmod(0o640)
    write_whole(new, b"x")
    write_whole(old, b"x")
    assert new.stat().st_mode == plain.stat().st_mode
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_target_that_is_no_plain_file_is_written_directly() -> None:
    write_whole(os.devnull, b"x")
    assert not Path(os.devnull).is_file()


def test_a_folder_that_does_not_exist_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "none" / "a", b"x")
