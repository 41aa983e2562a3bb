"""The variant of models and reference data in use; it is part of every cache key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_variant: ContextVar[str] = ContextVar("_variant", default="")


@contextmanager
def variant(name: str) -> Iterator[None]:
    """Mark the compilations inside as using other files; `name` is their hash.

    Within another variant it adds to that one.
    """
    token = _variant.set(f"{current_variant()}{name}")
    try:
        yield
    finally:
        _variant.reset(token)


def current_variant() -> str:
    """Return the hash of the files in use, '' for the package's own."""
    return _variant.get()
