"""A year of daily runs against an emulated GitHub whose clock moves: what each run costs.

Usage: python benchmarks/year.py [pull requests a day] [repositories] [days]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.github.clock import MovedClock, as_text
from support.github.emulator import Emulator
from support.github.runs import source_of
from support.github.world import DAY, Node, World, commit, pull_request, repository, review

from cursor_marts.raw.window import Window
from cursor_marts.sources.extraction import extract

RANDOM = Random(1)
HEAD = "| run | day | points | requests | seconds | new | changed | files | bytes written |"


class IndexedWorld(World):
    """Finds a node by its id at once. It changes only between runs."""

    _index: dict[str, Node] | None = None

    def changed(self) -> None:
        """Forget the index."""
        self._index = None

    def node(self, id: str) -> Node | None:
        """Return any node by id."""
        if self._index is None:
            self._index = {each["id"]: each for each in self._nodes()}
        return self._index.get(id)


class Company:
    """Repositories in which work goes on from Monday to Friday, and a little on other days."""

    def __init__(self, a_day: int, repositories: int, began: datetime) -> None:
        self.clock = MovedClock(began.timestamp())
        names = [f"acme/repo-{n}" for n in range(repositories)]
        self.world = IndexedWorld([repository(name) for name in names])
        self.github = Emulator(self.world, clock=self.clock, latency=0.01, limit=10**9)
        self.a_day = a_day
        self.open: list[Node] = []

    def live_a_day(self) -> None:
        """Open pull requests; review and merge those of the last days."""
        weekend = datetime.fromtimestamp(self.clock.now(), UTC).weekday() >= 5
        for _ in range(self.a_day // 50 if weekend else self.a_day):
            self._open()
        RANDOM.shuffle(self.open)
        busy = len(self.open) // (100 if weekend else 3)
        for pull in self.open[: busy * 2]:
            pull["updatedAt"] = as_text(self.clock.now() + RANDOM.uniform(0, DAY * 0.9))
            pull["_reviews"].append(review("bob", pull["updatedAt"]))
        for pull in self.open[:busy]:
            now = pull["updatedAt"]
            pull |= {"state": "MERGED", "mergedAt": now, "closedAt": now}
        self.open = self.open[busy:]
        self.world.changed()
        self.clock.pass_by(DAY)

    def _open(self) -> None:
        repo = RANDOM.choice(self.world.repositories)
        now = as_text(self.clock.now() + RANDOM.uniform(0, DAY * 0.5))
        pull = pull_request(len(repo["_pulls"]) + 1, now)
        pull["headRepository"] = {"id": repo["id"], "nameWithOwner": repo["nameWithOwner"]}
        pull["url"] = f"https://github.com/{repo['nameWithOwner']}/pull/{pull['number']}"
        pull["_commits"] = [commit(f"{RANDOM.getrandbits(160):040x}", now) for _ in range(3)]
        repo["_pulls"].append(pull)
        self.open.append(pull)


def files_in(folder: Path) -> dict[str, int]:
    """Return the size of each file by its name, which its content determines."""
    found = folder.rglob("*.parquet") if folder.exists() else ()
    return {str(path.relative_to(folder)): path.stat().st_size for path in found}


def run(company: Company, landing: Path, began: datetime, number: int) -> str:
    """Extract once; return a line of the table."""
    github, before = company.github, files_in(landing)
    points, requests, started = github.points, github.requests, time.process_time()
    end = datetime.fromtimestamp(company.clock.now(), UTC).date()
    window = Window(began.date(), end)
    manifest = extract([source_of(github)], window, landing, wall_clock=company.clock.now)
    seconds = time.process_time() - started
    after = files_in(landing)
    written = sum(size for name, size in after.items() if name not in before)
    pulls = manifest.resources["pull_requests"]
    return (
        f"| {number} | {end:%a} | {github.points - points:,} | {github.requests - requests:,} "
        f"| {seconds:.1f} | {pulls.new:,} | {pulls.changed:,} | {len(after)} | {written:,} |"
    )


def main(a_day: int = 230, repositories: int = 200, days: int = 365) -> None:
    """Print what the first run over a year costs, and then each tenth and each quiet day."""
    began = datetime(2025, 1, 1, tzinfo=UTC)
    company = Company(a_day, repositories, began)
    for _ in range(days):
        company.live_a_day()
    print(HEAD)
    print("|---:" * 9 + "|")
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder) / "raw"
        print(run(company, landing, began, 1), flush=True)
        for number in range(2, int(os.environ.get("RUNS", days)) + 1):
            company.live_a_day()
            line = run(company, landing, began, number)
            quiet = datetime.fromtimestamp(company.clock.now(), UTC) - timedelta(days=1)
            if number <= 10 or number % 10 == 0 or (number < 120 and quiet.weekday() == 6):
                print(line, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
