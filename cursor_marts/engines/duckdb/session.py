"""A DuckDB connection as a session, and how it is set while a run writes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from cursor_marts.engines.at_once import answers, attempts
from cursor_marts.engines.duckdb.connections import Connections, setting, shared
from cursor_marts.engines.duckdb.errors import explained
from cursor_marts.engines.names import CATALOG, DEFAULT, duckdb, scratch
from cursor_marts.engines.quoting import identifier
from cursor_marts.engines.session import Answer, Statement
from cursor_marts.errors import DatabaseError
from cursor_marts.graph.layers import Schemas
from cursor_marts.raw.tables import RAW_TABLES

SETTINGS = {
    # No result depends on the order. With the order preserved, row groups are left half full, and
    # the next writer has to merge them: seconds for millions of rows.
    "preserve_insertion_order": "false",
    # DuckDB takes tables of an open transaction for empty, and joins empty ones by comparing each
    # row with each: on the next bug fix of four million pull requests it would never end.
    "asof_loop_join_threshold": "0",
}

#: What a run may change: these, and how many threads compute.
CHANGED = (*SETTINGS, "threads")
#: For few rows, on a connection that ends after the run.
FOR_FEW = {"threads": 1, "force_compression": "uncompressed"}
#: For fewer rows, to share them out among threads takes longer than to compute with one.
FEW = 20_000
#: With so many rows, what takes a little longer for each statement takes less time for its rows.
MANY = 50_000

#: Macros that have the name of a function of DuckDB, which is then no longer called.
REPLACED_FUNCTIONS = (
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal AND function_name IN "
    "(SELECT function_name FROM duckdb_functions() WHERE internal) ORDER BY ALL"
)


class DuckDBSession:
    """Executes statements on a connection, in the database that is its current one."""

    tested_together = 1
    #: Whether the connection is closed after the run, with all temporary tables.
    ends = False
    #: Whether statements are part of a transaction, which no other connection sees.
    is_in_transaction = False

    def __init__(self, connection: Any, schemas: Schemas = DEFAULT) -> None:
        """Use a DuckDB connection, or an Ibis backend of one."""
        self.names = duckdb(schemas)
        self.scratch = scratch(self.names)
        self.connection = getattr(connection, "con", connection)
        self.warnings: list[str] = []
        self._connections: Connections | None = None
        self._execute = getattr(connection, "raw_sql", self.connection.execute)
        with explained():
            (self.catalog,) = self._execute("SELECT current_database()").fetchone()

    def execute(self, statement: str, table: str = "") -> Any:
        """Execute a statement in the current database. Raises DatabaseError."""
        return self._executed(self._execute, statement, table)

    def _executed(self, execute: Callable[[str], Any], statement: str, table: str) -> Any:
        if self._connections:
            statement = shared(statement)
        with explained(table):
            return execute(statement.replace(identifier(CATALOG), identifier(self.catalog)))

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query: the way to the database is short."""
        rows: list[Any] = self.execute(query).fetchall()
        return rows

    def has_many(self, raw_tables: Iterable[str]) -> bool:
        """Return whether one of the package's raw tables has many rows."""
        known = (name for name in raw_tables if name in RAW_TABLES)
        return any(self._count(name) >= MANY for name in known)

    def _count(self, raw_table: str) -> int:
        query = f"SELECT COUNT(*) FROM {self.names.table('raw', raw_table)}"
        (count,) = self.execute(query, raw_table).fetchone()
        return int(count)

    def expect(self, rows: int) -> None:
        """For few rows, use one thread a statement until `writing` ends, and several connections.

        What is written at the end of the connection is not compressed then: to find out how takes
        longer than to write it. Locked settings remain as they are.
        """
        if rows >= FEW:
            return
        with suppress(DatabaseError):
            _set(self, FOR_FEW if self.ends else {"threads": 1})
        if self.ends and not self.is_in_transaction and not self._connections:
            with suppress(DatabaseError), explained():
                self._connections = Connections(self.connection, {**SETTINGS, "TimeZone": "'UTC'"})

    def execute_all(self, statements: Iterable[Statement]) -> list[Answer]:
        """Execute statements one after the other, each on all processors; or, if they are over few
        rows, one on each processor.
        """
        if self._connections is None or self.is_in_transaction:
            return [Answer.of(self.execute, statement) for statement in statements]
        return self._at_once(list(statements), self._connections)

    def _at_once(self, statements: Sequence[Statement], connections: Connections) -> list[Answer]:
        """Execute the longest statements first: they take the longest to plan."""

        def answer(statement: Statement) -> Answer:
            with connections.one() as connection:
                return Answer.of(partial(self._executed, connection.execute), statement)

        longest_first = sorted(range(len(statements)), key=lambda n: -len(statements[n].text))
        ordered = (statements[n] for n in longest_first)
        found = answers(attempts(answer, ordered, connections.count))
        at = dict(zip(longest_first, found, strict=True))
        return [at[n] for n in range(len(statements))]


def refuse_replaced_functions(session: DuckDBSession) -> None:
    """Raise DatabaseError if macros replace functions of DuckDB: the models call these."""
    found = session.execute(REPLACED_FUNCTIONS).fetchall()
    if found:
        names = ", ".join(name for (name,) in found)
        raise DatabaseError(
            f"macros of this database replace functions of DuckDB: {names}",
            hint="give them other names, or build on another connection",
        )


@contextmanager
def writing(session: DuckDBSession) -> Iterator[None]:
    """Set the connection for bulk writes, and back at the end, unless its user has locked it.

    No result depends on it. A connection that ends after the run is not set back.
    """
    values = ", ".join(f"current_setting('{name}')" for name in (*CHANGED, "lock_configuration"))
    *values_before, is_locked = session.execute(f"SELECT {values}").fetchone()
    if is_locked:
        yield
        return
    _set(session, SETTINGS)
    try:
        yield
    finally:
        if not session.ends:
            # In a transaction that has failed, or was interrupted, nothing can be set.
            with suppress(DatabaseError):
                _set(session, dict(zip(CHANGED, values_before, strict=True)))


def _set(session: DuckDBSession, settings: dict[str, Any]) -> None:
    session.execute(setting(settings))
