"""The Parquet files of the landing: named by month and content, and never changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

DIGITS = 16  #: of the SHA-256 sum, in the name of a file


@dataclass(frozen=True)
class File:
    """A file of a set: its name with its folder, its size in bytes, its SHA-256 sum, its rows."""

    name: str
    size: int
    sha256: str
    rows: int | None = None  #: None in a set that an earlier version has written

    @property
    def month(self) -> str:
        """The month of its rows, as in `2026-10`; `all` or `unknown` where they have none."""
        return Path(self.name).stem.rpartition("-")[0]


@dataclass(frozen=True)
class Stored:
    """All files of a raw table, in order, and the source that their rows come from."""

    source: str
    files: tuple[File, ...]

    @property
    def rows(self) -> int:
        """The number of rows in all files."""
        return sum(file.rows or 0 for file in self.files)


Files = Mapping[str, Stored]


def named_by_content(written: Path, resource: str, month: str, rows: int) -> File:
    """Give a file that has been written its lasting name; return what the manifest says of it."""
    sha256 = sum_of(written)
    name = f"{resource}/{month}-{sha256[:DIGITS]}.parquet"
    target = written.parent.parent / name
    written.replace(target)
    return File(name, target.stat().st_size, sha256, rows)


def linked(file: Path, target: Path) -> None:
    """Give a file a second name; some file systems have no hard links, and get a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file.resolve(), target)
    except OSError:
        shutil.copyfile(file, target)


def sum_of(path: Path) -> str:
    """Return the SHA-256 sum of a file."""
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def parsed(found: dict[str, Any], sources: Mapping[str, str]) -> dict[str, Stored]:
    """Read the files of a manifest; a set of an earlier version has one file for each resource.

    Raises ValueError for a name that would be a path out of the set.
    """
    stored = {}
    for resource, said in found.items():
        is_list = "files" in said
        files = tuple(File(**file) for file in (said["files"] if is_list else [said]))
        source = said["source"] if is_list else sources.get(resource, "")
        stored[resource] = Stored(source, files)
    for resource, file in each(stored):
        if not resource.isidentifier() or ".." in file.name or file.name.startswith("/"):
            raise ValueError(f"{resource!r} cannot be {file.name!r}")
    return stored


def each(files: Files) -> Iterator[tuple[str, File]]:
    """Yield each file with its resource."""
    for resource, stored in files.items():
        for file in stored.files:
            yield resource, file
