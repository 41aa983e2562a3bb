"""A build of unchanged data by unchanged code publishes nothing; any other one does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.command_line import cursor_marts as command

import cursor_marts
from cursor_marts import Outcome
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, generate, serve

WINDOW = Window.parse("2026-08-01", "2026-11-20")


@pytest.fixture
def world() -> World:
    return generate(3, end=WINDOW.end, days=40, developers=3)


@pytest.fixture
def source(world: World) -> Iterator[str]:
    with serve(Simulator(world, rate_limit=None)) as url:
        yield url


def build(source: str, folder: Path, **options: Any) -> Outcome:
    start, end = str(WINDOW.start), str(WINDOW.end)
    return cursor_marts.build(source, data_dir=folder, start_date=start, end_date=end, **options)


def published_at(folder: Path) -> Any:
    with duckdb.connect(str(folder / "analytics.duckdb"), read_only=True) as connection:
        return connection.sql(
            "SELECT table_oid FROM duckdb_tables() WHERE schema_name = 'main_mart' ORDER BY 1"
        ).fetchall()


def test_a_second_build_publishes_nothing(source: str, tmp_path: Path) -> None:
    """It records the run, leaves every table as it is, and says so."""
    assert not build(source, tmp_path).unchanged
    before = published_at(tmp_path)
    second = build(source, tmp_path)
    assert second.unchanged
    assert second.report is None
    assert second.data()["unchanged"]
    assert published_at(tmp_path) == before
    days = ["--start-date", str(WINDOW.start), "--end-date", str(WINDOW.end)]
    said = command("build", "--source", source, *days, "--data-dir", str(tmp_path))
    assert said.returncode == 0
    assert "Nothing has changed since the tables were published: none was built." in said.stdout
    assert said.stdout.splitlines()[-1].split()[:1] == ["Next:"]
    assert " report --" in said.stdout.splitlines()[-1]
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        runs = connection.sql("SELECT count(DISTINCT run_id) FROM main_raw.extractions")
        assert runs.fetchone() == (3,)


def test_a_transform_publishes_nothing_on_request(source: str, tmp_path: Path) -> None:
    """Of unchanged data; without the option it builds."""
    build(source, tmp_path)
    assert cursor_marts.transform(data_dir=tmp_path, if_changed=True).unchanged
    assert not cursor_marts.transform(data_dir=tmp_path).unchanged
    assert cursor_marts.transform(data_dir=tmp_path, if_changed=True).unchanged


def change_a_title(world: World, folder: Path) -> dict[str, Any]:
    world.pulls[0]["title"] = "Another title"
    return {}


def drop_a_mart(world: World, folder: Path) -> dict[str, Any]:
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.sql("DROP TABLE main_mart.mart_quality")
    return {}


def add_an_account(world: World, folder: Path) -> dict[str, Any]:
    reference = folder / "reference"
    reference.mkdir()
    (reference / "accounts.csv").write_text("login,kind,vendor\nacme-deployer,bot,Acme\n")
    return {"reference": reference}


def transform_with_another_reference(world: World, folder: Path) -> dict[str, Any]:
    cursor_marts.transform(data_dir=folder, **add_an_account(world, folder))
    return {}


def build_a_part(world: World, folder: Path) -> dict[str, Any]:
    cursor_marts.transform("+mart_quality", data_dir=folder)
    return {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        change_a_title,
        drop_a_mart,
        add_an_account,
        transform_with_another_reference,
        build_a_part,
        lambda world, folder: {"strict": True},
        lambda world, folder: {"force": True},
        lambda world, folder: {"full_refresh": True, "force": True},
    ],
)
def test_whatever_a_publication_follows_from_is_built_again(
    change: Any, world: World, source: str, tmp_path: Path
) -> None:
    """Data, tables, reference files, the selection of the last build, strictness."""
    build(source, tmp_path)
    options = change(world, tmp_path)
    try:
        outcome = build(source, tmp_path, **options)
    except cursor_marts.CursorMartsError:
        assert "strict" in options, "the world has rows that a warning test finds"
    else:
        assert not outcome.unchanged
