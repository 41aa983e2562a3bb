"""For each mart column and each raw column that its lineage names, find a change that shows it.

    make pairs

A raw column gets other values, in a generated company and in generated worlds, and every mart is
built again: the mart columns that differ come from it. For a column that decides which of several
versions of a record counts, each row gets a twin that loses by this column, then wins by it. Pairs
that no change shows are printed with the reason, if the order of the comparison gives one. A column
that changes without being named is an error, which ends the run.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from support.in_memory import loaded_world
from support.perturbation import Laboratory, lineage_of_marts, others_of, twins_of
from support.worlds import worlds

from cursor_marts.graph.column_lineage import Place
from cursor_marts.simulator import World
from cursor_marts.simulator.company.generate import generate

Named = dict[Place, frozenset[Place]]
LEAST_ROWS = 3


def search(world: World, left: set[tuple[Place, Place]], named: Named) -> None:
    """Remove from `left` the pairs that some change of a world shows."""
    lab = Laboratory(loaded_world(world))
    before = lab.marts({})
    if len(before[Place("mart_pull_requests", "title")]) < LEAST_ROWS:
        return
    for raw in sorted({raw for _mart, raw in left}):
        for other in others_of(raw):
            if wanted(left, raw):
                shows(left, named, raw, before, lab.marts({raw: other}))
        for loses, wins in twins_of(raw):
            if wanted(left, raw):
                shows(left, named, raw, lab.twins(raw, loses), lab.twins(raw, wins))
        print(f"{raw.table}.{raw.column}: {len(left)} pairs left", flush=True)
        lab.marts({})


def wanted(left: set[tuple[Place, Place]], raw: Place) -> bool:
    return any(each == raw for _mart, each in left)


def shows(
    left: set[tuple[Place, Place]],
    named: Named,
    raw: Place,
    before: dict[Place, list[object]],
    after: dict[Place, list[object]],
) -> None:
    """Remove the pairs of the mart columns that differ. Raises AssertionError for others."""
    for mart, values in before.items():
        if values != after[mart]:
            assert raw in named[mart], f"{mart} changes with {raw}, and does not name it"
            left.discard((mart, raw))


def some_worlds(number: int) -> Iterator[World]:
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
        if len(world.pulls) >= LEAST_ROWS:
            found.append(world)

    collect()
    yield from sorted(found, key=lambda world: -len(world.pulls))


def main() -> None:
    named = lineage_of_marts()
    left = {(mart, raw) for mart, found in named.items() for raw in found}
    print(f"{len(left)} pairs")
    search(generate(5, days=40, developers=5), left, named)
    for world in some_worlds(int(sys.argv[1]) if sys.argv[1:] else 30):
        search(world, left, named)
    by_raw: dict[Place, list[str]] = defaultdict(list)
    for mart, raw in sorted(left):
        by_raw[raw].append(f"{mart.table}.{mart.column}")
    for raw, marts in by_raw.items():
        print(f"{raw.table}.{raw.column}: {len(marts)} not shown: {', '.join(marts)}")


if __name__ == "__main__":
    main()
