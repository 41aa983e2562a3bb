"""Opening the DuckDB file, and waiting for another process that has it open."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from cursor_marts.engines.duckdb.errors import not_opened
from cursor_marts.engines.interruption import interruptible
from cursor_marts.errors import DatabaseError, DatabaseLocked, NextCommand

LOCK_POLL = 0.2  # seconds between two tries to open a file that is held
LOCK_SILENCE = 1.0  # seconds after which a waiting process says what it waits for

log = logging.getLogger(__name__)
_guard = Lock()
_locks: dict[Path, Lock] = {}


@contextmanager
def opened(path: Path, *, create: bool = True, lock_timeout: float = 30.0) -> Iterator[Any]:
    """Open the file, as `connected` does, and close it in the end.

    A file that this call has made is removed again if what was to be done in it fails.
    """
    with _alone_in_process(path, lock_timeout):
        existed = path.exists()
        connection = connected(path, create=create, lock_timeout=lock_timeout)
        try:
            yield connection
        except BaseException:
            connection.close()
            if not existed:
                path.unlink(missing_ok=True)
            raise
        connection.close()


@contextmanager
def _alone_in_process(path: Path, lock_timeout: float) -> Iterator[None]:
    """Let one thread at a time write to a file: DuckDB itself locks out other processes only."""
    with _guard:
        lock = _locks.setdefault(path.resolve(), Lock())
    if not lock.acquire(timeout=lock_timeout):
        raise DatabaseLocked(
            f"{path} is in use by another thread of this process",
            hint="wait for that build to end, and run this one again",
        )
    try:
        yield
    finally:
        lock.release()


def connected(
    path: Path, *, create: bool = True, read_only: bool = False, lock_timeout: float = 30.0
) -> Any:
    """Return a connection that has the file open.

    If another process has it open, wait for it up to `lock_timeout` seconds. Raises DatabaseLocked,
    naming the process, and DatabaseError.
    """
    if not create and not path.exists():
        raise DatabaseError(
            f"there is no database at {path}",
            hint="build it first",
            next_command=NextCommand("build"),
        )
    began, told = time.monotonic(), False
    while True:
        try:
            connection = _connected_now(path, read_only)
        except DatabaseLocked as locked:
            waited = time.monotonic() - began
            if waited >= lock_timeout:
                raise
            if waited >= LOCK_SILENCE and not told:
                log.warning("%s: waiting up to %.0f s", locked.message, lock_timeout)
                told = True
            time.sleep(LOCK_POLL)
            continue
        # Times are naive UTC throughout: no session setting may come in between.
        connection.execute("SET TimeZone = 'UTC'")
        interruptible(connection)
        return connection


def _connected_now(path: Path, read_only: bool) -> Any:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only)
    except OSError as error:
        raise DatabaseError(
            f"cannot write to {path.parent}: {error.strerror or error}",
            hint="give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None
    except duckdb.Error as error:
        raise not_opened(path, error) from None
