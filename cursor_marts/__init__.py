"""Delivery metrics for teams that write code with Cursor.

From an AI code tracking API and GitHub to seven marts: `mart_velocity`, `mart_ai_impact`,
`mart_ai_impact_by_repo`, `mart_quality`, `mart_review_costs`, `mart_coverage`,
`mart_pull_requests`.

Every command of `python -m cursor_marts` is a function with the same name and options:

    build(source="http://localhost:8080")   extract, load, transform, test
    extract(…)  load()  transform()  test()  one step of it
    retry()                                 repeat the last run if its data tests failed
    prune(before="365d")                    drop what is older from the extracted history
    check()                                 every model against its contract
    diff()                                  what a change of the models does to the tables
    init("marts")                           a folder for marts, seeds and teams of your own
    run_model("mart_velocity", {…})         a model over a few rows, for a test

    ls("+mart_quality")                     the tables there are
    show("mart_velocity", limit=9)          rows, as an Arrow table
    sql("mart_quality", dialect="snowflake")
    lineage("+mart_quality").text()         what is made of what
    lineage(column="mart_quality.revert_rate").text()   the raw columns of one column
    describe("mart_quality")                grain, columns, units, meaning, tests
    artifacts()                             manifest.json and catalog.json, as dbt writes them
    report("report.html")                   the weekly page
    people(anonymous=True)                  whose email belongs to which account
    setup_sql(user="LOADER")                what an administrator of Snowflake runs once

In a notebook, each table is one step away: `connect().mart_velocity.to_pandas()`. On a
database connection of your own: `build_all(backend)`, `run_data_tests(backend)`. A table of
your own is a `Contract` and a `model`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.building.differences import Diff
    from cursor_marts.building.results import BuildReport
    from cursor_marts.building.run import build_all, run_data_tests
    from cursor_marts.commands.artifacts import artifacts
    from cursor_marts.commands.comparing import diff
    from cursor_marts.commands.database import connect
    from cursor_marts.commands.inspecting import describe, lineage, ls
    from cursor_marts.commands.new_project import init
    from cursor_marts.commands.pipeline import Outcome
    from cursor_marts.commands.queries import sql
    from cursor_marts.commands.reports import people, report
    from cursor_marts.commands.rows import show
    from cursor_marts.commands.settings import Settings
    from cursor_marts.commands.setup import setup_sql
    from cursor_marts.commands.steps import (
        build,
        check,
        extract,
        load,
        prune,
        retry,
        test,
        transform,
    )
    from cursor_marts.commands.trying import run_model
    from cursor_marts.contracts import Contract, Field, Table, data_test, row_rule, seed
    from cursor_marts.errors import CursorMartsError
    from cursor_marts.graph.catalog import Entry
    from cursor_marts.graph.conformance import check_contracts
    from cursor_marts.graph.definition import Model, model
    from cursor_marts.models import all_models
    from cursor_marts.raw.manifest import Manifest
    from cursor_marts.raw.window import Window
    from cursor_marts.reporting.column_lineage import ColumnLineage
    from cursor_marts.reporting.database import Database
    from cursor_marts.reporting.descriptions import Description
    from cursor_marts.reporting.lineage import Lineage
    from cursor_marts.sources.secret import Secret

    __version__: str

__all__ = [
    "BuildReport",
    "ColumnLineage",
    "Contract",
    "CursorMartsError",
    "Database",
    "Description",
    "Diff",
    "Entry",
    "Field",
    "Lineage",
    "Manifest",
    "Model",
    "Outcome",
    "Secret",
    "Settings",
    "Table",
    "Window",
    "all_models",
    "artifacts",
    "build",
    "build_all",
    "check",
    "check_contracts",
    "connect",
    "data_test",
    "describe",
    "diff",
    "extract",
    "init",
    "lineage",
    "load",
    "ls",
    "model",
    "people",
    "prune",
    "report",
    "retry",
    "row_rule",
    "run_data_tests",
    "run_model",
    "seed",
    "setup_sql",
    "show",
    "sql",
    "test",
    "transform",
]

#: Where each name lives. No module is called like a command: importing it would hide the function.
_HOMES = {
    "building.run": ("build_all", "run_data_tests"),
    "graph.catalog": ("Entry",),
    "building.differences": ("Diff",),
    "commands.comparing": ("diff",),
    "commands.inspecting": ("describe", "lineage", "ls"),
    "commands.queries": ("sql",),
    "commands.rows": ("show",),
    "commands.artifacts": ("artifacts",),
    "commands.reports": ("people", "report"),
    "commands.setup": ("setup_sql",),
    "commands.steps": (
        "build",
        "check",
        "extract",
        "load",
        "prune",
        "retry",
        "test",
        "transform",
    ),
    "graph.conformance": ("check_contracts",),
    "commands.settings": ("Settings",),
    "raw.window": ("Window",),
    "sources.secret": ("Secret",),
    "contracts": ("Contract", "Field", "Table", "data_test", "row_rule", "seed"),
    "reporting.column_lineage": ("ColumnLineage",),
    "reporting.descriptions": ("Description",),
    "reporting.lineage": ("Lineage",),
    "errors": ("CursorMartsError",),
    "graph.definition": ("Model", "model"),
    "models": ("all_models",),
    "raw.manifest": ("Manifest",),
    "commands.new_project": ("init",),
    "commands.pipeline": ("Outcome",),
    "commands.trying": ("run_model",),
    "commands.database": ("connect",),
    "reporting.database": ("Database",),
    "building.results": ("BuildReport",),
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: `import cursor_marts` itself costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        return version("cursor-marts")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
