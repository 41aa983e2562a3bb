"""Publishing on DuckDB: made and tested in temporary tables, then shown in one transaction.

A temporary table that is committed is read by all threads; one of an open transaction by a single
one, whoever opened it. Hence everything is made first, each table by itself, and what readers see
changes in one short transaction at the end, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any, Self

import duckdb

from cursor_marts.engines import audit, statements
from cursor_marts.engines.dialect import DUCKDB, TEMPORARY, VISIBLE
from cursor_marts.engines.duckdb.session import writing
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.publication import Publication
from cursor_marts.errors import DataTestsFailed
from cursor_marts.graph.definition import Tables

MADE = ("staging", "intermediate", "marts", "audit")
WORKSHOP = replace(DUCKDB, schemas={**DUCKDB.schemas, **dict.fromkeys(MADE, TEMPORARY)})


class InTransaction:
    """A build in temporary tables, published in a transaction or in the one that is open."""

    def __init__(self, backend: Any) -> None:
        """Build beside what readers read."""
        self.backend = backend
        self.engine = DUCKDB
        self.workshop = WORKSHOP
        self._made: list[tuple[str, str]] = []
        self._kept: list[str] = []
        self._session = ExitStack()

    def __enter__(self) -> Self:
        self._session.enter_context(writing(self.backend))
        return self

    def __exit__(self, *error: Any) -> None:
        # In somebody's transaction that has failed nothing can be dropped, nor need it be.
        with self._session, suppress(duckdb.TransactionException):
            for layer, name in (*self._made, *(("audit", name) for name in self._kept)):
                self.backend.raw_sql(statements.drop(layer, name, "TABLE", self.workshop))

    def prepare(self, publication: Publication) -> None:
        """Take note of what is made, to drop it in the end."""
        self._made = [(model.layer, model.name) for model in publication.models]

    def about(self, name: str) -> None:
        """Nobody asks a DuckDB file what its statements were about."""

    def keep(self, name: str, query: str, columns: tuple[str, ...]) -> audit.Examples:
        """Keep a query's rows until the end; return some columns of the first few."""
        self._kept.append(name)
        return audit.keep(self.backend, self.workshop, name, query, columns)

    def publish(self, publication: Publication, tables: Tables) -> None:
        """Make the views, copy the marts and what failed a test; drop what no model defines."""
        with transaction(self.backend):
            self._show_failures()
            if publication.publishes:
                self._make_room(publication)
            for model in publication.made:
                if model.layer == "staging":
                    reads = statements.inputs(tables, model.reads.values())
                    self.backend.raw_sql(statements.create(model, self.engine, reads))
                elif model.layer == "marts":
                    self._copy("marts", model.name)

    def refuse(self) -> None:
        """Copy what failed a test, and nothing else."""
        with transaction(self.backend):
            self._show_failures()

    def _show_failures(self) -> None:
        audit.clear(self.backend, self.engine)
        for name in self._kept:
            self._copy("audit", name)

    def _copy(self, layer: str, name: str) -> None:
        self.backend.raw_sql(statements.copy(layer, name, self.workshop, self.engine))

    def _make_room(self, publication: Publication) -> None:
        """Make the schemas; drop views where a table goes now, and what no model defines."""
        for layer, kind in VISIBLE.items():
            self.backend.raw_sql(statements.create_schema(self.engine.schema(layer), self.engine))
            made = {model.name for model in publication.made if model.layer == layer}
            for name, found in tables_in(self.backend, self.engine, layer).items():
                if found != kind if name in made else publication.whole:
                    self.backend.raw_sql(statements.drop(layer, name, found, self.engine))


@contextmanager
def transaction(backend: Any) -> Iterator[None]:
    """Commit at the end or roll back on any error; inside another transaction, leave both to it.

    What failed a data test outlives the rollback.
    """
    if in_transaction(backend):
        yield
        return
    backend.raw_sql("BEGIN")
    try:
        yield
    except DataTestsFailed:
        with audit.rescued(backend, DUCKDB):
            backend.raw_sql("ROLLBACK")
        raise
    except BaseException:
        backend.raw_sql("ROLLBACK")
        raise
    backend.raw_sql("COMMIT")


def in_transaction(backend: Any) -> bool:
    """Return whether the connection is in one: only then do two statements share a number.

    To try BEGIN would not do: DuckDB aborts the transaction that it finds.
    """
    first, second = (backend.raw_sql("SELECT txid_current()").fetchone() for _ in range(2))
    return bool(first == second)
