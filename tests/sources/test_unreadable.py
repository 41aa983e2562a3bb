"""One repository or pull request that cannot be read does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, team

from cursor_marts.errors import IncompleteExtraction, LandingError, SourceRefused
from cursor_marts.raw.manifest import Manifest, Unreadable
from cursor_marts.simulator import Response, Simulator
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

WORLD = team(40, 90, 20, people=4)
REPO = "acme/service-1"
IN_REPO = {pull["number"] for pull in WORLD.pulls if pull["repo_name"] == REPO}
(NUMBER, *_) = sorted(review["pr_id"] for review in WORLD.reviews if review["pr_id"] not in IN_REPO)
NAME = next(pull["repo_name"] for pull in WORLD.pulls if pull["number"] == NUMBER)
NOW = datetime(2026, 11, 20)
ONE_REPOSITORY = f"/repos/{REPO}/pulls?"
ONE_PULL_REQUEST = f"/repos/{NAME}/pulls/{NUMBER}/reviews"


class Refusing(Simulator):
    """A source without bulk reads that refuses some of its paths."""

    refuses: Callable[[str], int | None] = staticmethod(lambda target: None)
    asked = 0

    def respond(self, method: str, target: str, headers: Any) -> Response:
        self.asked += 1
        status = self.refuses(target)
        if status is None:
            return super().respond(method, target, headers)
        return Response(status, {"Location": "/elsewhere"}, b'{"message": "no"}')


def refusing(part: str, status: int) -> Refusing:
    simulator = Refusing(WORLD, rate_limit=None, bulk=False)
    simulator.refuses = lambda target: status if part in target else None
    return simulator


def take(simulator: Simulator, folder: Path, *, skip_unreadable: bool = False) -> Manifest:
    with client_of(simulator, pacer=Hurry().pacer()) as client:
        source = source_of(client, "the same")
        return extract([source], WINDOW, folder, skip_unreadable=skip_unreadable)


def numbers(folder: Path, resource: str) -> set[int]:
    column = "number" if resource == "pull_requests" else "pr_number"
    found: list[int] = pq.read_table(folder / resource)[column].to_pylist()
    return set(found)


@pytest.mark.parametrize("status", [301, 403, 404, 409, 410, 451])
def test_a_repository_that_cannot_be_read_is_left_out(status: int, tmp_path: Path) -> None:
    """The manifest names it, with the status, what the source said, and what to do."""
    manifest = take(refusing(ONE_REPOSITORY, status), tmp_path / "raw", skip_unreadable=True)
    (unreadable,) = manifest.unreadable
    assert (unreadable.name, unreadable.status) == (REPO, str(status))
    assert unreadable.message == '{"message": "no"}'
    assert unreadable.hint
    assert str(unreadable) in manifest.notes
    assert manifest.resources["pull_requests"].unreadable == [str(unreadable)]
    everything = {pull["number"] for pull in WORLD.pulls}
    assert numbers(tmp_path / "raw", "pull_requests") == everything - IN_REPO
    assert not numbers(tmp_path / "raw", "reviews") & IN_REPO
    assert Manifest.read(tmp_path / "raw") == manifest


@pytest.mark.parametrize("status", [403, 404, 451])
def test_a_pull_request_whose_reviews_cannot_be_read_is_left_out(
    status: int, tmp_path: Path
) -> None:
    """Published without its reviews it would count as one that nobody has reviewed."""
    manifest = take(refusing(ONE_PULL_REQUEST, status), tmp_path / "raw", skip_unreadable=True)
    (unreadable,) = manifest.unreadable
    assert unreadable.name == f"{NAME}#{NUMBER}"
    everything = {pull["number"] for pull in WORLD.pulls}
    assert numbers(tmp_path / "raw", "pull_requests") == everything - {NUMBER}
    assert NUMBER not in numbers(tmp_path / "raw", "reviews")
    tally = manifest.resources["pull_requests"]
    assert (tally.expected, tally.received, tally.outside_window, tally.rows) == (40, 39, 0, 39)


def test_by_default_the_run_fails_with_all_else_landed(tmp_path: Path) -> None:
    """It says what is missing, and a set with a gap is not loaded by accident."""
    with pytest.raises(IncompleteExtraction, match=rf"nothing is published.*\n.*{REPO}.*403") as no:
        take(refusing(ONE_REPOSITORY, 403), tmp_path / "raw")
    assert "--skip-unreadable" in no.value.hint
    manifest = Manifest.read(tmp_path / "raw")
    assert manifest.resources["commits"].rows == 20
    with pytest.raises(LandingError, match=r"acme/service-1: .*403") as refused:
        manifest.refuse_gaps()
    assert "--skip-unreadable" in refused.value.hint
    manifest.refuse_gaps(skip_unreadable=True)


def test_the_run_that_skips_it_reads_nothing_twice(tmp_path: Path) -> None:
    """The answers of the failed run are there; what was refused is requested again."""
    first = refusing(ONE_REPOSITORY, 403)
    with pytest.raises(IncompleteExtraction):
        take(first, tmp_path / "raw")
    second = refusing(ONE_REPOSITORY, 403)
    manifest = take(second, tmp_path / "raw", skip_unreadable=True)
    assert second.asked < 10 < first.asked
    manifest.refuse_gaps()
    assert not list((tmp_path / ".raw").glob("journal*"))


def test_a_repository_that_can_be_read_again_is_no_gap(tmp_path: Path) -> None:
    """A run after the fault is over is whole."""
    with pytest.raises(IncompleteExtraction):
        take(refusing(ONE_REPOSITORY, 403), tmp_path / "raw")
    manifest = take(Simulator(WORLD, rate_limit=None, bulk=False), tmp_path / "raw")
    assert manifest.unreadable == []
    assert manifest.resources["pull_requests"].rows == 40


@pytest.mark.parametrize(("part", "status"), [(ONE_REPOSITORY, 401), (ONE_REPOSITORY, 400)])
def test_a_refusal_of_the_key_or_of_the_request_ends_the_run(
    part: str, status: int, tmp_path: Path
) -> None:
    """It would meet every other repository as well."""
    with pytest.raises(SourceRefused, match=f"{status}"):
        take(refusing(part, status), tmp_path / "raw", skip_unreadable=True)


def test_many_gaps_are_shortened() -> None:
    """Five are named, with status and next step; the others are counted."""
    gaps = [Unreadable("reviews", "a/b", n, "404", "", "look") for n in range(1, 8)]
    manifest = Manifest("r", "s", WINDOW, NOW, NOW, {}, unreadable=gaps)
    with pytest.raises(LandingError) as refused:
        manifest.refuse_gaps()
    assert refused.value.message.splitlines()[1:] == [
        *(f"    a/b#{n}: reviews cannot be read: 404 → look" for n in range(1, 6)),
        "    and 2 more, in the notes of manifest.json",
    ]
