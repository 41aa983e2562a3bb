"""The merged pull requests of a generated world that the marts count."""

from __future__ import annotations

from cursor_marts.simulator import World
from cursor_marts.simulator.world import Record
from support.oracle import kind_of, person


def kind_of_author(pull: Record) -> str:
    """Return whether a person, an agent or a bot has opened a pull request."""
    names = (person(pull.get("author_id")), person(pull.get("author_email")))
    return kind_of(pull.get("author_type"), *names)


def counted_merges(world: World) -> list[Record]:
    """Return the merged pull requests of people and agents."""
    return [p for p in world.pulls if "merged_at" in p and kind_of_author(p) != "bot"]
