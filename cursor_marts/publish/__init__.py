"""Publishing: how a build becomes what readers see, engine by engine."""

from __future__ import annotations

from typing import Any, Protocol

import ibis.expr.types as ir

from cursor_marts.contracts import Contract
from cursor_marts.engines import SNOWFLAKE, Engine, engine_of
from cursor_marts.plan import Plan
from cursor_marts.publish.duckdb import InTransaction
from cursor_marts.publish.snowflake import ByClone

Tables = dict[type[Contract], ir.Table]


class Publisher(Protocol):
    """What a build asks of an engine; used in a `with` statement, whose end tidies up.

    `engine` is where tables are read, `workshop` where this build makes them.
    """

    backend: Any
    engine: Engine
    workshop: Engine

    def __enter__(self) -> Publisher: ...

    def __exit__(self, *error: Any) -> None: ...

    def prepare(self, plan: Plan) -> None:
        """Make room for what the plan makes."""

    def about(self, name: str) -> None:
        """Take note of the table that the next statements are about."""

    def publish(self, plan: Plan, tables: Tables) -> None:
        """Show readers what has passed its tests."""


def publisher(backend: Any, lock_timeout: float) -> Publisher:
    """Return the publisher of a backend's engine. Raises UsageError for an engine without one.

    On Snowflake it waits up to `lock_timeout` seconds for another writer; a DuckDB file that is
    open has been waited for.
    """
    if engine_of(backend) is SNOWFLAKE:
        return ByClone(backend, lock_timeout)
    return InTransaction(backend)


__all__ = ["Publisher", "publisher"]
