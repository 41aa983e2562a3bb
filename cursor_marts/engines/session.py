"""What every engine lets a run do: execute statements, and fetch their rows."""

from __future__ import annotations

from typing import Any, Protocol

from cursor_marts.engines.names import Names


class Cursor(Protocol):
    """The answer to a statement, as the DB-API describes it."""

    @property
    def description(self) -> Any:
        """Return a tuple for each column; its name comes first."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""


class Session(Protocol):
    """An open connection: `names` are those of published tables, `scratch` of a run's own."""

    names: Names
    scratch: Names

    def execute(self, statement: str, table: str = "") -> Cursor:
        """Execute a statement; `table` names the one that it is for, in the engine's history."""
