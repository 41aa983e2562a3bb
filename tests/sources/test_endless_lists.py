"""Lists that never end: the run does, with an error that names the list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, team

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.manifest import Manifest
from cursor_marts.simulator import Response, Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

WORLD = team(350, 500, 3500, people=4)
COMMITS, REPOS = "/analytics/ai-code/commits", "/repos"
Change = Callable[[Any], Any]


class Endless(Simulator):
    """A source that ignores the number of the page of one list, and changes what it says of it."""

    list_path = ""
    change: Change = staticmethod(lambda said: said)
    asked = 0

    def respond(self, method: str, target: str, headers: Any) -> Response:
        self.asked += 1
        path, query = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query))
        if not path.endswith(self.list_path):
            return super().respond(method, target, headers)
        wanted = "&".join(f"{k}={v}" for k, v in query.items() if k != "page")
        answer = super().respond(method, f"{path}?{wanted}", headers)
        return Response(
            answer.status, answer.headers, json.dumps(self.change(json.loads(answer.body))).encode()
        )


def endless(list_path: str, change: Change = lambda said: said, **options: Any) -> Endless:
    simulator = Endless(WORLD, rate_limit=None, **options)
    simulator.list_path, simulator.change = list_path, change
    return simulator


def take(simulator: Simulator, folder: Path) -> Manifest:
    with client_of(simulator, pacer=Hurry().pacer()) as client:
        return extract([source_of(client)], WINDOW, folder)


def always_more(said: Any) -> Any:
    return {"data": said["items"], "pagination": {"hasNextPage": True}}


def without_total(said: Any) -> Any:
    return {"items": said["items"]}


def raw_array(said: Any) -> Any:
    return said["items"]


@pytest.mark.parametrize("change", [always_more, without_total, raw_array])
@pytest.mark.parametrize("bulk", [True, False])
def test_a_list_that_repeats_its_first_page_is_named(
    change: Change, bulk: bool, tmp_path: Path
) -> None:
    """After a few pages, whatever the shape."""
    simulator = endless(COMMITS, change, bulk=bulk)
    with pytest.raises(IncompleteExtraction, match=r"commits: .* bring no new records"):
        take(simulator, tmp_path / "raw")
    assert simulator.asked < 12
    assert not (tmp_path / "raw").exists()


def test_a_total_beyond_all_measure_is_no_list_of_pages_to_request(tmp_path: Path) -> None:
    """Pages that are empty end the list; the claim is then not met."""
    simulator = Endless(WORLD, rate_limit=None)
    simulator.list_path, simulator.change = COMMITS, lambda said: said | {"totalCount": 10**12}
    with pytest.raises(IncompleteExtraction, match=r"commits: "):
        take(simulator, tmp_path / "raw")
    assert simulator.asked < 200


def test_a_list_in_random_order_that_never_ends_is_named(tmp_path: Path) -> None:
    """Each page is another one, and after some of them none brings anything new."""

    def unclaimed(said: Any) -> Any:
        if isinstance(said, list) and said and "full_name" in said[0]:
            return [{k: v for k, v in repo.items() if "count" not in k} for repo in said]
        return said

    class Both(Endless):
        def respond(self, method: str, target: str, headers: Any) -> Response:
            answer = super().respond(method, target, headers)
            body = json.dumps(unclaimed(json.loads(answer.body))).encode()
            return Response(answer.status, answer.headers, body)

    simulator = Both(World(WORLD.repos[:1], [], one_repository(WORLD), []), bulk=False)
    simulator.list_path = "/pulls"
    with pytest.raises(IncompleteExtraction, match=r"pull requests of acme/service-0: .* no new"):
        take(simulator, tmp_path / "raw")
    assert simulator.asked < 80


def one_repository(world: World) -> list[Any]:
    return [pull | {"repo_name": "acme/service-0"} for pull in world.pulls]


def test_reviews_of_one_person_that_never_end_are_named(tmp_path: Path) -> None:
    """The order is stable by reviewer: the first page comes again and again."""
    simulator = endless("/analytics/github/reviews")
    with pytest.raises(IncompleteExtraction, match=r"reviews by one reviewer: .* no new"):
        take(simulator, tmp_path / "raw")
