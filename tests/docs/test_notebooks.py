"""The notebooks run without a warning, and their stored outputs are current."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
#: The suite's own filters, see pyproject.toml.
FILTERS = [
    "import warnings",
    "warnings.simplefilter('error')",
    "warnings.filterwarnings('ignore', \"The 'future.infer_string' option is deprecated\")",
    "warnings.filterwarnings('ignore', 'fetch_arrow_table')",
    # What the kernel says of itself when it is stopped.
    "warnings.filterwarnings('ignore', category=PendingDeprecationWarning, module='ipykernel')",
]
#: The kernels share the SQL of the package's models, as commands do: one of them compiles it.
SHARED_SQL = [
    "from cursor_marts.building.cache import on_disk",
    "_sql = on_disk(); _sql.__enter__()",
]
LARGEST = 300_000
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def executed(path: Path, folder: Path) -> Any:
    """Return the notebook with fresh outputs; its temporary files go to `folder`."""
    notebook = nbformat.read(path, 4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=[f"--IPKernelApp.exec_lines={line}" for line in FILTERS + SHARED_SQL],
        resources={"metadata": {"path": str(path.parent)}},
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CURSOR_")}
    (folder / "scratch").mkdir()
    client.execute(
        env=kept
        | {
            "IPYTHONDIR": str(folder / "ipython"),
            "TMPDIR": str(folder / "scratch"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
    )
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def outputs(notebook: Any) -> Iterator[Any]:
    """Yield each output of each code cell."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def said(notebook: Any) -> list[Any]:
    """Return the outputs without the pixels of pictures, which depend on the fonts."""
    return [
        o.text
        if o.output_type == "stream"
        else {kind: None if kind.startswith("image/") else text for kind, text in o.data.items()}
        for o in outputs(notebook)
    ]


@pytest.mark.docs
@every_notebook
def test_a_notebook_runs_and_its_stored_outputs_are_current(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """No error, no warning, nothing on stderr, no new file."""
    before = sorted(path.parent.iterdir())
    fresh = executed(path, tmp_path)
    assert sorted(path.parent.iterdir()) == before
    assert [o.text for o in outputs(fresh) if o.get("name") == "stderr"] == []
    assert list((tmp_path / "scratch").iterdir()) == []
    if request.config.getoption("--update-snapshots"):
        nbformat.write(fresh, path)
    assert said(fresh) == said(nbformat.read(path, 4)), "run: make notebooks"


@every_notebook
def test_the_stored_outputs_are_complete_and_small(path: Path) -> None:
    """Every code cell was run in order, with pictures and tables."""
    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    kinds = {kind for o in outputs(notebook) for kind in o.get("data", {})}
    assert {"image/png", "text/html"} <= kinds
    assert path.stat().st_size < LARGEST


@every_notebook
def test_the_stored_outputs_reveal_nothing_of_the_machine(path: Path) -> None:
    """No errors, no stderr, no paths and no ports."""
    notebook = nbformat.read(path, 4)
    assert {o.output_type for o in outputs(notebook)} <= {
        "stream",
        "display_data",
        "execute_result",
    }
    assert not any(o.get("name") == "stderr" for o in outputs(notebook))
    assert not re.search(r"/(tmp|home|root|Users|usr|work)/|127\.0\.0\.1", str(said(notebook)))


@every_notebook
def test_a_notebook_states_that_its_data_is_invented(path: Path) -> None:
    """In the first cell, and under the title of every chart."""
    first, *_ = nbformat.read(path, 4).cells
    assert first.cell_type == "markdown"
    assert "**The data here is invented" in first.source
    source = path.read_text()
    assert source.count("charts.titled(") == source.count("charts.source_of(") > 0
