"""Publishing on Snowflake: built and tested in a schema of the run's own, then cloned.

Each table changes at once; the set of them does not: that takes as long as the clones do.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, Self

from cursor_marts.engines import audit, ddl
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.names import SCRATCH
from cursor_marts.engines.publisher import (
    VISIBLE,
    Outdated,
    Publication,
    Published,
    outdated_tables,
)
from cursor_marts.engines.snowflake import publishing
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.writer import Writer


class SnowflakePublisher:
    """A build in a transient schema that is dropped at the end, published or not."""

    def __init__(self, session: SnowflakeSession, lock_timeout: float = 30.0) -> None:
        """Wait up to `lock_timeout` seconds for another writer."""
        self.session = session
        self._writer = Writer(session, timeout=lock_timeout)
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self._end.enter_context(self._writer.alone())
        return self

    def __exit__(self, *error: Any) -> None:
        self._end.callback(self.session.execute, publishing.drop_schema(SCRATCH))
        self._end.__exit__(*error)

    def prepare(self, publication: Publication) -> None:
        """Create the run's schema; drop those of runs that were killed."""
        for (left,) in self.session.execute(publishing.schemas_of_runs()).fetchall():
            self.session.execute(publishing.drop_schema(left))
        self.session.execute(publishing.create_schema(SCRATCH))
        audit.clear(self.session)

    def store_failures(self, name: str, query: str, columns: tuple[str, ...]) -> audit.Examples:
        """Store a query's rows where they stay; return some columns of the first few."""
        return audit.store(self.session, self.session.names, name, query, columns)

    def reject(self) -> None:
        """Do nothing: what failed a test is stored already."""

    def publish(self, publication: Publication) -> tuple[str, ...]:
        """Clone the marts, then create the views over the raw tables; drop what is outdated.

        Raises DatabaseLocked where this run took so long that another one took its place.
        """
        self._writer.check()
        outdated = self._make_room(publication)
        for table in sorted(publication.tables, key=lambda table: table.kind):
            self._show(table)
        for layer, name, kind in outdated.dropped:
            self.session.execute(ddl.drop(self.session.names, layer, name, kind))
        return tuple(name for _, name, _ in outdated.dropped)

    def _show(self, table: Published) -> None:
        if table.kind == "VIEW":
            statements = [
                publishing.create_view(table.layer, table.name, table.comment, table.query)
            ]
        else:
            statements = [
                publishing.clone(table.layer, table.name),
                publishing.comment(table.layer, table.name, table.comment),
            ]
        for statement in statements:
            self.session.execute(statement, table.name)

    def _make_room(self, publication: Publication) -> Outdated:
        """Create the schemas, drop what has another kind now; return what no model defines."""
        outdated = Outdated()
        for layer in VISIBLE if publication.tables else ():
            self.session.execute(ddl.create_schema(self.session.names, layer))
            found = outdated_tables(publication, layer, tables_in(self.session, layer))
            outdated.dropped += found.dropped
            for _, name, kind in found.replaced:
                self.session.execute(ddl.drop(self.session.names, layer, name, kind))
        return outdated
