"""A load replaces the months whose files differ from what is loaded, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.in_process import client_of
from support.snowflake_server import rows_in, sent, snowflake, variables

from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake import loading as snowflake_loading
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, generate
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

WINDOW = Window.parse("2026-08-01", "2026-11-20")
OF_AUGUST: dict[str, Any] = {
    "created_at": "2026-08-03T10:00:00Z",
    "merged_at": None,
    "state": "open",
    "commit_ids": [],
}
NAMES = [name for name in RAW_TABLES if name != "extractions"]


def company() -> World:
    return generate(3, end=WINDOW.end, days=80, developers=4)


def extracted(world: World, landing: Path, window: Window = WINDOW) -> Manifest:
    with client_of(Simulator(world, rate_limit=None)) as client:
        return extract([source_of(client)], window, landing)


def change_the_last_month(world: World) -> None:
    """Give a pull request of November another title."""
    pull = max(world.pulls, key=lambda pull: pull["created_at"])
    pull |= {"title": "Another title"}


def raw_rows(connection: Any) -> dict[str, list[Any]]:
    return {
        name: connection.sql(f"SELECT * FROM main_raw.{name} ORDER BY ALL").fetchall()
        for name in NAMES
    }


class Recording:
    """A DuckDB connection that notes what is sent to it."""

    def __init__(self) -> None:
        self.con, self.statements = duckdb.connect(), list[str]()

    def execute(self, statement: str, *parameters: Any) -> Any:
        self.statements.append(statement)
        return self.con.execute(statement, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)


def writes(statements: list[str]) -> list[str]:
    """Return the statements that change a raw table other than the records."""
    begins = ("INSERT", "DELETE", "CREATE OR REPLACE", "DROP")
    found = [s for s in statements if s.startswith(begins)]
    return [s for s in found if "loaded_files" not in s and "extractions" not in s]


@contextmanager
def session() -> Iterator[tuple[DuckDBSession, list[str]]]:
    recording = Recording()
    found = DuckDBSession(recording.con)
    original: Callable[..., Any] = found._execute

    def execute(statement: str, *parameters: Any) -> Any:
        recording.statements.append(statement)
        return original(statement, *parameters)

    found._execute = execute
    yield found, recording.statements


def test_only_the_months_that_differ_are_replaced(tmp_path: Path) -> None:
    """A changed title of November: its rows go and come, and no other file is read."""
    world, landing = company(), tmp_path / "raw"
    extracted(world, landing)
    with session() as (ours, statements):
        load(landing, ours)
        change_the_last_month(world)
        extracted(world, landing)
        statements.clear()
        load(landing, ours)
        changed = writes(statements)
        assert len(changed) == 2, changed
        assert changed[0].startswith("DELETE")
        assert "IN ('2026-11')" in changed[0]
        assert "pull_requests/2026-11-" in changed[1]
        whole = ibis.duckdb.connect()
        load(landing, DuckDBSession(whole))
        assert raw_rows(ours.connection) == raw_rows(whole.con)


def test_a_load_with_nothing_new_writes_only_its_record(tmp_path: Path) -> None:
    """No raw table is created, emptied or filled."""
    extracted(company(), tmp_path / "raw")
    with session() as (ours, statements):
        load(tmp_path / "raw", ours)
        before = raw_rows(ours.connection)
        extracted(company(), tmp_path / "raw")
        statements.clear()
        load(tmp_path / "raw", ours)
        assert writes(statements) == []
        assert raw_rows(ours.connection) == before
        runs = ours.connection.sql("SELECT DISTINCT run_id FROM main_raw.extractions").fetchall()
        assert len(runs) == 2


def test_a_month_that_is_new_replaces_nothing(tmp_path: Path) -> None:
    """On the first day of a month there are no rows of it to delete."""
    world, landing = company(), tmp_path / "raw"
    extracted(world, landing, Window.parse("2026-08-01", "2026-10-31"))
    with session() as (ours, statements):
        load(landing, ours)
        extracted(world, landing)
        statements.clear()
        load(landing, ours)
        assert any(s.startswith("INSERT") and "2026-11-" in s for s in writes(statements))
        whole = ibis.duckdb.connect()
        load(landing, DuckDBSession(whole))
        assert raw_rows(ours.connection) == raw_rows(whole.con)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE main_raw.reviews",
        "DELETE FROM main_raw.reviews WHERE landed_month = '2026-10'",
        "ALTER TABLE main_raw.reviews DROP COLUMN body",
        "DELETE FROM main_raw.loaded_files",
        "DROP TABLE main_raw.loaded_files",
    ],
)
def test_a_table_that_is_not_what_the_record_says_is_loaded_whole(
    damage: str, tmp_path: Path
) -> None:
    """Rows or columns are missing, or the record is."""
    extracted(company(), tmp_path / "raw")
    with session() as (ours, _):
        load(tmp_path / "raw", ours)
        before = raw_rows(ours.connection)
        ours.execute(damage)
        load(tmp_path / "raw", ours)
        assert raw_rows(ours.connection) == before


def test_a_whole_load_reads_every_file(tmp_path: Path) -> None:
    """What was changed by hand is as extracted again."""
    extracted(company(), tmp_path / "raw")
    with session() as (ours, _):
        load(tmp_path / "raw", ours)
        before = raw_rows(ours.connection)
        ours.execute("UPDATE main_raw.pull_requests SET additions = -1")
        load(tmp_path / "raw", ours)
        assert raw_rows(ours.connection) != before
        load(tmp_path / "raw", ours, whole=True)
        assert raw_rows(ours.connection) == before


@settings(max_examples=5)
@given(st.lists(st.tuples(st.integers(0, 79), st.integers(0, 79)), min_size=1, max_size=4))
def test_any_sequence_of_loads_equals_one(windows: list[tuple[int, int]]) -> None:
    """Whatever windows were extracted between the loads."""
    import tempfile

    world = company()
    with tempfile.TemporaryDirectory() as folder, session() as (ours, _):
        landing = Path(folder) / "raw"
        for pair in windows:
            first, last = (WINDOW.end - timedelta(days=days) for days in (max(pair), min(pair)))
            extracted(world, landing, Window(first, last))
            load(landing, ours)
        whole = ibis.duckdb.connect()
        load(landing, DuckDBSession(whole))
        assert raw_rows(ours.connection) == raw_rows(whole.con)


def test_snowflake_is_sent_only_the_months_that_differ(address: str, tmp_path: Path) -> None:
    """One PUT and one COPY for a changed month; a handful of statements for nothing new."""
    world, landing = company(), tmp_path / "raw"
    extracted(world, landing)
    with snowflake(address, variables(address)) as backend:
        ours = session_of(backend)
        snowflake_loading.load(landing, ours)
        assert rows_in(backend, "raw.commits")
        before = len(sent(address))
        extracted(world, landing)
        snowflake_loading.load(landing, ours)
        nothing_new = len(sent(address)) - before
        assert nothing_new <= 12
        change_the_last_month(world)
        world.pulls.append(world.pulls[0] | {"id": 9999, "number": 9999, **OF_AUGUST})
        extracted(world, landing)
        before = len(sent(address))
        snowflake_loading.load(landing, ours)
        texts = [str(each.get("sqlText")) for each in sent(address)[before:]]
        assert sum(text.startswith("PUT ") for text in texts) == 1
        assert sum(text.count("COPY INTO") for text in texts) == 2  # and repos
        titles = [row["title"] for row in rows_in(backend, "raw.pull_requests")]
        assert "Another title" in titles
        assert len(titles) == len(world.pulls)
