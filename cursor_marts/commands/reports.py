"""The weekly page and the report of identities as functions."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from cursor_marts.commands.database import connect
from cursor_marts.commands.options import PeopleOptions, ReportOptions, accepts
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


@accepts(PeopleOptions)
def people(options: PeopleOptions) -> pa.Table:
    """Return which Cursor email belongs to which GitHub account, and by which evidence.

    A row without a login is an email that nothing matches, one without an email an account. With
    `anonymous` emails are numbered. The database is opened for reading and closed at once. Raises
    DatabaseError where there is none, DatabaseLocked where it stays locked.
    """
    from cursor_marts.reporting.identities import people as matched

    with connect(options.data_dir, lock_timeout=options.lock_timeout) as database:
        return matched(database, anonymous=options.anonymous)
