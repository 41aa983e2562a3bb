"""The tables. Each file holds one table: its contract and its expression."""

from __future__ import annotations

from functools import cache

from cursor_marts.graph.definition import Model
from cursor_marts.graph.discovery import discover


@cache
def all_models() -> tuple[Model, ...]:
    """Return all models of the package in build order. Raises ContractError."""
    return discover(__name__)
