"""The engines that there are: one line for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from cursor_marts.engines.engine import Engine, Where
from cursor_marts.engines.publisher import Publisher
from cursor_marts.engines.session import Session
from cursor_marts.errors import UsageError

#: The name of an engine's Ibis backend, or of its driver's module → the module of the engine.
ENGINES = {
    "duckdb": "cursor_marts.engines.duckdb.engine",
    "snowflake": "cursor_marts.engines.snowflake.engine",
}


#: Each target that needs no project → its engine.
TARGETS = {"dev": "duckdb", "prod": "snowflake"}


def engine_of(where: Where) -> Engine:
    """Return the database that settings name."""
    found: Engine = import_module(ENGINES[where.engine]).engine(where)
    return found


def session_of(backend: Any) -> Session:
    """Return the session of an Ibis backend or of a connection; a session as it is.

    Raises UsageError for one that cannot be built on.
    """
    if hasattr(backend, "scratch"):
        session: Session = backend
        return session
    return _of(backend, "session")(backend)


def publisher_of(session: Session, lock_timeout: float) -> Publisher:
    """Return the publisher of a session's engine."""
    module = import_module(ENGINES[session.names.dialect])
    found: Publisher = module.publisher(session, lock_timeout)
    return found


def _of(backend: Any, function: str) -> Callable[[Any], Any]:
    name = getattr(backend, "name", None) or type(backend).__module__.partition(".")[0]
    name = name.removeprefix("_")
    if name not in ENGINES:
        raise UsageError(
            f"cannot build on {name}",
            hint="pass an Ibis backend of DuckDB or Snowflake, as ibis.duckdb.connect() gives it",
        )
    found: Callable[[Any], Any] = getattr(import_module(ENGINES[name]), function)
    return found
