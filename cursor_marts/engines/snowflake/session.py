"""A Snowflake connection as a session whose statements name their run and table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any
from uuid import uuid4

from cursor_marts.engines.at_once import answers, attempts
from cursor_marts.engines.names import DEFAULT, SCRATCH, scratch, snowflake
from cursor_marts.engines.session import Answer, Statement
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.errors import DatabaseError
from cursor_marts.graph.layers import Schemas


class SnowflakeSession:
    """Executes statements under a query tag of the run's own, in its own scratch schema.

    In the service's query history: `WHERE query_tag LIKE 'cursor_marts:%:mart_velocity'`.
    """

    tested_together = 100

    def __init__(
        self,
        connection: Any,
        concurrency: int = Account.concurrency,
        schemas: Schemas = DEFAULT,
    ) -> None:
        """Use a connection of the connector's, or an Ibis backend of one.

        At most `concurrency` statements are sent at a time.
        """
        self.connection = getattr(connection, "con", connection)
        self.run_id = uuid4().hex[:12]
        self.names = snowflake(schemas)
        self.scratch = scratch(self.names)
        self.schema = self.names.spelled(f"{self.names.path('build')[-1]}_{self.run_id}")
        self._concurrency = concurrency
        self.warnings: list[str] = []
        self.has_ended = False
        self.is_alone = False
        self._known: dict[str, list[Any]] = {}

    def execute(self, statement: str, table: str = "", *, of: int = 1) -> Any:
        """Execute a statement, or a text `of` several; the connector's errors are explained
        where it was opened.
        """
        if self.has_ended:
            raise DatabaseError("the session has ended", hint="run again")
        scratch = self.names.spelled(SCRATCH)
        cursor = self.connection.cursor()
        tag = f"cursor_marts:{self.run_id}:{table}"
        cursor.execute(
            statement.replace(scratch, self.schema),
            _statement_params={"QUERY_TAG": tag},
            num_statements=of,
        )
        return cursor

    def execute_in_turn(self, statements: Sequence[str]) -> None:
        """Execute statements one after the other, sent at once; the first error ends them."""
        self.execute(";\n".join(statements), of=len(statements))

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query, which may be known already."""
        if query in self._known:
            return self._known[query]
        rows: list[Any] = self.execute(query).fetchall()
        return rows

    def has_many(self, raw_tables: Iterable[str]) -> bool:
        """Return False: the service has the same statements for any number of rows."""
        return False

    def learn(self, *queries: str, meanwhile: Iterable[str] = ()) -> None:
        """Ask several queries at once, whose answers only the one writer changes.

        `ask` knows them until the run is no longer alone. Execute other statements `meanwhile`.
        """
        new = [query for query in queries if query not in self._known]
        answers = self.execute_all(map(Statement, (*new, *meanwhile)))
        for query, answer in zip(new, answers, strict=False):
            self.know(query, answer.rows)

    def know(self, query: str, rows: list[Any]) -> None:
        """Note the answer to a query, which this run has changed."""
        if self.is_alone:
            self._known[query] = rows

    def forget(self) -> None:
        """Ask everything again."""
        self._known.clear()

    def expect(self, rows: int) -> None:
        """Do nothing: the warehouse decides."""

    def execute_all(self, statements: Iterable[Statement]) -> list[Answer]:
        """Execute statements at the same time; raise the first error once none is running."""
        return answers(self.attempts(statements))

    def attempts(self, statements: Iterable[Statement]) -> list[Future[Answer]]:
        """Execute statements at the same time, until one fails; return how each of them ended."""
        return attempts(partial(Answer.of, self.execute), statements, self._concurrency)
