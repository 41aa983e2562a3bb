"""Which tables and columns a database has."""

from __future__ import annotations

from typing import Any

import ibis

from cursor_marts.engines.dialect import Engine


def tables_in(backend: Any, engine: Engine, layer: str) -> dict[str, str]:
    """Return name → kind ('TABLE' or 'VIEW') of what a layer's schema holds, our names as ours."""
    columns = ibis.table(
        {"table_schema": "string", "table_name": "string", "table_type": "string"},
        name="tables",
        database="information_schema",
    )
    schema = engine.spelled(engine.schema(layer))
    found = columns.filter(columns.table_schema == schema).select("table_name", "table_type")
    rows = backend.raw_sql(engine.text(engine.query(found))).fetchall()
    ours = {engine.spelled(name.lower()): name.lower() for name, _ in rows}
    return {ours.get(name, name): "VIEW" if "VIEW" in kind else "TABLE" for name, kind in rows}


def schema_there(backend: Any, engine: Engine, layer: str, name: str) -> ibis.Schema:
    """Return the columns of a table that a layer's schema holds, spelled as they are there."""
    schema = engine.spelled(engine.schema(layer))
    return backend.table(engine.spelled(name), database=schema).schema()
