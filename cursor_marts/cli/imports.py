"""What a command need not import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.abc import MetaPathFinder
from typing import Any


class NotThere(MetaPathFinder):
    """Finds one module nowhere, so that to import it fails."""

    def __init__(self, name: str) -> None:
        """Hide the module of a name."""
        self.name = name

    def find_spec(self, fullname: str, _path: Any, _target: Any = None) -> None:
        """Raise ImportError for the module."""
        if fullname == self.name:
            raise ImportError(f"{fullname} is hidden", name=fullname)


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Let a module be found nowhere inside; later it can be imported as ever."""
    finder = NotThere(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def spare_pandas() -> None:
    """Let pyarrow believe that there is no pandas.

    With its first value pyarrow imports pandas, only to recognise that the value is none of its.
    That takes longer than to build the tables of a small team.
    """
    import pyarrow as pa

    with hidden("pandas"), suppress(ImportError):
        pa.scalar(None)


def spare_httpx_command() -> None:
    """Import httpx without its command line, and what that imports: rich, pygments and click."""
    with hidden("httpx._main"):
        import httpx  # noqa: F401
