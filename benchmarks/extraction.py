"""The cost of an extraction in requests, time and memory, printed and written to EXTRACTION.md.

    make bench-extract

Every source and every measured run has its own process. The output names a goal that is missed.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from support.team_sizes import floor, team

HERE = Path(__file__).parent
REPORT = HERE / "EXTRACTION.md"
DLT = HERE.parent / ".venv" / "dlt" / "bin" / "python"
ROUNDS = 5
BURST = PER_MINUTE = 100
COMMITS = (10_000, 100_000, 1_000_000)
MEGABYTE = 1e6
#: The goals: requests by the floor, and bytes for a million commits ("a few hundred MB").
BUDGET, MEMORY = 1.5, 500 * MEGABYTE
#: What counts as none: peaks of the same run differ by so much.
GROWTH = 1.05
#: A plain reader's requests: repositories, commits, six passes over the pull requests, and one
#: more for the reviews of each.
PLAIN = 1 + 6 + 6 * 60 + 6000

Run = dict[str, Any]


@contextmanager
def source(*options: str) -> Iterator[str]:
    """Serve a source in its own process; yield its address."""
    command = [sys.executable, str(HERE / "extraction_source.py"), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def run(kind: str, url: str, file: Path | None = None, python: Path | None = None) -> Run:
    """Return the measurements of a run in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [python or sys.executable, HERE / "extraction_runs.py", kind, url, file or folder]
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
    if done.returncode:
        sys.exit(f"{kind} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def environment() -> dict[str, str]:
    """Return the environment of this process, with the tests on the import path."""
    return os.environ | {
        "PYTHONPATH": str(HERE.parent / "tests"),
        "RUNTIME__DLTHUB_TELEMETRY": "false",
    }


def spread(values: list[float], form: str = "{:.2f}") -> str:
    """Return median and range as text."""
    low, middle, high = (form.format(f(values)) for f in (min, median, max))
    return f"{middle} ({low} to {high})"


def verdict(reached: bool) -> str:
    """Say whether a goal is met."""
    return "met" if reached else "**MISSED**"


def requests() -> list[str]:
    """Count the requests for teams in random order, and compare them with the minimum."""
    rates, counts = [], []
    for seed in range(ROUNDS):
        least = floor(team(pulls=6000, reviews=9700, commits=6000, seed=seed))
        with source("team", "--seed", str(seed)) as url:
            counts.append(run("extract", url)["requests"])
        rates.append(counts[-1] / least)
    return [
        "## Requests",
        "",
        "A team of 40 over 90 days: 6,000 commits, 6,000 pull requests, 9,700 reviews, lists in "
        f"random order; {ROUNDS} such teams. The floor is rows by the largest page.",
        "",
        "| | requests | by the floor | goal |",
        "|---|---|---|---|",
        f"| floor | {least} | 1 | |",
        f"| cursor_marts | {spread(counts, '{:.0f}')} | {spread(rates)} | at most {BUDGET}: "
        f"{verdict(max(rates) <= BUDGET)} |",
        f"| six passes, a request a pull request | {PLAIN:,} | {PLAIN / least:.0f} | |",
    ]


def limited() -> list[str]:
    """Time a run under the rate limit, and compare it with the minimum for its requests."""
    with source("team", "--rate-limit", str(PER_MINUTE)) as url:
        ours = run("extract", url)
    granted = ours["requests"] - ours["refused"]
    least = (granted - BURST) / PER_MINUTE * 60
    return [
        f"## Under a limit of {PER_MINUTE} requests a minute, burst {BURST}",
        "",
        "One run on the same team that really waits.",
        "",
        "| requests | granted | least possible | took | by the least |",
        "|---|---|---|---|---|",
        f"| {ours['requests']} | {granted} | {least:.0f} s | {ours['seconds']:.0f} s "
        f"| {ours['seconds'] / least:.2f} |",
    ]


def unlimited() -> list[str]:
    """Time runs without a limit, alternating with a plain loop and dlt on the same source."""
    runs: dict[str, list[Run]] = {"extract": [], "loop": [], "dlt": []}
    with source("team", "--recorded") as url, tempfile.TemporaryDirectory() as folder:
        targets = Path(folder) / "targets.json"
        for _ in range(ROUNDS + 1):  # the first one fills the source's memory
            runs["extract"].append(run("extract", url))
            targets.write_text(json.dumps(asked(url)))
            runs["loop"].append(run("loop", url, targets))
            asked(url)
            runs["dlt"].append(run("dlt", url, python=DLT) | {"requests": len(asked(url))})
    for each in runs.values():
        del each[0]
    loops = [each["seconds"] for each in runs["loop"]]
    names = {
        "extract": "cursor_marts: proven complete, journalled, Parquet",
        "loop": "bare httpx loop over the same pages: nothing kept",
        "dlt": "dlt's REST source, page by page, Parquet",
    }
    return [
        "## Without a limit",
        "",
        f"Median of {ROUNDS} rounds (range), each of the three in turn; the source answers from "
        "memory. Without interpreter start and imports. The last columns are different records "
        "that arrived, of 6,000 / 6,000 / 9,700.",
        "",
        "| | requests | seconds | by the loop, round by round | CPU seconds | peak MB | commits "
        "| pull requests | reviews |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_unlimited(name, runs[kind], loops) for kind, name in names.items()),
    ]


def _unlimited(name: str, runs: list[Run], loops: list[float]) -> str:
    seconds = [each["seconds"] for each in runs]
    pairs = [mine / loop for mine, loop in zip(seconds, loops, strict=True)]
    rows = runs[-1].get("rows", {})
    cells = [
        name,
        str(runs[-1]["requests"]),
        spread(seconds),
        spread(pairs, "{:.1f}"),
        spread([each["cpu"] for each in runs]),
        spread([each["memory"] / MEGABYTE for each in runs], "{:.0f}"),
        *(f"{rows[key]:,}" if rows else "–" for key in ("commits", "pull_requests", "reviews")),
    ]
    return f"| {' | '.join(cells)} |"


def asked(url: str) -> list[str]:
    """Return the requests that a recorded source received since the last call."""
    return list(httpx.get(f"{url}/asked").json())


def memory() -> list[str]:
    """Measure the peak memory for several numbers of commits."""
    rows, peaks = [], []
    for count in COMMITS:
        with source("commits", "--count", str(count)) as url:
            ours = run("extract", url)
        assert ours["rows"]["commits"] == count
        peaks.append(ours["memory"])
        rows.append(
            f"| {count:,} | {ours['memory'] / MEGABYTE:.0f} | {ours['seconds']:.1f} "
            f"| {ours['cpu']:.1f} | {count / ours['cpu']:,.0f} |"
        )
    grown = peaks[-1] / peaks[-2]
    return [
        "## Memory",
        "",
        "One run each over commits alone.",
        "",
        "| commits | peak MB | seconds | CPU seconds | commits a CPU second |",
        "|---|---|---|---|---|",
        *rows,
        "",
        f"Goals: a million in a few hundred MB (at most {MEMORY / MEGABYTE:.0f}): "
        f"{verdict(peaks[-1] <= MEMORY)}; no growth with the rows (at most {GROWTH} times, from "
        f"the size where a sort needs the disk to ten times as many): {grown:.2f}, "
        f"{verdict(grown <= GROWTH)}.",
    ]


def machine() -> list[str]:
    """Describe the machine and the versions."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    names = ("httpx", "msgspec", "pyarrow", "duckdb")
    printing = "from importlib.metadata import version; print(version('dlt'))"
    dlt = subprocess.run([DLT, "-c", printing], capture_output=True, text=True, check=True).stdout
    return [
        f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), {total:.0f} GB; "
        f"load at the start {os.getloadavg()[1]:.1f}, so that wall times are only as good as that; "
        f"Python {platform.python_version()}, {', '.join(f'{n} {version(n)}' for n in names)}, "
        f"dlt {dlt.strip()}."
    ]


def main() -> None:
    """Measure everything; print each part when it is ready, and write the page."""
    parts = [
        ["# What an extraction costs", "", "Written by `make bench-extract`, on invented data."],
        machine(),
    ]
    for measure in (requests, limited, unlimited, memory):
        parts.append(measure())
        print("\n".join(parts[-1]), end="\n\n", flush=True)
    REPORT.write_text("\n\n".join("\n".join(part) for part in parts) + "\n")


if __name__ == "__main__":
    main()
