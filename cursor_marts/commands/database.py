"""Opening the database of a data folder."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.commands.settings import Settings
from cursor_marts.reporting.database import Database, open_database


def connect(
    data_dir: str | Path | None = None, *, read_only: bool = True, lock_timeout: float = 30.0
) -> Database:
    """Open the database of a data folder: `connect().mart_velocity.to_pandas()`.

    Without `data_dir` it is that of CURSOR_MARTS_DATA_DIR, else `data`. Any number of processes
    may read at once. If a build has the file open, wait for it up to `lock_timeout` seconds.
    Raises DatabaseError where there is no database, DatabaseLocked where it stays locked.
    """
    path = Settings.read(data_dir=data_dir).database
    return open_database(path, read_only=read_only, lock_timeout=lock_timeout)
