"""Read the built tables, as a notebook does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
import pytest
from support.lock_holder import held
from support.raw_rows import at, filed, loaded, pr, review
from typer.testing import CliRunner

import cursor_marts
from cursor_marts.building.run import build_all
from cursor_marts.cli.app import app
from cursor_marts.commands.database import connect
from cursor_marts.commands.pipeline import run_transform
from cursor_marts.commands.rows import found_rows, show
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import DatabaseError, DatabaseLocked, NextCommand, UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two weeks of one repository."""
    backend = loaded(
        pull_requests=[pr(), pr(2, merged_at=at(24 * 7 + 20), reviewers=["ann", "bob"])],
        reviews=[review(body="two\nlines")],
    )
    build_all(backend)
    backend.raw_sql("CREATE TABLE main_mart.mart_mine AS SELECT 42 AS answer")
    return filed(backend, tmp_path_factory.mktemp("filed"))


def test_a_table_is_an_attribute_and_converts_to_other_libraries(folder: Path) -> None:
    """An Ibis table by its name; from it pandas and Arrow."""
    with connect(folder) as db:
        velocity = db.mart_velocity
        assert velocity.equals(db["mart_velocity"])
        assert isinstance(velocity, ibis.Table)
        assert isinstance(velocity.to_pandas(), pd.DataFrame)
        assert isinstance(velocity.to_pyarrow(), pa.Table)
        assert velocity.total_prs.sum().execute() == 2
        assert db.sql("SELECT count(*) AS n FROM main_raw.reviews").n.execute().item() == 1


def test_every_table_is_listed(folder: Path) -> None:
    """Marts first, also those of users; then staging and raw; also for completion."""
    with connect(folder) as db:
        assert db.tables[:4] == (
            *("mart_ai_impact", "mart_ai_impact_by_repo", "mart_coverage"),
            "mart_mine",
        )
        assert {"stg_reviews", "commits", "extractions"} <= set(db.tables)
        assert set(db.tables) < set(dir(db))
        assert db.mart_mine.answer.execute().item() == 42
        assert "analytics.duckdb: mart_ai_impact, mart_ai_impact_by_repo, mart_coverage" in repr(db)


def test_an_unknown_table_is_an_error_with_the_nearest_name(folder: Path) -> None:
    """For the intermediate table the error names an alternative."""
    with connect(folder) as db:
        with pytest.raises(UsageError, match="did you mean mart_mine"):
            db["mart_mines"]
        with pytest.raises(UsageError, match="is not stored") as error:
            db["int_pr_with_commits"]
        assert error.value.next_command == NextCommand("sql", ("int_pr_with_commits",))
        with pytest.raises(AttributeError, match="did you mean mart_quality"):
            db.mart_qualiti  # noqa: B018
        assert not hasattr(db, "_repr_mimebundle_")
        assert not hasattr(db, "int_pr_with_commits")


def test_a_table_that_is_not_built_yet_is_an_error(tmp_path: Path) -> None:
    """Its name is known; the error says how to build it."""
    with connect(filed(loaded(), tmp_path)) as db, pytest.raises(DatabaseError, match="transform"):
        db["mart_velocity"]


def test_a_database_is_opened_read_only_by_default(folder: Path) -> None:
    """With read_only=False a statement can write."""
    with connect(folder) as db, pytest.raises(Exception, match="read-only"):
        db.backend.raw_sql("DROP TABLE main_mart.mart_quality")
    with connect(folder, read_only=False) as db:
        db.backend.raw_sql("CREATE TABLE main_mart.gone AS SELECT 1 AS a")
        db.backend.raw_sql("DROP TABLE main_mart.gone")


def test_a_missing_database_is_an_error(tmp_path: Path) -> None:
    """It names the path and the command that creates it."""
    with pytest.raises(DatabaseError, match=r"there is no database at .*\n.*build"):
        connect(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_another_process_writes_is_an_error(folder: Path) -> None:
    """It names the process, after the lock timeout."""
    with (
        held(folder / "analytics.duckdb") as holder,
        pytest.raises(DatabaseLocked, match=f"process {holder.pid}"),
    ):
        connect(folder, lock_timeout=0.3)


def test_a_build_in_a_notebook_that_reads_is_an_error(folder: Path) -> None:
    """The same process has the file open: the error says at once to close it."""
    with connect(folder), pytest.raises(DatabaseError, match=r"open already(.|\n)*close"):
        run_transform(Settings.read(data_dir=folder, environ={}))


@pytest.mark.parametrize(
    ("options", "weeks"),
    [
        ({}, ["2026-09-07", "2026-09-14"]),
        ({"limit": 1}, ["2026-09-07"]),
        ({"order_by": "week DESC", "limit": 1}, ["2026-09-14"]),
        ({"where": "week > DATE '2026-09-08' AND repo_name LIKE 'acme/%'"}, ["2026-09-14"]),
        ({"where": "total_prs > 1"}, []),
    ],
)
def test_rows_are_filtered_sorted_and_limited(
    folder: Path, options: dict[str, Any], weeks: list[str]
) -> None:
    """Which rows, in which order, and how many."""
    found = show("mart_quality", data_dir=folder, **({"order_by": "week"} | options))
    assert [str(week) for week in found["week"].to_pylist()] == weeks


@pytest.mark.parametrize("name", ["mart_mine", "stg_reviews", "reviews"])
def test_rows_of_every_layer(folder: Path, name: str) -> None:
    """Tables and views, also those of users."""
    with connect(folder) as db:
        found = show(name, data_dir=folder)
        assert found.num_rows == 1
        full = f"{db[name].op().namespace.database}.{name}"
        assert show(full, data_dir=folder) == found


def test_a_table_with_a_wrong_schema_is_an_error(folder: Path) -> None:
    """The error names the right schema."""
    with connect(folder) as db, pytest.raises(UsageError, match="it is in main_staging: write"):
        db["main_mart.stg_reviews"]


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("wek = 1", 'Referenced column "wek" not found'),
        ("week = 'x'", "invalid date field"),
        ("1 = 1; DROP TABLE main_mart.mart_quality", "Expected a single"),
        ("week ==", "error"),
        ("1 = 1) TO 'x.csv'; --", "error"),
    ],
)
def test_an_invalid_expression_is_an_error(folder: Path, where: str, says: str) -> None:
    """One line with the expression, the cause, and the available columns."""
    with pytest.raises(UsageError, match=r"(?i)" + says) as error:
        show("mart_quality", data_dir=folder, where=where)
    assert "\n" not in error.value.message
    assert f"--where {where!r}" in error.value.message
    assert "week, repo_name, total_prs" in error.value.hint
    with connect(folder) as db:
        assert db.mart_quality.count().execute() == 2


@pytest.mark.parametrize("columns", ["total_prs,week", "total_prs week", ["total_prs", "week"]])
def test_rows_of_some_columns(folder: Path, columns: Any) -> None:
    """In the given order; other columns may filter and sort."""
    found = show(
        "mart_quality",
        data_dir=folder,
        columns=columns,
        where="repo_name LIKE 'acme/%'",
        order_by="revert_rate, week DESC",
    )
    assert found.column_names == ["total_prs", "week"]
    assert [str(week) for week in found["week"].to_pylist()] == ["2026-09-14", "2026-09-07"]


def test_an_unknown_column_is_an_error(folder: Path) -> None:
    """It names the column, the nearest one, the table, and all columns."""
    with pytest.raises(UsageError, match="no column 'wek' in") as error:
        show("mart_quality", data_dir=folder, columns="repo_name,wek")
    assert "mart_quality" in error.value.message
    assert "did you mean week? its columns: week, repo_name, total_prs" in error.value.hint


def test_importing_the_package_imports_nothing_heavy() -> None:
    """Ibis and DuckDB are imported at their first use."""
    script = "import sys, cursor_marts; print({'ibis', 'duckdb', 'pandas'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
    assert cursor_marts.connect is connect


def test_times_that_python_cannot_represent_are_shown(tmp_path: Path) -> None:
    """As DuckDB writes them, in every format; the others stay times."""
    folder = filed(loaded(pull_requests=[pr(), pr(2)]), tmp_path)
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute(
            "CREATE SCHEMA main_mart; CREATE TABLE main_mart.mart_odd AS SELECT * FROM (VALUES "
            "('2026-01-02 03:04:05'::TIMESTAMP, '290000-01-01'::DATE), "
            "('infinity'::TIMESTAMP, '2026-01-02'::DATE)) AS t (moment, day)"
        )
    run = CliRunner().invoke(app, ["show", "mart_odd", "--json", "--data-dir", str(folder)])
    rows = sorted(json.loads(run.stdout), key=lambda row: row["moment"])
    assert [(row["moment"], row["day"]) for row in rows] == [
        ("2026-01-02T03:04:05", "290000-01-01"),
        ("infinity", "2026-01-02"),
    ]
    for form in ("table", "csv"):
        run = CliRunner().invoke(
            app, ["show", "mart_odd", "--format", form, "--data-dir", str(folder)]
        )
        assert (run.exit_code, "290000-01-01" in run.stdout) == (0, True), run.output


def test_rows_of_a_table_with_odd_names_and_values(tmp_path: Path) -> None:
    """A person may have added it: names with quotes, infinite times, and the year 290000."""
    folder = filed(loaded(), tmp_path)
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute("CREATE SCHEMA main_mart")
        connection.execute(
            'CREATE TABLE main_mart.odd AS SELECT 1 AS "a ""b""", '
            "unnest(['infinity', '290000-01-01', '2026-01-02']::TIMESTAMP[]) AS \"at\""
        )
    found = found_rows("odd", data_dir=folder, order_by='"at" DESC')
    assert found.columns == ['a "b"', "at"]
    times = ["infinity", "290000-01-01 00:00:00", "2026-01-02 00:00:00"]
    assert found.values == [(1, time) for time in times]
    assert found.numbers == {'a "b"'}
    assert show("odd", data_dir=folder).num_rows == 3
