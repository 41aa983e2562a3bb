"""Access to the built tables: each table is an attribute of the database."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Self

import ibis
import ibis.expr.types as ir

from cursor_marts.engines.duckdb.connection import connected
from cursor_marts.engines.names import DEFAULT
from cursor_marts.engines.names import duckdb as duckdb_names
from cursor_marts.errors import CursorMartsError
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.layers import Schemas
from cursor_marts.graph.selection import check_schema, without_schema
from cursor_marts.models import all_models
from cursor_marts.raw.extractions import loaded_run, unreadable_in
from cursor_marts.reporting.rows import LAYERS, not_there


class Database:
    """The tables of a database file: `db.mart_velocity`, or `db["mart_velocity"]`.

    Each is an Ibis table with `.to_pandas()`, `.to_polars()` and `.to_pyarrow()`. While the
    database is open, no build can write to the file: close it, or use it in a `with` statement.
    `backend` is its Ibis backend.
    """

    def __init__(self, backend: Any, path: Path, schemas: Schemas = DEFAULT) -> None:
        """Read from an Ibis backend that has the file open."""
        self._names = duckdb_names(schemas)
        self.backend = backend
        self.path = path

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of all tables and views, marts first."""
        return tuple(self._schemas)

    @property
    def invented(self) -> bool:
        """Whether the data is invented, according to the record of the loaded extraction."""
        if "extractions" not in self.tables:
            return False
        runs = self["extractions"]
        if not {"run_id", "invented", "finished_at"} <= set(runs.columns):
            return False
        return True in loaded_run(runs).to_pyarrow()["invented"].to_pylist()

    @property
    def unreadable(self) -> list[str]:
        """A line for each repository or pull request that the data lacks."""
        return unreadable_in(self["extractions"]) if "extractions" in self.tables else []

    def __getitem__(self, name: str) -> ir.Table:
        """Return a table by its name, with its schema or without.

        Raises UsageError, or DatabaseError if the table is not built yet.
        """
        plain = without_schema(name)
        schema = self._schemas.get(plain)
        if schema is None:
            raise not_there(plain, self.tables, catalog(all_models()))
        check_schema(name, (schema,))
        return self.backend.table(plain, database=schema)

    def __getattr__(self, name: str) -> ir.Table:
        """Return a table, as `[…]` does. Raises AttributeError if there is none."""
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except CursorMartsError as error:
            raise AttributeError(str(error)) from None

    def sql(self, query: str) -> ir.Table:
        """Return the rows of a SELECT as an Ibis table: `db.sql("FROM main_mart.mart_quality")`."""
        return self.backend.sql(query)

    def close(self) -> None:
        """Close the file."""
        self.backend.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def __repr__(self) -> str:
        return f"<Database {self.path}: {', '.join(self.tables)}>"

    @cached_property
    def _schemas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for schema in map(self._names.schema, LAYERS):
            for name in sorted(self.backend.list_tables(database=schema)):
                found.setdefault(name, schema)
        return found


def open_database(
    path: Path,
    *,
    read_only: bool = True,
    lock_timeout: float = 30.0,
    schemas: Schemas = DEFAULT,
) -> Database:
    """Open a database file; wait up to `lock_timeout` seconds while a build uses it.

    Raises DatabaseError if there is no database, and DatabaseLocked if it stays locked.
    """
    connection = connected(path, create=False, read_only=read_only, lock_timeout=lock_timeout)
    return Database(ibis.duckdb.from_connection(connection), path, schemas)
