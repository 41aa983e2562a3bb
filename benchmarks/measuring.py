"""Measure processes: their seconds, in all and by the parts that they report, and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

JOBS = Path(__file__).parent / "jobs.py"
#: The folder of everything that is measured.
PLACE = Path(__file__).parents[1] / ".venv" / "bench"
#: The cache of the commands.
KEPT = PLACE / "kept"
#: Python may write bytecode, so that only the first run compiles the imported modules.
ENVIRON = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRON["XDG_CACHE_HOME"] = str(KEPT)


@dataclass(frozen=True)
class Run:
    """One process: the seconds of the whole and of its parts, and the peak memory in MB.

    `cpu` are the seconds that its processors worked, which other load changes less.
    """

    process: float
    cpu: float
    parts: Mapping[str, float]
    memory: float

    def seconds(self, part: str) -> float:
        """Return the seconds of a part; 'process' is the whole, 'cpu' its processor time."""
        whole = {"process": self.process, "cpu": self.cpu}
        return whole[part] if part in whole else self.parts[part]


@dataclass
class Runs:
    """Several runs of the same command."""

    runs: list[Run] = field(default_factory=list)

    def seconds(self, part: str = "process") -> list[float]:
        """Return each run's seconds of a part."""
        return [run.seconds(part) for run in self.runs]

    def median(self, part: str = "process") -> float:
        """Return the median of the seconds of a part."""
        return median(self.seconds(part))

    @property
    def memory(self) -> float:
        """The largest peak, in MB."""
        return max(run.memory for run in self.runs)


def run(command: Sequence[str | Path], cwd: Path | None = None) -> Run:
    """Run a process to its end. Raises RuntimeError with its output if it fails."""
    with tempfile.TemporaryFile("w+") as said:
        os.sync()  # what an earlier process wrote is not written at this one's expense
        began = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], stdout=said, stderr=subprocess.STDOUT, cwd=cwd,
            env=ENVIRON,
        )  # fmt: skip
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{text[-4000:]}")
    last = text.strip().rpartition("\n")[2]
    parts = json.loads(last) if last.startswith("{") else {}
    return Run(seconds, usage.ru_utime + usage.ru_stime, parts, usage.ru_maxrss / 1024)


def job(name: str, folder: Path, memory: str | None = None) -> Run:
    """Run one of the jobs."""
    return run([sys.executable, JOBS, name, folder, *([memory] if memory else [])])


def in_turns(times: int, things: Mapping[str, Callable[[], Run]]) -> dict[str, Runs]:
    """Run functions alternately a number of times, so that other load affects all of them alike."""
    found = {name: Runs() for name in things}
    for _ in range(times):
        for name, thing in things.items():
            found[name].runs.append(thing())
    return found


def ratio(above: list[float], below: list[float]) -> float:
    """Return the median of the ratios of adjacent runs."""
    return median(a / b for a, b in zip(above, below, strict=True))
