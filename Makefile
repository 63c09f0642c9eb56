# Everything lives in .venv; `.venv/bin/pingfen` runs after any target.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ENGINES := $(VENV)/.engines

.PHONY: setup engines demo test core check bench conformance attack mutants wheel clean
.DELETE_ON_ERROR:

setup: $(READY)

$(READY): requirements/test.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "pingfen needs Python 3.11 or later; call make with PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Spark, ClickHouse and the drivers of PostgreSQL and of the browser: only tests, conformance and benchmarks need them.
engines: $(ENGINES)

$(ENGINES): $(READY) requirements/engines.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/engines.txt
	@touch $@

demo: setup
	@$(BIN)/python -m tests.demo

test: engines check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# The inner loop, and what other Python versions run: all but whole processes, whole states of days, exhaustive searches and the events of every published version; the laws with few tries.
core: setup
	PINGFEN_LAWS=brief $(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

check: setup
	$(BIN)/ruff format --check dsl tests bench
	$(BIN)/ruff check dsl tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pingfen format --check rulesets
	$(BIN)/pingfen check rulesets

bench: engines
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m bench

# Every engine against the interpreter, then every ruleset over 10,000 subjects: continues where an interrupted run stopped.
conformance: engines
	$(BIN)/python -m tests.conformance

# Proved claims of generated rulesets, each tried on 100,000 inputs: about half an hour.
attack: setup
	$(BIN)/python -m tests.proof

mutants: setup
	$(BIN)/python -m tests.mutation

wheel: setup
	$(BIN)/python -m build --no-isolation --outdir dist .

clean:
	rm -rf $(VENV) build dist
