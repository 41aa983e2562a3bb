"""Many generated worlds as one: whatever goes wrong in real sources, in a single database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from cursor_marts.simulator import World
from support.worlds import Record, worlds

LEAST_PULLS = 3
REPO = re.compile(r"(?<=acme/)(web|api)|(?<=odd )org", re.I)
HASH = re.compile(r"(?<![0-9a-z])[0-9a-f]{2}(?=[0-9a-f]{4,38}(?![0-9a-z]))", re.I)
IDS = ("id", "pr_id")
TIMES = re.compile("_at$|At$|Ts$")


def some_worlds(number: int) -> Iterator[World]:
    """Yield the worlds of so many generated ones that have a few pull requests, always the same."""
    found: list[World] = []

    @settings(
        max_examples=number,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds())
    def collect(world: World) -> None:
        if len(world.pulls) >= LEAST_PULLS:
            found.append(world)

    collect()
    yield from sorted(found, key=lambda world: -len(world.pulls))


def merged(several: Sequence[World]) -> World:
    """Return one world with the records of several, each of repositories of its own."""
    found = World()
    for number, world in enumerate(several, start=1):
        for kind in ("repos", "commits", "pulls", "reviews"):
            getattr(found, kind).extend(_apart(record, number) for record in getattr(world, kind))
    return found


def _apart(record: Record, number: int) -> Record:
    return {key: _value(key, value, number) for key, value in record.items()}


def _value(key: str, value: Any, number: int) -> Any:
    """Return a value with repositories, hashes and ids that no other world has."""
    if isinstance(value, dict):
        return _apart(value, number)
    if isinstance(value, list):
        return [_value(key, each, number) for each in value]
    if isinstance(value, int) and key in IDS:
        return value + number * 1_000_000
    if isinstance(value, str) and not TIMES.search(key):
        return HASH.sub(f"{number:02x}", REPO.sub(rf"\g<0>{number}", value))
    return value
