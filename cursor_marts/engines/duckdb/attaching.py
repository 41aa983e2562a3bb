"""A second DuckDB file beside the one that is open, for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cursor_marts.engines.duckdb.errors import not_opened
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.engines.names import Names
from cursor_marts.engines.quoting import identifier, literal
from cursor_marts.errors import DatabaseError

OTHER = "cursor_marts_other"


@contextmanager
def attached(session: DuckDBSession, path: Path) -> Iterator[Names]:
    """Attach a file inside; the names are those of its tables. Raises DatabaseError."""
    if not path.is_file():
        raise DatabaseError(f"there is no database at {path}", hint="name another file")
    try:
        session.connection.execute(
            f"ATTACH {literal(str(path))} AS {identifier(OTHER)} (READ_ONLY)"
        )
    except duckdb.Error as error:
        raise not_opened(path, error) from None
    try:
        yield session.names.in_database(OTHER)
    finally:
        session.connection.execute(f"DETACH {identifier(OTHER)}")
