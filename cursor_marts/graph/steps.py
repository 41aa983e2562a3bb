"""Columns, how one is read by another, and what follows from many such steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

How = Literal["value", "filter", "join key", "grouping", "order", "rows"]
#: The kinds of reading in the order in which they are shown.
ORDER: tuple[How, ...] = ("value", "filter", "join key", "grouping", "order", "rows")
#: In place of a column: which rows a table has.
ROWS = "*"


class Place(NamedTuple):
    """A column of a table, or its ROWS."""

    table: str
    column: str


class Step(NamedTuple):
    """A column of a model, and one that it reads."""

    reader: Place
    read: Place
    how: How


def through(how: How, further: How) -> How:
    """Return how a column is read through another one: what decides rows upstream stays so."""
    return how if further == "value" else further


def followed(
    found: Iterable[Step], start: Place, *, downstream: bool = False
) -> dict[Place, frozenset[How]]:
    """Return every place upstream of a column, or downstream, and how it is read on the way."""
    after: dict[Place, list[tuple[Place, How]]] = {}
    for reader, read, how in found:
        source, target = (read, reader) if downstream else (reader, read)
        after.setdefault(source, []).append((target, how))
    seen: set[tuple[Place, How]] = set()
    left: list[tuple[Place, How]] = [(start, "value")]
    while left:
        place, so_far = left.pop()
        for target, how in after.get(place, ()):
            state = (target, through(how, so_far) if downstream else through(so_far, how))
            if state not in seen:
                seen.add(state)
                left.append(state)
    return {place: frozenset(how for p, how in seen if p == place) for place, _ in seen}
