"""The rows that failed a data test in the last run, in one table for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cursor_marts.engines import ddl
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.names import Names
from cursor_marts.engines.session import Session

LAYER = "audit"
EXAMPLES = 5
Examples = tuple[dict[str, Any], ...]


def clear(session: Session) -> None:
    """Create the schema if it does not exist; drop the tables of earlier runs."""
    session.execute(ddl.create_schema(session.names, LAYER))
    for name, found in tables_in(session, LAYER).items():
        session.execute(ddl.drop(session.names, LAYER, name, found.kind))


def store(
    session: Session, names: Names, name: str, query: str, columns: tuple[str, ...]
) -> Examples:
    """Store a query's rows as the table `name`; return some columns of the first few of them."""
    session.execute(ddl.create_table(names, LAYER, name, query))
    cursor = session.execute(ddl.first_rows(names, LAYER, name, columns, EXAMPLES))
    found = [column[0].lower() for column in cursor.description]
    return tuple(dict(zip(found, row, strict=True)) for row in cursor.fetchall())


@contextmanager
def preserved(session: Session) -> Iterator[None]:
    """Carry the stored rows over the rollback that happens inside (DuckDB)."""
    with TemporaryDirectory() as folder:
        files = {
            name: Path(folder) / f"{number}.parquet"
            for number, name in enumerate(tables_in(session, LAYER))
        }
        for name, file in files.items():
            session.execute(ddl.export(session.names, LAYER, name, file))
        yield
        session.execute("BEGIN")
        clear(session)
        for name, file in files.items():
            session.execute(ddl.restore(session.names, LAYER, name, file))
        session.execute("COMMIT")
