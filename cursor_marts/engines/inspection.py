"""Which tables and columns a database has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cursor_marts.engines.names import CATALOG, Names
from cursor_marts.engines.quoting import literal
from cursor_marts.engines.session import Session

#: A comment that holds this mark is on a table that this package has created.
MARK = "[cursor_marts"
#: What comes before the fingerprint of a table in its comment.
BUILT_BY = "sql:"
TYPES = {
    "duckdb": "data_type",
    "snowflake": "CASE WHEN data_type = 'NUMBER' THEN "
    "data_type || '(' || numeric_precision || ',' || numeric_scale || ')' ELSE data_type END",
}
COMMENTS = {"duckdb": "table_comment", "snowflake": "comment"}
#: Other databases may be attached to a DuckDB connection, with tables of the same names.
OURS = {"duckdb": "table_catalog = current_database() AND ", "snowflake": ""}


@dataclass(frozen=True)
class Present:
    """A table that exists: whether it is a 'VIEW' or a 'TABLE', and its comment."""

    kind: str
    comment: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether this package has created it."""
        return MARK in self.comment

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the SQL that built it; '' if it does not say."""
        return self.comment.rpartition(BUILT_BY)[2].rstrip("]") if self.is_ours else ""


Tables = dict[str, Present]
#: Table → column → type, both spelled as the engine stores them.
Columns = dict[str, dict[str, str]]


def tables_in(session: Session, layer: str) -> Tables:
    """Return the tables and views in a layer's schema; this package's names in lower case."""
    return tables_by_layer(session, [layer])[layer]


def tables_by_layer(session: Session, layers: Iterable[str]) -> dict[str, Tables]:
    """Return the tables and views in the schemas of several layers, asked for at once."""
    listed = list(layers)
    return by_layer(session, listed, session.ask(tables_query(session, listed)))


def tables_query(session: Session, layers: Iterable[str]) -> str:
    """Return the query of the tables and views in the schemas of some layers."""
    dialect = session.names.dialect
    schemas = ", ".join(literal(session.names.schema(layer)) for layer in layers)
    return (
        f"SELECT table_schema, table_name, table_type, {COMMENTS[dialect]} "
        f"FROM information_schema.tables WHERE {OURS[dialect]}table_schema IN ({schemas})"
    )


def by_layer(session: Session, layers: Iterable[str], rows: Iterable[Any]) -> dict[str, Tables]:
    """Return the tables and views that `tables_query` has found, by layer."""
    found: dict[str, Tables] = defaultdict(dict)
    for schema, name, kind, comment in rows:
        present = Present("VIEW" if "VIEW" in kind else "TABLE", comment or "")
        found[schema][plain(session, name)] = present
    return {layer: found[session.names.schema(layer)] for layer in layers}


def columns_in(session: Session, layer: str) -> Columns:
    """Return the columns of all tables in a layer's schema, in order, with their types."""
    return columns_at(session, session.names, layer)


def columns_at(session: Session, names: Names, layer: str) -> Columns:
    """Return the same of a layer where it has other names: in a scratch schema or database."""
    found: Columns = {}
    for table, column, type_ in session.ask(columns_query(session, names, layer)):
        found.setdefault(table, {})[column] = type_
    return found


def columns_query(session: Session, names: Names, layer: str) -> str:
    """Return the query of the columns of all tables in a layer's schema."""
    *catalog, schema = names.path(layer)
    dialect, current = session.names.dialect, catalog in ([], [CATALOG])
    database = OURS[dialect] if current else f"table_catalog = {literal(catalog[0])} AND "
    return (
        f"SELECT table_name, column_name, {TYPES[dialect]} FROM information_schema.columns "
        f"WHERE {database}table_schema = {literal(names.spelled(schema))} "
        "ORDER BY table_name, ordinal_position"
    )


def plain(session: Session, name: str) -> str:
    """Return a name as this package spells it, where the engine stores it in upper case."""
    return name.lower() if session.names.spelled(name.lower()) == name else name
