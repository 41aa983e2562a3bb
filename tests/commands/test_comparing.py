"""The command `diff`: its exit codes, what it prints, and that it only reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.command_line import cursor_marts, failed
from support.raw_rows import filed, loaded, pr

import cursor_marts as package
from cursor_marts.errors import DatabaseError, UsageError

pytestmark = pytest.mark.slow

ONE = ["--select", "mart_sizes"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose mart has changed since its tables were published."""
    place = tmp_path_factory.mktemp("own")
    package.init(place)
    (place / "data").mkdir()
    rows = [pr(1, additions=10, deletions=0), pr(2, additions=300, deletions=0)]
    package.transform(data_dir=filed(loaded(pull_requests=rows), place / "data"), project=place)
    mart = place / "models" / "mart_sizes.py"
    mart.write_text(
        mart.read_text().replace("pull_requests=_.count()", "pull_requests=_.count() * 3")
    )
    return place


def test_a_changed_mart_of_a_project(project: Path) -> None:
    """What differs is printed, the exit code is 1, and the file of the database is as it was."""
    file = project / "data" / "analytics.duckdb"
    before = file.read_bytes()
    given = ["diff", "--project", str(project), "--data-dir", str(file.parent)]
    run = cursor_marts(*given)
    assert run.returncode == 1, run.stderr
    assert run.stdout.splitlines()[0].startswith("1 table differs from what is published; ")
    assert "  pull_requests: 2 of 2 rows differ, typically by 2, at most +2" in run.stdout
    assert "      week=2026-09-07  repo_name=acme/web  size=small: 1 → 3" in run.stdout
    as_json = cursor_marts(*given, "--json")
    assert as_json.returncode == 1
    (table,) = json.loads(as_json.stdout)["tables"]
    assert (table["table"], table["columns"][0]["largest"]) == ("mart_sizes", 2)
    assert (
        "| `pull_requests` | 2 of 2 rows differ"
        in cursor_marts(*given, "--format", "markdown", *ONE).stdout
    )
    equal = cursor_marts(*given, "--select", "mart_quality")
    assert (equal.returncode, equal.stderr) == (0, "")
    assert equal.stdout.startswith("Nothing differs from what is published (1 made by the same SQL")
    assert file.read_bytes() == before


def test_what_was_published_by_other_sql_is_built(project: Path, tmp_path: Path) -> None:
    """It is listed, then built alone, then there is nothing left to build."""
    own = shutil.copytree(project, tmp_path / "own")
    given: dict[str, Any] = {"project": own, "data_dir": own / "data"}
    assert [entry.name for entry in package.ls("state:modified", **given)] == ["mart_sizes"]
    report = package.transform(select="state:modified+", **given).report
    assert report is not None
    assert [each.model for each in report.models if each.built and each.layer == "marts"] == [
        "mart_sizes"
    ]
    assert package.transform(select="state:modified", **given).unchanged
    assert package.ls("state:modified", **given) == ()
    assert not package.diff(**given).differs


def test_two_databases(project: Path, tmp_path: Path) -> None:
    """Each mart and each view, without building anything."""
    other = tmp_path / "other.duckdb"
    shutil.copy(project / "data" / "analytics.duckdb", other)
    given: dict[str, Any] = {"data_dir": project / "data", "project": project}
    found = package.diff(against=other, **given)
    assert not found.differs
    assert "stg_pull_requests" in found.equal
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE main_mart.mart_sizes SET pull_requests = 9 WHERE size = 'small'")
        connection.execute("DELETE FROM main_raw.pull_requests WHERE number = 2")
    found = package.diff(against=other, **given)
    assert [table.table for table in found.tables] == ["mart_sizes", "stg_pull_requests"]
    (column,) = found.tables[0].columns
    assert (column.examples[0].here, column.examples[0].there, column.largest) == (1, 9, -8)
    assert found.tables[1].only_here == 1


def test_what_cannot_be_compared(project: Path, tmp_path: Path) -> None:
    """The error names it."""
    with pytest.raises(DatabaseError, match=r"there is no database at .*none\.duckdb"):
        package.diff(data_dir=project / "data", against=tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("no database")
    with pytest.raises(DatabaseError, match=r"cannot open .*text\.duckdb"):
        package.diff(data_dir=project / "data", against=tmp_path / "text.duckdb")
    with pytest.raises(DatabaseError, match="there is no database"):
        package.diff(data_dir=tmp_path)
    assert "no format" in failed(cursor_marts("diff", "--format", "yaml"), 2)


def test_two_databases_of_snowflake_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACCOUNT", "USER", "PASSWORD"):
        monkeypatch.setenv(f"SNOWFLAKE_{name}", "any")
    with pytest.raises(UsageError, match="--against compares two DuckDB files"):
        package.diff(against="other.duckdb", target="prod")
