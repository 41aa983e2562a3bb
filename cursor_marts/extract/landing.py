"""The landing: a folder of Parquet files that is complete or absent."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from cursor_marts.contracts import schema_of
from cursor_marts.errors import LandingError
from cursor_marts.extract.records import Row
from cursor_marts.raw import RAW_TABLES

LOCK = "lock"


@contextmanager
def replacing(landing: Path) -> Iterator[Path]:
    """Give a fresh folder to write to; only when all went well does it become the landing.

    The landing is a link to the folder of the last complete extraction, which is switched in one
    step: whoever reads it, and whenever this process dies, finds the old set or the new one whole.
    Raises LandingError where the disk does not allow it, or another extraction is under way.
    """
    versions = landing.parent / f".{landing.name}"
    try:
        versions.mkdir(parents=True, exist_ok=True)
        with _alone_in(versions):
            fresh = Path(mkdtemp(prefix="", dir=versions))
            fresh.chmod(0o755)  # as open to other users as the folder around it
            try:
                yield fresh
                _switch(landing, fresh)
            finally:
                _sweep(versions, landing)
    except OSError as error:
        raise LandingError(
            f"cannot write to {landing.parent}: {error.strerror or error}",
            hint="give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None


@contextmanager
def _alone_in(versions: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system takes back from a process that dies."""
    with (versions / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LandingError(
                f"another extraction is writing to {versions.parent}",
                hint="wait for it to end, or give this one another --data-dir",
            ) from None
        yield


def _switch(landing: Path, fresh: Path) -> None:
    if landing.exists() and not landing.is_symlink():
        landing.rename(fresh.parent / "by-hand")  # a plain folder that something else has made
    link = fresh.parent / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(fresh.parent.name) / fresh.name)
    link.replace(landing)


def _sweep(versions: Path, landing: Path) -> None:
    """Remove what neither the landing nor the lock is: older sets, and what was given up."""
    current = Path(os.readlink(landing)).name if landing.is_symlink() else None
    for old in versions.iterdir():
        if old.name not in (current, LOCK):
            shutil.rmtree(old, ignore_errors=True)


def write(folder: Path, tables: dict[str, list[Row]]) -> None:
    """Write every raw resource as `<resource>.parquet`, typed as its contract says.

    Rows are sorted, so that the order in which a source happens to answer leaves no trace: not in
    the files, and not in the last digits of a sum of floats.
    """
    for resource, rows in tables.items():
        schema = schema_of(RAW_TABLES[resource])
        table = pa.Table.from_pylist(rows, schema.to_pyarrow())
        order = [
            (name, "ascending")
            for name, type_ in schema.items()
            if not type_.nullable or name == "created_at"
        ]
        pq.write_table(table.sort_by(order), folder / f"{resource}.parquet")
