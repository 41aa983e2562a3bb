"""Which reference data counts: the package's own, or that of a team while it is in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from cursor_marts.graph.variant import variant
from cursor_marts.models.reference.loading import load
from cursor_marts.models.reference.tables import Reference

_in_use: ContextVar[Reference | None] = ContextVar("_in_use", default=None)


def current() -> Reference:
    """Return the reference data in use: what is written into a model's expression."""
    return _in_use.get() or shipped()


@contextmanager
def using(reference: Reference) -> Iterator[None]:
    """Use other reference data. Compiled statements are cached apart for each."""
    token = _in_use.set(reference)
    try:
        with variant(reference.fingerprint):
            yield
    finally:
        _in_use.reset(token)


@cache
def shipped() -> Reference:
    """Return the package's own reference data."""
    return load()
