"""The page on cron and systemd: the shell and systemd read what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "cron-and-systemd.md").read_text("utf-8")
UNIT = re.compile(r"`/etc/systemd/system/([\w.-]+)`:\n\n```ini\n(.*?)^```$", re.M | re.S)
CRONTAB = re.compile(r"^```crontab\n10 3 \* \* \*  (.*)\n```$", re.M)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for name, text in UNIT.findall(PAGE):
        unit = text.replace("/srv/marts/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(unit, "utf-8")
    files = sorted(map(str, tmp_path.iterdir()))
    assert len(files) == 2
    run = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    said = [line for line in run.stderr.splitlines() if "cursor-marts" in line]
    assert (run.returncode, said) == (0, [])


@pytest.mark.parametrize(("code", "attempts"), [(0, 1), (1, 1), (2, 1), (75, 4)])
def test_the_line_of_cron_repeats_only_what_may_pass(
    code: int, attempts: int, tmp_path: Path
) -> None:
    """A program in the place of Python exits with a code, and notes each call."""
    (line,) = CRONTAB.findall(PAGE)
    (tmp_path / ".cursor_marts").write_text("")
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho "$*" >> calls\nexit {code}\n')
    program.chmod(0o755)
    line = line.replace("/srv/marts", str(tmp_path)).replace("sleep 300", "true")
    subprocess.run(["sh", "-c", line], env={"HOME": str(tmp_path), "PATH": "/bin"}, check=False)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == ["-m cursor_marts build --quiet"] * attempts
