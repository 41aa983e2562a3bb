"""The reference data of a run: the package's own, and over it that of a team's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cursor_marts.commands.options.groups import Reference
from cursor_marts.commands.settings import reference_of


@contextmanager
def files_in(folder: Path | None) -> Iterator[None]:
    """Use the reference files of a folder; without one, what is in use already.

    Raises UsageError where there is no such folder, and ReferenceFilesError, before anything runs,
    for a file or a line that cannot be used.
    """
    if folder is None:
        yield
        return
    from cursor_marts.models.reference import load, using

    with using(load(folder)):
        yield


@contextmanager
def files_of(options: Reference) -> Iterator[None]:
    """Use the reference files that the options of a command, or the environment, name."""
    with files_in(reference_of(options)):
        yield
