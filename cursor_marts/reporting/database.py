"""Access to the built tables: each table is an attribute of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from cursor_marts.contracts import declared
from cursor_marts.engines.duckdb.connection import connected
from cursor_marts.engines.names import DEFAULT
from cursor_marts.engines.names import duckdb as duckdb_names
from cursor_marts.errors import (
    CursorMartsError,
    DatabaseError,
    NextCommand,
    UsageError,
    did_you_mean,
)
from cursor_marts.graph.catalog import catalog, readers
from cursor_marts.graph.layers import Schemas
from cursor_marts.graph.selection import check_schema, unknown, without_schema
from cursor_marts.graph.words import Names, words
from cursor_marts.models import all_models
from cursor_marts.raw.extractions import loaded_run, unreadable_in

#: The layers in which a name is searched, in this order.
LAYERS = ("marts", "staging", "raw", "audit")


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
            raise not_there(plain, self.tables)
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


def rows(
    database: Database,
    name: str,
    *,
    columns: Names = (),
    where: str | None = None,
    order_by: str | None = None,
    limit: int | None = None,
) -> pa.Table:
    """Return rows of a table with all or the named columns; `where` and `order_by` are SQL.

    Without `order_by`, the newest rows come first. The metadata of the schema, also in a file
    written from it, contains `invented` if the data is invented, `unreadable` with the records that
    are missing, and if `limit` omits rows `of`, the count of all rows. Raises the errors of
    `Database`, and UsageError for an invalid expression or an unknown column.
    """
    table, plain = database[name], without_schema(name)
    shown = [
        duckdb.ColumnExpression(column) for column in chosen_columns(columns, name, table.columns)
    ]
    relation = database.backend.con.sql(f'FROM {database._schemas[plain]}."{plain}"')
    try:
        if where:
            relation = relation.filter(where)
        everything = relation
        if order := order_by or newest_first(plain, table.schema()):
            relation = relation.order(order)
        if limit is not None:
            relation = relation.limit(limit)
        found = relation.select(*shown).to_arrow_table()
        total = found.num_rows
        if total == limit:
            (total,) = everything.count("*").fetchone() or (0,)
    except duckdb.Error as error:
        said = str(error).partition("\n\nLINE")[0]  # without the query
        raise not_evaluated(name, table.columns, where, order_by, said) from None
    return noted(found, total, database.unreadable, invented=database.invented)


def noted(found: pa.Table, total: int, unreadable: list[str], *, invented: bool) -> pa.Table:
    """Return rows with what their reader has to know, as metadata of the schema."""
    said = {"invented": "true"} if invented else {}
    if unreadable:
        said["unreadable"] = "\n".join(unreadable)
    if total > found.num_rows:
        said["of"] = str(total)
    return found.replace_schema_metadata(said) if said else found


def newest_first(
    name: str, schema: ibis.Schema, spelled: Callable[[str], str] = lambda column: column
) -> str:
    """Return the ORDER BY of a table: its date or time, newest first, then its key.

    `spelled` gives a name as the engine stores it.
    """
    entry = catalog(all_models()).get(name)
    key = (declared(entry.contract).unique or list(schema)) if entry else []
    named = [column for column in key if column in schema]
    by = dated_by(named, schema)
    order = [f'"{spelled(by)}" DESC NULLS LAST'] if by else []
    return ", ".join([*order, *(f'"{spelled(column)}"' for column in named if column != by)])


def dated_by(key: Iterable[str], schema: ibis.Schema) -> str:
    """Return the first date or time column, preferably of the key; '' without one."""
    names = (*key, *schema)
    return next((n for n in names if schema[n].is_date() or schema[n].is_timestamp()), "")


def chosen_columns(columns: Names, table: str, there: tuple[str, ...]) -> tuple[str, ...]:
    """Return the named columns, each once, in the order in which they are named."""
    chosen = tuple(dict.fromkeys(words(columns)))
    for column in chosen:
        if column not in there:
            listed = f"its columns: {', '.join(there)}"
            raise UsageError(
                f"there is no column {column!r} in {table}",
                hint=f"{did_you_mean(column, there)} {listed}".strip(),
            )
    return chosen or there


def not_evaluated(
    name: str, columns: Iterable[str], where: str | None, order_by: str | None, said: str
) -> UsageError:
    """Return the error for an expression that the engine cannot evaluate."""
    given = {"--where": where, "--order-by": order_by}
    options = " ".join(f"{option} {text!r}" for option, text in given.items() if text)
    return UsageError(
        f"cannot show {name} with {options}: {' '.join(said.split())}",
        hint=f"write SQL over its columns: {', '.join(columns)}",
    )


def not_there(name: str, tables: tuple[str, ...]) -> CursorMartsError:
    """Return the error for a table that is not in a database with these tables."""
    entries = catalog(all_models())
    if name not in entries:
        return unknown(f"table {name!r}", name, [*tables, *entries])
    if entries[name].kind == "ephemeral":
        return UsageError(
            f"{name} is not stored: a build computes it for the tables that read it",
            hint=f"read {', '.join(readers(entries, name))}, or execute its query",
            next_command=NextCommand("sql", (name,)),
        )
    return DatabaseError(
        f"{name} is not in the database",
        hint="build it first",
        next_command=NextCommand("transform" if "repos" in tables else "build"),
    )
