"""Models without a database: their definition, order, data tests and checks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.graph.definition import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Import the definitions on first use."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module("cursor_marts.graph.definition"), name)
