"""SQL that outlives a process, and what makes it be compiled anew."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import cursor_marts
from cursor_marts.contracts import Table
from cursor_marts.graph import kept, model
from cursor_marts.models import all_models
from cursor_marts.models.marts.mart_velocity import MartVelocity, mart_velocity

pytestmark = pytest.mark.slow

PACKAGE = Path(cursor_marts.__file__).parent
#: Runs a command, and says how many expressions were made of models and contracts meanwhile.
COUNTING = """
import sys
from cursor_marts.graph import checks
from cursor_marts.graph import definition as graph
from cursor_marts.engines import statements
made = []
over, summary = graph.Model.over, statements.summary
graph.Model.over = lambda *told: made.append(told) or over(*told)
statements.summary = lambda *told: made.append(told) or summary(*told)
from cursor_marts.cli import main
try:
    main()
finally:
    print("made", len(made))
"""


class Shop:
    """A copy of the package, and a data folder with what a simulator made up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PACKAGE, folder / "cursor_marts", ignore=shutil.ignore_patterns("__py*"))
        self.cache = folder / "cache"

    def runs(self, *words: str) -> tuple[int, str]:
        """Return how many expressions a command has made, and what it says."""
        done = subprocess.run(
            [sys.executable, "-c", COUNTING, *words, "--data-dir", str(self.folder / "data")],
            cwd=self.folder,
            env=os.environ | {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        said, _, made = done.stdout.rpartition("made ")
        return int(made), said + done.stderr

    def edit(self, file: str, before: str, after: str) -> None:
        """Replace a text in the package."""
        path = self.folder / "cursor_marts" / file
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.runs("build", "--quiet")
    return shop


def test_a_command_compiles_once_and_again_when_the_code_has_changed(shop: Shop) -> None:
    """A model or the reference data: whatever it is, it counts at once."""
    first, _ = shop.runs("transform")
    second, said = shop.runs("transform")
    assert (first > 0, second) == (True, 0)
    assert "mart_velocity" in said
    shop.edit("models/reference/ai_ratio_bands.csv", "high", "plenty")
    made, said = shop.runs("transform", "--json")
    assert made == first
    with duckdb.connect(str(shop.folder / "data" / "analytics.duckdb"), read_only=True) as reader:
        bands = reader.sql("SELECT DISTINCT ai_usage_band FROM main_mart.mart_ai_impact").fetchall()
    assert ("plenty",) in bands
    shop.edit("models/marts/mart_velocity.py", "total_prs=_", "all_prs=_")
    assert "mart_velocity.all_prs: not in the contract" in shop.runs("transform")[1]


def test_what_cannot_be_read_or_written_is_compiled(shop: Shop) -> None:
    """The folder may hold anything, or be out of reach."""
    shop.runs("transform")
    for file in (shop.cache / "cursor_marts").iterdir():
        file.write_text('{"create')
    for compiled in (True, False):
        made, said = shop.runs("transform")
        assert (made > 0) is compiled
        assert "Traceback" not in said
    shutil.rmtree(shop.cache)
    shop.cache.write_text("a file where the folder should be")
    made, said = shop.runs("transform")
    assert made > 0
    assert "Traceback" not in said


def test_only_what_the_code_has_by_its_name_is_kept() -> None:
    """What a function or a notebook defines may be something else next time."""

    @model
    def mart_velocity_too(velocity: Table[MartVelocity]) -> Table[MartVelocity]:
        return velocity

    assert mart_velocity.address == "cursor_marts.models.marts.mart_velocity.mart_velocity"
    assert kept.address(MartVelocity) == "cursor_marts.models.marts.mart_velocity.MartVelocity"
    assert mart_velocity_too.address is None
    assert all(each.address for each in all_models())


def test_files_of_old_code_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest ones stay, so that the folder does not grow."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "cursor_marts").mkdir()
    for number in range(kept.FILES + 3):
        (tmp_path / "cursor_marts" / f"{number}.json").write_text("{}")
        os.utime(tmp_path / "cursor_marts" / f"{number}.json", (number, number))

    @kept.kept(str)
    def twice(number: int) -> int:
        return 2 * number

    with kept.keeping():
        assert twice(2) == 4
    names = {file.name for file in (tmp_path / "cursor_marts").iterdir()}
    assert len(names) == kept.FILES
    assert not names & {"0.json", "1.json", "2.json", "3.json"}
