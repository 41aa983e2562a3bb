"""Failing rows, kept apart: one table for each data test that found some, of the last run only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cursor_marts.engines import statements
from cursor_marts.engines.dialect import Engine
from cursor_marts.engines.inspection import tables_in

LAYER = "audit"
EXAMPLES = 5
Examples = tuple[dict[str, Any], ...]


def clear(backend: Any, engine: Engine) -> None:
    """Make the schema if it is not there; drop what earlier runs have left in it."""
    backend.raw_sql(statements.create_schema(engine.schema(LAYER), engine))
    for name in tables_in(backend, engine, LAYER):
        backend.raw_sql(statements.drop(LAYER, name, "TABLE", engine))


def keep(backend: Any, engine: Engine, name: str, query: str, columns: tuple[str, ...]) -> Examples:
    """Keep a query's rows as the table `name`; return some columns of the first few of them."""
    backend.raw_sql(statements.create_table(LAYER, name, query, engine))
    cursor = backend.raw_sql(statements.first_rows(LAYER, name, columns, EXAMPLES, engine))
    names = [column[0].lower() for column in cursor.description]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())


@contextmanager
def rescued(backend: Any, engine: Engine) -> Iterator[None]:
    """Carry the kept rows over what is done inside, which is the rollback of all else."""
    with TemporaryDirectory() as folder:
        files = {
            name: Path(folder) / f"{number}.parquet"
            for number, name in enumerate(tables_in(backend, engine, LAYER))
        }
        for name, file in files.items():
            backend.raw_sql(statements.export(LAYER, name, file, engine))
        yield
        backend.raw_sql("BEGIN")
        clear(backend, engine)
        for name, file in files.items():
            backend.raw_sql(statements.import_(LAYER, name, file, engine))
        backend.raw_sql("COMMIT")
