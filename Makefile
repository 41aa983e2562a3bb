PYTHON ?= python3
BIN := .venv/bin
BROWSER := chromium chromium-driver
DBT := dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.6
AIRFLOW := apache-airflow==3.3.2
DAGSTER := dagster==1.13.29
DLT := dlt[filesystem,parquet]==1.31.0
SIZES ?= S,M,K,L
RUN := env -u PYTHONDONTWRITEBYTECODE $(BIN)


.DEFAULT_GOAL := help
.PHONY: help build check test-fast test test-versions mutants mutants-diff pairs fuzz orchestrators docs picture dist bench bench-extract notebooks clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

build: .venv/run.stamp ## extract, load, build and test with invented data
	@$(RUN)/python -m cursor_marts build

check: .venv/dev.stamp ## lint, format, types, imports, workflows: seconds
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo
	$(RUN)/zizmor --offline --quiet .github docs/review-a-change.yml
	$(RUN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml docs/*.yml
	$(RUN)/pre-commit validate-config

test-fast: .venv/dev.stamp ## run the unmarked tests: about a minute on two cores
	$(RUN)/pytest -q -n 2 --fast

test: .venv/dev.stamp .venv/browser.stamp .fakesnow/stamp ## run the checks and all tests: 15 minutes on two cores
	@echo "The checks take seconds; then all tests take about 15 minutes on two cores."
	@$(MAKE) --no-print-directory check
	$(RUN)/pytest -q -n 2 --dist loadfile

test-versions: .venv/dev.stamp .fakesnow/stamp ## test each Python with old and new libraries
	$(RUN)/nox

mutants: .venv/dev.stamp ## change the models in small ways; tests must notice
	$(RUN)/python tests/mutation/mutants.py

mutants-diff: .venv/dev.stamp ## the same changes; diff must see them
	$(RUN)/python tests/mutation/differing.py

pairs: .venv/dev.stamp ## change raw columns; marts that name them must change
	PYTHONPATH=tests $(RUN)/python tests/perturbation/pairs.py

fuzz: .venv/dev.stamp .fakesnow/stamp ## try random options and damaged answers: FUZZ_SECONDS each
	$(RUN)/pytest -q tests/fuzz/fuzz_*.py

orchestrators: .venv/dev.stamp .venv/airflow.stamp .venv/dagster.stamp ## run the pages on Airflow and Dagster
	$(RUN)/pytest -q tests/orchestrators/run_*.py

docs: .venv/run.stamp ## write the dictionary and the lineage from the contracts
	@$(RUN)/python -m cursor_marts.reporting.dictionary docs

picture: .venv/browser.stamp ## take the picture of the weekly page in the README
	PYTHONPATH=tests $(RUN)/python tests/docs/picture_of_page.py

dist: .venv/dev.stamp ## build the wheel and the source archive into dist/
	@rm -rf dist
	$(RUN)/uv build --quiet --out-dir dist

bench: .venv/dev.stamp .venv/dbt.stamp ## time a build beside dbt and plain SQL: SIZES=S,M,L
	$(RUN)/python benchmarks/bench.py $(SIZES) $(TIMES)

bench-extract: .venv/dev.stamp .venv/dlt.stamp ## count requests, time and memory of an extraction
	PYTHONPATH=tests $(RUN)/python benchmarks/extraction.py

notebooks: .venv/dev.stamp ## execute the notebooks and store their outputs
	$(RUN)/pytest -q tests/docs/test_notebooks.py --update-snapshots

clean: ## delete the environments and everything that was built
	rm -rf .venv .nox .fakesnow data/raw data/.raw data/.raw-in-views data/analytics.duckdb

.venv/run.stamp: pyproject.toml constraints.txt
	@echo "Installing into .venv: this takes about a minute." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# The tests open the weekly page in a real browser.
.venv/browser.stamp: .venv/dev.stamp
	@if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends $(BROWSER) >/dev/null; \
		else \
			echo "The tests need a browser. Install it: sudo apt-get install $(BROWSER)" >&2; exit 1; \
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

# Airflow runs the package by another Python; Dagster imports it.
.venv/airflow.stamp: .venv/run.stamp Makefile
	@test -x .venv/airflow/bin/python || $(PYTHON) -m venv .venv/airflow
	@.venv/airflow/bin/python -m pip install --quiet --disable-pip-version-check $(AIRFLOW)
	@touch $@

.venv/dagster.stamp: .venv/run.stamp Makefile
	@test -x .venv/dagster/bin/python || $(PYTHON) -m venv .venv/dagster
	@.venv/dagster/bin/python -m pip install --quiet --disable-pip-version-check $(DAGSTER) -e .
	@touch $@

# The Snowflake emulator needs versions that conflict with ours: it has its own environment.
.fakesnow/stamp: fakesnow.txt
	@test -x .fakesnow/bin/python || $(PYTHON) -m venv .fakesnow
	@.fakesnow/bin/python -m pip install --quiet --disable-pip-version-check -r fakesnow.txt
	@touch $@
