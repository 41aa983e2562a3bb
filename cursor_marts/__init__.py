"""Delivery metrics for teams that write code with Cursor.

From an AI code tracking API and a GitHub-style API to four marts: `mart_velocity`,
`mart_ai_impact`, `mart_quality`, `mart_review_costs`.

    run_build(Settings.read(source="http://localhost:8080"))   # extract, load, build, test
    build_all(backend)                                         # any backend with a raw schema
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.build import build_all, run_data_tests
    from cursor_marts.config import Secret, Settings, Window
    from cursor_marts.contracts import Contract, Field, Table, data_test, row_rule
    from cursor_marts.errors import CursorMartsError
    from cursor_marts.graph import Model, all_models, check_contracts, model
    from cursor_marts.manifest import Manifest
    from cursor_marts.pipeline import (
        Outcome,
        run_build,
        run_check,
        run_extract,
        run_load,
        run_test,
        run_transform,
    )
    from cursor_marts.reading import Database, connect
    from cursor_marts.report import BuildReport

__all__ = [
    "BuildReport",
    "Contract",
    "CursorMartsError",
    "Database",
    "Field",
    "Manifest",
    "Model",
    "Outcome",
    "Secret",
    "Settings",
    "Table",
    "Window",
    "all_models",
    "build_all",
    "check_contracts",
    "connect",
    "data_test",
    "model",
    "row_rule",
    "run_build",
    "run_check",
    "run_data_tests",
    "run_extract",
    "run_load",
    "run_test",
    "run_transform",
]

_HOMES = {
    "build": ("build_all", "run_data_tests"),
    "config": ("Secret", "Settings", "Window"),
    "contracts": ("Contract", "Field", "Table", "data_test", "row_rule"),
    "errors": ("CursorMartsError",),
    "graph": ("Model", "all_models", "check_contracts", "model"),
    "manifest": ("Manifest",),
    "pipeline": (
        "Outcome",
        "run_build",
        "run_check",
        "run_extract",
        "run_load",
        "run_test",
        "run_transform",
    ),
    "reading": ("Database", "connect"),
    "report": ("BuildReport",),
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: `import cursor_marts` itself costs nothing."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
