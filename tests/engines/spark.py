"""Spark for tests: one Java process on the loopback address, and sessions in it under kind or hostile settings."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from .presence import need_java, need_package

MASTER = "local[2]"


@frozen
class Spark:
    """A Spark process; `session` gives a session of its own in it, with its own settings and temporary views."""

    root: Any

    def session(self, *, ansi: bool = True, zone: str = "UTC") -> Any:
        """A new session."""
        session = self.root.newSession()
        session.conf.set("spark.sql.ansi.enabled", str(ansi).lower())
        session.conf.set("spark.sql.session.timeZone", zone)
        return session


@contextmanager
def spark_process(**settings: str) -> Iterator[Spark]:
    """A process that lives as long as the block. Skips or fails where Java or pyspark is missing."""
    need_java()
    need_package("Spark", "pyspark")
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable  # executors run what this environment has
    folder = tempfile.mkdtemp(prefix="pingfen-spark-")
    builder = SparkSession.builder.master(MASTER).appName("pingfen")
    for name, value in {**_settings(folder), **settings}.items():
        builder = builder.config(name, value)
    root = builder.getOrCreate()
    root.sparkContext.setLogLevel("OFF")
    try:
        yield Spark(root)
    finally:
        root.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _settings(folder: str) -> dict[str, str]:
    return {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.level=ERROR -Djava.io.tmpdir={folder} -XX:+UseSerialGC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
