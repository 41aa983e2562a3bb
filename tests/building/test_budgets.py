"""Budgets: the statements that a build sends, and the modules that a process imports."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from support.raw_rows import comment, commit, link, loaded, pr, review

from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.engines.duckdb.session import FEW, DuckDBSession, writing
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES

pytestmark = pytest.mark.slow

#: What only some commands need, and what costs most of a start.
HEAVY = (
    "sqlglot",
    "pandas",
    "pandera",
    "ibis",
    "duckdb",
    "pyarrow",
    "snowflake",
    "jupyterlab",
    "IPython",
    "rich.console",
)


class Recorder:
    """A backend that records the statements sent to it."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.sent: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def raw_sql(self, statement: str) -> Any:
        self.sent.append(statement)
        return self._backend.raw_sql(statement)


@pytest.fixture
def backend() -> Recorder:
    return Recorder(
        loaded(
            pull_requests=[pr(1), pr(2, ai_ratio=0.4)],
            commits=[commit()],
            pull_request_commits=[link()],
            reviews=[review()],
            review_comments=[comment()],
        )
    )


def creations(sent: list[str]) -> Counter[str]:
    """Return how often each view and table is created, without temporary ones."""
    made = [line.partition(" AS ")[0].rpartition('"')[0].rpartition('"')[2] for line in sent]
    return Counter(
        name.replace("cursor_marts_", "temporary ") if " TEMPORARY " in line else name
        for line, name in zip(sent, made, strict=True)
        if line.startswith("CREATE") and "SCHEMA" not in line
    )


def test_each_model_is_computed_once(backend: Recorder) -> None:
    """One statement computes each table; what is published is a view, or a copy of it."""
    build_all(backend)
    lasting = {model.name for model in all_models() if model.layer != "intermediate"}
    computed = {f"temporary {model.name}" for model in all_models()}
    assert creations(backend.sent) == Counter(computed | lasting | {"published"})
    copies = [
        line
        for line in backend.sent
        if line.startswith('CREATE OR REPLACE TABLE "memory"."main_mart"')
    ]
    assert copies
    assert all('SELECT * FROM "temp".' in line for line in copies)
    assert not [line for line in backend.sent if 'FROM "memory"."main_staging".' in line]


def test_publication_is_one_short_transaction(backend: Recorder) -> None:
    """It computes and tests nothing: committed temporary tables can use all threads."""
    build_all(backend)
    begin, end = backend.sent.index("BEGIN"), backend.sent.index("COMMIT")
    inside, outside = backend.sent[begin:end], backend.sent[:begin] + backend.sent[end:]
    assert not [line for line in inside if "TEMPORARY" in line or "row_count" in line]
    assert not [line for line in outside if '"main_mart"' in line.partition(" AS ")[0]]


@pytest.mark.parametrize("job", [build_all, run_data_tests])
def test_a_table_s_tests_are_one_query(backend: Recorder, job: Any) -> None:
    """There are as many test queries as tables."""
    build_all(backend)
    backend.sent.clear()
    report = job(backend)
    counting = [line for line in backend.sent if 'AS "row_count"' in line]
    assert len(counting) == len(report.models) == len(RAW_TABLES) + len(all_models())
    assert not report.failed


def test_a_build_sends_few_statements(backend: Recorder) -> None:
    """One for each raw table, five for each model, and a few more."""
    build_all(backend)
    assert len(backend.sent) <= len(RAW_TABLES) + 5 * len(all_models()) + 19


def test_few_rows_are_built_by_one_thread(backend: Recorder) -> None:
    """To share them out takes longer; many rows are left to all threads."""
    build_all(backend)
    assert "SET threads = 1" in backend.sent
    backend.raw_sql(
        f"INSERT INTO main_raw.commits SELECT c.* FROM main_raw.commits AS c, range({FEW})"
    )
    backend.sent.clear()
    build_all(backend)
    assert "SET threads = 1" not in backend.sent


def test_a_view_is_replaced_only_if_its_query_has_changed(backend: Recorder) -> None:
    """Or if somebody else has replaced it: binding a view costs as much as a small query."""
    build_all(backend)
    backend.raw_sql("CREATE OR REPLACE VIEW main_staging.stg_repos AS SELECT 1 AS a")
    backend.sent.clear()
    build_all(backend)
    views = [line for line in backend.sent if line.startswith("CREATE OR REPLACE VIEW")]
    assert len(views) == 1
    assert '"main_staging"."stg_repos" AS' in views[0]


def test_no_join_compares_each_row_with_each(backend: Recorder) -> None:
    """DuckDB has no statistics of new tables, but still sorts to find the next bug fix."""
    build_all(backend)
    temporary = [line for line in backend.sent if line.startswith("CREATE OR REPLACE TEMPORARY")]
    enriched = next(line for line in temporary if "int_pr_with_commits" in line)
    with writing(DuckDBSession(backend)):
        backend.raw_sql("BEGIN")
        for copy in temporary[: temporary.index(enriched)]:
            backend.raw_sql(copy)
        plan = backend.raw_sql(f"EXPLAIN {enriched}").fetchall()[0][1]
        backend.raw_sql("ROLLBACK")
    assert "ASOF_JOIN" in plan
    assert "NESTED_LOOP" not in plan


def imported_by(*arguments: str) -> set[str]:
    """Return the heavy packages that a Python process has imported at its end."""
    report = (
        f"import sys; sys.argv = {['cursor_marts', *arguments]!r}\n"
        "try:\n"
        "    import cursor_marts\n"
        "    if len(sys.argv) > 1: from cursor_marts.cli import main; main()\n"
        "except SystemExit: pass\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split()) if run.stdout.strip() else set()


@pytest.mark.parametrize(
    "arguments", [(), ("--help",), ("build", "--help"), ("transform", "--help")], ids=" ".join
)
def test_a_command_that_builds_nothing_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Importing the package and printing help are fast; rich lays out the help alone."""
    assert imported_by(*arguments) == ({"rich.console"} if "--help" in arguments else set())


def test_a_check_needs_no_database_and_no_notebook() -> None:
    """It imports heavy packages, which shows that the test above can fail."""
    assert {"ibis", "pandera"} <= imported_by("check")
    assert not imported_by("check") & {"snowflake", "jupyterlab", "IPython"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder that commands have built and tested, so that their SQL is cached."""
    folder = str(tmp_path_factory.mktemp("built"))
    for command in ("build", "transform", "test"):
        imported_by(command, "--quiet", "--data-dir", folder)
    imported_by("ls")
    return folder


@pytest.mark.parametrize("project", [False, True], ids=["package", "project"])
@pytest.mark.parametrize(
    "command",
    [
        "ls --select +marts",
        "ls --json",
        "lineage",
        "lineage mart_quality.revert_rate",
        "describe mart_velocity",
        "describe stg_reviews --json",
    ],
)
def test_a_command_that_reads_the_catalogue_imports_no_model_again(
    command: str, project: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The first one caches what it finds; also of a project's own models."""
    options = command.split()
    if project:
        folder = tmp_path_factory.mktemp("project") / "marts"
        imported_by("init", str(folder))
        options += ["--project", str(folder)]
    imported_by(*options)
    assert imported_by(*options) == set()


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        ("transform", {"duckdb"}),
        ("test", {"duckdb"}),
        ("load", {"duckdb", "pyarrow"}),
        ("show mart_velocity", {"duckdb"}),
        ("build --force", {"duckdb", "pyarrow"}),
        ("extract --source embedded", {"pyarrow"}),
    ],
)
def test_with_cached_sql_a_command_imports_only_what_it_runs(
    built: str, command: str, needed: set[str]
) -> None:
    """That is the driver, and Arrow to write files: nothing that compiles or checks expressions."""
    assert imported_by(*command.split(), "--data-dir", built) == needed
