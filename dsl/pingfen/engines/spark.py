"""Spark through pyspark. Data stays in its executors: tables and Parquet are read and written there, and the client sees counts alone, unless a result is
fetched. A folder is filled under a hidden name and renamed through Hadoop's file system; a table is made under another name and renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pyarrow as pa
from attrs import Factory, frozen
from sqlglot import exp

from ..sql.dialect import Dialect
from ..sql.spark import Spark
from ..warehouse.refusal import RefusedDataError, refuse
from .application import cause, own_application, quiet
from .engine import FULL, Check, FoundTable, first_line
from .folders import NOTE
from .parquet import is_path

_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true", "spark.sql.caseSensitive": "false"}
_LOST = (
    "ExecutorLostFailure",
    "ExecutorDeadException",
    "FetchFailedException",  # also MetadataFetchFailedException: what an executor had put aside is gone with it
    "Could not find CoarseGrainedScheduler",
    "Master removed our application",
    "All masters are unresponsive",
    "SparkContext was shut down",
    "stopped SparkContext",
    "cancelled",
    "Connection refused",
    "Connection reset",
    "heartbeat",
)
_DENIED = ("Permission denied", "AccessControlException", "UNAUTHORIZED_ACCESS", "AccessDenied")
_FLEETING = "its catalog ends with the run; write a folder with `-o`"


@frozen
class SparkEngine:
    """A session of its own settings and views in a Spark application; `own` where the application ends with the run."""

    session: Any
    own: bool = False
    spell: Dialect = Factory(Spark)
    title: str = "Spark"

    def find(self, name: str) -> FoundTable | None:
        from pyspark.errors import AnalysisException

        self.session.conf.set("spark.sql.parquet.inferTimestampNTZ.enabled", "true")  # without it local times are taken for instants
        try:
            frame = self.session.read.parquet(name) if is_path(name) else self.session.table(name)
        except AnalysisException as failure:
            if _condition(failure) in ("TABLE_OR_VIEW_NOT_FOUND", "PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA", "SCHEMA_NOT_FOUND", "PARSE_SYNTAX_ERROR"):
                return None
            raise
        view = f"pingfen_{os.urandom(6).hex()}"
        frame.createOrReplaceTempView(view)
        return FoundTable(exp.table_(view, quoted=True), dict(frame.dtypes))

    def tables(self) -> Sequence[str]:
        # names alone: `catalog.listTables` opens every table, and fails where one of them is broken or just being dropped
        names = (row["tableName"] for row in self.session.sql("SHOW TABLES").collect())
        return [name for name in names if not name.startswith("pingfen_")]

    def settle(self, statements: Sequence[str]) -> None:
        for name, value in _SETTINGS.items():
            self.session.conf.set(name, value)
        for statement in statements:
            self.session.sql(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(select).collect()]

    def arrow(self, select: str) -> pa.Table:
        return self.session.sql(select).toArrow()

    def refuse_fleeting(self, name: str) -> None:
        """Spark's own catalog is in memory unless its settings name another."""
        first, *rest = name.split(".")
        catalog = first if rest and self._setting(f"spark.sql.catalog.{first}") else self.session.catalog.currentCatalog()
        named_elsewhere = self._setting(f"spark.sql.catalog.{catalog}") or catalog != "spark_catalog"
        if self.own and not named_elsewhere and self._setting("spark.sql.catalogImplementation") != "hive":
            raise refuse("engine-refused", engine=self.title, reason=_FLEETING)

    def keep_table(self, select: str, name: str, note: str, check: Check) -> int:
        *outer, last = name.split(".")
        made = ".".join([*outer, f"{last}__{os.urandom(4).hex()}"])
        try:
            self.session.sql(select).write.format("parquet").option("path", None).saveAsTable(made)
            self.session.sql(f"COMMENT ON TABLE {_quoted(made)} IS {exp.Literal.string(note).sql(dialect='spark')}")
            count = int(self.session.table(made).count())
            check(count)
            self.session.sql(f"DROP TABLE IF EXISTS {_quoted(name)}")
            self.session.sql(f"ALTER TABLE {_quoted(made)} RENAME TO {_quoted(name)}")
        except BaseException:
            with suppress(Exception):
                self.session.sql(f"DROP TABLE IF EXISTS {_quoted(made)}")
            raise
        return count

    def keep_folder(self, select: str, folder: str, note: str, check: Check) -> int:
        files = _Files(self.session, folder)
        files.refuse_other()
        try:
            self.session.sql(select).write.parquet(files.temporary)
            count = int(self.session.read.parquet(files.temporary).count())
            check(count)
            files.write_note(note)
            files.put_in_place()
        except BaseException:
            with suppress(Exception):
                files.remove_temporary()
            raise
        return count

    def refusal_of(self, failure: Exception) -> RefusedDataError | None:
        from py4j.protocol import Py4JError, Py4JNetworkError
        from pyspark.errors import PySparkException

        if isinstance(failure, Py4JNetworkError | ConnectionError):
            return refuse("engine-lost", engine=self.title, reason="its driver process is gone")
        if not isinstance(failure, PySparkException | Py4JError):
            return None
        words = f"{failure}\n{getattr(failure, '_stackTrace', None) or ''}"
        for code, signs in (("engine-full", FULL), ("permission-denied", _DENIED), ("engine-lost", _LOST)):
            sign = next((sign for sign in signs if sign in words), None)
            if sign is not None:
                return refuse(code, engine=self.title, reason=_line_with(words, sign))
        condition = _condition(failure)
        if condition in ("PARSE_SYNTAX_ERROR",) or condition.startswith(("UNRESOLVED_", "DATATYPE_MISMATCH")):
            return None
        arithmetic = ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "CAST_INVALID_INPUT", "NUMERIC_VALUE_OUT_OF_RANGE")
        code, told = ("untrue-trust", {}) if condition.startswith(arithmetic) else ("engine-refused", {"engine": self.title})
        return refuse(code, reason=first_line(words) if condition else cause(failure), **told)

    def _setting(self, name: str) -> str | None:
        found = self.session.conf.get(name, None)
        return None if found is None else str(found)


class _Files:
    """A target folder and the hidden one beside it, in whatever file system the path names."""

    def __init__(self, session: Any, folder: str) -> None:
        jvm = session.sparkContext._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        target = self._path(folder)
        self._system = target.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
        self._target = self._system.makeQualified(target)
        self._made = self._path(self._target.getParent(), f".{self._target.getName()}.{os.urandom(6).hex()}.part")
        self.temporary = str(self._made.toString())
        self._local = self.temporary.removeprefix("file:")

    def refuse_other(self) -> None:
        """What is no result, nor an empty folder, is never replaced. Raises RefusedDataError."""
        found = self._system.exists(self._target) and len(self._system.listStatus(self._target)) > 0
        if found and not self._system.exists(self._path(self._target, NOTE)):
            raise refuse("target-not-a-result", target=self._target.toString())

    def write_note(self, note: str) -> None:
        """The note, under a name that readers of Parquet pass over."""
        stream = self._system.create(self._path(self._made, NOTE), True)
        try:
            stream.write(bytearray(note.encode()))
        finally:
            stream.close()

    def put_in_place(self) -> None:
        """Rename; a result that stands there moves away first, and comes back where the second rename fails."""
        old = self._path(self._target.getParent(), f".{self._target.getName()}.{os.urandom(6).hex()}.old")
        replaced = self._system.exists(self._target)
        if replaced and not self._system.rename(self._target, old):
            raise OSError(f"{self._target.toString()} cannot be moved")
        if not self._system.rename(self._made, self._target):
            if replaced:
                self._system.rename(old, self._target)
            raise OSError(f"{self._target.toString()} cannot be made")
        if replaced:
            self._system.delete(old, True)

    def remove_temporary(self) -> None:
        """Leave nothing behind, also where the driver process is gone and the folder is a local one."""
        try:
            self._system.delete(self._made, True)
        except Exception:  # py4j raises several kinds where nobody answers
            shutil.rmtree(self._local, ignore_errors=True)


@contextmanager
def open_spark(master: str | None, session: Any) -> Iterator[SparkEngine]:
    """A session of its own. An application that was not given is started at `master` (or where Spark's own settings say), and stopped at the end."""
    if session is None:
        with own_application(master) as application:
            yield SparkEngine(application, own=True)
        return
    with quiet():
        yield SparkEngine(session.newSession())


def _condition(failure: Exception) -> str:
    get = getattr(failure, "getCondition", None)
    return str(get() or "") if get is not None else ""


def _line_with(words: str, sign: str) -> str:
    return first_line(next(line for line in words.splitlines() if sign in line))


def _quoted(name: str) -> str:
    return ".".join(f"`{part.replace('`', '``')}`" for part in name.split("."))
