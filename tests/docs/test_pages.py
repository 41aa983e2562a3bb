"""The commands of the README and of the pages under docs print what the page shows."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.doc_pages import Block, Reader, blocks_of
from support.github.clock import MovedClock, as_text
from support.github.emulator import Emulator
from support.github.server import serve as serve_github
from support.github.world import World, pull_request, repository
from support.installed_wheel import installed

from cursor_marts.building.cache import on_disk
from cursor_marts.commands.pipeline import run_build
from cursor_marts.commands.settings import Settings
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY

ROOT = Path(__file__).parents[2]
#: The page for those who have installed the package.
WITHOUT_CHECKOUT = "add-a-model.md"
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if page.name != WITHOUT_CHECKOUT and any(blocks_of(page.read_text()))
]


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    with serve(Simulator(generate(days=30), rate_limit=None)) as url:
        yield url


@pytest.fixture(scope="module")
def demo(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a build has filled, whose SQL the commands of the pages find cached."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    window = Window.parse("29d")
    with on_disk():
        run_build(Settings(source=source, invented=True, window=window, data_dir=folder))
    return folder


@pytest.fixture(scope="module")
def github() -> Iterator[str]:
    """The REST address of a GitHub that knows one organisation."""
    now = time.time()
    merged = pull_request(1, as_text(now), createdAt=as_text(now), mergedAt=as_text(now))
    world = World([repository("acme/web", [merged | {"state": "MERGED"}])])
    with serve_github(Emulator(world, clock=MovedClock(now + 60))) as rest:
        yield rest


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which the wheel is installed."""
    return installed(tmp_path_factory.mktemp("wheel"))


def reader_of(folder: Path, programs: Path, source: str, github: str) -> Reader:
    """Return what executes blocks in a folder, with the programs of an environment."""
    # A make that knows it was started by another says where it works.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    path = f"{programs}:{os.environ['PATH']}"
    return Reader(
        folder,
        {**outside, "PATH": path, "COLUMNS": "100", "GITHUB_API_URL": github},
        {
            "make build": "make --old-file=.venv/run.stamp build",  # the environment is there
            "https://your-source.example": source,
            "http://localhost:8080": source,
            "gs://bucket/prefix": str(folder / "bucket"),
            "CURSOR_API_KEY=…": f"CURSOR_API_KEY={DEVELOPMENT_KEY}",
            "GITHUB_TOKEN=…": "GITHUB_TOKEN=ghp_valid",
        },
    )


def compare(page: Path, reader: Reader) -> None:
    """Execute the blocks of a page; each must print what the page shows."""
    for block in blocks_of(page.read_text()):
        appeared = reader.types(block)
        assert "Traceback" not in appeared, f"{block.typed}\n{appeared}"
        if block.shown:
            assert block.expected.fullmatch(appeared), f"{block.typed}\n{appeared}"


@pytest.fixture
def reader(
    source: str, github: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Reader:
    """Executes blocks in a folder like a checkout, with an installed environment."""
    shutil.copytree(demo, tmp_path / "data")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "cursor_marts", tmp_path / "cursor_marts")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    monkeypatch.chdir(tmp_path)
    return reader_of(tmp_path, Path(sys.executable).parent, source, github)


@pytest.mark.slow
def test_a_project_needs_only_the_wheel(
    programs: Path, source: str, github: str, demo: Path, tmp_path: Path
) -> None:
    """The page that starts a project, in a folder that holds nothing but data."""
    shutil.copytree(demo, tmp_path / "data")
    reader = reader_of(tmp_path, programs, source, github)
    compare(ROOT / "docs" / WITHOUT_CHECKOUT, reader)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_prints_the_output_that_it_shows(page: Path, reader: Reader) -> None:
    """Block by block, in order; a block without output only has to succeed."""
    compare(page, reader)


@pytest.mark.parametrize(
    ("shown", "appeared", "fits"),
    [
        ("a 1\n", "a 1\n", True),
        ("a 1\n", "a 2\n", False),
        ("a 1\n", "a   1\n", True),
        ("a ... c\n", "a whatever c\n", True),
        ("a ... c\n", "a\nc\n", False),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\nc\n", "a\nb\nd\n", False),
        ("a\n", "a\nb\n", False),
    ],
)
def test_the_output_of_a_block_must_match(shown: str, appeared: str, fits: bool) -> None:
    """Only dots match other text; more blanks are allowed, a missing line is not."""
    block = Block("console", "", shown, "")
    assert bool(block.expected.fullmatch(appeared)) is fits
    moving = Block("console", "", shown, "numbers move")
    assert moving.expected.fullmatch(shown.replace("1", "2,345.6"))


def test_a_block_is_skipped_only_with_a_reason() -> None:
    """The text block after a Python block is its output."""
    page = (
        "<!-- not run: it takes long -->\n```console\n$ make\n```\n"
        "```python\nprint(1)\n```\n\n```text\n1\n```\n\n```console\n$ a\nx\n$ b\n```\n"
    )
    assert [(block.typed, block.shown) for block in blocks_of(page)] == [
        ("print(1)\n", "1\n"),
        ("a", "x\n"),
        ("b", ""),
    ]
