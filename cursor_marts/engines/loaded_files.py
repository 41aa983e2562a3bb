"""The record of which landed files the raw tables hold, and what of a set differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cursor_marts.engines.inspection import Columns
from cursor_marts.engines.quoting import literal
from cursor_marts.engines.session import Session
from cursor_marts.raw.files import File, Files, Stored

RECORD = "loaded_files"
COLUMNS = ("resource", "landed_month", "sha256")

#: Raw table → month → the sum of the file that is loaded.
Loaded = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Difference:
    """What a raw table lacks: months whose rows go, and files whose rows come.

    Where `months` is None, all rows go.
    """

    months: tuple[str, ...] | None
    files: tuple[File, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to load or to delete."""
        return self.months is None or bool(self.months or self.files)


def difference(stored: Stored, loaded: dict[str, str] | None) -> Difference:
    """Compare the files of a raw table with those that are loaded; None: nothing is known of it."""
    if loaded is None:
        return Difference(None, stored.files)
    current = {file.month: file.sha256 for file in stored.files}
    outdated = tuple(month for month, sha256 in loaded.items() if current.get(month) != sha256)
    files = tuple(file for file in stored.files if loaded.get(file.month) != file.sha256)
    return Difference(outdated, files)


def create(session: Session) -> str:
    """Return the statement that creates the record unless it exists."""
    columns = ", ".join(f"{_name(session, name)} VARCHAR" for name in COLUMNS)
    return f"CREATE TABLE IF NOT EXISTS {_table(session)} ({columns})"


def read(session: Session) -> Loaded:
    """Return the record, which has to exist."""
    loaded: Loaded = {}
    for resource, month, sha256 in session.ask(query(session)):
        loaded.setdefault(resource, {})[month] = sha256
    return loaded


def query(session: Session) -> str:
    """Return the query of the whole record."""
    names = ", ".join(_name(session, name) for name in COLUMNS)
    return f"SELECT {names} FROM {_table(session)}"


def is_recorded(session: Session, raw: Columns) -> bool:
    """Return whether the record exists, by the columns of all raw tables."""
    return session.names.spelled(RECORD) in raw


def rows_of(files: Files) -> list[tuple[str, str, str]]:
    """Return the rows of the record of a set."""
    return [
        (resource, file.month, file.sha256)
        for resource, stored in files.items()
        for file in stored.files
    ]


def replace(session: Session, files: Files) -> list[str]:
    """Return the statements that make a set the one that is recorded."""
    rows = ", ".join(f"({', '.join(map(literal, row))})" for row in rows_of(files))
    if rows and session.names.dialect == "snowflake":
        return [f"INSERT OVERWRITE INTO {_table(session)} VALUES {rows}"]
    insert = f"INSERT INTO {_table(session)} VALUES {rows}"
    return [f"DELETE FROM {_table(session)}", *([insert] if rows else [])]


def delete(session: Session, resource: str, months: Sequence[str] | None) -> list[str]:
    """Return the statement that deletes the rows of some months, or all rows if that is None.

    There is no statement for no months.
    """
    statement = f"DELETE FROM {session.names.table('raw', resource)}"
    if months is None:
        return [statement]
    listed = ", ".join(map(literal, months))
    where = f" WHERE {_name(session, 'landed_month')} IN ({listed})"
    return [f"{statement}{where}"] if months else []


def _table(session: Session) -> str:
    return session.names.table("raw", RECORD)


def _name(session: Session, name: str) -> str:
    return f'"{session.names.spelled(name)}"'
