"""The landing: a folder of Parquet files that is complete or absent."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from cursor_marts.errors import LandingError, LandingLocked
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES

LOCK, JOURNAL = "lock", "journal"
TRIES = 20  #: at a folder that others remove again and again
FULL = (errno.ENOSPC, errno.EDQUOT)


log = logging.getLogger(__name__)


@dataclass
class Work:
    """The working folders of a run: for landed rows, for spooled rows, and for journals."""

    landed: Path
    spooled: Path
    versions: Path
    keeps_answers: bool = False  #: whether the next run may use them although this one landed
    is_abandoned: bool = False  #: whether the landing stays as it is

    def journal(self, source: str) -> Path:
        """Return the path of a source's journal."""
        return self.versions / f"{JOURNAL}-{source}"


@contextmanager
def replacing(landing: Path, *, fresh: bool = False) -> Iterator[Work]:
    """Yield the working folders of a run; its result becomes the landing only if the run succeeds.

    The landing is a link to the folder of the last complete extraction. The link is switched in
    one step, so that readers find the old set or the new one complete, even if this process dies.
    The answers of an unfinished run stay for the next one, unless `fresh`. A run that fails without
    any leaves no new folder. Raises LandingError if the disk refuses, or if another extraction is
    running.
    """
    versions = landing.parent / f".{landing.name}"
    try:
        with _alone_in(versions):
            work = _work_in(versions, landing, fresh)
            try:
                yield work
                if work.is_abandoned:
                    return
                _switch(landing, work.landed)
                if not work.keeps_answers:
                    _forget_after_landing(versions)
            finally:
                with suppress(OSError):  # the next run removes the rest
                    _sweep(versions, landing)
    except OSError as error:
        room = "make room there, or " if error.errno in FULL else ""
        raise LandingError(
            f"cannot write to {landing.parent}: {error.strerror or error}",
            hint=f"{room}give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None


def _forget_after_landing(versions: Path) -> None:
    """Remove the journals of a run that has landed, which is complete even if that fails."""
    try:
        _forget(versions)
    except OSError as error:
        log.warning(
            "the extraction is complete; cannot remove its journal in %s: %s; "
            "give the next extraction --fresh",
            versions,
            error.strerror or error,
        )


def _work_in(versions: Path, landing: Path, fresh: bool) -> Work:
    _sweep(versions, landing)  # what a run that was killed has left
    if fresh:
        _forget(versions)
    landed = Path(mkdtemp(prefix="", dir=versions))
    landed.chmod(0o755)  # as open to other users as the folder around it
    return Work(landed, Path(mkdtemp(prefix="spool-", dir=versions)), versions)


@contextmanager
def _alone_in(versions: Path) -> Iterator[None]:
    """Create the folder and hold its lock, which the system releases if this process dies.

    The holder alone removes both, if the folder is empty otherwise. A lock may thus belong to a
    file that has been removed meanwhile and locks nobody out; then this tries again.
    """
    made = [folder for folder in versions.parents if not folder.exists()]
    while True:
        with _opened(versions / LOCK) as lock:
            _hold(lock, versions)
            if not _is_in_place(lock, versions / LOCK):
                continue
            try:
                yield
            finally:
                with suppress(OSError):  # somebody else works there by now
                    _leave(versions, made)
            return


def _opened(file: Path) -> IO[str]:
    """Open the lock file and create its folder, while other processes may remove both."""
    for _ in range(TRIES):
        with suppress(FileNotFoundError, FileExistsError):
            return _made(file)
    return _made(file)


def _made(file: Path) -> IO[str]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.open("a")


def _hold(lock: IO[str], versions: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LandingLocked(
            f"another extraction is writing to {versions.parent}",
            hint="wait for it to end, or give this one another --data-dir",
        ) from None


def _is_in_place(lock: IO[str], file: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(lock.fileno()), file.stat())
    return False


def _leave(versions: Path, made: list[Path]) -> None:
    if [path.name for path in versions.iterdir()] == [LOCK]:
        (versions / LOCK).unlink()
        for folder in (versions, *made):
            folder.rmdir()


def _switch(landing: Path, landed: Path) -> None:
    for file in (path for path in landed.rglob("*") if path.is_file()):
        with file.open("rb") as written:
            os.fsync(written.fileno())
    if landing.exists() and not landing.is_symlink():
        landing.rename(landed.parent / "by-hand")  # a plain folder that something else has made
    link = landed.parent / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(landed.parent.name) / landed.name)
    link.replace(landing)


def _forget(versions: Path) -> None:
    for journal in versions.glob(f"{JOURNAL}-*"):
        journal.unlink()


def _sweep(versions: Path, landing: Path) -> None:
    """Remove older sets and abandoned working folders."""
    current = Path(os.readlink(landing)).name if landing.is_symlink() else None
    for old in versions.iterdir():
        if old.name not in (current, LOCK) and not old.name.startswith(f"{JOURNAL}-"):
            shutil.rmtree(old, ignore_errors=True)


def files_in(landing: Path, manifest: Manifest) -> dict[str, list[Path]]:
    """Return the Parquet files of each raw table in a landing, in order.

    A landing of an earlier version, or of another tool, has a single file for a table, or a folder.
    """
    names = [name for name in RAW_TABLES if name != "extractions"]
    if not manifest.files:
        return {name: files_of(landing, name) for name in names}
    stored = {name: manifest.files[name].files for name in names if name in manifest.files}
    return {name: [landing / file.name for file in stored.get(name, ())] for name in names}


def files_of(landing: Path, resource: str) -> list[Path]:
    """Return the Parquet files of a resource: a single file, or the parts in a folder."""
    file = landing / f"{resource}.parquet"
    return [file] if file.exists() else sorted((landing / resource).glob("*.parquet"))
