"""The landing: a folder of Parquet files that is complete or absent."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from cursor_marts.errors import LandingError

LOCK, JOURNAL = "lock", "journal"
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Work:
    """Where a run works: folders for what it lands and spools, a file for what it was answered."""

    landed: Path
    spooled: Path
    journal: Path


@contextmanager
def replacing(landing: Path, *, fresh: bool = False) -> Iterator[Work]:
    """Give folders to work in; only when all went well does the landed one become the landing.

    The landing is a link to the folder of the last complete extraction, which is switched in one
    step: whoever reads it, and whenever this process dies, finds the old set or the new one whole.
    What an unfinished run was answered stays for the next one, unless `fresh`. Raises LandingError
    where the disk does not allow it, or another extraction is under way.
    """
    versions = landing.parent / f".{landing.name}"
    try:
        versions.mkdir(parents=True, exist_ok=True)
        with _alone_in(versions):
            work = _work_in(versions, landing, fresh)
            try:
                yield work
                _switch(landing, work.landed)
                work.journal.unlink(missing_ok=True)
            finally:
                _sweep(versions, landing)
    except OSError as error:
        room = "make room there, or " if error.errno in FULL else ""
        raise LandingError(
            f"cannot write to {landing.parent}: {error.strerror or error}",
            hint=f"{room}give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None


def _work_in(versions: Path, landing: Path, fresh: bool) -> Work:
    _sweep(versions, landing)  # what a run that was killed has left
    if fresh:
        (versions / JOURNAL).unlink(missing_ok=True)
    landed = Path(mkdtemp(prefix="", dir=versions))
    landed.chmod(0o755)  # as open to other users as the folder around it
    return Work(landed, Path(mkdtemp(prefix="spool-", dir=versions)), versions / JOURNAL)


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


def _switch(landing: Path, landed: Path) -> None:
    for file in landed.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    if landing.exists() and not landing.is_symlink():
        landing.rename(landed.parent / "by-hand")  # a plain folder that something else has made
    link = landed.parent / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(landed.parent.name) / landed.name)
    link.replace(landing)


def _sweep(versions: Path, landing: Path) -> None:
    """Remove older sets, and what was given up."""
    current = Path(os.readlink(landing)).name if landing.is_symlink() else None
    for old in versions.iterdir():
        if old.name not in (current, LOCK, JOURNAL):
            shutil.rmtree(old, ignore_errors=True)
