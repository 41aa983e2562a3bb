"""Publishing on Snowflake: built and tested in a schema of the run's own, then cloned.

Each table changes at once; the set of them does not: that takes as long as the clones do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Self

from cursor_marts.engines import audit, ddl, record
from cursor_marts.engines.at_once import first_error, has_succeeded
from cursor_marts.engines.inspection import (
    Present,
    Tables,
    by_layer,
    tables_by_layer,
    tables_query,
)
from cursor_marts.engines.names import SCRATCH
from cursor_marts.engines.publisher import (
    LASTING,
    VISIBLE,
    Publication,
    Published,
    Whose,
    outdated_tables,
    refuse_to_replace,
)
from cursor_marts.engines.record import Record
from cursor_marts.engines.session import Answer, Statement, tidying
from cursor_marts.engines.snowflake import publishing
from cursor_marts.engines.snowflake.catalog import read_catalog
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.writer import Writer

NOT_NOTED = "cannot note what is published: --if-changed builds the next time"
log = logging.getLogger(__name__)


class SnowflakePublisher:
    """A build in a transient schema that is dropped at the end, published or not."""

    def __init__(self, session: SnowflakeSession, lock_timeout: float = 30.0) -> None:
        """Wait up to `lock_timeout` seconds for another writer."""
        self.session = session
        self._writer = Writer(session, timeout=lock_timeout)
        self._present: dict[str, Tables] = {}
        self._record = Record()
        self._failures: set[str] = set()
        self._has_scratch = True
        self._end = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as begun:
            begun.enter_context(self._writer.alone())
            begun.callback(self._drop_scratch)
            read_catalog(self.session, meanwhile=[publishing.create_schema(SCRATCH)])
            self._end = begun.pop_all()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._end.__exit__(kind, error, trace)
        if error:
            if not hasattr(error, "__notes__"):
                error.add_note("nothing was published")
            for warning in self.session.warnings:
                log.warning(warning)

    def _drop_scratch(self) -> None:
        if not self._has_scratch:
            return
        with tidying(self.session, "cannot drop this run's schema: the next build does"):
            self.session.execute(publishing.drop_schema(SCRATCH))

    def prepare(self, publication: Publication) -> Record:
        """Create the schemas that do not exist; drop those of runs that were killed.

        Return the record of what is published. Raises DatabaseError.
        """
        layers = (audit.LAYER, record.LAYER, *(VISIBLE if publication.tables else ()))
        self._present = tables_by_layer(self.session, LASTING)
        self._record = record.read(self.session, self._present[record.LAYER])
        refuse_to_replace(self.session, publication, self._present, self._record)
        names = self.session.names
        schemas = {name for (name,) in self.session.ask(publishing.schemas())}
        killed = (name for name in schemas if publishing.is_of_run(names, name))
        self._all(
            *(
                ddl.create_schema(names, layer)
                for layer in layers
                if names.schema(layer) not in schemas
            ),
            *(publishing.drop_schema(name) for name in killed if name != self.session.schema),
        )
        return self._record

    def prepare_scratch(self, temporary: Sequence[tuple[str, str]]) -> None:
        """Do nothing: the schema of the run, which holds all of its tables, is there."""

    def store_failures(self, failures: Sequence[audit.Failure]) -> list[audit.Examples]:
        """Store the rows that fail each test where they stay; return some columns of a few."""
        self._failures.update(each.name for each in failures)
        return audit.store(self.session, self.session.names, failures)

    def reject(self) -> None:
        """Drop what failed a test in earlier runs and no longer does."""
        self._all(*self._passed())

    def publish(self, publication: Publication, whose: Whose) -> tuple[str, ...]:
        """Clone the marts and create the views over the raw tables; drop what is outdated.

        A view whose query is the same as before is left as it is. Raises DatabaseLocked where this
        run took so long that another one took its place. An error amid the tables has a note that
        says how many are published. The record names the tables before they are there: if this
        process dies, a later build knows them, and nothing is known of their state.
        """
        self._writer.check()
        if not publication.tables:
            self._all(*self._passed())
            return ()
        outdated = outdated_tables(publication, whose, self._present, self._record)
        places = ((table.layer, table.name) for table in publication.tables)
        known = self._record.with_tables(whose.project, places)
        self._all(record.write(self.session, known), *self._drops(outdated.replaced))
        changed = [
            table
            for table in publication.tables
            if not table.is_published(self._present[table.layer])
        ]
        self._show(changed)
        with tidying(self.session, "cannot comment every mart, and drop what is outdated"):
            present, *_ = self._all(
                tables_query(self.session, VISIBLE),
                *self._drops(outdated.dropped),
                *self._passed(),
            )
            self._all(*self._comments(changed, by_layer(self.session, VISIBLE, present.rows)))
            dropped = ((layer, name) for layer, name, _ in outdated.dropped)
            self._note(known.after(dropped, whose.notes, whose.profiles))
            return tuple(name for _, name, _ in outdated.dropped)
        return ()

    def _note(self, published: Record) -> None:
        """Note what is published; meanwhile drop the scratch schema, and ask who the writer is."""
        writer = publishing.read_note(self.session.names)
        write, drop = record.write(self.session, published), publishing.drop_schema(SCRATCH)
        noted, dropped, asked = self.session.attempts(map(Statement, (write, drop, writer)))
        self._has_scratch = not has_succeeded(dropped)
        if has_succeeded(asked):
            self.session.know(writer, asked.result().rows)
        with tidying(self.session, NOT_NOTED):
            noted.result()

    def _show(self, tables: Sequence[Published]) -> None:
        ended = self.session.attempts(map(self._shown, tables))
        if error := first_error(ended):
            shown = sum(map(has_succeeded, ended))
            if shown:
                said = f"{shown} of {len(tables)} tables are published"
                error.add_note(f"{said}: transform publishes all")
            raise error

    def _drops(self, tables: Iterable[tuple[str, str, str]]) -> list[str]:
        return [ddl.drop(self.session.names, *table) for table in tables]

    def _passed(self) -> list[str]:
        """Return the statements that drop the failures of earlier runs which are none any more."""
        present = audit.of_tests(self._present[audit.LAYER]).items()
        passed = (each for each in present if each[0] not in self._failures)
        return self._drops((audit.LAYER, name, found.kind) for name, found in passed)

    def _all(self, *statements: str) -> list[Answer]:
        """Execute statements that do not depend on each other."""
        return self.session.execute_all(map(Statement, statements))

    def _shown(self, table: Published) -> Statement:
        names, place = self.session.names, (table.layer, table.name)
        if table.kind == "TABLE":
            return Statement(publishing.clone(names, *place), table.name)
        view = publishing.create_view(names, *place, table.comment, table.query)
        return Statement(view, table.name)

    def _comments(
        self, tables: Iterable[Published], present: Mapping[str, Tables]
    ) -> Iterator[str]:
        """Give the statements that comment tables which the comment of their source is not on."""
        for table in tables:
            names, place = self.session.names, (table.layer, table.name)
            if present[table.layer].get(table.name) != Present(table.kind, table.comment):
                yield publishing.comment(names, *place, table.kind, table.comment)
