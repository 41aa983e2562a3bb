"""How a DuckDB connection is set while this package writes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

SETTINGS = {
    # Nobody is promised an order. Kept, it leaves row groups half full, which the next one to write
    # to the file has to merge: seconds for millions of rows.
    "preserve_insertion_order": "false",
    # DuckDB takes tables of an open transaction for empty, and joins empty ones by comparing each
    # row with each: on the next bug fix of four million pull requests it would never end.
    "asof_loop_join_threshold": "0",
}


@contextmanager
def writing(backend: Any) -> Iterator[None]:
    """Set the connection for bulk writes, and back in the end. No result depends on it."""
    values = ", ".join(f"current_setting('{name}')" for name in SETTINGS)
    before = dict(zip(SETTINGS, backend.raw_sql(f"SELECT {values}").fetchone(), strict=True))
    _set(backend, SETTINGS)
    try:
        yield
    finally:
        # In somebody's transaction that has failed, or cut off, nothing can be set.
        with suppress(duckdb.Error):
            _set(backend, before)


def _set(backend: Any, settings: dict[str, Any]) -> None:
    backend.raw_sql("; ".join(f"SET {name} = {value}" for name, value in settings.items()))
