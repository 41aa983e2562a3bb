"""Extractions from GitHub: raw tables equal the world, or the run says what is missing."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.cursor_service import CursorService
from support.fast_clock import Hurry
from support.github.emulator import Emulator
from support.github.expected import expected_tables, in_order
from support.github.faults import Fault, Status, at_rate
from support.github.runs import WINDOW, raw_tables, run, source_of
from support.github.strategies import worlds
from support.github.world import (
    Node,
    World,
    at,
    comment,
    commit,
    pull_request,
    repository,
    review,
    with_comments,
)

from cursor_marts.errors import SourceError
from cursor_marts.raw.manifest import Manifest
from cursor_marts.sources.cursor.source import cursor, cursor_client
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret

SINCE = f"{WINDOW.start}T00:00:00Z"


def busy(number: int, *, reviews: int = 1, comments: int = 1, commits: int = 1) -> Node:
    """Return a pull request with lists of these lengths."""
    pull = pull_request(number, at(number), createdAt=at(number + 3))
    pull["_reviews"] = [
        with_comments(
            review("bob", at(number)),
            *[comment("bob", at(number)) for _ in range(1 if place else comments)],
        )
        for place in range(reviews)
    ]
    pull["_commits"] = [
        commit(f"{number:036x}{place:04x}", at(number + 2)) for place in range(commits)
    ]
    return pull


def world_of(*pulls: Node) -> World:
    return World([repository("acme/web", pulls)])


def assert_whole(folder: Path, world: World) -> None:
    assert in_order(raw_tables(folder)) == expected_tables(world, SINCE)


def test_raw_tables_equal_the_world(tmp_path: Path) -> None:
    """Symptom elsewhere: lists ended at 100 or 250, and the oldest commit passed for the first."""
    pulls = [busy(number) for number in range(1, 50)]
    pulls += [
        busy(50, reviews=130),
        busy(51, commits=300),
        busy(52, comments=120),
        busy(53, reviews=337, commits=90, comments=11),
    ]
    world = world_of(*pulls)
    manifest = run(Emulator(world), tmp_path)
    assert_whole(tmp_path, world)
    for tally in manifest.resources.values():
        assert tally.expected == tally.received > 0


def test_each_repository_is_on_record_with_the_reason(tmp_path: Path) -> None:
    """Symptom elsewhere: a run was green, without a record of what it had expected."""
    pulls = [pull_request(number, at(number)) for number in range(1, 121)]
    world = World([repository("acme/api", [busy(1), busy(2)]), repository("acme/web", pulls)])
    tally = run(Emulator(world), tmp_path).resources["pull_requests"]
    assert tally.by_repository == {"acme/api": [2, 2], "acme/web": [90, 90]}
    assert (
        "until a list brought nothing new"
        in Manifest.read(tmp_path / "landing").resources["pull_requests"].proof
    )


def test_commits_come_from_cursor_beside_github(tmp_path: Path) -> None:
    """Two sources of one extraction: a pull request's commits, and what AI wrote of them."""
    github = Emulator(world_of(busy(1, commits=3)))
    tracked = [{"commitHash": f"{1:036x}{place:04x}", "createdAt": at(3)} for place in range(2)]
    tracked = [row | {"commitTs": at(4), "userEmail": "ada@example.org"} for row in tracked]
    pacer = Hurry().pacer()
    service = CursorService(tracked)
    client = cursor_client("https://api.cursor.com", Secret("key_team"), Patience(), pacer, service)
    manifest = extract([source_of(github), cursor(client)], WINDOW, tmp_path / "landing")
    assert manifest.source == "https://api.github.com and https://api.cursor.com"
    assert manifest.resources["commits"].rows == 2
    assert manifest.resources["pull_request_commits"].rows == 3


def test_only_what_was_updated_in_the_window_is_read(tmp_path: Path) -> None:
    """Symptoms elsewhere: runs read everything since 2015, or stopped at the wrong field.

    A pull request that is old by creation and new by update is read, and its age is no reason to
    end; the first one that is old by update ends the list.
    """
    old_but_merged = pull_request(1, at(2), createdAt=at(900), mergedAt=at(2), state="MERGED")
    young_but_idle = [pull_request(number, at(89.9 + number)) for number in range(2, 400)]
    world = world_of(old_but_merged, pull_request(400, at(1), createdAt=at(1)), *young_but_idle)
    emulator = Emulator(world)
    run(emulator, tmp_path)
    assert_whole(tmp_path, world)
    assert {row["number"] for row in raw_tables(tmp_path)["pull_requests"]} == {1, 400}
    assert emulator.requests <= 6


def test_an_idle_repository_costs_nothing(tmp_path: Path) -> None:
    idle = [repository(f"acme/idle-{place}", [pull_request(1, at(200))]) for place in range(90)]
    world = World([*idle, repository("acme/empty"), repository("acme/web", [busy(1)])])
    emulator = Emulator(world)
    run(emulator, tmp_path)
    assert_whole(tmp_path, world)
    assert emulator.requests <= 6


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.1, 0.3])
def test_faults_at_any_rate_change_nothing(tmp_path: Path, rate: float) -> None:
    pulls = [busy(number, reviews=number % 9 * 7, commits=number % 7 * 12) for number in range(40)]
    world = world_of(*pulls)
    run(Emulator(world, plan=at_rate(rate, seed=7)), tmp_path)
    assert_whole(tmp_path, world)


@pytest.mark.slow
@given(worlds(), st.sampled_from([0.0, 0.1, 0.3]), st.integers(0, 99))
@settings(max_examples=25)
def test_any_world_arrives_whole(world: World, rate: float, seed: int) -> None:
    with TemporaryDirectory() as folder:
        run(Emulator(world, plan=at_rate(rate, seed)), Path(folder))
        assert_whole(Path(folder), world)


@pytest.mark.parametrize("capacity", [400, 2_000, 6_000])
def test_requests_that_time_out_become_smaller(tmp_path: Path, capacity: int) -> None:
    """Symptom elsewhere: 502 on pull requests until the stream was switched off by its users."""
    world = world_of(*[busy(number, commits=60) for number in range(1, 40)])
    emulator = Emulator(world, capacity=capacity)
    run(emulator, tmp_path)
    assert_whole(tmp_path, world)


def test_the_size_grows_again_after_timeouts(tmp_path: Path) -> None:
    """Symptom elsewhere: one bad moment left the pages small for the rest of the run."""
    world = world_of(*[pull_request(number, at(number / 10)) for number in range(1, 600)])

    def plan(number: int, operation: str) -> Fault | None:
        return Status(502) if number in range(9, 12) else None

    emulator = Emulator(world, plan=plan)
    run(emulator, tmp_path)
    sizes = [len(asked["ids"]) for name, asked in emulator.answers if name == "PullRequestsById"]
    assert sizes[0] == max(sizes) == 25
    assert min(sizes[:10]) <= 6
    assert sizes.count(25) > 5


def test_a_pull_request_that_always_times_out_is_read_in_parts(tmp_path: Path) -> None:
    """Symptom elsewhere: one large pull request was fatal at every page size."""
    world = world_of(*[busy(number, reviews=40, commits=120) for number in range(1, 30)])
    hard = world.repositories[0]["_pulls"][7]["id"]
    emulator = Emulator(world, hard={hard})
    run(emulator, tmp_path)
    assert_whole(tmp_path, world)
    assert emulator.operations["PullRequestAlone"] >= 1


Change = Callable[[World, str], None]


def _touch(world: World, now: str) -> None:
    world.repositories[0]["_pulls"][3] |= {"updatedAt": now, "title": "touched"}


def _open_another(world: World, now: str) -> None:
    pulls = world.repositories[0]["_pulls"]
    repository("acme/web", [pull_request(900 + len(pulls), now)])
    pull = pull_request(900 + len(pulls), now, url="https://github.com/acme/web/pull/9")
    pull["headRepository"] = {"id": "R", "nameWithOwner": "acme/web"}
    pulls.append(pull)


def _delete(world: World, now: str) -> None:
    del world.repositories[0]["_pulls"][5]


def _push_by_force(world: World, now: str) -> None:
    pull = world.repositories[0]["_pulls"][2]
    pull["updatedAt"] = now
    pull["_commits"] = [commit("f" * 40, now)]


def _delete_a_review(world: World, now: str) -> None:
    pull = world.repositories[0]["_pulls"][-1]
    pull["updatedAt"] = now
    del pull["_reviews"][:1]


def _review_at_length(world: World, now: str) -> None:
    pull = world.repositories[0]["_pulls"][-2]
    pull["updatedAt"] = now
    pull["_reviews"] += [review("eve", now) for _ in range(45)]


def _rename(world: World, now: str) -> None:
    world.rename("acme/web", "acme/site")


CHANGES = [
    _touch,
    _open_another,
    _delete,
    _push_by_force,
    _delete_a_review,
    _review_at_length,
    _rename,
]


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("number", range(3, 7))
def test_what_changes_during_the_run_is_read_again(
    tmp_path: Path, change: Change, number: int
) -> None:
    """Symptom elsewhere: rows that moved while pages were read were skipped or came twice.

    A pull request that is updated moves to the front; what it no longer has must go.
    """
    world = world_of(*[busy(each, reviews=2, commits=2) for each in range(1, 45)])
    emulator = Emulator(world, changes={number: change})
    manifest = run(emulator, tmp_path)
    assert emulator.requests >= 6
    if change is not _delete:  # what was deleted after it had been read is still a record of then
        assert_whole(tmp_path, world)
    pulls = manifest.resources["pull_requests"]
    assert pulls.expected == pulls.received


def test_two_updates_in_one_second_are_both_read(tmp_path: Path) -> None:
    """Times have whole seconds: the second update of a second cannot be told by its time."""
    world = world_of(*[busy(each) for each in range(1, 30)])

    def first(world: World, now: str) -> None:
        world.repositories[0]["_pulls"][0] |= {"updatedAt": now, "title": "first"}

    def second(world: World, now: str) -> None:
        world.repositories[0]["_pulls"][0]["title"] = "second"

    emulator = Emulator(world, latency=0.01, changes={4: first, 6: second})
    run(emulator, tmp_path)
    assert_whole(tmp_path, world)


def test_an_error_late_in_the_run_is_no_success(tmp_path: Path) -> None:
    """Symptom elsewhere: the run was green, and errors late in it had lost 400 pull requests."""
    world = world_of(*[busy(number) for number in range(1, 80)])
    run(Emulator(world), tmp_path)
    before = raw_tables(tmp_path)
    _touch(world, at(0.5))
    failing = Emulator(world, plan=lambda number, operation: Status(502) if number > 4 else None)
    with pytest.raises(SourceError):
        run(failing, tmp_path, full_refresh=True)
    assert raw_tables(tmp_path) == before
