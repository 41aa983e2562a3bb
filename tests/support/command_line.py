"""Run the command line as a process: its output and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys

from typer.core import TyperGroup
from typer.main import get_command

from cursor_marts.cli.app import app

group = get_command(app)
assert isinstance(group, TyperGroup)
#: Each command by its name, with the options that it parses.
PARSERS = group.commands


def cursor_marts(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line without the settings of this process's environment."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CURSOR_")}
    return subprocess.run(
        [sys.executable, "-m", "cursor_marts", *arguments],
        capture_output=True,
        text=True,
        env=clean | {"COLUMNS": "100"} | environ,
        timeout=120,
        check=False,
    )


def failed(run: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the stderr of a run that must have failed with this exit code, without a traceback."""
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr + run.stdout
    return run.stderr
