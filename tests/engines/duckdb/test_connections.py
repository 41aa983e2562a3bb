"""Statements over few rows run at the same time, on several connections to one file."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier

import pytest

from cursor_marts.engines import ddl
from cursor_marts.engines.duckdb.engine import DuckDBFile
from cursor_marts.engines.duckdb.publisher import transaction
from cursor_marts.engines.duckdb.session import FEW, DuckDBSession
from cursor_marts.engines.session import Statement
from cursor_marts.errors import DatabaseError

#: Seconds until a statement that waits for another one gives up.
PATIENCE = 5

pytestmark = pytest.mark.skipif(os.cpu_count() == 1, reason="one processor runs one statement")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DuckDBSession]:
    """A session whose statement `SELECT meet()` waits for another one that does the same."""
    with DuckDBFile(tmp_path / "a.duckdb").open() as session:
        both = Barrier(2, timeout=PATIENCE)
        session.connection.create_function("meet", lambda: both.wait() < 2, [], "BOOLEAN")
        yield session


def table(session: DuckDBSession, name: str, query: str) -> Statement:
    return Statement(ddl.create_table(session.scratch, "marts", name, query), name)


def rows(session: DuckDBSession, name: str) -> Statement:
    return Statement(f"FROM {session.scratch.table('marts', name)}", name)


def test_few_rows_are_created_at_the_same_time_and_seen_by_all(session: DuckDBSession) -> None:
    """Each statement waits for the other one; answers come in the order of the statements."""
    session.expect(FEW - 1)
    wait = "SELECT meet() AS met"
    session.execute_all([table(session, "a", wait), table(session, "b", f"{wait}, 'b' AS name")])
    found = session.execute_all([rows(session, "a"), rows(session, "b"), rows(session, "a")])
    assert [answer.rows for answer in found] == [[(True,)], [(True, "b")], [(True,)]]
    assert session.execute(rows(session, "a").text).fetchall() == [(True,)]


def test_each_connection_has_the_settings_of_the_first(session: DuckDBSession) -> None:
    """Times are those of UTC on each, whatever the time zone of the machine."""
    session.expect(FEW - 1)
    zone = Statement("SELECT current_setting('TimeZone'), meet()")
    assert [answer.rows for answer in session.execute_all([zone, zone])] == [[("UTC", True)]] * 2


def test_many_rows_are_created_one_after_the_other(session: DuckDBSession) -> None:
    """Each statement has all processors; the second one would wait for nobody."""
    session.expect(FEW)
    with pytest.raises(DatabaseError, match=r"a: .*BrokenBarrierError"):
        session.execute_all([table(session, name, "SELECT meet() AS met") for name in "ab"])


def test_a_failure_names_its_table_and_ends_the_run(session: DuckDBSession) -> None:
    """The first error is raised once no other statement runs."""
    session.expect(FEW - 1)
    with pytest.raises(DatabaseError, match=r"b: .*no_such_column"):
        session.execute_all(
            [table(session, "a", "SELECT 1 AS x"), table(session, "b", "SELECT no_such_column")]
        )


def test_in_a_transaction_statements_see_what_it_has_changed(session: DuckDBSession) -> None:
    """Another connection would not see it before the end."""
    session.expect(FEW - 1)
    with transaction(session):
        session.execute("CREATE TABLE here AS SELECT 1 AS x")
        found = session.execute_all([Statement("FROM here")] * 2)
    assert [answer.rows for answer in found] == [[(1,)]] * 2


def test_a_file_that_has_the_name_of_the_shared_tables_is_built_by_one(tmp_path: Path) -> None:
    """It needs longer, and is right."""
    with DuckDBFile(tmp_path / "cursor_marts_shared.duckdb").open() as session:
        session.expect(FEW - 1)
        session.execute_all([table(session, "a", "SELECT 1 AS x")])
        assert session.execute_all([rows(session, "a")])[0].rows == [(1,)]
        assert session.execute("SELECT * FROM duckdb_tables() WHERE NOT temporary").fetchall() == []
