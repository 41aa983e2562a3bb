"""Raw tables as views over the landed files give the same marts, also after the next extraction."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from support.in_memory import landed
from support.published_states import BROKEN, LARGE, SMALL, build, state, whole
from support.worlds import worlds

from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.commands.pipeline import run_load, run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.errors import DataTestsFailed, UsageError
from cursor_marts.models import all_models
from cursor_marts.simulator import World

pytestmark = pytest.mark.slow

KINDS = "SELECT table_type FROM information_schema.tables WHERE table_name = 'pull_requests'"


def found(landing: Path, raw: str) -> tuple[Any, ...]:
    """Return every mart and the failures of every test, for a landing loaded in one of two ways."""
    backend = ibis.duckdb.connect()
    load(landing, DuckDBSession(backend), raw)
    report = build_all(backend)
    again = run_data_tests(backend)
    marts = [model.name for model in all_models() if model.layer == "marts"]
    rows = {
        mart: backend.raw_sql(f"SELECT * FROM main_mart.{mart} ORDER BY ALL").fetchall()
        for mart in marts
    }
    failures = [(test.name, test.failures) for test in report.tests]
    assert failures == [(test.name, test.failures) for test in again.tests]
    return rows, failures


@settings(max_examples=8)
@given(world=worlds())
def test_views_and_tables_give_the_same_marts(world: World) -> None:
    """For any world: each row of each mart, and the count of each test."""
    with tempfile.TemporaryDirectory() as folder:
        landed(world, Path(folder) / "raw")
        assert repr(found(Path(folder) / "raw", "view")) == repr(
            found(Path(folder) / "raw", "table")
        )


def kind(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as connection:
        ((kind,),) = connection.sql(KINDS).fetchall()
        return str(kind)


def test_views_find_their_rows_after_the_next_extraction(tmp_path: Path) -> None:
    """A refused extraction removes the older landing, but the published tables stay complete."""
    database = tmp_path / "analytics.duckdb"
    build(SMALL, tmp_path, raw="view")
    assert kind(database) == "VIEW"
    with pytest.raises(DataTestsFailed):
        build(BROKEN, tmp_path, raw="view")
    with pytest.raises(DataTestsFailed):
        build(BROKEN, tmp_path, raw="view")
    assert state(database) == whole(SMALL)
    run_transform(Settings.read(data_dir=tmp_path, environ={}))
    assert state(database) == whole(SMALL)


def test_a_raw_table_may_become_a_view_and_a_table_again(tmp_path: Path) -> None:
    """The other kind is replaced, and unused files are deleted."""
    database = tmp_path / "analytics.duckdb"
    for world, raw in ((SMALL, "table"), (LARGE, "view"), (SMALL, "view"), (LARGE, "view")):
        build(world, tmp_path, raw=raw)
        assert state(database) == whole(world)
        assert kind(database) == ("VIEW" if raw == "view" else "BASE TABLE")
    assert len(list((tmp_path / ".raw-in-views").iterdir())) == 2
    run_load(Settings.read(data_dir=tmp_path, environ={}))
    assert kind(database) == "BASE TABLE"


def test_an_unknown_kind_of_raw_table_is_wrong_usage() -> None:
    """The error names the two kinds."""
    with pytest.raises(UsageError, match="use one of: table, view"):
        Settings.read(raw="index", environ={})
