"""What outlives a process: SQL compiled once, and used until anything it was made of changes.

Compiling is most of what a small build costs. What comes of it follows from the code that is loaded
and from the columns of the tables: it is kept in a file that the first names, under a name that the
second gives. Only commands keep anything: in a notebook, code changes under one's hands.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cached_property, lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

T = TypeVar("T")

#: Files that are kept, the latest: each command has one for each version of the code.
FILES = 16


class _Shelf:
    """The file of the code that is loaded when it is first asked for something."""

    new = False

    @cached_property
    def file(self) -> Path:
        return folder() / f"{_fingerprint()}.json"

    @cached_property
    def things(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self.file.read_text("utf-8")))
        return {}

    def save(self) -> None:
        """Write it whole or not at all; where it cannot be written, the next run compiles again."""
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self.file.parent, delete=False) as written:
                json.dump(self.things, written)
            os.replace(written.name, self.file)
            for old in sorted(self.file.parent.iterdir(), key=os.path.getmtime)[:-FILES]:
                old.unlink()


_open: ContextVar[_Shelf | None] = ContextVar("_open", default=None)
_variant: ContextVar[str] = ContextVar("_variant", default="")


@contextmanager
def variant(name: str) -> Iterator[None]:
    """Keep apart what is computed meanwhile: it follows from data that `name` stands for, too."""
    token = _variant.set(name)
    try:
        yield
    finally:
        _variant.reset(token)


def in_variant() -> str:
    """Return the name of the data in use, '' for the package's own."""
    return _variant.get()


@contextmanager
def keeping() -> Iterator[None]:
    """Keep what is marked as `kept` for later processes."""
    shelf = _Shelf()
    before = _open.set(shelf)
    try:
        yield
    finally:
        _open.reset(before)
        if shelf.new:
            shelf.save()


def kept(named: Callable[..., str | None]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Keep what a function returns, of a kind that JSON knows: always while the process lives.

    `named` says the arguments in words, so that the same words and code give the same value; where
    it cannot, and returns None, the value does not outlive the process.
    """

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        @lru_cache(maxsize=512)
        def compute(variant: str, *arguments: Any) -> T:
            return function(*arguments)

        @wraps(function)
        def remembered(*arguments: Any) -> T:
            shelf = _open.get()
            name = named(*arguments) if shelf else None
            if shelf is None or name is None:
                return compute(in_variant(), *arguments)
            key = " ".join(filter(None, (function.__name__, in_variant(), name)))
            if key not in shelf.things:
                shelf.things[key] = compute(in_variant(), *arguments)
                shelf.new = True
            found: T = shelf.things[key]
            return found

        return remembered

    return decorate


def address(thing: Any, function: Any = None) -> str | None:
    """Return where the code has a thing, which a function of its name may have made.

    None if it is not to be found there, as what a notebook or another function has defined.
    """
    named = function or thing
    module = sys.modules.get(named.__module__)
    there = getattr(module, "__file__", None) and getattr(module, named.__name__, None) is thing
    return f"{named.__module__}.{named.__name__}" if there else None


def folder() -> Path:
    """Return where files are kept: under XDG_CACHE_HOME, or `~/.cache`; all may be removed."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "cursor_marts"


def _fingerprint() -> str:
    """Return a text that changes with any file of any module that is loaded, and with our data."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    paths = {*filter(None, files), *map(str, Path(__file__).parents[1].rglob("*.csv"))}
    seen = sha256(sys.version.encode())
    for path in sorted(paths):
        with suppress(OSError):
            stat = os.stat(path)
            seen.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    return seen.hexdigest()[:32]
