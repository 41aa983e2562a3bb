"""The tables. Each file holds one table: its contract and its expression."""

from __future__ import annotations

from functools import cache

from cursor_marts.graph.definition import Model
from cursor_marts.graph.discovery import discover
from cursor_marts.models.own import current_own, with_own


def all_models() -> tuple[Model, ...]:
    """Return all models in build order: the package's, and those of the project in use.

    Raises ContractError, and ReferenceFilesError for a seed that cannot be used.
    """
    own = current_own()
    return shipped_models() if own is None else with_own(own, shipped_models())


@cache
def shipped_models() -> tuple[Model, ...]:
    """Return all models of the package in build order. Raises ContractError."""
    return discover(__name__)
