"""PostgreSQL's server for tests: a cluster of its own in a temporary folder, on a free loopback port, ended by its own id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attrs import frozen

from .presence import need_package, postgres_programs

USER, PASSWORD = "analyst", "correct horse"
PLAIN, HOSTILE = "plain", "hostile"
_SETTINGS = {"listen_addresses": "127.0.0.1", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "40"}


@frozen
class PostgresServer:
    """A running server with the databases `plain` (C.UTF-8) and `hostile` (an ICU collation, the zone of New York)."""

    port: int
    process: subprocess.Popen[bytes]

    def dsn(self, database: str = PLAIN, *, user: str = USER, password: str = PASSWORD) -> str:
        """How to reach a database."""
        return f"host=127.0.0.1 port={self.port} dbname={database} user={user} password='{password}'"

    def connect(self, database: str = PLAIN) -> Any:
        """A connection that commits each statement."""
        import psycopg

        return psycopg.connect(self.dsn(database), autocommit=True)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server that lives as long as the block. Skips or fails where PostgreSQL or its driver is missing."""
    need_package("PostgreSQL", "psycopg")
    programs = postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="pingfen-postgres-"))
    identity = _identity()
    try:
        if identity:
            shutil.chown(folder, identity["user"], identity["group"])
        _make_cluster(programs, folder, identity)
        port = _free_port()
        process = _start(programs, folder, port, identity)
        try:
            yield _prepared(PostgresServer(port, process), folder)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> Mapping[str, Any]:
    """Whom the server runs as: it refuses the superuser, so root steps down to an unprivileged user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise AssertionError("no unprivileged user to run PostgreSQL as")


def _make_cluster(programs: Path, folder: Path, identity: Mapping[str, Any]) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if identity:
        shutil.chown(secret, identity["user"], identity["group"])
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", USER, "--pwfile", str(secret), "-A", "scram-sha-256", "--no-sync"]
    made = subprocess.run([*command, "--encoding=UTF8", "--locale=C.UTF-8"], cwd=folder, capture_output=True, text=True, check=False, **identity)
    assert made.returncode == 0, made.stderr


def _start(programs: Path, folder: Path, port: int, identity: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
    options = [item for name, value in settings.items() for item in ("-c", f"{name}={value}")]
    with open(folder / "log", "wb") as log:
        return subprocess.Popen([str(programs / "postgres"), "-D", str(folder / "data"), *options], cwd=folder, stdout=log, stderr=log, **identity)


def _prepared(server: PostgresServer, folder: Path) -> PostgresServer:
    with _first_connection(server, folder) as connection:
        connection.execute(f"CREATE DATABASE {PLAIN} TEMPLATE template0")
        connection.execute(f"CREATE DATABASE {HOSTILE} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
        connection.execute(f"ALTER DATABASE {HOSTILE} SET timezone = 'America/New_York'")
    return server


def _first_connection(server: PostgresServer, folder: Path) -> Any:
    import psycopg

    until = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(server.dsn("postgres"), autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > until:
                raise AssertionError((folder / "log").read_text(errors="replace")) from None
            time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "fast": sessions are ended, nothing is left
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
