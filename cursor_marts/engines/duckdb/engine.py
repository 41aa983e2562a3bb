"""A DuckDB file as the place where tables live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cursor_marts.engines.duckdb.connection import connected, opened
from cursor_marts.engines.duckdb.publisher import DuckDBPublisher, transaction
from cursor_marts.engines.duckdb.session import DuckDBSession, refuse_replaced_functions
from cursor_marts.engines.engine import Where
from cursor_marts.engines.names import DEFAULT, duckdb
from cursor_marts.graph.layers import Schemas
from cursor_marts.raw.manifest import Manifest


@dataclass(frozen=True)
class DuckDBFile:
    """One file; its raw tables are tables, or with `raw='view'` views over the landed files."""

    path: Path
    raw: str = "table"
    lock_timeout: float = 30.0
    schemas: Schemas = DEFAULT
    dialect: str = "duckdb"
    reads_bucket: bool = False

    def __str__(self) -> str:
        return str(self.path)

    @property
    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    @contextmanager
    def open(self, *, create: bool = True) -> Iterator[DuckDBSession]:
        """Open the file; another process is waited for up to `lock_timeout` seconds."""
        with opened(self.path, create=create, lock_timeout=self.lock_timeout) as connection:
            session = DuckDBSession(connection, self.schemas)
            session.ends = True
            yield session

    @contextmanager
    def reading(self) -> Iterator[DuckDBSession]:
        """Open the file for reading, beside other readers; a build is waited for."""
        with closing(
            connected(self.path, create=False, read_only=True, lock_timeout=self.lock_timeout)
        ) as connection:
            yield DuckDBSession(connection, self.schemas)

    def load(
        self, session: DuckDBSession, found: Path | Manifest, *, whole: bool = False
    ) -> Manifest:
        """Replace the raw tables by those of a landing, in one transaction."""
        from cursor_marts.engines.duckdb.loading import load

        assert isinstance(found, Path)
        with transaction(session):
            return load(found, session, self.raw, whole=whole)

    def together(self, session: DuckDBSession) -> AbstractContextManager[None]:
        """Change everything inside in one transaction."""
        return transaction(session)

    def table(self, layer: str, name: str) -> str:
        """Return a table's name with its schema."""
        return f"{duckdb(self.schemas).schema(layer)}.{name}"

    def query_of(self, layer: str, name: str) -> str | None:
        """Return None: `cursor_marts show` reads the file."""
        return None


def engine(where: Where) -> DuckDBFile:
    """Return the file that settings name."""
    return DuckDBFile(where.path, where.raw, where.lock_timeout, where.schemas)


def session(backend: Any) -> DuckDBSession:
    """Return the session of an Ibis backend or of a connection of the user's own."""
    found = DuckDBSession(backend)
    refuse_replaced_functions(found)
    return found


def publisher(session: DuckDBSession, lock_timeout: float) -> DuckDBPublisher:
    """Return the publisher; a file that is open has been waited for already."""
    return DuckDBPublisher(session)
