"""Several connections to one database: their statements run at the same time.

DuckDB shares out the rows of a statement among threads, but one thread plans it; over few rows,
planning is nearly all there is to do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from cursor_marts.engines.interruption import interruptible
from cursor_marts.engines.names import TEMPORARY
from cursor_marts.engines.quoting import identifier

#: A database in memory for a run's own tables: those of DuckDB's `temp` are one connection's.
SHARED = "cursor_marts_shared"
#: More would wait for each other: the tables of a wave are eight at most.
MOST = 4


class Connections:
    """A connection and others beside it; a run's own tables are such that all of them see."""

    def __init__(self, connection: Any, settings: Mapping[str, Any]) -> None:
        """Open the others, and set them. Raises duckdb.Error if that is not possible."""
        connection.execute(f"ATTACH ':memory:' AS {identifier(SHARED)}")
        self.count = min(MOST, os.cpu_count() or 1)
        self._free: SimpleQueue[Any] = SimpleQueue()
        self._free.put(connection)
        for _ in range(self.count - 1):
            other = connection.cursor()
            other.execute(setting(settings))
            interruptible(other)
            self._free.put(other)

    @contextmanager
    def one(self) -> Iterator[Any]:
        """Lend a connection that executes nothing; wait until there is one."""
        connection = self._free.get()
        try:
            yield connection
        finally:
            self._free.put(connection)


def setting(settings: Mapping[str, Any]) -> str:
    """Return the statements that set a connection."""
    return "; ".join(f"SET {name} = {value}" for name, value in settings.items())


def shared(statement: str) -> str:
    """Return a statement with temporary tables as such that all connections see."""
    of_one, of_all = (".".join(map(identifier, path)) for path in (TEMPORARY, (SHARED, "main")))
    created = statement.replace(f"TEMPORARY TABLE {of_one}", f"TABLE {of_all}")
    return created.replace(f"{of_one}.", f"{of_all}.")
