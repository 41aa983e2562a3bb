"""The raw tables: contracts, Parquet files on disk or in a bucket, and their manifest."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.raw.tables import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Import the contracts when one is first used: other modules here need no pandera."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module("cursor_marts.raw.tables"), name)
