"""Publishing: how a build becomes what readers see, engine by engine."""

from __future__ import annotations

from typing import Any, Protocol

from cursor_marts.engines.audit import Examples
from cursor_marts.engines.dialect import SNOWFLAKE, Engine, engine_of
from cursor_marts.engines.duckdb.publisher import InTransaction
from cursor_marts.engines.publication import Publication
from cursor_marts.engines.snowflake.publisher import ByClone
from cursor_marts.graph.definition import Tables


class Publisher(Protocol):
    """What a build asks of an engine; used in a `with` statement, whose end tidies up.

    `engine` is where tables are read, `workshop` where this build makes them.
    """

    backend: Any
    engine: Engine
    workshop: Engine

    def __enter__(self) -> Publisher: ...

    def __exit__(self, *error: Any) -> None: ...

    def prepare(self, publication: Publication) -> None:
        """Make room for what the plan makes, and for what fails its tests."""

    def about(self, name: str) -> None:
        """Take note of the table that the next statements are about."""

    def keep(self, name: str, query: str, columns: tuple[str, ...]) -> Examples:
        """Keep the rows that fail a test; return some columns of the first few."""

    def publish(self, publication: Publication, tables: Tables) -> None:
        """Show readers what has passed its tests; `tables` are those that lasting views read."""

    def refuse(self) -> None:
        """Show readers the rows that failed a test, and nothing else."""


def publisher(backend: Any, lock_timeout: float) -> Publisher:
    """Return the publisher of a backend's engine. Raises UsageError for an engine without one.

    On Snowflake it waits up to `lock_timeout` seconds for another writer; a DuckDB file that is
    open has been waited for.
    """
    if engine_of(backend) is SNOWFLAKE:
        return ByClone(backend, lock_timeout)
    return InTransaction(backend)


__all__ = ["Publisher", "publisher"]
