"""A Snowflake database as the place where tables live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cursor_marts.engines.engine import Where
from cursor_marts.engines.names import DEFAULT, snowflake
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.engines.snowflake.catalog import read_catalog
from cursor_marts.engines.snowflake.connection import opened
from cursor_marts.engines.snowflake.publisher import SnowflakePublisher
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.writer import Writer
from cursor_marts.graph.layers import Schemas
from cursor_marts.raw.manifest import Manifest


@dataclass(frozen=True)
class SnowflakeDatabase:
    """One database; with a `stage` the service copies the files of a bucket itself."""

    account: Account
    stage: str | None = None
    lock_timeout: float = 30.0
    schemas: Schemas = DEFAULT
    dialect: str = "snowflake"

    def __str__(self) -> str:
        return str(self.account)

    @property
    def exists(self) -> bool:
        """Return True: only the service knows, and says so when a session is opened."""
        return True

    @property
    def reads_bucket(self) -> bool:
        """Whether the service copies the files of a bucket itself."""
        return self.stage is not None

    @contextmanager
    def open(self, *, create: bool = True) -> Iterator[SnowflakeSession]:
        """Sign in; the service's errors inside are explained."""
        with opened(self.account) as connection:
            yield SnowflakeSession(connection, self.account.concurrency, self.schemas)

    def reading(self) -> AbstractContextManager[SnowflakeSession]:
        """Sign in, as to write: the role decides what it may."""
        return self.open()

    def load(
        self, session: SnowflakeSession, found: Path | Manifest, *, whole: bool = False
    ) -> Manifest:
        """Replace the raw tables, as the only writer."""
        from cursor_marts.engines.snowflake import loading

        with Writer(session, timeout=self.lock_timeout).alone():
            if isinstance(found, Manifest):
                return loading.load_staged(found, str(self.stage), session, whole=whole)
            return loading.load(found, session, whole=whole)

    @contextmanager
    def together(self, session: SnowflakeSession) -> Iterator[None]:
        """Be the only writer inside: first the raw tables change, then the marts, if tests pass."""
        with Writer(session, timeout=self.lock_timeout).alone():
            read_catalog(session)
            yield

    def table(self, layer: str, name: str) -> str:
        """Return a table's name with its schema, in upper case."""
        names = snowflake(self.schemas)
        return f"{names.schema(layer)}.{names.spelled(name)}"

    def query_of(self, layer: str, name: str) -> str | None:
        """Return the SQL that shows a table's rows in a worksheet of the service."""
        return f"SELECT * FROM {self.table(layer, name)} LIMIT 10"


def engine(where: Where) -> SnowflakeDatabase:
    """Return the database of the account that settings name."""
    return SnowflakeDatabase(where.account, where.stage, where.lock_timeout, where.schemas)


def session(backend: Any) -> SnowflakeSession:
    """Return the session of an Ibis backend or of a connection."""
    return SnowflakeSession(backend)


def publisher(session: SnowflakeSession, lock_timeout: float) -> SnowflakePublisher:
    """Return the publisher; another writer is waited for up to `lock_timeout` seconds."""
    return SnowflakePublisher(session, lock_timeout)
