"""The current reference data: the package's own, or within `using` that of a team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from cursor_marts.graph.variant import variant
from cursor_marts.models.reference.loading import load
from cursor_marts.models.reference.tables import Reference

_current: ContextVar[Reference | None] = ContextVar("_current", default=None)


def current() -> Reference:
    """Return the reference data from which expressions are built now."""
    return _current.get() or shipped()


@contextmanager
def using(reference: Reference) -> Iterator[None]:
    """Build expressions from other reference data, which the cache keeps apart."""
    token = _current.set(reference)
    try:
        with variant(reference.fingerprint):
            yield
    finally:
        _current.reset(token)


@cache
def shipped() -> Reference:
    """Return the package's own reference data."""
    return load()
