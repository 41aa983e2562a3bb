"""Opening the database of a data folder."""

from __future__ import annotations

from typing import Any

from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ConnectOptions
from cursor_marts.commands.project import target_of
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import UsageError
from cursor_marts.reporting.database import Database, open_database


@accepts(ConnectOptions)
def connect(options: ConnectOptions) -> Database:
    """Open the database of a data folder: `connect().mart_velocity.to_pandas()`.

    Without `data_dir` it is that of CURSOR_MARTS_DATA_DIR, else `data`. Any number of processes
    may read at once. If a build has the file open, wait for it up to `lock_timeout` seconds.
    Raises DatabaseError where there is no database, DatabaseLocked where it stays locked.
    """
    return connected(options, read_only=options.read_only)


def connected(options: Any, *, read_only: bool = True) -> Database:
    """Open the database file that the options of a command name, as `connect` does."""
    settings, target = Settings.of(options), target_of(options)
    if target.type != "duckdb":
        raise UsageError(
            f"this reads a DuckDB file, and --target {target} is Snowflake",
            hint="name another target, such as dev",
        )
    return open_database(
        settings.database,
        read_only=read_only,
        lock_timeout=options.lock_timeout,
        schemas=settings.schemas,
    )
