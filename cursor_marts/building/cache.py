"""Compiled builds on disk: each is one file, named by the hash of all that it follows from.

Compiling costs more than running does on a small team's data. What comes of it follows from the
code, the versions of the libraries that compile, the columns of the raw tables, the dialect, the
selection, and a team's own models and reference files: any change of these is another key. Only
commands use the disk: in a notebook, loaded code may differ from its file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

#: Files that stay when a new one is written: the latest used ones.
FILES = 32
PACKAGE = Path(__file__).parents[1]
#: Libraries on whose versions the text of compiled SQL may depend.
LIBRARIES = ("duckdb", "ibis_framework", "pandera", "sqlglot")

_enabled: ContextVar[bool] = ContextVar("_enabled", default=False)


@contextmanager
def on_disk() -> Iterator[None]:
    """Use the files of earlier processes, and write files for later ones."""
    before = _enabled.set(True)
    try:
        yield
    finally:
        _enabled.reset(before)


def is_enabled() -> bool:
    """Return whether the disk is used."""
    return _enabled.get()


def key(*parts: object) -> str:
    """Return the key of a value that follows from the code and from `parts`."""
    return digest(fingerprint(), *map(repr, parts))


def get(key: str) -> str | None:
    """Return the value of a key, None where there is none that can be read."""
    if not _enabled.get():
        return None
    with suppress(OSError, UnicodeDecodeError):
        value = (folder() / key).read_text("utf-8")
        with suppress(OSError):  # a folder that is only read
            os.utime(folder() / key)
        return value
    return None


def put(key: str, value: str) -> None:
    """Write a value whole or not at all; where it cannot be written, the next run compiles."""
    if not _enabled.get():
        return
    with suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=folder(), encoding="utf-8", delete=False) as written:
            written.write(value)
        os.replace(written.name, folder() / key)
        for old in sorted(folder().iterdir(), key=os.path.getmtime)[:-FILES]:
            old.unlink()


def folder() -> Path:
    """Return where files are written: below XDG_CACHE_HOME, or `~/.cache`; all may be removed."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "cursor_marts"


@cache
def fingerprint() -> str:
    """Return a text that changes with the content of the package, and with its libraries."""
    contents = []
    for file in sorted(_files(str(PACKAGE))):
        with open(file, "rb") as content:
            contents.append(f"{os.path.relpath(file, PACKAGE)} {_hash(content.read())}")
    return digest(sys.version, *versions(), *contents)


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith((".py", ".csv")):
            yield entry.path


def versions() -> list[str]:
    """Return the folders of the libraries' metadata, whose names end in the versions.

    To import `importlib.metadata` would take longer than to read all files of the package.
    """
    beginnings = tuple(f"{library}-" for library in LIBRARIES)
    folders = (path for path in sys.path if os.path.isdir(path or "."))
    names = (name for folder in folders for name in os.listdir(folder or "."))
    return sorted(n for n in names if n.lower().startswith(beginnings) and n.endswith("-info"))


def digest(*texts: str) -> str:
    """Return the hash of some texts."""
    return _hash("\n".join(texts).encode())


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
