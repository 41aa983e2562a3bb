"""Commands as functions: the same names and options; results as values."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.raw_rows import at, comment, commit, filed, link, loaded, pr, review

import cursor_marts
from cursor_marts.building.dbt import run_results
from cursor_marts.building.run import build_all
from cursor_marts.cli.app import COMMANDS, function_of
from cursor_marts.engines.duckdb.connection import opened
from cursor_marts.engines.names import DUCKDB
from cursor_marts.errors import UsageError
from cursor_marts.models import all_models

pytestmark = pytest.mark.slow

#: Options that say how a result is printed: a function returns it as a value.
OF_PRINTING = {"context", "json", "quiet", "format", "profile"}
FUNCTIONS = [function_of(command) for command in COMMANDS if command != "simulate"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small built database."""
    backend = loaded(
        pull_requests=[pr(), pr(2, merged_at=at(24 * 7 + 20), is_bug_fix=True), pr(3)],
        commits=[commit(), commit("c2", pull_request_number=2)],
        pull_request_commits=[link()],
        reviews=[review(), review(2, 2, state="changes_requested")],
        review_comments=[comment()],
    )
    build_all(backend)
    return filed(backend, tmp_path_factory.mktemp("commands"))


@pytest.mark.parametrize("command", FUNCTIONS, ids=lambda command: command.__name__)
def test_a_command_and_its_function_have_the_same_options(command: Callable[..., None]) -> None:
    """The same names, order and defaults; None means not given."""
    function = getattr(cursor_marts, command.__name__)
    of_printing = OF_PRINTING - inspect.signature(function).parameters.keys()
    options = {
        name: option.default
        for name, option in inspect.signature(command).parameters.items()
        if name not in of_printing
    }
    parameters = {
        name: parameter.default if parameter.default != () else None
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "progress"
    }
    assert list(options.items()) == list(parameters.items())
    assert inspect.getdoc(function)


def test_every_step_can_be_quiet() -> None:
    """By the same option with the same default; a function prints nothing."""
    steps = {"build", "extract", "load", "transform", "test", "retry", "report"}
    options = {c: inspect.signature(function_of(c)).parameters for c in COMMANDS}
    assert {name for name, found in options.items() if "quiet" in found} == steps
    assert not any(options[name]["quiet"].default for name in steps)


def test_no_module_replaces_a_function() -> None:
    """All modules are imported, then each function is called."""
    names = [command.__name__ for command in FUNCTIONS]
    script = f"""
import importlib, pkgutil, cursor_marts
for module in pkgutil.walk_packages(cursor_marts.__path__, "cursor_marts."):
    if not module.name.endswith(("__main__", "reporting.openlineage")):  # it needs an extra
        importlib.import_module(module.name)
from cursor_marts import {", ".join(names)}
import inspect
print(all(inspect.isfunction(getattr(cursor_marts, name)) for name in {names}), build.__module__)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "True cursor_marts.commands.steps\n"


def test_the_help_of_a_function_is_complete() -> None:
    """A summary, an example, and all options with full names."""
    script = "import cursor_marts; help(cursor_marts)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    page = ran.stdout
    assert "Delivery metrics for teams" in page.splitlines()[3]
    description = page.partition("PACKAGE CONTENTS")[0]
    for command in FUNCTIONS:
        assert f"{command.__name__}(" in description, command.__name__
        assert f"\n    {command.__name__}(" in page.partition("FUNCTIONS")[2]
    assert max(len(line) for line in description.splitlines()) <= 100


def test_a_build_of_the_embedded_source_is_marked_as_invented(tmp_path: Path) -> None:
    """It must be requested by name; the result and the rows have the mark."""
    with pytest.raises(UsageError, match=r"no source is given\n.*'embedded' gives invented data"):
        cursor_marts.build(data_dir=tmp_path)
    outcome = cursor_marts.build("embedded", start_date="7d", data_dir=tmp_path)
    assert outcome.invented
    assert outcome.report is not None
    assert outcome.report.rows("mart_velocity") > 0
    rows = cursor_marts.show("mart_velocity", tmp_path, limit=None)
    assert rows.schema.metadata == {b"invented": b"true"}
    weeks = rows["week"].to_pylist()
    assert weeks == sorted(weeks, reverse=True), "the newest come first"
    first = cursor_marts.show("mart_velocity", tmp_path, limit=1)
    assert first.schema.metadata == {b"invented": b"true", b"of": str(rows.num_rows).encode()}
    assert first.to_pylist() == rows.to_pylist()[:1]
    with cursor_marts.connect(tmp_path) as db:
        assert db.invented


def test_an_extraction_that_is_not_loaded_is_named(tmp_path: Path) -> None:
    """Otherwise `extract` and `transform` would build the data of before in silence."""
    embedded: dict[str, Any] = {"source": "embedded", "start_date": "15d", "data_dir": tmp_path}
    assert cursor_marts.build(**embedded).warnings == ()
    assert cursor_marts.transform(data_dir=tmp_path).warnings == ()
    cursor_marts.extract(**embedded)
    for step in (cursor_marts.transform, cursor_marts.test):
        (warning,) = step(data_dir=tmp_path).warnings
        assert f"{tmp_path / 'raw'} holds a later extraction that is not loaded" in warning
    cursor_marts.load(data_dir=tmp_path)
    assert cursor_marts.transform(data_dir=tmp_path).warnings == ()


def test_rows_of_a_source_are_not_marked_as_invented(folder: Path) -> None:
    """The mark is for made-up data alone."""
    assert not cursor_marts.show("mart_velocity", folder).schema.metadata


def test_a_step_accepts_a_selection(folder: Path) -> None:
    """transform builds and test tests the selected tables."""
    built = cursor_marts.transform("mart_quality", data_dir=folder).report
    assert built is not None
    assert {r.model for r in built.models if r.built and r.layer == "marts"} == {"mart_quality"}
    stood = [result for result in built.models if not result.built and result.layer != "raw"]
    assert {result.layer for result in stood} == {"staging"}
    tested = cursor_marts.test(["marts"], exclude="mart_quality", data_dir=folder).report
    assert tested is not None
    assert {result.layer for result in tested.models} == {"marts"}
    marts = {model.name for model in all_models() if model.layer == "marts"}
    assert {result.model for result in tested.models} == marts - {"mart_quality"}
    ids = {entry["unique_id"] for entry in run_results(tested)["results"]}
    assert not [unique_id for unique_id in ids if unique_id.startswith("model.")]


def test_ls_returns_tables_in_build_order(folder: Path) -> None:
    """By selection and by layer."""
    assert [entry.name for entry in cursor_marts.ls()][-1] == "mart_velocity"
    upstream = ["repos", "extractions", "stg_repos"]
    assert [entry.name for entry in cursor_marts.ls("+stg_repos")] == upstream
    assert [e.name for e in cursor_marts.ls("+stg_repos", layer="staging")] == ["stg_repos"]
    with pytest.raises(UsageError, match="did you mean staging"):
        cursor_marts.ls(layer="stagin")
    with pytest.raises(UsageError, match="nothing is selected in layer marts"):
        cursor_marts.ls("stg_repos", layer="marts")


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_the_sql_of_a_model_returns_its_rows(model: Any, folder: Path) -> None:
    """The printed SQL runs on the built database, and returns the same rows."""
    text = cursor_marts.sql(model.name)
    with opened(folder / "analytics.duckdb", create=False) as connection:
        query = connection.execute(f"SELECT * FROM ({text}) ORDER BY ALL").fetchall()
        if model.layer != "intermediate":
            assert query
            table = f"{DUCKDB.schema(model.layer)}.{model.name}"
            kept = connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            assert query == kept


def test_the_sql_of_several_models_and_of_another_dialect() -> None:
    """Each has a title; Snowflake's names are upper case, with its schemas."""
    text = cursor_marts.sql("mart_quality staging.stg_repos", dialect="snowflake")
    assert [line for line in text.splitlines() if line.startswith("--")] == [
        "-- stg_repos",
        "-- mart_quality",
    ]
    assert '"STAGING"."STG_PULL_REQUESTS"' in text
    assert "int_pr_with_commits" not in text.lower()
    assert cursor_marts.sql(select="marts", exclude="mart_[acpqr]*") == cursor_marts.sql(
        "mart_velocity"
    )


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: cursor_marts.sql("repos"), "repos is a raw table"),
        (lambda: cursor_marts.sql("mart_qualty"), "did you mean mart_quality"),
        (lambda: cursor_marts.sql("mart_quality", dialect="oracle"), "use one of: duckdb, snow"),
        (lambda: cursor_marts.describe("mart_velocty"), "did you mean mart_velocity"),
        (lambda: cursor_marts.lineage("nothing_like"), "there is no table or layer"),
        (lambda: cursor_marts.lineage(column="mart_quality.wek"), "did you mean week"),
        (lambda: cursor_marts.lineage(downstream=True), "--downstream is about a column"),
        (lambda: cursor_marts.lineage("marts", column="repos.extra"), "exclude each other"),
    ],
)
def test_wrong_usage_is_an_error(call: Callable[[], Any], says: str) -> None:
    """It names the mistake and the valid values."""
    with pytest.raises(UsageError, match=says):
        call()


def test_describe_returns_everything_about_a_table() -> None:
    """Grain, columns with types, units and tests, neighbours."""
    table = cursor_marts.describe("stg_reviews")
    assert table == cursor_marts.describe("main_staging.stg_reviews")
    assert table.grain == ("repo_name", "pr_number", "review_id")
    assert (table.upstream, table.downstream) == (
        ("reviews", "repos", "extractions"),
        ("int_pr_with_commits",),
    )
    assert table.schemas == {"duckdb": "main_staging", "snowflake": "staging"}
    (submitted,) = [c for c in table.columns if c.name == "submitted_at"]
    assert submitted.types["duckdb"] == "TIMESTAMP"
    assert ("state_is_known", "warn") in {(test.name, test.severity) for test in table.tests}
    velocity = cursor_marts.describe("mart_velocity")
    assert {column.unit for column in velocity.columns} >= {"hours", "people", "lines"}
