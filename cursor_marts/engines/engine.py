"""The place where tables live, chosen once from the target of a run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cursor_marts.graph.layers import Schemas
from cursor_marts.raw.manifest import Manifest


@dataclass(frozen=True)
class Where:
    """What settings say of a database; each engine uses its own part.

    `engine` is its name, `path` a file, `raw` what its raw tables are: 'table' or 'view';
    `account` and `stage` are those of a service; `lock_timeout` are the seconds to wait for
    another writer.
    """

    engine: str
    path: Path
    raw: str
    account: Any
    stage: str | None
    lock_timeout: float
    schemas: Schemas


class Engine(Protocol):
    """A database that a run loads into and builds on; `str` of it is what people call it."""

    @property
    def exists(self) -> bool:
        """Whether the database exists, as far as this machine knows."""

    @property
    def dialect(self) -> str:
        """Return 'duckdb' or 'snowflake'."""

    @property
    def reads_bucket(self) -> bool:
        """Whether the engine copies the files of a bucket itself, by their manifest alone."""

    def open(self, *, create: bool = True) -> AbstractContextManager[Any]:
        """Open a session; unless `create`, the database has to exist.

        Raises DatabaseError and DatabaseLocked.
        """

    def reading(self) -> AbstractContextManager[Any]:
        """Open a session that only reads; the database has to exist.

        Raises DatabaseError and DatabaseLocked.
        """

    def load(self, session: Any, found: Path | Manifest, *, whole: bool = False) -> Manifest:
        """Make the raw tables those of a landing, or of a bucket, whole or not at all.

        Months whose files are loaded already are left alone, unless `whole`.
        """

    def together(self, session: Any) -> AbstractContextManager[None]:
        """Change raw tables and marts together inside, where the engine can."""

    def table(self, layer: str, name: str) -> str:
        """Return a table's name as people write it in SQL."""

    def query_of(self, layer: str, name: str) -> str | None:
        """Return the SQL that shows a table's rows; None where a command shows them."""
