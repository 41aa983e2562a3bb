"""The variant of the reference data that expressions use; it is part of every cache key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_variant: ContextVar[str] = ContextVar("_variant", default="")


@contextmanager
def variant(name: str) -> Iterator[None]:
    """Mark the compilations inside as using other reference data; `name` is its hash."""
    token = _variant.set(name)
    try:
        yield
    finally:
        _variant.reset(token)


def current_variant() -> str:
    """Return the hash of the current reference data, '' for the package's own."""
    return _variant.get()
