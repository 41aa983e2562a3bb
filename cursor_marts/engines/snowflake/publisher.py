"""Publishing on Snowflake: built and tested in a schema of the run's own, then cloned.

Each table changes at once; the set of them does not: that takes as long as the clones do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, Self
from uuid import uuid4

from cursor_marts.engines import audit, statements
from cursor_marts.engines.dialect import SNOWFLAKE, VISIBLE
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.publication import Publication
from cursor_marts.engines.snowflake import sql
from cursor_marts.engines.snowflake.tagged import Tagged
from cursor_marts.engines.snowflake.writer import Writer
from cursor_marts.graph.definition import Tables


class ByClone:
    """A build in a transient schema that is dropped in the end, published or not."""

    def __init__(self, backend: Any, lock_timeout: float = 30.0) -> None:
        """Name the build's schema after a run of its own."""
        self.run_id = new_run()
        self.backend = Tagged(backend, self.run_id)
        self.engine = SNOWFLAKE
        schema = f"build_{self.run_id}"
        places = dict.fromkeys(("staging", "intermediate", "marts"), schema)
        self.workshop = replace(SNOWFLAKE, schemas={**SNOWFLAKE.schemas, **places})
        self._writer = Writer(self.backend, self.run_id, timeout=lock_timeout)
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self._end.enter_context(self._writer.alone())
        return self

    def __exit__(self, *error: Any) -> None:
        schema = self.workshop.schema("marts")
        self._end.callback(self.backend.raw_sql, sql.drop_schema(schema))
        self._end.__exit__(*error)

    def prepare(self, publication: Publication) -> None:
        """Make the build's schema; drop those that killed runs have left."""
        for (left,) in self.backend.raw_sql(sql.schemas_of_runs()).fetchall():
            self.backend.raw_sql(sql.drop_schema(left))
        self.backend.raw_sql(sql.create_schema(self.workshop.schema("marts")))
        audit.clear(self.backend, self.engine)

    def about(self, name: str) -> None:
        """Name the table in the tag of the next statements."""
        self.backend.about = name

    def keep(self, name: str, query: str, columns: tuple[str, ...]) -> audit.Examples:
        """Keep a query's rows where they stay; return some columns of the first few."""
        return audit.keep(self.backend, self.engine, name, query, columns)

    def refuse(self) -> None:
        """Nothing is left to do: what failed a test is kept already."""

    def publish(self, publication: Publication, tables: Tables) -> None:
        """Clone the marts, then make the views over the raw tables; drop what no model defines.

        Raises DatabaseLocked where this run has taken so long that another one took its place.
        """
        self._writer.check()
        there = self._make_room(publication)
        for model in publication.made:
            self.about(model.name)
            if model.layer == "marts":
                self.backend.raw_sql(sql.clone("marts", model.name, self.workshop))
        for model in publication.made:
            self.about(model.name)
            if model.layer == "staging":
                reads = statements.inputs(tables, model.reads.values())
                self.backend.raw_sql(statements.create(model, self.engine, reads))
        for layer, name, kind in there:
            self.backend.raw_sql(statements.drop(layer, name, kind, self.engine))

    def _make_room(self, publication: Publication) -> list[tuple[str, str, str]]:
        """Make the schemas, drop views where a table goes; return what no model defines."""
        unknown = []
        for layer, kind in VISIBLE.items() if publication.publishes else ():
            self.backend.raw_sql(statements.create_schema(self.engine.schema(layer), self.engine))
            made = {model.name for model in publication.made if model.layer == layer}
            for name, found in tables_in(self.backend, self.engine, layer).items():
                if name in made and found != kind:
                    self.backend.raw_sql(statements.drop(layer, name, found, self.engine))
                elif name not in made and publication.whole:
                    unknown.append((layer, name, found))
        return unknown


@contextmanager
def writing(backend: Any, timeout: float) -> Iterator[Tagged]:
    """Give a session that is the only writer, for as long as a load takes.

    Raises DatabaseLocked where another run writes and has not ended after `timeout` seconds.
    """
    session = Tagged(backend, new_run())
    session.about = "load"
    with Writer(session, session.run_id, timeout=timeout).alone():
        yield session


def new_run() -> str:
    """Return an id that no other run has."""
    return uuid4().hex[:12]
