"""Runs that are interrupted in any way, and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.fast_clock import Hurry
from support.faulty_network import Fault, Slow, Source, Status, faulty
from support.landed_world import landed_table
from support.team_sizes import WINDOW, team

from cursor_marts.errors import SourceRefused
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.simulator import simulator as source_of

pytestmark = pytest.mark.slow

KEY = Secret("cursor-sim-dev-key")
WORLD = team(60, 100, 50, people=4)
OTHER = team(60, 100, 50, people=4, seed=9)  # the same names, other data
STOP = Status(400, body=b'{"error": "stopped"}')


def simulator(world: World = WORLD, *, bulk: bool = True) -> Simulator:
    return Simulator(world, bulk=bulk, page_cap=10, rate_limit=None)


def take(
    folder: Path,
    source: Simulator,
    *,
    stop_at: int = 10**9,
    window: Window = WINDOW,
    key: Secret = KEY,
    **options: Any,
) -> tuple[Manifest, int]:
    """Extract until request `stop_at`, which is refused; also return the number of requests."""
    with (
        faulty(source, lambda number, target: STOP if number >= stop_at else None) as served,
        Client(served.url, key, pacer=Hurry().pacer()) as client,
    ):
        manifest = extract([source_of(client, "the same")], window, folder, **options)
        return manifest, client.requests


def test_a_resumed_run_keeps_the_mark_of_invented_data(tmp_path: Path) -> None:
    """Most answers come from the journal; a source without the mark is real."""
    made_up = Simulator(WORLD, page_cap=10, rate_limit=None, invented=True)
    _, whole = take(tmp_path / "whole", made_up)
    cut(tmp_path / "raw", made_up, stop_at=whole - 3)
    manifest, requests = take(tmp_path / "raw", made_up)
    assert requests < whole
    assert manifest.invented
    assert Manifest.read(tmp_path / "raw").invented
    assert not take(tmp_path / "real", simulator())[0].invented


def cut(folder: Path, source: Simulator, stop_at: int) -> SourceRefused:
    with pytest.raises(SourceRefused, match="stopped") as refused:
        take(folder, source, stop_at=stop_at)
    return refused.value


def test_a_source_that_fails_midway_says_that_the_run_can_resume(tmp_path: Path) -> None:
    """Only if some answers were stored."""
    assert "run the same command again to resume" in cut(tmp_path / "raw", simulator(), 25).hint
    assert "goes on" not in cut(tmp_path / "other" / "raw", simulator(), 0).hint


def test_a_failure_with_nothing_to_keep_leaves_nothing(tmp_path: Path) -> None:
    """No folder that was not there; the set of before stands, and so does what can be gone on with.

    An answer that was kept stays even where the next run fails at once.
    """
    cut(tmp_path / "some" / "where" / "raw", simulator(), 0)
    assert list(tmp_path.iterdir()) == []
    cut(tmp_path / "raw", simulator(), 25)
    kept = (tmp_path / ".raw" / "journal-simulator").stat().st_size
    cut(tmp_path / "raw", simulator(), 0)
    assert (tmp_path / ".raw" / "journal-simulator").stat().st_size == kept
    take(tmp_path / "raw", simulator())
    before = tables(tmp_path / "raw")
    cut(tmp_path / "raw", simulator(), 0)
    assert tables(tmp_path / "raw") == before
    left = {path.name for path in (tmp_path / ".raw").iterdir()}
    assert left == {"lock", Path(os.readlink(tmp_path / "raw")).name}


FAILING_AT_ONCE = """
import os, sys, time
from datetime import UTC, datetime
from pathlib import Path
from cursor_marts.errors import LandingError
from cursor_marts.raw.landing import replacing

alone, ran, until = Path(sys.argv[2]), 0, time.monotonic() + 2
while time.monotonic() < until:
    try:
        with replacing(Path(sys.argv[1]) / "raw") as work:
            os.close(os.open(alone, os.O_CREAT | os.O_EXCL))
            assert work.landed.exists()
            os.sched_yield()
            alone.unlink()
            ran += 1
            raise KeyError
    except KeyError:
        pass
    except LandingError as error:
        assert "another extraction is writing" in str(error), error
print(ran)
"""


def test_a_lock_that_is_removed_has_one_holder(tmp_path: Path) -> None:
    """Processes fail at once, repeatedly, in one folder that each of them removes."""
    command = [sys.executable, "-c", FAILING_AT_ONCE, str(tmp_path / "data"), str(tmp_path / "x")]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [process_.communicate(timeout=60) for process_ in running]
    assert [process_.returncode for process_ in running] == [0] * 4, ended
    assert sum(int(ran) for ran, _ in ended) > 4
    assert list((tmp_path / "data").glob("*")) == []


def tables(folder: Path) -> dict[str, pa.Table]:
    names = [name for name in RAW_TABLES if name != "extractions"]
    return {name: landed_table(folder, name) for name in names}


@settings(max_examples=15)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=4), st.booleans())
@example([1], True)
@example([25, 3], False)
def test_a_run_resumes_where_it_stopped(stops: list[int], bulk: bool) -> None:
    """Interrupted at any requests: the rows are those of an uninterrupted run."""
    with TemporaryDirectory() as folder:
        whole, cuts = Path(folder) / "whole" / "raw", Path(folder) / "cuts" / "raw"
        _, requests = take(whole, simulator(bulk=bulk))
        asked = 0
        for stop in stops:
            if asked + stop < requests - 10:
                cut(cuts, simulator(bulk=bulk), stop)
                asked += stop
        _, rest = take(cuts, simulator(bulk=bulk))
        assert tables(cuts) == tables(whole)
        again = 4 * len(stops)  # each start asks twice whether the source is still the same
        in_flight = 6 * len(stops)
        assert asked + rest <= 1.3 * requests + again + in_flight


def test_fresh_discards_the_answers_of_an_unfinished_run(tmp_path: Path) -> None:
    """All requests are sent again."""
    _, requests = take(tmp_path / "whole" / "raw", simulator())
    cut(tmp_path / "raw", simulator(), requests - 10)
    _, again = take(tmp_path / "raw", simulator(), fresh=True)
    assert again > 0.8 * requests


def test_answers_of_another_day_are_not_used_again(tmp_path: Path) -> None:
    """A pull request that was merged meanwhile would be published as still open."""
    cut(tmp_path / "raw", simulator(), 30)
    merged = World(
        WORLD.repos,
        WORLD.commits,
        [pull | {"state": "merged", "title": "new"} for pull in WORLD.pulls],
        WORLD.reviews,
    )
    journal = tmp_path / ".raw" / "journal-simulator"
    came_at = int(journal.read_bytes().splitlines()[1].split(b" ")[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda: came_at + 30 * 86_400)
        take(tmp_path / "raw", simulator(merged))
    titles = pq.read_table(tmp_path / "raw" / "pull_requests")["title"].to_pylist()
    assert set(titles) == {"new"}


@pytest.mark.parametrize(("limit", "again"), [(3600.0, False), (0.0, True)])
def test_how_old_an_answer_may_be_is_a_setting(limit: float, again: bool, tmp_path: Path) -> None:
    """Within it a run goes on where it stopped, and says since when its answers are."""
    _, requests = take(tmp_path / "whole" / "raw", simulator())
    began = datetime.now(UTC).replace(tzinfo=None)
    cut(tmp_path / "raw", simulator(), requests - 10)
    sleep(1.1)
    manifest, asked = take(tmp_path / "raw", simulator(), resume_within_seconds=limit)
    assert (asked > 0.8 * requests) is again
    oldest = manifest.resources["repos"].started_at
    assert manifest.started_at <= datetime.fromisoformat(oldest)
    assert (abs((manifest.started_at - began).total_seconds()) < 1.1) is not again


def test_answers_to_another_key_are_not_used_again(tmp_path: Path) -> None:
    """Another person may see other repositories."""
    _, requests = take(tmp_path / "whole" / "raw", simulator())
    cut(tmp_path / "raw", simulator(), requests - 10)
    other = Simulator(WORLD, api_key="another", page_cap=10, rate_limit=None)
    _, asked = take(tmp_path / "raw", other, key=Secret("another"))
    assert asked > 0.8 * requests
    assert b"another" not in (tmp_path / ".raw" / "lock").read_bytes()


def test_another_window_does_not_resume(tmp_path: Path) -> None:
    """Answers for other days are useless."""
    cut(tmp_path / "raw", simulator(), 30)
    days = Window.parse("2026-09-01", "2026-09-30")
    manifest, _ = take(tmp_path / "raw", simulator(), window=days)
    take(tmp_path / "plain" / "raw", simulator(), window=days)
    assert tables(tmp_path / "raw") == tables(tmp_path / "plain" / "raw")
    assert manifest.window == days


def test_a_source_with_other_data_does_not_resume(tmp_path: Path) -> None:
    """A restarted source in memory: old and new data are not mixed."""
    cut(tmp_path / "raw", simulator(), 30)
    take(tmp_path / "raw", simulator(OTHER))
    take(tmp_path / "plain" / "raw", simulator(OTHER))
    assert tables(tmp_path / "raw") == tables(tmp_path / "plain" / "raw")


@pytest.mark.parametrize("damage", ["cut", "zeros", "other bytes", "nothing"])
def test_a_power_failure_loses_only_the_last_answers(damage: str, tmp_path: Path) -> None:
    """Answers that the disk has lost are requested again."""
    cut(tmp_path / "raw", simulator(), 30)
    journal = tmp_path / ".raw" / "journal-simulator"
    kept = journal.read_bytes()
    lost = {"cut": b"", "zeros": bytes(700), "other bytes": b"x" * 700, "nothing": kept[-700:]}
    journal.write_bytes(kept[:-700] + lost[damage])
    take(tmp_path / "raw", simulator())
    take(tmp_path / "plain" / "raw", simulator())
    assert tables(tmp_path / "raw") == tables(tmp_path / "plain" / "raw")


# ------------------------------------------------------------------------------ as a process


@contextmanager
def process(source: Source, folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run the extraction of the command line."""
    days = ("--start-date", str(WINDOW.start), "--end-date", str(WINDOW.end))
    where = ("--source", source.url, "--data-dir", str(folder))
    command = [sys.executable, "-m", "cursor_marts", "extract", *where, *days, *options]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CURSOR_")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def test_a_run_killed_repeatedly_has_the_same_result(tmp_path: Path) -> None:
    """SIGKILL at random requests: the previous landing stays until the new one is complete."""
    take(tmp_path / "raw", simulator(OTHER))
    take(tmp_path / "plain" / "raw", simulator())
    before, whole = tables(tmp_path / "raw"), tables(tmp_path / "plain" / "raw")
    random, victims = Random(3), list[subprocess.Popen[str]]()

    def plan(number: int, target: str) -> Fault:
        if number in deaths and victims:
            victims[-1].send_signal(signal.SIGKILL)
        return Slow(0.01)

    deaths = {n for n in range(4, 50) if random.random() < 0.12}
    assert len(deaths) > 3
    kills = 0
    with faulty(simulator(), plan) as source:
        for _ in range(len(deaths) + 1):
            with process(source, tmp_path) as running:
                victims.append(running)
                said = running.communicate(timeout=60)
            if running.returncode == 0:
                break
            assert running.returncode == -signal.SIGKILL, said
            kills += 1
            assert tables(tmp_path / "raw") == before
    assert running.returncode == 0
    assert kills > 2
    assert tables(tmp_path / "raw") == whole
    left = {path.name for path in (tmp_path / ".raw").iterdir()}
    assert left == {"lock", Path(os.readlink(tmp_path / "raw")).name}


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_how_to_resume(stop: signal.Signals, code: int, tmp_path: Path) -> None:
    """At once, and without a traceback, although the source asks to wait a minute."""
    victims: list[subprocess.Popen[str]] = []

    def plan(number: int, target: str) -> Fault | None:
        if number < 12:
            return None
        victims[0].send_signal(stop)  # more than once: several requests are under way
        return Status(429, "60")

    with faulty(simulator(), plan) as source, process(source, tmp_path) as running:
        victims.append(running)
        out, err = running.communicate(timeout=45)
        assert running.returncode == code
        assert "Traceback" not in err + out
        assert "stopped" in err
        assert "--fresh" in err
    _, whole = take(tmp_path / "plain" / "raw", simulator())
    with faulty(simulator(), lambda number, target: None) as source:
        # Another address is another source to an unfinished run, so the same one is used again.
        about = (tmp_path / ".raw" / "journal-simulator").read_bytes().split(b"\n", 1)
        (tmp_path / ".raw" / "journal-simulator").write_bytes(
            about[0].replace(about[0].split(b'"')[3], source.url.encode()) + b"\n" + about[1]
        )
        with process(source, tmp_path) as again:
            out, err = again.communicate(timeout=60)
        assert again.returncode == 0, err
        assert "resuming with" in err
        assert len(source.requests) < whole
    assert tables(tmp_path / "raw") == tables(tmp_path / "plain" / "raw")
