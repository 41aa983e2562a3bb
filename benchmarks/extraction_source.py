"""Invented sources for measurements, each in its own process.

    python extraction_source.py team --seed 0 --rate-limit 100
    python extraction_source.py team --recorded
    python extraction_source.py commits --count 1000000

Prints its address and serves until it is stopped.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from support.team_sizes import team

from cursor_marts.simulator import Simulator, World, generate, serve_forever
from cursor_marts.simulator.app import JSON, Response

#: Where a recorded source tells what it was asked since it was asked for that last.
ASKED = "/asked"


def full(world: World) -> World:
    """Return a world whose records have all the fields that the embedded source sends."""
    like = generate(days=30)
    return World(
        world.repos,
        [like.commits[0] | record for record in world.commits],
        [like.pulls[n % len(like.pulls)] | record for n, record in enumerate(world.pulls)],
        [like.reviews[n % len(like.reviews)] | record for n, record in enumerate(world.reviews)],
    )


@dataclass
class Recorded:
    """A source that answers every run with the same bytes, at almost no cost.

    A request that a run repeats gets a different answer each time, as from the original source.
    """

    source: Simulator
    answers: dict[tuple[str, int], Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def respond(self, method: str, target: str, headers: Mapping[str, str]) -> Response:
        """Repeat the answer that an earlier run received."""
        with self.lock:
            if target == ASKED:
                asked, self.asked = self.asked, []
                return Response(200, JSON, json.dumps(asked).encode())
            key = (target, self.asked.count(target))
            self.asked.append(target)
        if key not in self.answers:
            self.answers[key] = self.source.respond(method, target, headers)
        return self.answers[key]


@dataclass
class ManyCommits:
    """A source with a number of commits and nothing else; it creates each commit on request."""

    count: int

    def __post_init__(self) -> None:
        like = json.dumps(generate(days=30).commits[0] | {"commitHash": "HASH", "userId": "WHO"})
        self._before, _, rest = like.partition("HASH")
        self._between, _, self._after = rest.partition("WHO")

    def respond(self, method: str, target: str, headers: Mapping[str, str]) -> Response:
        """Return a page of commits; all other lists are empty."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/repos":
            return Response(200, JSON, b"[]")
        if parts.path != "/analytics/ai-code/commits":
            empty = {"data": [], "pagination": {"page": 1, "page_size": 100, "total": 0}}
            return Response(200, JSON, json.dumps(empty).encode())
        page, size = int(query["page"]), int(query["pageSize"])
        numbers = range((page - 1) * size, min(self.count, page * size))
        items = ", ".join(self._commit(n) for n in numbers)
        rest = f'"totalCount": {self.count}, "page": {page}, "pageSize": {size}'
        return Response(200, JSON, f'{{"items": [{items}], {rest}}}'.encode())

    def _commit(self, n: int) -> str:
        return f"{self._before}{n:012x}{self._between}user_{n % 40:03d}{self._after}"


def main() -> None:
    """Serve the source that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["team", "commits"])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate-limit", type=int)
    parser.add_argument("--recorded", action="store_true")
    options = parser.parse_args()
    source: Any
    if options.what == "commits":
        source = ManyCommits(options.count)
    else:
        world = full(team(pulls=6000, reviews=9700, commits=6000, seed=options.seed))
        source = Simulator(world, rate_limit=options.rate_limit, seed=options.seed)
        source = Recorded(source) if options.recorded else source
    serve_forever(source, "127.0.0.1", 0, ready=lambda url: print(url, flush=True))


if __name__ == "__main__":
    main()
