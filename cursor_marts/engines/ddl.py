"""Statements that create, copy and drop tables, each the text of a pure function."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.engines.names import Names
from cursor_marts.engines.quoting import escaped, identifier, literal


def create_table(names: Names, layer: str, name: str, query: str, text: str = "") -> str:
    """Return the statement that stores a query's rows as a table, temporary if its layer is.

    Its comment may be `text` on Snowflake; DuckDB has a statement of its own for that.
    """
    temporary = "" if names.lasts(layer) else "TEMPORARY "
    comment = f" COMMENT = {escaped(text)}" if text and names.dialect == "snowflake" else ""
    return f"CREATE OR REPLACE {temporary}TABLE {names.table(layer, name)}{comment} AS {query}"


def create_view(names: Names, layer: str, name: str, query: str) -> str:
    """Return the statement that creates or replaces a view."""
    return f"CREATE OR REPLACE VIEW {names.table(layer, name)} AS {query}"


def copy(source: Names, target: Names, layer: str, name: str) -> str:
    """Return the statement that copies a table from one schema to another."""
    return create_table(target, layer, name, f"SELECT * FROM {source.table(layer, name)}")


def create_enum(name: str, query: str) -> str:
    """Return the statement that makes the values of a query a type, for a session (DuckDB)."""
    return f"CREATE OR REPLACE TEMPORARY TYPE {identifier(name)} AS ENUM ({query})"


def create_schema(names: Names, layer: str) -> str:
    """Return the statement that creates a layer's schema if it does not exist."""
    return f"CREATE SCHEMA IF NOT EXISTS {names.quoted_schema(layer)}"


def drop(names: Names, layer: str, name: str, kind: str) -> str:
    """Return the statement that drops a 'VIEW' or a 'TABLE' of a layer if it exists."""
    return f"DROP {kind} IF EXISTS {names.table(layer, name)}"


def drop_enum(name: str) -> str:
    """Return the statement that drops such a type if it exists."""
    return f"DROP TYPE IF EXISTS {identifier(name)}"


def comment(names: Names, layer: str, name: str, kind: str, text: str) -> str:
    """Return the statement that comments a 'VIEW' or a 'TABLE'."""
    return f"COMMENT ON {kind} {names.table(layer, name)} IS {literal(text)}"


def first_rows(names: Names, layer: str, name: str, columns: tuple[str, ...], count: int) -> str:
    """Return the query of some columns of a table's first rows."""
    wanted = ", ".join(identifier(names.spelled(column)) for column in columns)
    return f"SELECT {wanted} FROM {names.table(layer, name)} LIMIT {count}"


def first_rows_of(query: str, names: Names, columns: tuple[str, ...], count: int) -> str:
    """Return the query of some columns of a query's first rows."""
    wanted = ", ".join(identifier(names.spelled(column)) for column in columns)
    return f"SELECT {wanted} FROM ({query}) AS found LIMIT {count}"


def export(names: Names, layer: str, name: str, file: Path) -> str:
    """Return the statement that writes a table to a Parquet file (DuckDB)."""
    return f"COPY {names.table(layer, name)} TO {literal(str(file))} (FORMAT parquet)"


def restore(names: Names, layer: str, name: str, file: Path) -> str:
    """Return the statement that creates a table from a Parquet file (DuckDB)."""
    rows = f"SELECT * FROM read_parquet({literal(glob_escaped(str(file)))})"
    return create_table(names, layer, name, rows)


def glob_escaped(path: str) -> str:
    """Return a path that DuckDB reads as this one file, although it reads patterns."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)
