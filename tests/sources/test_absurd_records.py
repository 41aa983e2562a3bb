"""Values that no record should have: the record is rejected, and the others arrive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, team

from cursor_marts.raw.manifest import Manifest
from cursor_marts.simulator import Response, Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

pytestmark = pytest.mark.slow

WORLD = team(120, 260, 120, people=4)
MARK = "put the absurd value here"
DEEP = "[" * 900 + "]" * 900
#: As they are spelled in an answer.
ABSURD = ["NaN", "Infinity", "-Infinity", "1e999", r'"\ud800"', r'{"\udfff": 1}', "9" * 5000, DEEP]


class Absurd(Simulator):
    """A source that writes one value in its own way."""

    spelled = b""

    def respond(self, method: str, target: str, headers: Any) -> Response:
        answer = super().respond(method, target, headers)
        return Response(
            answer.status,
            answer.headers,
            answer.body.replace(f'"{MARK}"'.encode(), self.spelled),
        )


def take(simulator: Simulator, folder: Path, rejects_allowed: float = 0.01) -> Manifest:
    with client_of(simulator, pacer=Hurry().pacer()) as client:
        return extract([source_of(client)], WINDOW, folder, rejects_allowed=rejects_allowed)


def rows(folder: Path, resource: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / resource).to_pylist()
    return found


def with_mark(field: str, resource: str = "pulls") -> World:
    """Return the world with the mark in one record's field."""
    parts = {name: getattr(WORLD, name) for name in ("repos", "commits", "pulls", "reviews")}
    first, *others = parts[resource]
    return World(**parts | {resource: [first | {field: MARK}, *others]})


def absurd(world: World, spelled: str, **options: Any) -> Absurd:
    simulator = Absurd(world, rate_limit=None, **options)
    simulator.spelled = spelled.encode()
    return simulator


@pytest.mark.parametrize("bulk", [True, False])
@pytest.mark.parametrize("field", ["additions", "ai_ratio", "title", "mood", "labels", "merged_at"])
@pytest.mark.parametrize("spelled", ABSURD, ids=lambda text: text[:12])
def test_one_absurd_value_rejects_one_record(
    spelled: str, field: str, bulk: bool, tmp_path: Path
) -> None:
    """In a field of the contract or beyond it: whatever cannot be stored as it is."""
    if (field, spelled) == ("title", "9" * 5000):
        pytest.skip("a whole number is a text of its digits")
    manifest = take(absurd(with_mark(field), spelled, bulk=bulk), tmp_path / "raw")
    tally = manifest.resources["pull_requests"]
    assert (tally.received, tally.rejected, tally.rows) == (120, 1, 119)
    (reject,) = rows(tmp_path / "raw", "rejects")
    assert field in reject["reason"]
    json.loads(reject["record"], parse_constant=pytest.fail)
    reject["record"].encode()


@pytest.mark.parametrize("resource", ["commits", "reviews", "repos"])
@pytest.mark.parametrize("spelled", ABSURD, ids=lambda text: text[:12])
def test_so_it_does_in_every_list(spelled: str, resource: str, tmp_path: Path) -> None:
    """Commits, reviews and repositories; a repository that is rejected is not read."""
    simulator = absurd(with_mark("mood", resource), spelled)
    manifest = take(simulator, tmp_path / "raw", rejects_allowed=0.2)  # one of five repositories
    assert manifest.resources[resource].rejected == 1


@pytest.mark.parametrize("name", ["\\ud800", "x" * 100_000], ids=["half a pair", "too long"])
@pytest.mark.parametrize("field", ["author_email", "reviewers"])
def test_a_name_that_no_request_can_hold_is_requested_of_nobody(
    name: str, field: str, tmp_path: Path
) -> None:
    """Names become queries: of one that cannot, the reviews are read in another way."""
    spelled = f'"{name}"' if field == "author_email" else f'["{name}"]'
    manifest = take(absurd(with_mark(field), spelled), tmp_path / "raw")
    rejected = "\\" in name
    assert manifest.resources["pull_requests"].rows == 120 - rejected
    assert manifest.resources["reviews"].rows > 250


@pytest.mark.parametrize("name", ["\\ud800", "x" * 100_000], ids=["half a pair", "too long"])
def test_a_reviewer_of_such_a_name_does_not_stop_the_run(name: str, tmp_path: Path) -> None:
    """One of them is a reject, the other an ordinary review."""
    manifest = take(absurd(with_mark("reviewer", "reviews"), f'"{name}"'), tmp_path / "raw")
    assert manifest.resources["reviews"].rows == 260 - ("\\" in name)


def test_bytes_that_are_no_utf_8_reject_one_record(tmp_path: Path) -> None:
    """A name in an older encoding, for example."""
    simulator = absurd(with_mark("title"), "")
    simulator.spelled = '"Björn"'.encode("latin-1")
    manifest = take(simulator, tmp_path / "raw")
    assert manifest.resources["pull_requests"].rejected == 1


def test_a_repository_name_is_filled_in_where_the_list_is_its_own(tmp_path: Path) -> None:
    """`repo_name: null` says nothing else than a field that is left out."""
    pulls = [pull | {"repo_name": pull["repo_name"], "repo": None} for pull in WORLD.pulls]

    class Unnamed(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Response:
            answer = super().respond(method, target, headers)
            if not target.partition("?")[0].endswith("/pulls"):
                return answer
            body = [pull | {"repo_name": None} for pull in json.loads(answer.body)]
            return Response(answer.status, answer.headers, json.dumps(body).encode())

    world = World(WORLD.repos, [], pulls, WORLD.reviews)
    manifest = take(Unnamed(world, rate_limit=None, bulk=False), tmp_path / "raw")
    assert manifest.resources["pull_requests"].rows == 120
    assert manifest.resources["reviews"].rows == 260


@pytest.mark.parametrize("claim", ["-1", '"many"', "1.5", "[]", "1e30"])
def test_a_claim_that_is_no_count_is_none(claim: str, tmp_path: Path) -> None:
    """One repository that does not say how many pull requests it has."""

    class Claiming(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Response:
            answer = super().respond(method, target, headers)
            if target != "/repos":
                return answer
            first, *others = sorted(json.loads(answer.body), key=lambda repo: repo["full_name"])
            first["total_pull_requests_count"] = MARK
            body = json.dumps([first, *others]).replace(f'"{MARK}"', claim)
            return Response(answer.status, answer.headers, body.encode())

    manifest = take(Claiming(WORLD, rate_limit=None), tmp_path / "raw")
    assert manifest.resources["pull_requests"].rows == 120


def test_a_map_of_thousands_of_names_is_told_of_in_a_few_lines(tmp_path: Path) -> None:
    """Fields that the contract does not know are notes for people."""
    pulls = [pull | {f"field_{n}_{pull['id']}": n for n in range(5)} for pull in WORLD.pulls]
    world = World(WORLD.repos, [], pulls, [])
    manifest = take(Simulator(world, rate_limit=None), tmp_path / "raw")
    assert len(manifest.notes) < 30
    assert "… and 580 more fields like these" in manifest.notes
