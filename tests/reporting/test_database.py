"""Reading what is built, as a notebook does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from support.lock_holder import held
from support.raw_rows import at, filed, loaded, pr, review

import cursor_marts
from cursor_marts.building.run import build_all
from cursor_marts.commands.database import connect
from cursor_marts.commands.pipeline import run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import DatabaseError, DatabaseLocked, NextCommand, UsageError
from cursor_marts.reporting.database import rows


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


def test_a_table_is_one_step_away_and_other_libraries_one_call(folder: Path) -> None:
    """An Ibis table by its name; from there pandas and Arrow."""
    with connect(folder) as db:
        velocity = db.mart_velocity
        assert velocity.equals(db["mart_velocity"])
        assert isinstance(velocity, ibis.Table)
        assert isinstance(velocity.to_pandas(), pd.DataFrame)
        assert isinstance(velocity.to_pyarrow(), pa.Table)
        assert velocity.total_prs.sum().execute() == 2
        assert db.sql("SELECT count(*) AS n FROM main_raw.reviews").n.execute().item() == 1


def test_every_table_is_offered(folder: Path) -> None:
    """Marts first, one's own among them; staging, raw; and to whoever presses Tab."""
    with connect(folder) as db:
        assert db.tables[:2] == ("mart_ai_impact", "mart_mine")
        assert {"stg_reviews", "commits", "extractions"} <= set(db.tables)
        assert set(db.tables) < set(dir(db))
        assert db.mart_mine.answer.execute().item() == 42
        assert "analytics.duckdb: mart_ai_impact, mart_mine" in repr(db)


def test_what_is_not_there(folder: Path) -> None:
    """The nearest name; for the intermediate table, what to do instead."""
    with connect(folder) as db:
        with pytest.raises(UsageError, match="did you mean mart_mine"):
            db["mart_mines"]
        with pytest.raises(UsageError, match="gone after a build") as error:
            db["int_pr_with_commits"]
        assert error.value.next_command == NextCommand("sql", ("int_pr_with_commits",))
        with pytest.raises(AttributeError, match="did you mean mart_quality"):
            db.mart_qualiti  # noqa: B018
        assert not hasattr(db, "_repr_mimebundle_")
        assert not hasattr(db, "int_pr_with_commits")


def test_a_table_that_is_not_built_yet(tmp_path: Path) -> None:
    """Loaded only: the table is known, and how to build it."""
    with connect(filed(loaded(), tmp_path)) as db, pytest.raises(DatabaseError, match="transform"):
        db["mart_velocity"]


def test_read_only_is_read_only(folder: Path) -> None:
    """Nothing can be written; with read_only=False it can."""
    with connect(folder) as db, pytest.raises(Exception, match="read-only"):
        db.backend.raw_sql("DROP TABLE main_mart.mart_quality")
    with connect(folder, read_only=False) as db:
        db.backend.raw_sql("CREATE TABLE main_mart.gone AS SELECT 1 AS a")
        db.backend.raw_sql("DROP TABLE main_mart.gone")


def test_no_database(tmp_path: Path) -> None:
    """Where it should be, and how to make it; none is made in passing."""
    with pytest.raises(DatabaseError, match=r"there is no database at .*\n.*build"):
        connect(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_another_process_writes(folder: Path) -> None:
    """The process is named, once patience has ended."""
    with (
        held(folder / "analytics.duckdb") as holder,
        pytest.raises(DatabaseLocked, match=f"process {holder.pid}"),
    ):
        connect(folder, lock_timeout=0.3)


def test_a_build_in_a_notebook_that_reads(folder: Path) -> None:
    """The same process has the file open: it is told to close it, at once."""
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
def test_rows(folder: Path, options: dict[str, Any], weeks: list[str]) -> None:
    """Which rows, in which order, and how many."""
    with connect(folder) as db:
        found = rows(db, "mart_quality", **({"order_by": "week"} | options))
    assert [str(week) for week in found["week"].to_pylist()] == weeks


@pytest.mark.parametrize("name", ["mart_mine", "stg_reviews", "reviews"])
def test_rows_of_every_layer(folder: Path, name: str) -> None:
    """Tables and views alike, one's own included."""
    with connect(folder) as db:
        found = rows(db, name)
        assert found.num_rows == 1
        assert rows(db, f"{db[name].op().namespace.database}.{name}") == found


def test_a_table_in_another_schema(folder: Path) -> None:
    """It is not taken for the one that is meant: the right schema is named."""
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
def test_a_bad_expression(folder: Path, where: str, says: str) -> None:
    """What was given, what is wrong with it, in one line, and the columns there are."""
    with connect(folder) as db, pytest.raises(UsageError, match=r"(?i)" + says) as error:
        rows(db, "mart_quality", where=where)
    assert "\n" not in error.value.message
    assert f"--where {where!r}" in error.value.message
    assert "week, repo_name, total_prs" in error.value.hint
    with connect(folder) as db:
        assert db.mart_quality.count().execute() == 2


@pytest.mark.parametrize("columns", ["total_prs,week", "total_prs week", ["total_prs", "week"]])
def test_rows_of_some_columns(folder: Path, columns: Any) -> None:
    """The chosen ones in their order; rows are chosen and ordered by the others, too."""
    with connect(folder) as db:
        found = rows(
            db,
            "mart_quality",
            columns=columns,
            where="repo_name LIKE 'acme/%'",
            order_by="revert_rate, week DESC",
        )
    assert found.column_names == ["total_prs", "week"]
    assert [str(week) for week in found["week"].to_pylist()] == ["2026-09-14", "2026-09-07"]


def test_a_column_that_is_none(folder: Path) -> None:
    """It is named, with the nearest, the table, and all that there are."""
    with connect(folder) as db, pytest.raises(UsageError, match="no column 'wek' in") as error:
        rows(db, "mart_quality", columns="repo_name,wek")
    assert "mart_quality" in error.value.message
    assert "did you mean week? its columns: week, repo_name, total_prs" in error.value.hint


def test_importing_the_package_imports_nothing_heavy() -> None:
    """`import cursor_marts` is for everybody: Ibis and DuckDB come when they are used."""
    script = "import sys, cursor_marts; print({'ibis', 'duckdb', 'pandas'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
    assert cursor_marts.connect is connect
