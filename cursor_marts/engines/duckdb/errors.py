"""What DuckDB says, as an error of this package: the one place that reads its messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cursor_marts.errors import DatabaseError, DatabaseLocked

#: How DuckDB names the process that has a file open.
HOLDER = re.compile(r"Could not set lock on file .*?(?:held in (.*?) \(PID (\d+)\))", re.DOTALL)
LOCKED = re.compile(r"Could not set lock on file|being used by another process")
FULL_DISK = re.compile(r"No space left on device|There is not enough space on the disk", re.I)
OPEN_ALREADY = "different configuration"
ABORTED = "Current transaction is aborted"
#: A value of some row that a statement cannot convert or compute with.
BAD_VALUE = (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException)


@contextmanager
def explained(table: str = "") -> Iterator[None]:
    """Raise what DuckDB raises inside as a DatabaseError; `table` is what a statement is for."""
    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise explanation(error, table) from error


def explanation(error: duckdb.Error, table: str = "") -> DatabaseError:
    """Return the error that says what failed, for which table, and what to do next."""
    said = first_line(error)
    about = f"{table}: " if table else ""
    if FULL_DISK.search(str(error)):
        return DatabaseError(
            f"{about}the disk is full: {said}",
            hint="make room; what was published before is unchanged",
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return DatabaseError(
            f"{about}there is not enough memory: {said}",
            hint="close other programs, or make room on the disk for temporary files",
        )
    if ABORTED in said:
        return DatabaseError(
            f"{about}a statement failed in the transaction that this connection is in",
            hint="execute ROLLBACK on it, and run again",
        )
    if isinstance(error, duckdb.TransactionException):
        return DatabaseLocked(
            f"{about}another thread of this process writes to the database: {said}",
            hint="run one build at a time on a connection, and run this one again",
        )
    if isinstance(error, BAD_VALUE):
        return DatabaseError(
            f"{about}a value of some row cannot be used: {said}",
            hint="correct that row in the raw tables, or the expression of the model",
        )
    return DatabaseError(
        f"{about}{said}", hint="nothing was published; correct what it names, and run again"
    )


def not_opened(path: Path, error: duckdb.Error) -> DatabaseError:
    """Return the error that says why a file cannot be opened, and who has it open."""
    said = str(error)
    if LOCKED.search(said):
        holder = HOLDER.search(said)
        who = f"{holder[1]} (process {holder[2]})" if holder else "another process"
        return DatabaseLocked(
            f"{path} is in use by {who}", hint="close it there, or stop that process, and run again"
        )
    if OPEN_ALREADY in said:
        return DatabaseError(
            f"this process has {path} open already, for reading or for writing",
            hint="close that first: close() of what connect() gave, or a with statement",
        )
    return DatabaseError(
        f"cannot open {path}: {first_line(error)}",
        hint="if it is damaged, or no DuckDB file of this version, move it away and build again",
    )


def first_line(error: Exception) -> str:
    """Return the first line of a message."""
    return str(error).strip().partition("\n")[0]
