"""Rows of a table that a service holds, read through a session, as `show` reads those of a file."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pyarrow as pa

from cursor_marts.contracts import schema_of
from cursor_marts.engines.session import Session
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.selection import check_schema, without_schema
from cursor_marts.graph.words import Names
from cursor_marts.models import all_models
from cursor_marts.raw.manifest import unreadable_lines
from cursor_marts.reporting.database import (
    LAYERS,
    chosen_columns,
    newest_first,
    not_evaluated,
    not_there,
    noted,
)
from cursor_marts.reporting.tables import Row, Tables, loaded_run


def published_rows(
    session: Session,
    name: str,
    *,
    columns: Names = (),
    where: str | None = None,
    order_by: str | None = None,
    limit: int | None = None,
) -> pa.Table:
    """Return rows of a table, as `rows` of a database file does, with the same errors."""
    tables, plain = Tables(session), without_schema(name)
    layer = _layer_of(tables, name)
    there = tables.columns(layer, plain)
    chosen = chosen_columns(columns, name, there)
    schema = _schema(plain, there)
    order = order_by or newest_first(plain, schema, session.names.spelled)
    try:
        found = tables.rows(layer, plain, chosen, where=where or "", order_by=order, limit=limit)
        total = len(found)
        if total == limit:
            total = tables.value(layer, plain, "count(*)", where=where or "")
    except Exception as error:
        if not (where or order_by) or type(error).__name__ != "ProgrammingError":
            raise
        said = str(getattr(error, "raw_msg", None) or error)
        raise not_evaluated(name, there, where, order_by, said) from None
    runs = loaded_run(tables.raw("extractions"))
    return noted(
        _as_arrow(found, chosen, schema),
        total,
        unreadable_lines(row["unreadable"] for row in runs),
        invented=any(row["invented"] for row in runs),
    )


def _layer_of(tables: Tables, name: str) -> str:
    """Return where a table is. Raises UsageError, or DatabaseError if it is not built yet."""
    plain, names = without_schema(name), tables.session.names
    for layer in LAYERS:
        if tables.columns(layer, plain):
            check_schema(name, (names.schema(layer).lower(), names.schema(layer)))
            return layer
    raise not_there(plain, ("repos",) if tables.columns("raw", "repos") else ())


def _schema(name: str, there: Sequence[str]) -> ibis.Schema:
    """Return the types of those columns of a table that its contract has."""
    entry = catalog(all_models()).get(name)
    known = schema_of(entry.contract) if entry else ibis.schema({})
    return ibis.schema({column: type_ for column, type_ in known.items() if column in there})


def _as_arrow(rows: list[Row], columns: Sequence[str], schema: ibis.Schema) -> pa.Table:
    types = {name: schema[name].to_pyarrow() for name in columns if name in schema}
    values = {name: [row[name] for row in rows] for name in columns}
    return pa.table({name: pa.array(values[name], types.get(name)) for name in columns})
