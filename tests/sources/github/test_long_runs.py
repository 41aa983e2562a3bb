"""Long runs: hours without points, tokens that expire, a process that is killed, and the price."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from support.github.clock import NOON, MovedClock
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.expected import expected_tables, in_order
from support.github.faults import Fault, Status
from support.github.runs import WINDOW, raw_tables, run
from support.github.server import serve
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

from cursor_marts.errors import IncompleteExtraction, SourceUnreachable
from cursor_marts.sources.github.targets import Choice
from cursor_marts.sources.github.tokens import App
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret

SINCE = f"{WINDOW.start}T00:00:00Z"


def world(count: int = 200) -> World:
    pulls = [pull_request(number, at(number / 10)) for number in range(1, count + 1)]
    for pull in pulls:
        pull["_reviews"] = [review("bob", pull["updatedAt"])]
    return World([repository("acme/web", pulls)])


def assert_whole(folder: Path, expected: World) -> None:
    assert in_order(raw_tables(folder)) == expected_tables(expected, SINCE)


def test_a_limit_that_ends_the_hour_is_waited_for(tmp_path: Path) -> None:
    github = Emulator(world(), limit=65)
    manifest = run(github, tmp_path, reserve=20)
    assert_whole(tmp_path, github.world)
    assert github.clock.slept > 3_000
    assert manifest.resources["pull_requests"].waited_seconds > 3_000


def test_a_limit_beyond_the_time_limit_ends_the_run_which_can_be_resumed(tmp_path: Path) -> None:
    """Symptom elsewhere: pull requests were lost after an aborted run, or all were read again."""
    github = Emulator(world(), limit=65)
    with pytest.raises(SourceUnreachable, match="time limit") as error:
        run(github, tmp_path, patience=Patience(time_limit_seconds=600))
    assert "run the same command again to resume" in error.value.hint
    assert not (tmp_path / "landing").exists()
    github.limit = 5_000
    github.answers.clear()
    run(github, tmp_path)
    assert_whole(tmp_path, github.world)
    asked = [variables for name, variables in github.answers if name == "PullRequestsById"]
    assert 0 < sum(len(variables["ids"]) for variables in asked) <= 125


def test_another_choice_of_repositories_uses_what_was_read(tmp_path: Path) -> None:
    """One that cannot be read is left out, and the others need not be read again."""
    github = Emulator(world())
    github.world.repositories.append(repository("acme/secret", [pull_request(1, at(1))]))
    refused = github.world.repositories[1]["id"]
    github.denied[refused + "/pulls"] = Denied("FORBIDDEN", "Resource not accessible")
    with pytest.raises(IncompleteExtraction, match="acme/secret"):
        run(github, tmp_path)
    github.operations.clear()
    run(github, tmp_path, choice=Choice(exclude=("secret",)))
    assert github.operations["PullRequestsById"] == 0
    assert len(raw_tables(tmp_path)["pull_requests"]) == 200


def test_what_changed_between_two_runs_is_read_again(tmp_path: Path) -> None:
    """Symptom elsewhere: merged pull requests stayed open until a full refresh."""
    github = Emulator(world(), limit=65)
    with pytest.raises(SourceUnreachable):
        run(github, tmp_path, patience=Patience(time_limit_seconds=600))
    pulls = github.world.repositories[0]["_pulls"]
    pulls[0] |= {"updatedAt": at(0.05), "state": "MERGED", "mergedAt": at(0.05)}
    pulls[1] |= {"updatedAt": at(0.04), "_reviews": []}
    del pulls[2]
    github.limit = 5_000
    run(github, tmp_path)
    assert_whole(tmp_path, github.world)


def test_an_apps_token_expires_during_the_run(tmp_path: Path) -> None:
    """Symptom elsewhere: after an hour 401 "Bad credentials", or a client without any message."""
    key = generate_private_key(65_537, 2_048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    github = Emulator(world(), apps={"acme": 5}, tokens=set(), latency=600.0)
    manifest = run(github, tmp_path, sign_in=App("1", Secret(key.decode())))
    assert_whole(tmp_path, github.world)
    assert len(github.tokens) > 1
    assert manifest.resources["pull_requests"].retries == 0


def child(rest: str, folder: Path) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from pathlib import Path; from support.github.children import extract_all;"
        "extract_all(sys.argv[1], Path(sys.argv[2]))"
    )
    paths = os.pathsep.join(str(Path(__file__).parents[up]) for up in (2, 3))
    environment = os.environ | {"PYTHONPATH": paths}
    return subprocess.Popen([sys.executable, "-c", code, rest, str(folder)], env=environment)


@pytest.mark.slow
def test_a_killed_run_is_resumed(tmp_path: Path) -> None:
    github = Emulator(world(300), clock=MovedClock(NOON), latency=0.001)
    with serve(github) as rest:
        first = child(rest, tmp_path)
        while github.operations["PullRequestsById"] < 5 and first.poll() is None:
            time.sleep(0.005)
        os.kill(first.pid, signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
        assert not (tmp_path / "landing").exists()
        before = github.operations["PullRequestsById"]
        assert child(rest, tmp_path).wait() == 0
    assert_whole(tmp_path, github.world)
    assert github.operations["PullRequestsById"] - before <= 300 / 25 - 2


def real(number: int, random: Random) -> Node:
    """Return a pull request whose lists are as long as those of real ones."""

    def length(often: int, rarely: int, share: float) -> int:
        return rarely if random.random() < share else random.randint(0, often)

    pull = pull_request(number, at(number * 0.04))
    pull["_reviews"] = [
        with_comments(
            review("bob", at(number * 0.04)),
            *[comment("bob", at(1)) for _ in range(length(2, 12, 0.003))],
        )
        for _ in range(length(5, 45, 0.02))
    ]
    pull["_commits"] = [
        commit(f"{number:036x}{place:04x}", at(number * 0.04))
        for place in range(length(4, 120, 0.002))
    ]
    pull["_labels"] = [
        {"id": f"L{place}", "name": f"l{place}"} for place in range(length(3, 24, 0.001))
    ]
    return pull


@pytest.mark.slow
def test_sixty_thousand_pull_requests_cost_little_more_than_full_pages(tmp_path: Path) -> None:
    """The floor are pages of 25 at 9 points. A sample costs as much a pull request as all do.

    Lists are as long as in 1,845 pull requests of real projects: 2 % have more than 30 reviews,
    0.3 % of reviews more than 10 comments, 0.2 % more than 50 commits.
    """
    count, random = 1_500, Random(1)
    github = Emulator(World([repository("acme/web", [real(n, random) for n in range(1, count)])]))
    run(github, tmp_path)
    floor = 9 * count / 25
    assert github.points <= 1.3 * floor


def test_a_fault_in_each_request_in_turn_changes_nothing(tmp_path: Path) -> None:
    clean = Emulator(world(30))
    run(clean, tmp_path)
    for position in range(1, clean.requests + 1):

        def plan(number: int, operation: str, position: int = position) -> Fault | None:
            return Status(504) if number == position else None

        github = Emulator(world(30), plan=plan)
        run(github, tmp_path)
        assert_whole(tmp_path, github.world)
