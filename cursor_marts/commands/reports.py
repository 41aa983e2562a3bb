"""The weekly page as a function."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.commands.settings import Settings
from cursor_marts.reporting.weekly import read, render, write


def report(
    out: str | Path = Path("report.html"),
    data_dir: str | Path | None = None,
    *,
    lock_timeout: float = 30.0,
) -> Path:
    """Write the weekly page of a data folder as one HTML file, whole or not at all; return it.

    The database is opened for reading and closed at once. Raises DatabaseError where there is none
    or the marts are not built, DatabaseLocked where it stays held, and UsageError where `out`
    cannot be written.
    """
    settings = Settings.read(data_dir=data_dir, lock_timeout=lock_timeout)
    snapshot = read(settings.database, settings.run_results, lock_timeout=lock_timeout)
    return write(render(snapshot), Path(out))
