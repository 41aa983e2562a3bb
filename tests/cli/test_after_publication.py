"""After publication the exit code is 0 and the last line says so; before it, never.

Each call that opens a file for writing, or renames, creates or removes one, fails once, at every
place of a run: the audit hook of Python raises an error in its stead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.raw_rows import commit, filed, link, loaded, pr, review

from cursor_marts import transform
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

pytestmark = pytest.mark.slow

DRIVER = """
import errno, json, os, sys
from pathlib import Path
import duckdb
from typer.testing import CliRunner
from cursor_marts.cli.app import app

WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "os.chmod"}
countdown = None

def failing(event, args):
    global countdown
    if countdown is None or not is_write(event, args):
        return
    countdown -= 1
    if countdown < 0:
        countdown = None
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

def is_write(event, args):
    if event == "open":
        flags = args[2] or 0
        return bool(flags & (os.O_WRONLY | os.O_RDWR)) and str(args[0]) != os.devnull
    return event in WRITES

sys.addaudithook(failing)
folder, command, state = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]

def published():
    namespace = {"folder": folder, "duckdb": duckdb, "json": json}
    return eval(state, namespace)

for attempt in range(200):
    if command[0] == "transform":
        with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
            connection.execute("UPDATE main_raw.pull_requests SET additions = ?", [attempt])
    before = published()
    countdown = attempt
    run = CliRunner().invoke(app, command)
    reached, countdown = countdown is None, None
    crash = run.exception if not isinstance(run.exception, (SystemExit, type(None))) else None
    lines = (run.stdout + run.stderr).strip().splitlines()
    print(json.dumps({
        "code": run.exit_code,
        "published": published() != before,
        "crash": repr(crash) if crash else None,
        "last": run.stderr.strip().splitlines()[-1:] or [""],
        "failed": reached,
    }), flush=True)
    if not reached:
        break
"""
IN_DATABASE = """duckdb.connect(str(folder / "analytics.duckdb"), read_only=True).execute(
    "SELECT max(avg_pr_size) FROM main_mart.mart_velocity").fetchone()"""
ON_DISK = """json.loads((folder / "raw" / "manifest.json").read_text())["run_id"]"""


def driven(folder: Path, command: list[str], state: str) -> list[dict[str, Any]]:
    """Return the result of each run of a command whose n-th write fails in the n-th run."""
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), json.dumps(command), state],
        env=os.environ
        | {"CURSOR_MARTS_DATA_DIR": str(folder), "XDG_CACHE_HOME": f"{folder}/cache"},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_each_write_of_a_transform_fails_once(tmp_path: Path) -> None:
    """Published with exit code 0 and a warning, or not published with an error."""
    folder = filed(
        loaded(
            pull_requests=[pr()],
            commits=[commit()],
            pull_request_commits=[link()],
            reviews=[review()],
        ),
        tmp_path,
    )
    transform(data_dir=folder)
    runs = driven(folder, ["transform"], IN_DATABASE)
    assert len(runs) > 3, "no write was seen"
    assert not runs[-1]["failed"]
    for run in runs:
        assert run["crash"] is None, run
        assert (run["code"] == 0) == run["published"], run
    warned = [run for run in runs if "warning: " in run["last"][0]]
    assert warned, "no write of the report failed"
    assert all(run["last"][0].endswith("; the tables are published") for run in warned)


@pytest.mark.slow
def test_each_write_of_an_extraction_fails_once(tmp_path: Path) -> None:
    """The new set has replaced the previous one if, and only if, the exit code is 0."""
    world = generate(3, end=Window.parse().end, days=3, developers=2)
    with serve(Simulator(world, rate_limit=None)) as url:
        command = ["extract", "--source", url, "--start-date", "3d", "--fresh", "--quiet"]
        first = subprocess.run(
            [sys.executable, "-m", "cursor_marts", *command, "--data-dir", str(tmp_path)],
            check=True,
        )
        assert first.returncode == 0
        runs = driven(tmp_path, command, ON_DISK)
    assert len(runs) > 10
    for run in runs:
        assert run["crash"] is None, run
        assert (run["code"] == 0) == run["published"], run
