"""Which reference data expressions are compiled with, as a part of every cache key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_variant: ContextVar[str] = ContextVar("_variant", default="")


@contextmanager
def variant(name: str) -> Iterator[None]:
    """Compile with other reference data inside; `name` is the hash of its content."""
    token = _variant.set(name)
    try:
        yield
    finally:
        _variant.reset(token)


def current_variant() -> str:
    """Return the hash of the reference data in use, '' for the package's own."""
    return _variant.get()
