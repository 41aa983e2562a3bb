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
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile

#: Files that stay when a new one is written: the latest ones.
FILES = 32
PACKAGE = Path(__file__).parents[1]
#: Libraries on whose versions the text of compiled SQL may depend.
LIBRARIES = ("duckdb", "ibis-framework", "pandera", "sqlglot")

_enabled: ContextVar[bool] = ContextVar("_enabled", default=False)


@contextmanager
def on_disk() -> Iterator[None]:
    """Use the files of earlier processes, and write files for later ones."""
    before = _enabled.set(True)
    try:
        yield
    finally:
        _enabled.reset(before)


def key(*parts: object) -> str:
    """Return the key of a value that follows from the code and from `parts`."""
    return _digest([fingerprint(), *map(repr, parts)])


def get(key: str) -> str | None:
    """Return the value of a key, None where there is none that can be read."""
    if not _enabled.get():
        return None
    with suppress(OSError, UnicodeDecodeError):
        return (folder() / key).read_text("utf-8")
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
    files = sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.csv")))
    contents = (f"{file.relative_to(PACKAGE)} {_hash(file.read_bytes())}" for file in files)
    return _digest([sys.version, *map(_version, LIBRARIES), *contents])


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library


def _digest(texts: list[str]) -> str:
    return _hash("\n".join(texts).encode())


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
