PYTHON ?= python3
BIN := .venv/bin
BROWSER := chromium chromium-driver
DBT := dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.6
DLT := dlt[filesystem,parquet]==1.31.0
SIZES ?= S,M,K,L
RUN := env -u PYTHONDONTWRITEBYTECODE $(BIN)

.DEFAULT_GOAL := help
.PHONY: help build test mutants docs bench bench-extract notebooks clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

build: .venv/run.stamp ## extract, load, build and test on the embedded source
	@$(RUN)/python -m cursor_marts build

test: .venv/dev.stamp .venv/browser.stamp .fakesnow/stamp ## everything that must hold
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/pytest -q -n 2

mutants: .venv/dev.stamp ## small changes of the models, each to be noticed by a test
	$(RUN)/python tests/mutation/mutants.py

docs: .venv/run.stamp ## the pages that contracts write themselves
	$(RUN)/python -m cursor_marts.reporting.dictionary docs

bench: .venv/dev.stamp .venv/dbt.stamp ## what a build costs beside dbt and SQL by hand: SIZES=S,M,L
	$(RUN)/python benchmarks/bench.py $(SIZES) $(TIMES)

bench-extract: .venv/dev.stamp .venv/dlt.stamp ## what an extraction costs: requests, time, memory
	PYTHONPATH=tests $(RUN)/python benchmarks/extraction.py

notebooks: .venv/dev.stamp ## run them, and keep what they show
	$(RUN)/pytest -q tests/docs/test_notebooks.py --update-snapshots

clean: ## remove the environment and what was built
	rm -rf .venv .fakesnow data/raw data/.raw data/.raw-in-views data/analytics.duckdb

.venv/run.stamp: pyproject.toml constraints.txt
	@echo "installing into .venv, which takes a minute" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# The weekly page is proven in a real browser.
.venv/browser.stamp: .venv/dev.stamp
	@if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends $(BROWSER) >/dev/null; \
		else \
			echo "the tests need a browser → sudo apt-get install $(BROWSER)" >&2; exit 1; \
		fi; \
	fi
	@touch $@

.venv/dbt.stamp: .venv/run.stamp Makefile
	@test -x .venv/dbt/bin/python || $(PYTHON) -m venv .venv/dbt
	@.venv/dbt/bin/python -m pip install --quiet --disable-pip-version-check $(DBT)
	@touch $@

.venv/dlt.stamp: .venv/run.stamp Makefile
	@test -x .venv/dlt/bin/python || $(PYTHON) -m venv .venv/dlt
	@.venv/dlt/bin/python -m pip install --quiet --disable-pip-version-check '$(DLT)'
	@touch $@

# The Snowflake emulator of the tests: its pins clash with ours, so it lives by itself.
.fakesnow/stamp: fakesnow.txt
	@test -x .fakesnow/bin/python || $(PYTHON) -m venv .fakesnow
	@.fakesnow/bin/python -m pip install --quiet --disable-pip-version-check -r fakesnow.txt
	@touch $@
