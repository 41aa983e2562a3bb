"""Publishing on DuckDB: created and tested in temporary tables, then shown in one transaction.

All threads read a temporary table that is committed; a single thread reads one of an open
transaction, even of the same connection. Hence each table is created in a transaction of its own,
and what readers see changes in one short transaction at the end, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any, Self

from cursor_marts.engines import audit, ddl, record
from cursor_marts.engines.duckdb.session import DuckDBSession, writing
from cursor_marts.engines.inspection import Tables, tables_by_layer
from cursor_marts.engines.names import CATALOG, REPOSITORY
from cursor_marts.engines.publisher import (
    LASTING,
    VISIBLE,
    Outdated,
    Publication,
    Published,
    Whose,
    outdated_tables,
    refuse_to_replace,
)
from cursor_marts.engines.quoting import identifier
from cursor_marts.engines.record import Record
from cursor_marts.errors import DatabaseError, DataTestsFailed


class DuckDBPublisher:
    """A build in temporary tables, published in a transaction or in the one that is open."""

    def __init__(self, session: DuckDBSession) -> None:
        """Build beside what readers read."""
        self.session = session
        self._temporary: list[tuple[str, str]] = []
        self._present: dict[str, Tables] = {}
        self._record = Record()
        self._failures: list[str] = []
        self._settings = ExitStack()

    def __enter__(self) -> Self:
        self._settings.enter_context(writing(self.session))
        return self

    def __exit__(self, *error: Any) -> None:
        # In a caller's transaction that has failed, nothing can be dropped.
        with self._settings, suppress(DatabaseError):
            if self.session.ends:
                return
            stored = [(audit.LAYER, name) for name in self._failures]
            tables = (*self._temporary, *stored)
            drops = [ddl.drop(self.session.scratch, *table, "TABLE") for table in tables]
            self.session.execute("; ".join([*drops, ddl.drop_enum(REPOSITORY)]))

    def prepare(self, publication: Publication) -> Record:
        """Note which temporary tables have to be dropped at the end; return the record.

        Raises DatabaseError.
        """
        self.prepare_scratch(publication.temporary)
        self._present = tables_by_layer(self.session, LASTING)
        self._record = record.read(self.session, self._present[record.LAYER])
        refuse_to_replace(self.session, publication, self._present, self._record)
        return self._record

    def prepare_scratch(self, temporary: Sequence[tuple[str, str]]) -> None:
        """Note which temporary tables have to be dropped at the end."""
        self._temporary = list(temporary)

    def store_failures(self, failures: Sequence[audit.Failure]) -> list[audit.Examples]:
        """Store the rows that fail each test until the end; return some columns of a few."""
        self._failures.extend(each.name for each in failures)
        return audit.store(self.session, self.session.scratch, failures)

    def publish(self, publication: Publication, whose: Whose) -> tuple[str, ...]:
        """Create the views, copy the marts and what failed a test; drop what is outdated.

        A view whose query is the same as before is left as it is.
        """
        with transaction(self.session):
            self._show_failures(self._present[audit.LAYER])
            if not publication.tables:
                return ()
            outdated = outdated_tables(publication, whose, self._present, self._record)
            self._make_room(outdated)
            for table in map(self._lasting, publication.tables):
                if not table.is_published(self._present[table.layer]):
                    self._show(table)
            self._note(publication, whose, outdated)
        return tuple(name for _, name, _ in outdated.dropped)

    def _note(self, publication: Publication, whose: Whose, outdated: Outdated) -> None:
        places = ((table.layer, table.name) for table in publication.tables)
        dropped = ((layer, name) for layer, name, _ in outdated.dropped)
        published = self._record.with_tables(whose.project, places).after(
            dropped, whose.notes, whose.profiles
        )
        self.session.execute(ddl.create_schema(self.session.names, record.LAYER))
        self.session.execute(record.write(self.session, published))

    def reject(self) -> None:
        """Copy what failed a test, and nothing else."""
        with transaction(self.session):
            self._show_failures(self._present[audit.LAYER])

    def _show_failures(self, present: Tables) -> None:
        audit.clear(self.session, present)
        for name in self._failures:
            self._copy(audit.LAYER, name)

    def _show(self, table: Published) -> None:
        names = self.session.names
        if table.kind == "VIEW":
            statement = ddl.create_view(names, table.layer, table.name, table.query)
            self.session.execute(statement, table.name)
        else:
            self._copy(table.layer, table.name)
        self.session.execute(
            ddl.comment(names, table.layer, table.name, table.kind, table.comment), table.name
        )

    def _lasting(self, table: Published) -> Published:
        """Return a view whose query does not name the file, so that the file may be renamed.

        In a file that is named like the raw schema, the schema alone would be ambiguous.
        """
        ambiguous = self.session.catalog == self.session.names.schema("raw")
        file = identifier(CATALOG)
        named = f"{identifier(self.session.catalog)}." if ambiguous else ""
        return replace(table, query=table.query.replace(f"{file}.", named))

    def _copy(self, layer: str, name: str) -> None:
        session = self.session
        session.execute(ddl.copy(session.scratch, session.names, layer, name), name)

    def _make_room(self, outdated: Outdated) -> None:
        """Create the schemas; drop what has another kind now, and what no model defines."""
        for layer in VISIBLE:
            self.session.execute(ddl.create_schema(self.session.names, layer))
        for table in (*outdated.replaced, *outdated.dropped):
            self.session.execute(ddl.drop(self.session.names, *table))


@contextmanager
def transaction(session: DuckDBSession) -> Iterator[None]:
    """Commit at the end or roll back on any error; inside another transaction, leave both to it.

    What failed a data test outlives the rollback.
    """
    if in_transaction(session):
        yield
        return
    session.execute("BEGIN")
    session.is_in_transaction = True
    try:
        yield
    except DataTestsFailed:
        with audit.preserved(session):
            session.execute("ROLLBACK")
        raise
    except BaseException:
        session.execute("ROLLBACK")
        raise
    finally:
        session.is_in_transaction = False
    session.execute("COMMIT")


def in_transaction(session: DuckDBSession) -> bool:
    """Return whether the connection is in one: only then do two statements share a number.

    To try BEGIN would not do: DuckDB aborts the transaction that it finds.
    """
    first, second = (session.execute("SELECT txid_current()").fetchone() for _ in range(2))
    return bool(first == second)
