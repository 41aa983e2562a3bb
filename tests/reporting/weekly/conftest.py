"""A data folder that a build has filled, and copies of it that something was done to."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from support.own_marts import AUTHORS, added

from cursor_marts import build, transform
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

Changed = Callable[..., Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weekly")
    world = generate(5, end=Window.parse().end, days=50, developers=6)
    with serve(Simulator(world, rate_limit=None)) as url:
        build(source=url, start_date="50d", data_dir=folder)
    return folder


@pytest.fixture
def changed(built: Path, tmp_path: Path) -> Changed:
    """Copy the folder and run statements on the copy's database."""

    def change(*statements: str) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(built, folder)
        with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
            for statement in statements:
                connection.execute(statement)
        return folder

    return change


@pytest.fixture
def authors(changed: Changed, tmp_path: Path) -> Iterator[Path]:
    """A folder whose package has a fifth mart, built beside the four."""
    folder = changed()
    with added(tmp_path, "mart_authors", AUTHORS):
        transform(data_dir=folder, select="mart_authors")
        yield folder
