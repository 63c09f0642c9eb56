"""A Spark application of a run's own, which says nothing on the error stream: a run that is refused tells its diagnostic, and nothing of Java's.

Three speak there otherwise: Java's process, which has the stream from pyspark (its words go to a file here, and give the reason where it cannot start), the
loggers by which pyspark tells each failure with its trace before raising it, and pyspark's warnings of other packages' versions.
"""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, Any

from ..warehouse.refusal import refuse
from .engine import first_line

_SETTINGS = {"spark.app.name": "pingfen", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")


@contextmanager
def own_application(master: str | None) -> Iterator[Any]:
    """A session of an application at `master` (or where Spark's own settings say), which is stopped at the end."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"pyspark\.")
        session = _started(master)
        try:
            with quiet():
                yield session
        finally:
            with suppress(Exception):
                session.stop()


@contextmanager
def quiet() -> Iterator[None]:
    """Failures of queries are raised, and not logged besides."""
    loggers = [_logger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def cause(failure: Exception | str) -> str:
    """The words of the innermost exception that a trace of Java's tells."""
    lines = [line.strip() for line in str(failure).splitlines() if "Exception:" in line]
    return first_line(lines[-1].split("Exception:", 1)[1] if lines else failure)


def _logger(name: str) -> logging.Logger:
    from pyspark.logger import PySparkLogger

    found: logging.Logger = PySparkLogger.getLogger(name)
    return found


def _started(master: str | None) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as failure:
        raise refuse("engine-not-installed", engine="Spark", package="pyspark", extra="spark", reason=first_line(failure)) from None
    _need_java()
    settings = _SETTINGS if master is None else {**_SETTINGS, "spark.master": master}
    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    with TemporaryFile() as said:
        try:
            _launch(settings, said)
            return builder.getOrCreate()
        except Exception as failure:  # pyspark and py4j raise many kinds when a cluster cannot be had
            said.seek(0)
            told = said.read().decode("utf-8", "replace")
            raise refuse("engine-unreachable", engine="Spark", place=master or "local", reason=cause(told if "Exception:" in told else failure)) from None


def _launch(settings: Mapping[str, str], said: IO[bytes]) -> None:
    """Java's process, where there is none yet, with its error stream in a file. A session that a server gives needs none."""
    from pyspark import SparkConf, SparkContext, java_gateway

    launch: Any = java_gateway.launch_gateway
    if "SPARK_REMOTE" not in os.environ and SparkContext._gateway is None:
        conf = SparkConf().setAll(list(settings.items()))
        SparkContext._ensure_initialized(gateway=launch(conf, {"stderr": said}))


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    place = os.path.join(home, "bin", "java") if home else "java"
    if shutil.which(place) is None:
        raise refuse("java-missing", place=place)
