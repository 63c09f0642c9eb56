"""Whatever words Spark finds for an executor that is gone, the run is told as lost, with that line as its reason, and not as refused by Spark."""

from __future__ import annotations

import pytest

from pingfen.engines.spark import SparkEngine
from pingfen.sql.spark import Spark

from .presence import need_package

STAGE = "Job aborted due to stage failure: "
pytestmark = pytest.mark.slow  # what other Python versions run has no Spark
WORDS = {
    "the task's executor": STAGE + "Task 3 in stage 1.0 failed 1 times: ExecutorLostFailure (executor 0 exited caused by one of the running tasks)",
    "what it put aside, known to be gone": STAGE
    + "ResultStage 2 (parquet) has failed the maximum allowable number of times: 1. Most recent failure reason: "
    + "org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 0 partition 1",
    "what it put aside, not to be fetched": STAGE + "Most recent failure reason: org.apache.spark.shuffle.FetchFailedException: Failed to connect to host:7337",
    "asked for a block when dead": "org.apache.spark.ExecutorDeadException: The relative remote executor(Id: 1), which maintains the block data, is dead.",
    "given up by the cluster": STAGE + "Master removed our application: FAILED",
    "no cluster any more": STAGE + "All masters are unresponsive! Giving up.",
    "stopped": "Job 4 cancelled because SparkContext was shut down",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_an_executor_that_is_gone_is_told_as_lost(words: str) -> None:
    need_package("Spark", "pyspark")
    from py4j.protocol import Py4JError

    told = SparkEngine(None, spell=Spark()).refusal_of(Py4JError(f"An error occurred while calling o97.parquet.\n: {words}\n\tat org.apache.spark.Spark"))
    assert told is not None
    [diagnostic] = told.diagnostics
    assert diagnostic.code == "engine-lost"
    assert words.split(": ", 1)[-1][:40] in str(diagnostic)
