"""The page of a benchmark: the measurements, the machine, and the goals that were reached."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from invented import SIZES
from measuring import Run

LIBRARIES = ("duckdb", "ibis-framework", "sqlglot", "pandera", "pyarrow")
DBT = "dbt-core 1.11.16, dbt-duckdb 1.11.1"


class Results:
    """The rows and goals so far, and the page that lists them."""

    def __init__(self) -> None:
        """Create a page without rows."""
        self._rows: list[str] = []
        self._goals: list[str] = []
        self.minutes: dict[str, float] = {}

    def add(self, size: str, what: str, runs: Sequence[Run], part: str = "process") -> None:
        """Add a row: median, spread, processor time of the process and peak memory of some runs."""
        seconds = [each.seconds(part) for each in runs]
        spread = f"{min(seconds):.2f} – {max(seconds):.2f}" if len(seconds) > 1 else ""
        memory = max(each.memory for each in runs)
        cpu = median(each.cpu for each in runs)
        self._rows.append(
            f"| {size} | {what} | {len(runs)} | {median(seconds):.2f} | {spread} "
            f"| {cpu:.2f} | {memory:,.0f} |"
        )

    def goal(
        self, what: str, value: float, *, most: float | None = None, least: float | None = None
    ) -> None:
        """Add a figure, and whether it reaches its goal, if it has one."""
        reached, aim = "", ""
        if most is not None:
            reached, aim = ("yes" if value <= most else "**no**"), f"at most {most:g}"
        if least is not None:
            reached, aim = ("yes" if value >= least else "**no**"), f"at least {least:g}"
        self._goals.append(f"| {what} | {value:.2f} | {aim} | {reached} |")

    def text(self) -> str:
        """Return the page."""
        return "\n".join(
            [
                "# The cost of a build",
                "",
                f"Printed by `make bench` after {sum(self.minutes.values()):.0f} minutes "
                f"({self._minutes()}); ratios are of runs made in turn.",
                "",
                f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}. {_versions()}.",
                "",
                *(_size(name) for name in SIZES),
                "",
                "| figure | found | goal | reached |",
                "| --- | ---: | ---: | :---: |",
                *self._goals,
                "",
                "| size | what | runs | median s | spread s | process CPU s | peak MB |",
                "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
                *self._rows,
                "",
            ]
        )

    def _minutes(self) -> str:
        return ", ".join(f"{size}: {minutes:.1f}" for size, minutes in self.minutes.items())


def _size(name: str) -> str:
    size = SIZES[name]
    return (
        f"- {name}: {size.pull_requests:,} pull requests, {size.commits:,} commits, "
        f"{size.reviews:,} reviews"
    )


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load, *_ = os.getloadavg()
    return f"{os.cpu_count()} cores ({_cpu()}), {memory:.0f} GB, load {load:.1f} at the end"


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> str:
    ours = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()}, {ours}; {DBT}"
