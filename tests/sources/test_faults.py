"""Under any faults of network and source, the landing is complete or the run fails."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from support.fast_clock import Hurry
from support.faulty_network import (
    Fault,
    Repeated,
    Reset,
    Slow,
    Status,
    Stuttered,
    Truncated,
    faulty,
)
from support.team_sizes import WINDOW, team

from cursor_marts.errors import IncompleteExtraction, SourceError
from cursor_marts.raw.manifest import Manifest
from cursor_marts.simulator import Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.simulator import simulator as source_of

pytestmark = pytest.mark.slow

KEY = Secret("cursor-sim-dev-key")
FAULTS: list[Fault] = [
    Status(429, "1"),
    Status(429),
    Status(500),
    Status(503, "2"),
    Reset(),
    Reset(in_body=True),
    Truncated(),
    Slow(0.02),
    Slow(0.3),  # longer than HASTY waits for
    Repeated(),
    Stuttered(),
]
HASTY = Patience(attempts=25, answer=0.2)


def plan_of(rate: float, seed: int) -> Callable[[int, str], Fault | None]:
    """Return a plan in which a share of the requests, except the first one, meets a fault."""
    random, lock = Random(seed), Lock()

    def plan(number: int, target: str) -> Fault | None:
        with lock:
            return random.choice(FAULTS) if number and random.random() < rate else None

    return plan


def landed(folder: Path) -> dict[str, set[Any]]:
    """Return the identities of all landed records."""
    keys = {
        "repos": ("full_name",),
        "commits": ("commit_hash",),
        "pull_requests": ("repo_name", "number"),
        "reviews": ("id",),
    }
    found = {name: pq.read_table(folder / name).to_pylist() for name in keys}
    for name, key in keys.items():
        assert len({tuple(row[n] for n in key) for row in found[name]}) == len(found[name])
    return {name: {tuple(row[n] for n in key) for row in found[name]} for name, key in keys.items()}


def wanted(world: World) -> dict[str, set[Any]]:
    """Return the identities of all records of a world within the window."""
    return {
        "repos": {(repo["full_name"],) for repo in world.repos},
        "commits": {(commit["commitHash"],) for commit in world.commits},
        "pull_requests": {(pull["repo_name"], pull["number"]) for pull in world.pulls},
        "reviews": {(review["id"],) for review in world.reviews},
    }


def take(simulator: Simulator, plan: Any, folder: Path, patience: Patience = HASTY) -> Manifest:
    with (
        faulty(simulator, plan) as source,
        Client(source.url, KEY, patience, Hurry().pacer()) as client,
    ):
        return extract([source_of(client)], WINDOW, folder)


worlds = st.builds(
    team,
    pulls=st.integers(0, 80),
    reviews=st.just(0) | st.integers(0, 150),
    commits=st.integers(0, 60),
    people=st.integers(1, 6),
    seed=st.integers(0, 999),
)


@settings(max_examples=15)
@given(worlds, st.booleans(), st.sampled_from([7, 20, 1000]), st.floats(0, 0.3), st.integers(0))
@example(team(60, 100, 50, people=4), True, 10, 0.3, 1)
@example(team(60, 100, 50, people=4), False, 10, 0.3, 2)
def test_faults_lose_no_record(
    world: World, bulk: bool, page_cap: int, rate: float, seed: int
) -> None:
    """Every third request may fail in every known way: each record is landed once."""
    simulator = Simulator(world, bulk=bulk, page_cap=page_cap, rate_limit=None, seed=seed)
    with TemporaryDirectory() as folder:
        manifest = take(simulator, plan_of(rate, seed), Path(folder) / "raw")
        assert landed(Path(folder) / "raw") == wanted(world)
        event(f"retries: {sum(t.retries for t in manifest.resources.values()) // 10}0 or more")
        for tally in manifest.resources.values():
            assert tally.expected in (None, tally.received)


class Unsure(Simulator):
    """A source whose totals are sometimes wrong by a few."""

    wrong = 0.0

    def respond(self, method: str, target: str, headers: Any) -> Any:
        answer = super().respond(method, target, headers)
        body = json.loads(answer.body)
        with self._lock:
            off = self._random.choice([-3, -1, 1, 2]) if self._random.random() < self.wrong else 0
        if off and isinstance(body, dict) and "totalCount" in body:
            body["totalCount"] = max(0, body["totalCount"] + off)
        elif off and isinstance(body, dict) and "pagination" in body:
            body["pagination"]["total"] = max(0, body["pagination"]["total"] + off)
        elif off and isinstance(body, list):
            name = "total_pull_requests_count"
            with self._lock:
                repo = self._random.choice(body) if body else {}
            if name in repo:
                repo[name] = max(0, repo[name] + off)
        return replace(answer, body=json.dumps(body).encode())


@settings(max_examples=15)
@given(worlds, st.booleans(), st.floats(0.02, 0.3), st.floats(0, 0.3), st.integers(0))
@example(team(60, 100, 50, people=4), True, 0.3, 0.0, 1)
@example(team(60, 100, 50, people=4), False, 0.3, 0.0, 2)
def test_wrong_totals_lose_no_record_silently(
    world: World, bulk: bool, wrong: float, rate: float, seed: int
) -> None:
    """All records are landed, or the run fails and names what is missing."""
    simulator = Unsure(world, bulk=bulk, page_cap=10, rate_limit=None, seed=seed)
    simulator.wrong = wrong
    with TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        try:
            take(simulator, plan_of(rate, seed), raw)
        except IncompleteExtraction as error:
            failed = str(error)
        else:
            failed = ""
        event("failed" if failed else "landed")
        if failed:
            assert "the source claims" in failed
            assert not raw.exists()
        else:
            assert landed(raw) == wanted(world)


@settings(max_examples=15)
@given(st.integers(0, 120), st.booleans(), st.integers(0))
def test_records_that_arrive_during_the_run_are_landed(switch: int, bulk: bool, seed: int) -> None:
    """As far as the run could see them."""
    before, after = team(50, 80, 40, people=4), team(75, 120, 60, people=5)
    after = World(  # the same records, and more
        after.repos,
        before.commits + after.commits[len(before.commits) :],
        before.pulls + after.pulls[len(before.pulls) :],
        before.reviews + after.reviews[len(before.reviews) :],
    )
    simulators = [
        Simulator(world, bulk=bulk, page_cap=10, rate_limit=None, seed=seed)
        for world in (before, after)
    ]

    class Growing(Simulator):
        asked = 0

        def respond(self, method: str, target: str, headers: Any) -> Any:
            self.asked += 1
            return simulators[self.asked > switch].respond(method, target, headers)

    growing = Growing(after)
    with TemporaryDirectory() as folder:
        take(growing, lambda number, target: None, Path(folder) / "raw")
        found = landed(Path(folder) / "raw")
        if growing.asked > switch + 4:  # the totals were read again after that
            event("arrived meanwhile")
            assert found["commits"] == wanted(after)["commits"]
            assert found["pull_requests"] == wanted(after)["pull_requests"]
            if bulk:  # one by one, a review that came after its list was read is the next run's
                assert found["reviews"] == wanted(after)["reviews"]
        assert found["commits"] >= wanted(before)["commits"]
        assert found["pull_requests"] >= wanted(before)["pull_requests"]
        assert found["reviews"] >= wanted(before)["reviews"]


def test_records_that_vanish_during_the_run_are_reported(tmp_path: Path) -> None:
    """Those already read are landed, and the manifest has a line."""
    before = team(50, 80, 40, people=4)
    after = World(before.repos, before.commits[:-3], before.pulls, before.reviews[:-1])
    simulators = [Simulator(w, rate_limit=None, page_cap=10) for w in (before, after)]

    class Shrinking(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            is_end = seen[-1:] == ["/repos"] and seen.count("/repos") > 1
            seen.append(target if not is_end else "/repos")
            return simulators[seen.count("/repos") > 1].respond(method, target, headers)

    seen: list[str] = []
    manifest = take(Shrinking(after), lambda number, target: None, tmp_path / "raw")
    assert landed(tmp_path / "raw") == wanted(before)
    assert any("commits: 3 records have vanished" in note for note in manifest.notes)
    assert any("reviews: 1 records have vanished" in note for note in manifest.notes)


def test_endless_refusals_end_the_run(tmp_path: Path) -> None:
    """429 counts as an attempt like any other fault."""
    simulator = Simulator(team(5, 5, 5), rate_limit=None)
    with pytest.raises(SourceError, match=r"answers 429 .*25 times in a row"):
        take(simulator, lambda n, target: Status(429, "1") if n > 3 else None, tmp_path / "raw")


def test_a_time_limit_ends_the_run(tmp_path: Path) -> None:
    """A source that is too slow is an error with its last answer."""
    simulator = Simulator(team(5, 5, 5), rate_limit=None)
    patience = Patience(attempts=1000, time_limit_seconds=60)
    with pytest.raises(SourceError, match=r"(?s)answers 503 .*of the time limit: give more"):
        take(simulator, lambda n, t: Status(503, "20") if n else None, tmp_path / "raw", patience)
