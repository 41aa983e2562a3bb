"""Teams of a given size, for tests that count requests: the records say little, but are many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from cursor_marts.raw.window import Window
from cursor_marts.simulator import World

END = datetime(2026, 11, 20, tzinfo=UTC)
WINDOW = Window.parse("2026-08-23", "2026-11-20")  # 90 days


def team(
    pulls: int,
    reviews: int,
    commits: int,
    people: int = 40,
    seed: int = 0,
    days_ago: Iterable[int] = range(90),
    by_one: float = 0.0,
) -> World:
    """Return a world of five repositories, weekends quieter, some people busier.

    It works on the days that are so many before the last one, twice as much on one given twice.
    One person opens the share `by_one` of all pull requests.
    """
    random = Random(seed)
    emails = [f"person{n}@example.com" for n in range(people)]
    busy = [random.uniform(0.5, 1.5) for _ in emails]
    days = [END - timedelta(days=n) for n in days_ago]
    weights = [0.15 if day.weekday() >= 5 else random.uniform(0.7, 1.3) for day in days]

    def moment() -> str:
        (day,) = random.choices(days, weights)
        return (day + timedelta(seconds=random.randrange(86_400))).isoformat()

    repos = [f"acme/service-{n}" for n in range(5)]
    return World(
        repos=[{"full_name": name, "default_branch": "main"} for name in repos],
        commits=[
            {"commitHash": f"{n:012x}", "commitTs": moment(), "repoName": random.choice(repos)}
            for n in range(commits)
        ],
        pulls=[
            {"id": n, "number": n, "repo_name": random.choice(repos), "created_at": moment()}
            | {"author_email": emails[0] if n <= by_one * pulls else random.choice(emails)}
            | {"state": random.choices(["merged", "open", "closed"], [75, 15, 10])[0]}
            for n in range(1, pulls + 1)
        ],
        reviews=[
            {"id": n, "pr_id": random.randint(1, pulls), "submitted_at": moment()}
            | {"reviewer": random.choices(emails, busy)[0], "state": "approved"}
            for n in range(1, reviews + 1 if pulls else 1)
        ],
    )


def floor(world: World) -> int:
    """Return how many requests nobody can do without: rows by the largest page, rounded up."""
    sizes: list[tuple[Any, int]] = [(world.commits, 1000), (world.pulls, 100), (world.reviews, 100)]
    return 1 + sum(-(-len(records) // size) for records, size in sizes)
