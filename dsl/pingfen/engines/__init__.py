"""Running a plan where the data is: Apache Spark, PostgreSQL, ClickHouse."""
