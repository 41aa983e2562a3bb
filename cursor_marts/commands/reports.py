"""The weekly page as a function."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.commands.options import ReportOptions, accepts
from cursor_marts.commands.settings import Settings
from cursor_marts.reporting.weekly import read, render, write


@accepts(ReportOptions)
def report(options: ReportOptions) -> Path:
    """Write the weekly page of a data folder as one HTML file, whole or not at all; return it.

    The database is opened for reading and closed at once. Raises DatabaseError where there is none
    or the marts are not built, DatabaseLocked where it stays held, and UsageError where `out`
    cannot be written.
    """
    settings = Settings.of(options)
    snapshot = read(settings.database, settings.run_results, lock_timeout=options.lock_timeout)
    return write(render(snapshot), Path(options.out))
