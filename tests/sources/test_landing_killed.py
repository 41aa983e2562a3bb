"""A run that is killed at any step leaves the landing as it was, or as the run makes it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.landed_world import landed_rows

from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES

pytestmark = pytest.mark.slow

NAMES = [name for name in RAW_TABLES if name != "extractions"]
#: Extracts a world, or a later state of it, and kills itself at a step that writes.
CHILD = """
import os, signal, sys
from pathlib import Path
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of
from support.in_process import client_of

folder, later, last = Path(sys.argv[1]), sys.argv[2] == "later", int(sys.argv[3])
window = Window.parse("2026-08-01", "2026-11-20")
world = generate(3, end=window.end, days=80, developers=3)
if later:
    for pull in world.pulls[::9]:
        pull["title"] += " (changed)"
steps = 0
EVENTS = {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}

def count(event, args):
    global steps
    writes = event == "open" and isinstance(args[1], str) and set("wxa+") & set(args[1])
    if event in EVENTS or (writes and str(folder.parent) in str(args[0])):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
with client_of(Simulator(world, rate_limit=None)) as client:
    extract([source_of(client)], window, folder)
print(steps)
"""


def child(folder: Path, state: str, last: int = 0) -> tuple[int, int]:
    """Extract in another process; return its exit code and the number of its steps."""
    tests = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([tests, str(Path(tests).parent)])}
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), state, str(last)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode in (0, -signal.SIGKILL), ran.stderr
    return ran.returncode, int(ran.stdout or 0)


def content(folder: Path) -> dict[str, str]:
    """Return all rows of a landing, which its manifest must describe."""
    manifest = Manifest.read(folder)
    rows = {name: landed_rows(folder, name) for name in NAMES}
    assert {name: len(found) for name, found in rows.items()} == {
        name: manifest.files[name].rows for name in NAMES
    }
    return {name: json.dumps(found, default=str) for name, found in rows.items()}


def test_a_run_killed_at_any_step_leaves_one_of_two_states(tmp_path: Path) -> None:
    """Each time the next run is killed a little later; in the end one succeeds."""
    whole, folder = tmp_path / "whole" / "raw", tmp_path / "data" / "raw"
    child(whole, "first")
    old = content(whole)
    _, steps = child(whole, "later")
    new = content(whole)
    assert old != new
    child(folder, "first")
    seen = set()
    for last in sorted({1, 2, steps, *range(steps // 2, steps, max(1, steps // 8))}):
        code, _ = child(folder, "later", last)
        found = content(folder)
        assert found in (old, new), last
        seen.add((code, found == new))
    assert (-signal.SIGKILL, False) in seen
    code, _ = child(folder, "later")
    assert (code, content(folder)) == (0, new)
    assert len([path for path in (folder.parent / ".raw").iterdir() if path.is_dir()]) == 1
