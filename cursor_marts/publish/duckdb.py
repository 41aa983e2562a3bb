"""Publishing on DuckDB: a build is one transaction, so that readers see all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Self

from cursor_marts import audit, statements
from cursor_marts.binding import tables_in
from cursor_marts.engines import VISIBLE, engine_of
from cursor_marts.errors import DataTestsFailed
from cursor_marts.plan import Plan

#: DuckDB takes tables of an open transaction for empty, and joins empty ones by comparing each row
#: with each: on the next bug fix of four million pull requests it would never end. No result
#: depends on it, so that the connection keeps it.
NO_LOOPS = "SET asof_loop_join_threshold = 0"


class InTransaction:
    """A build in one transaction, or in the one that the connection is already in."""

    def __init__(self, backend: Any) -> None:
        """Build where readers read."""
        self.backend = backend
        self.engine = self.workshop = engine_of(backend)
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self.backend.raw_sql(NO_LOOPS)
        self._end.enter_context(transaction(self.backend))
        return self

    def __exit__(self, *error: Any) -> None:
        self._end.__exit__(*error)

    def prepare(self, plan: Plan) -> None:
        """Make the schemas; drop views where a table goes now, and what no model defines."""
        for layer, kind in VISIBLE.items() if plan.publishes else ():
            self.backend.raw_sql(statements.create_schema(self.engine.schema(layer), self.engine))
            made = {model.name for model in plan.made if model.layer == layer}
            for name, found in tables_in(self.backend, self.engine, layer).items():
                if found != kind if name in made else plan.whole:
                    self.backend.raw_sql(statements.drop(layer, name, found, self.engine))

    def about(self, name: str) -> None:
        """Nobody asks a DuckDB file what its statements were about."""

    def publish(self, plan: Plan, tables: Any) -> None:
        """Nothing is left to do but the commit at the end."""


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
        with audit.rescued(backend, engine_of(backend)):
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
