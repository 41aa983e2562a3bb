"""The sources that an extraction can read, a line for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

#: The kind of a source, and the function or class that creates it.
SOURCES = {
    "simulator": "cursor_marts.sources.simulator.simulator",
    "cursor": "cursor_marts.sources.cursor.source.cursor",
    "github": "cursor_marts.sources.github.source.GitHubSource",
    "github_style": "cursor_marts.sources.github_style.source.github_style",
}


def source_of_kind(kind: str) -> Callable[..., Any]:
    """Return what creates a source of a kind; its module is imported now. Raises KeyError."""
    module, _, name = SOURCES[kind].rpartition(".")
    created: Callable[..., Any] = getattr(import_module(module), name)
    return created
