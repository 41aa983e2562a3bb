"""Compiled builds on disk, and every change that makes one invalid."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

import cursor_marts
from cursor_marts.building import cache
from cursor_marts.building.request import Request
from cursor_marts.graph.variant import variant
from cursor_marts.models import all_models

pytestmark = pytest.mark.slow

PACKAGE = Path(cursor_marts.__file__).parent
#: Runs a command, and prints whether it compiled.
COUNTING = """
import sys
from cursor_marts.cli import main
try:
    main()
finally:
    print("compiled", "cursor_marts.building.compiling" in sys.modules)
"""


#: A selection that is compiled in a moment.
ONE = ("--select", "stg_repos")


class Copy:
    """A copy of the package with an edit, and a data folder of the embedded source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"

    def run(self, *words: str) -> tuple[bool, str]:
        """Return whether a command compiled, and what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", COUNTING, *words, "--data-dir", str(self.folder / "data")],
            cwd=self.folder,
            env=os.environ | {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        said, _, compiled = done.stdout.rpartition("compiled ")
        return compiled.strip() == "True", said + done.stderr

    @property
    def database(self) -> str:
        return str(self.folder / "data" / "analytics.duckdb")

    def edit(self, file: str, before: str, after: str) -> None:
        """Replace a text in the package; the file keeps its time, and its size if both match."""
        path = self.folder / "cursor_marts" / file
        times = path.stat()
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package, what it has built, and its cache."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(PACKAGE, folder / "cursor_marts", ignore=shutil.ignore_patterns("__py*"))
    Copy(folder).run("build", "--quiet")
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Copy:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return Copy(tmp_path)


def test_a_command_compiles_once_and_again_when_content_changes(copy: Copy) -> None:
    """An edit of a model or of the reference data counts, even with the same time and size."""
    assert copy.run("transform")[0] is False
    copy.edit("models/reference/ai_ratio_bands.csv", "high", "much")
    assert copy.run("transform")[0] is True
    with duckdb.connect(copy.database, read_only=True) as reader:
        bands = reader.sql("SELECT DISTINCT ai_usage_band FROM main_mart.mart_ai_impact").fetchall()
    assert ("much",) in bands
    copy.edit("models/marts/mart_velocity.py", "total_prs=_", "all_prs=_")
    assert "mart_velocity.all_prs: not in the contract" in copy.run("transform")[1]


def test_a_selection_and_a_job_have_their_own_cache_entry(copy: Copy) -> None:
    """Each has statements of its own."""
    for words in (("transform", *ONE), ("test", *ONE)):
        assert [copy.run(*words)[0], copy.run(*words)[0]] == [True, False]
    assert copy.run("transform")[0] is False


def test_other_raw_columns_are_compiled_again(copy: Copy) -> None:
    """Another tool may load a column with another name or type."""
    with duckdb.connect(copy.database) as connection:
        connection.execute("ALTER TABLE main_raw.repos RENAME COLUMN default_branch TO branch")
    assert copy.run("transform", *ONE)[0] is True


def test_a_damaged_or_unwritable_cache_is_ignored(copy: Copy) -> None:
    """The build is compiled again."""
    copy.run("transform", *ONE)
    for file in (copy.cache / "cursor_marts").iterdir():
        file.write_text('{"create')
    for expected in (True, False):
        compiled, said = copy.run("transform", *ONE)
        assert compiled is expected
        assert "Traceback" not in said
    shutil.rmtree(copy.cache)
    copy.cache.write_text("a file where the folder should be")
    compiled, said = copy.run("transform", *ONE)
    assert compiled
    assert "Traceback" not in said


def key_of_a_build() -> str | None:
    return Request.of("build", None, (), ()).key("duckdb", {})


@pytest.mark.parametrize("library", cache.LIBRARIES)
def test_the_versions_of_libraries_are_part_of_the_key(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Ibis, sqlglot, pandera or DuckDB may compile other SQL."""
    assert f"{library}-{version(library)}.dist-info" in cache.versions()
    before = key_of_a_build()
    (tmp_path / f"{library}-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    cache.fingerprint.cache_clear()
    try:
        assert key_of_a_build() != before
    finally:
        cache.fingerprint.cache_clear()


def test_dialect_job_selection_and_reference_data_are_parts_of_the_key() -> None:
    """Each of them changes the statements."""
    keys = [
        Request.of(job, None, select, ()).key(dialect, raw)
        for job in ("build", "test")
        for select in ((), ("mart_quality",))
        for dialect in ("duckdb", "snowflake")
        for raw in ({}, {"repos": {"full_name": "VARCHAR"}})
    ]
    with variant("a team's own"):
        keys.append(key_of_a_build())
    assert len(set(keys)) == len(keys)


def test_models_that_a_caller_passes_are_not_cached_on_disk() -> None:
    """A function in a notebook may change without another file."""
    assert Request.of("build", all_models(), (), ()).key("duckdb", {}) is None


def test_old_cache_files_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest used ones stay: what a user builds every day is compiled once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "cursor_marts").mkdir()
    for number in range(cache.FILES + 3):
        (tmp_path / "cursor_marts" / f"{number}").write_text("{}")
        os.utime(tmp_path / "cursor_marts" / f"{number}", (number, number))
    with cache.on_disk():
        assert cache.get("0") == "{}"
        cache.put("new", "value")
        assert cache.get("new") == "value"
    names = {file.name for file in (tmp_path / "cursor_marts").iterdir()}
    assert len(names) == cache.FILES
    assert "0" in names
    assert not names & {"1", "2", "3", "4"}
