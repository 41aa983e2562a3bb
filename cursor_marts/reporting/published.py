"""Rows of a table that a service holds, read through a session, as `show` reads those of a file."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pyarrow as pa

from cursor_marts.contracts import schema_of
from cursor_marts.engines.session import Session
from cursor_marts.graph.catalog import Catalog, Entry
from cursor_marts.graph.selection import check_schema, without_schema
from cursor_marts.reporting.rows import (
    LAYERS,
    Question,
    chosen_columns,
    newest_first,
    not_evaluated,
    not_there,
    noted,
)
from cursor_marts.reporting.tables import Row, Tables


def published_rows(session: Session, entries: Catalog, question: Question) -> pa.Table:
    """Return rows of a table, as `rows` of a database file does, with the same errors."""
    tables, plain = Tables(session), without_schema(question.table)
    layer, entry = _layer_of(tables, question.table, entries), entries.get(plain)
    there = tables.columns(layer, plain)
    chosen = chosen_columns(question, there)
    schema = _schema(entry, there)
    dated = [c for c, type_ in schema.items() if type_.is_date() or type_.is_timestamp()]
    where, limit = question.where or "", question.limit
    order = question.order_by or newest_first(entry, list(schema), dated, session.names.spelled)
    try:
        found = tables.rows(layer, plain, chosen, where=where, order_by=order, limit=limit)
        total = len(found)
        if total == limit:
            total = tables.value(layer, plain, "count(*)", where=where)
    except Exception as error:
        if not (where or question.order_by) or type(error).__name__ != "ProgrammingError":
            raise
        said = str(getattr(error, "raw_msg", None) or error)
        raise not_evaluated(question, there, said) from None
    rows = _as_arrow(found, chosen, schema)
    notes = noted(rows.num_rows, total, tables)
    return rows.replace_schema_metadata(notes) if notes else rows


def _layer_of(tables: Tables, name: str, entries: Catalog) -> str:
    """Return where a table is. Raises UsageError, or DatabaseError if it is not built yet."""
    plain, names = without_schema(name), tables.session.names
    for layer in LAYERS:
        if tables.columns(layer, plain):
            check_schema(name, (names.schema(layer).lower(), names.schema(layer)))
            return layer
    raise not_there(plain, ("repos",) if tables.columns("raw", "repos") else (), entries)


def _schema(entry: Entry | None, there: Sequence[str]) -> ibis.Schema:
    """Return the types of those columns of a table that its contract has."""
    known = schema_of(entry.contract) if entry else ibis.schema({})
    return ibis.schema({column: type_ for column, type_ in known.items() if column in there})


def _as_arrow(rows: list[Row], columns: Sequence[str], schema: ibis.Schema) -> pa.Table:
    types = {name: schema[name].to_pyarrow() for name in columns if name in schema}
    values = {name: [row[name] for row in rows] for name in columns}
    return pa.table({name: pa.array(values[name], types.get(name)) for name in columns})
