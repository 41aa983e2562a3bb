"""Load into Snowflake and publish there, on the emulator: atomic, tagged, one writer at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from snowflake.connector.errors import OperationalError
from support.failing_statements import mart_first
from support.own_marts import mart_small
from support.raw_rows import REPO, at, pr
from support.snowflake_server import rows_in, sent, snowflake, variables, written

from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.commands.pipeline import run_load
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.publisher import Publication, Whose
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.engines.snowflake.publisher import SnowflakePublisher
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.writer import Writer
from cursor_marts.errors import (
    DatabaseError,
    DatabaseLocked,
    DataTestsFailed,
    LandingError,
    RawError,
    UsageError,
)
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_repos import stg_repos
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.manifest import Manifest


@pytest.fixture
def env(address: str) -> dict[str, str]:
    """Return the variables of a database for this test alone."""
    return variables(address)


def test_a_load_is_typed_commented_and_repeatable(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Types, NOT NULL and comments follow the contract; a second load changes nothing."""
    odd = pr(1, title='it\'s; -- \\ "quoted"\n', reviewers=["a", "b"], created_at=at(10.000123))
    place = written(tmp_path, pull_requests=[odd])
    with snowflake(address, env) as backend:
        load(place, session_of(backend))
        first = {name: rows_in(backend, f"raw.{name}") for name in RAW_TABLES}
        load(place, session_of(backend))
        assert {name: rows_in(backend, f"raw.{name}") for name in RAW_TABLES} == first
        (row,) = first["pull_requests"]
        assert (row["title"], json.loads(row["reviewers"])) == (odd["title"], ["a", "b"])
        assert (row["created_at"], row["closed_at"]) == (odd["created_at"], None)
        kinds = backend.raw_sql("DESCRIBE TABLE raw.pull_requests").fetchall()
        described = {name: (kind, null) for name, kind, _, null, *_ in kinds}
        assert described["NUMBER"] == ("NUMBER(38,0)", "N")
        assert described["MERGED_AT"][1] == "Y"
        comment = "SELECT comment FROM information_schema.tables WHERE table_name = 'COMMITS'"
        said = backend.raw_sql(comment).fetchone()[0]
        assert said == RAW_TABLES["commits"].__doc__
        assert [run["run_id"] for run in first["extractions"]] == ["run-1"] * 2
        load(written(tmp_path, "run-2"), session_of(backend))
        runs = {run["run_id"] for run in rows_in(backend, "raw.extractions")}
        assert (runs, rows_in(backend, "raw.pull_requests")) == ({"run-1", "run-2"}, [])


def test_the_record_of_extractions_names_what_could_not_be_read(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Also in a table that an earlier version has made."""
    place = written(tmp_path, pull_requests=[pr(1)])
    manifest = Manifest.read(place)
    manifest.resources["repos"].unreadable.append("acme/web: reviews cannot be read: 403 → ask")
    manifest.write(place)
    with snowflake(address, env) as backend:
        load(place, session_of(backend))
        backend.raw_sql("ALTER TABLE raw.extractions DROP COLUMN unreadable")
        load(place, session_of(backend))
        noted = {row["resource"]: row["unreadable"] for row in rows_in(backend, "raw.extractions")}
        assert noted.pop("repos") == "acme/web: reviews cannot be read: 403 → ask"
        assert set(noted.values()) == {None}
        assert build_all(backend).unreadable == ("acme/web: reviews cannot be read: 403 → ask",)


def test_a_failed_load_leaves_every_table_unchanged(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """The error names the table and the file, which comes after valid files."""
    with snowflake(address, env) as backend:
        load(written(tmp_path / "good", pull_requests=[pr(1)]), session_of(backend))
        before = {name: rows_in(backend, f"raw.{name}") for name in RAW_TABLES}
        bad = written(tmp_path / "bad", "run-2", pull_requests=[pr(2)], repos=[])
        numbers_as_words = pa.table({"id": ["one"], "repo_name": [REPO], "pr_number": [1]})
        pq.write_table(numbers_as_words, bad / "reviews.parquet")
        with pytest.raises(LandingError, match=r"cannot load reviews: .*'one'"):
            load(bad, session_of(backend))
        assert {name: rows_in(backend, f"raw.{name}") for name in RAW_TABLES} == before


class Failing(SnowflakeSession):
    """A session of which some statements fail."""

    failing: tuple[str, ...] = ()

    def execute(self, statement: str, table: str = "", **options: Any) -> Any:
        if statement.startswith(self.failing):
            raise OperationalError(msg="no answer", errno=250001)
        return super().execute(statement, table, **options)


class Interrupted(Failing):
    """A session in which a load loses the connection after its first rows are deleted."""

    def execute_in_turn(self, statements: Sequence[str]) -> None:
        super().execute_in_turn(statements[:4])
        super().execute_in_turn(["INSERT"])


@pytest.mark.parametrize("failing", [("INSERT",), ("INSERT", "ROLLBACK")])
def test_a_load_that_fails_in_its_transaction_changes_nothing(
    failing: tuple[str, ...], env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Later DDL would commit it: a session that cannot roll back executes nothing more."""
    with snowflake(address, env) as backend:
        load(written(tmp_path / "good", pull_requests=[pr(1)]), session_of(backend))
        session = Interrupted(backend)
        session.failing = failing
        with pytest.raises(OperationalError):
            load(written(tmp_path / "next", "run-2", pull_requests=[pr(2)]), session)
        ended = pytest.raises(DatabaseError, match="has ended")
        with ended if "ROLLBACK" in failing else nullcontext():
            session.execute("CREATE TABLE raw.more (a INT)")
    with snowflake(address, env) as backend:
        assert [row["number"] for row in rows_in(backend, "raw.pull_requests")] == [1]


def test_a_build_publishes_what_passed_and_nothing_else(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Marts and views by names without quotes; a failed test leaves them, and stores its rows.

    Tables of earlier builds that no model defines are dropped, those of others are not.
    """
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        build_all(backend, models=[*all_models(), mart_small])
        assert build_all(backend, project="other").dropped == ()
        for theirs in (
            "TABLE mart.mart_copy COMMENT = 'Copy. [cursor_marts]' AS SELECT 1 AS a",
            "VIEW staging.theirs COMMENT = 'Copy. [cursor_marts]' AS SELECT 1 AS a",
            "TABLE mart.mine AS SELECT 1 AS a",
            "TABLE audit.mine AS SELECT 1 AS a",
        ):
            backend.raw_sql(f"CREATE {theirs}")
        for kind, other, name in (
            ("TABLE", "VIEW", "mart.mart_quality"),
            ("VIEW", "TABLE", "staging.stg_repos"),
        ):
            backend.raw_sql(f"DROP {kind} {name}")
            backend.raw_sql(f"CREATE {other} {name} AS SELECT 1 AS a")
        backend.raw_sql("CREATE SCHEMA BUILD_0123456789AB")
        backend.raw_sql("CREATE SCHEMA BUILD_TOOLS")
        assert build_all(backend).dropped == ("mart_small",)
        for theirs in ("mart.mart_copy", "staging.theirs", "mart.mine", "audit.mine"):
            assert rows_in(backend, theirs) == [{"a": 1}]
        before = rows_in(backend, "mart.mart_velocity")
        names = backend.raw_sql("SELECT table_name FROM information_schema.tables").fetchall()
        assert {"MART_SMALL", "WRITER", "INT_PR_WITH_COMMITS"}.isdisjoint(n for (n,) in names)
        query = "SELECT repo_name, total_prs FROM mart.mart_velocity"
        assert backend.raw_sql(query).fetchall() == [(REPO, 1)]
        backend.raw_sql("UPDATE raw.pull_requests SET merged_at = '2026-09-01'")
        with pytest.raises(DataTestsFailed, match=r"merged_after_opening \(1 row\)") as failed:
            build_all(backend)
        assert failed.value.report.failed[0].examples[0]["repo_name"] == REPO
        assert rows_in(backend, "mart.mart_velocity") == before
        kept = rows_in(backend, "audit.stg_pull_requests__merged_after_opening")
        assert [row["pr_number"] for row in kept] == [1]
        schemas = backend.raw_sql("SELECT schema_name FROM information_schema.schemata").fetchall()
        assert [name for (name,) in schemas if name.startswith("BUILD_")] == ["BUILD_TOOLS"]


def test_a_table_that_no_build_has_published_is_not_replaced(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """It has the name of a model: the error says what to do, and the table stays."""
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        backend.raw_sql("CREATE SCHEMA mart")
        backend.raw_sql("CREATE TABLE mart.mart_quality AS SELECT 1 AS a")
        with pytest.raises(DatabaseError, match=r"published MART\.MART_QUALITY, and a model"):
            build_all(backend)
        assert rows_in(backend, "mart.mart_quality") == [{"a": 1}]


def test_a_build_that_lost_the_lock_publishes_nothing(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Another run has become the writer meanwhile; it is not disturbed."""
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        with SnowflakePublisher(SnowflakeSession(backend)) as slow:
            backend.raw_sql("UPDATE build.writer SET run_id = 'other'")
            with pytest.raises(DatabaseLocked, match="and other began"):
                slow.publish(Publication((), whole=True), Whose())
        assert backend.raw_sql("SELECT run_id FROM build.writer").fetchall() == [("other",)]
        names = backend.raw_sql("SELECT table_schema FROM information_schema.tables").fetchall()
        assert not {"MART", "STAGING"} & {name for (name,) in names}


def test_selected_models_are_built_on_published_tables(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """Only selected tables are created; the others are read and stay."""
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        build_all(backend, select=["stg_pull_requests", "stg_repos"])
        with pytest.raises(DatabaseError, match=r"stg_commits.* are not built"):
            build_all(backend, select=["int_pr_with_commits"])
        build_all(backend, select=["stg_repos"])
        report = run_data_tests(backend, select=["stg_pull_requests"])
        assert report.rows("stg_pull_requests") == 1


def test_statements_are_tagged_with_run_and_table(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """The session uses UTC and weeks that begin on Monday."""
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        build_all(backend, select=["stg_repos"])
    requests = sent(address)
    login = next(
        r["data"]
        for r in requests
        if "login" in r["path"] and env["SNOWFLAKE_DATABASE"] in r["path"]
    )
    wanted = {"TIMEZONE": "UTC", "WEEK_START": 1, "QUERY_TAG": "cursor_marts"}
    assert wanted.items() <= login["SESSION_PARAMETERS"].items()
    *_, made = [r for r in requests if 'VIEW "STAGING"."STG_REPOS"' in r.get("sqlText", "")]
    tag = made["parameters"]["QUERY_TAG"].split(":")
    assert (tag[0], len(tag[1]), tag[2]) == ("cursor_marts", 12, "stg_repos")


def test_a_second_writer_waits(env: dict[str, str], address: str, tmp_path: Path) -> None:
    """It names the first one after the timeout; it replaces an expired one."""
    place = written(tmp_path, pull_requests=[pr(1)])
    settings = Settings.read(data_dir=tmp_path, target="prod", lock_timeout=0, environ=env)
    with snowflake(address, env) as backend:
        first = SnowflakeSession(backend)
        with Writer(first, timeout=0).alone():
            with pytest.raises(DatabaseLocked, match=rf"run {first.run_id} has been writing"):
                run_load(settings)
            backend.raw_sql("UPDATE build.writer SET since = DATEADD(MINUTE, -121, since)")
            assert run_load(settings).manifest == Manifest.read(place)
        load(place, session_of(backend))


def test_a_build_is_the_only_writer_from_its_load_to_its_publication(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """The end of its load does not let another one in."""
    written(tmp_path, pull_requests=[pr(1)])
    settings = Settings.read(data_dir=tmp_path, target="prod", lock_timeout=0, environ=env)
    engine = settings.engine
    with engine.open() as session:
        with engine.together(session):
            engine.load(session, settings.landing)
            with pytest.raises(DatabaseLocked, match=rf"run {session.run_id} has been writing"):
                run_load(settings)
        assert run_load(settings).loaded


class Silent(SnowflakeSession):
    """A session in which a clone has no comment."""

    def execute(self, statement: str, table: str = "", **options: Any) -> Any:
        cursor = super().execute(statement, table, **options)
        if " CLONE " in statement:
            super().execute(f"COMMENT ON TABLE mart.{table} IS ''")
        return cursor


@pytest.mark.parametrize("kind", [SnowflakeSession, Silent])
def test_a_published_table_has_its_comment(
    kind: type[SnowflakeSession], env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """From the table that it is a clone of, or by a statement where that has given none."""
    with snowflake(address, env) as backend:
        load(written(tmp_path), session_of(backend))
        session = kind(backend)
        build_all(session, models=[stg_repos, mart_first])
        (found,) = tables_in(session, "marts").values()
        assert found.comment.startswith("One row per branch")
        assert found.is_ours


def test_invented_data_is_not_loaded_into_production(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """A landing from a simulator is refused."""
    place = written(tmp_path, pull_requests=[pr(1)])
    replace(Manifest.read(place), invented=True).write(place)
    with snowflake(address, env) as backend, pytest.raises(UsageError, match="invented data"):
        load(place, session_of(backend))


def test_tables_of_another_tool_are_read_or_refused(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """A load adds a missing column; a time as text is refused with its name."""
    with snowflake(address, env) as backend:
        place = written(tmp_path, pull_requests=[pr(1)])
        load(place, session_of(backend))
        backend.raw_sql("ALTER TABLE raw.reviews DROP COLUMN body")
        load(place, session_of(backend))
        assert "BODY" in [row[0] for row in backend.raw_sql("DESCRIBE TABLE raw.reviews")]
        backend.raw_sql("ALTER TABLE raw.repos RENAME COLUMN full_name TO name")
        backend.raw_sql("ALTER TABLE raw.commits DROP COLUMN commit_ts")
        backend.raw_sql("ALTER TABLE raw.commits ADD COLUMN commit_ts VARCHAR")
        with pytest.raises(RawError, match=r"repos\.full_name: missing\n.*COMMIT_TS: is string"):
            build_all(backend)
