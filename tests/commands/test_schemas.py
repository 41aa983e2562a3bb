"""Schemas of one's own: a prefix keeps developers apart in one database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.command_line import cursor_marts, failed
from support.raw_rows import filed, loaded, pr
from support.snowflake_server import rows_in, snowflake, variables, written

import cursor_marts as package
from cursor_marts.building.run import build_all
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.writer import Writer
from cursor_marts.errors import UsageError
from cursor_marts.graph.layers import Schemas

ALICE: dict[str, Any] = {"schema_prefix": "dev_alice", "raw_schema": "main_raw"}
STAGED = ("stg_repos", "stg_pull_requests")
BOB: dict[str, Any] = ALICE | {"schema_prefix": "dev_bob"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose raw tables hold a pull request."""
    return filed(loaded(pull_requests=[pr(1)]), tmp_path)


def tables(data: Path) -> set[str]:
    """Return schema and name of the published tables, views and records."""
    with duckdb.connect(str(data / "analytics.duckdb"), read_only=True) as connection:
        query = "SELECT table_schema, table_name FROM information_schema.tables"
        found = connection.sql(query).fetchall()
    return {f"{schema}.{name}" for schema, name in found if schema != "main_raw"}


def test_two_developers_do_not_touch_each_other(data: Path) -> None:
    """Each builds on the same raw tables, in schemas of their own; so does everybody else."""
    package.transform("stg_repos", data_dir=data, **ALICE)
    alone = {"dev_alice_staging.stg_repos", "dev_alice_build.published"}
    assert tables(data) == alone
    package.transform("stg_repos", data_dir=data, **BOB)
    package.transform("stg_repos", data_dir=data)
    others = {f"{name}_{table}" for name in ("dev_bob", "main") for table in
              ("staging.stg_repos", "build.published")}  # fmt: skip
    assert tables(data) == alone | others
    shown = package.show("dev_alice_staging.stg_repos", data_dir=data, **ALICE)
    assert shown.num_rows == 1
    with pytest.raises(UsageError, match="stg_repos is not in schema dev_alice_staging"):
        package.show("dev_alice_staging.stg_repos", data_dir=data, **BOB)


def test_the_prefix_is_an_option_a_variable_or_in_the_file(tmp_path: Path) -> None:
    """In this order; case does not matter."""
    (tmp_path / "cursor_marts.toml").write_text('schema_prefix = "team"\nraw_schema = "main_raw"\n')
    environ = {"CURSOR_MARTS_SCHEMA_PREFIX": "PR_17"}
    assert Settings.read(project=tmp_path, environ={}).schemas == Schemas("team", "main_raw")
    read = Settings.read(project=tmp_path, environ=environ)
    assert read.schemas == Schemas("pr_17", "main_raw")
    read = Settings.read(project=tmp_path, environ=environ, schema_prefix="dev_alice")
    assert read.schemas == Schemas("dev_alice", "main_raw")
    with pytest.raises(UsageError, match="--schema-prefix 'dev-alice' is not a plain name"):
        Settings.read(schema_prefix="dev-alice", environ={})


def test_commands_without_a_database_know_the_schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    """`sql` reads from them and `describe` names them; a selection may contain one."""
    monkeypatch.setenv("CURSOR_MARTS_SCHEMA_PREFIX", "dev_alice")
    assert '"dev_alice_raw"."repos"' in package.sql("stg_repos")
    theirs = package.sql("stg_repos", dialect="snowflake", raw_schema="raw")
    assert '"RAW"."REPOS"' in theirs
    assert package.describe("mart_quality").schemas["snowflake"] == "dev_alice_mart"
    assert [entry.name for entry in package.ls("dev_alice_mart.mart_quality")] == ["mart_quality"]
    with pytest.raises(UsageError, match="mart_quality is not in schema dev_alice_staging"):
        package.lineage("dev_alice_staging.mart_quality")


def test_raw_tables_of_others_are_not_loaded(data: Path) -> None:
    """Loading would change what the others read."""
    for command in (package.load, package.build):
        with pytest.raises(UsageError, match="somebody else loads the raw tables of main_raw"):
            command(data_dir=data, **ALICE)


def test_the_next_command_has_the_schemas(data: Path) -> None:
    """As it has the folder of the data."""
    said = failed(cursor_marts("transform", "--data-dir", str(data), "--schema-prefix", "bob"), 1)
    assert "raw tables are missing in schema bob_raw" in said
    assert "load --data-dir" in said
    assert "--schema-prefix bob" in said


def test_two_developers_share_one_database_of_snowflake(address: str, tmp_path: Path) -> None:
    """Neither waits for the other, replaces the tables of the other, or drops the other's run."""
    place = written(tmp_path, pull_requests=[pr(1)])
    with snowflake(address, variables(address)) as backend:

        def session(prefix: str, raw: str = "") -> SnowflakeSession:
            return SnowflakeSession(backend, schemas=Schemas(prefix, raw))

        load(place, session("prod"))
        load(written(tmp_path / "of alice", pull_requests=[pr(1), pr(2)]), session("dev_alice"))
        build_all(session("dev_alice"), select=STAGED)
        other = session("dev_alice")
        with Writer(other, timeout=0).alone():
            backend.raw_sql(f"CREATE SCHEMA {other.schema}")
            build_all(session("dev_bob", "prod_raw"), select=STAGED, lock_timeout=0)
        found: dict[str, Any] = {
            prefix: len(rows_in(backend, f"{prefix}_staging.stg_pull_requests"))
            for prefix in ("dev_alice", "dev_bob")
        }
        assert found == {"dev_alice": 2, "dev_bob": 1}
        schemas = backend.raw_sql("SELECT schema_name FROM information_schema.schemata").fetchall()
        assert (other.schema,) in schemas
