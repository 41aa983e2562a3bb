"""Extracts in forked processes, each of which kills itself one step later than the one before.

Run as a program, since a fork needs a process without threads: `python -m support.killed_runs
FOLDER STRIDE` kills a run at each STRIDE-th step and prints what each run left, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of
from support.in_process import client_of
from support.landed_world import landed_rows

WINDOW = Window.parse("2026-08-01", "2026-11-20")
NAMES = [name for name in RAW_TABLES if name != "extractions"]
WRITES = {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


def extract_world(folder: Path, *, later: bool, last: int = 0) -> int:
    """Extract the world, or its later state; die at the given step that writes."""
    world = generate(3, end=WINDOW.end, days=80, developers=3)
    if later:
        for pull in world.pulls[::9]:
            pull["title"] += " (changed)"
    steps = 0

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal steps
        opens = event == "open" and isinstance(args[1], str) and set("wxa+") & set(args[1])
        if event in WRITES or (opens and str(folder.parent) in str(args[0])):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    with client_of(Simulator(world, rate_limit=None)) as client:
        extract([source_of(client)], WINDOW, folder)
    return steps


def content(folder: Path) -> str:
    """Return a sum of all rows of a landing, which its manifest must describe."""
    manifest = Manifest.read(folder)
    rows = {name: landed_rows(folder, name) for name in NAMES}
    assert {name: len(found) for name, found in rows.items()} == {
        name: manifest.files[name].rows for name in NAMES
    }
    return sha256(json.dumps(rows, default=str).encode()).hexdigest()


def forked(work: Callable[[], object]) -> tuple[int, Any]:
    """Do something in a process of its own; return its exit code and its result."""
    reads, writes = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writes, json.dumps(work()).encode())
        os._exit(0)
    os.close(writes)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(reads) as answer:
        return code, json.loads(answer.read() or "null")


def outcomes(home: Path, stride: int) -> dict[str, Any]:
    """Return the two states, and what each run left; the last run is not killed."""
    whole, folder = home / "whole" / "raw", home / "data" / "raw"
    forked(lambda: extract_world(whole, later=False))
    _, old = forked(lambda: content(whole))
    _, steps = forked(lambda: extract_world(whole, later=True))
    _, new = forked(lambda: content(whole))
    forked(lambda: extract_world(folder, later=False))
    left = []
    for last in [*range(1, steps, stride), *range(steps, steps + stride), 0]:
        code, _ = forked(partial(extract_world, folder, later=True, last=last))
        left.append((code, forked(lambda: content(folder))[1]))
    versions = [path for path in (folder.parent / ".raw").iterdir() if path.is_dir()]
    return {"old": old, "new": new, "left": left, "versions": len(versions)}


def run(home: Path, stride: int) -> dict[str, Any]:
    """Return the outcomes of a process of its own."""
    tests = str(Path(__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-m", "support.killed_runs", str(home), str(stride)],
        cwd=tests,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([tests, str(Path(tests).parent)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


if __name__ == "__main__":
    print(json.dumps(outcomes(Path(sys.argv[1]), int(sys.argv[2]))))
