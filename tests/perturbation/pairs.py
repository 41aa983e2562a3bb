"""For each mart column and each raw column that its lineage names, find a change that shows it.

    make pairs

A raw column gets other values in an invented company with many generated worlds and a few rows
made by hand, what reads it is built again, and the mart columns that differ come from it: one
change shows many pairs. For a column that decides which of several versions of a record counts,
each row gets a twin that loses by this column, then wins by it. Pairs that no change can show are
printed with the reason. It is an error if a pair is neither shown nor explained, or if a mart
column changes with a raw column that it does not name, or that is explained not to change it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from perturbation.hand_made import add_earlier_run, add_hand_made
from perturbation.reasons import reason_of
from support.in_memory import loaded_world
from support.merged_worlds import merged, some_worlds
from support.perturbation import (
    Laboratory,
    Marts,
    differing,
    lineage_of_marts,
    others_of,
    twins_of,
)

from cursor_marts.graph.steps import Place
from cursor_marts.raw import RAW_TABLES
from cursor_marts.simulator.company.generate import generate

WORLDS = 200


class Pair(NamedTuple):
    """A mart column, and a raw column that its lineage names."""

    mart: Place
    raw: Place


class Search:
    """The pairs that no change has shown yet, and those that none can show."""

    def __init__(self, named: Mapping[Place, Iterable[Place]]) -> None:
        pairs = [Pair(mart, raw) for mart, found in named.items() for raw in found]
        reasons = {pair: reason_of(*pair) for pair in pairs}
        self.explained = {pair: reason for pair, reason in reasons.items() if reason}
        self.left = set(pairs) - self.explained.keys()
        self.pairs = set(pairs)

    def wants(self, raw: Place) -> bool:
        return any(pair.raw == raw for pair in self.left)

    def shows(self, raw: Place, before: Marts, after: Marts) -> None:
        """Remove the pairs of the mart columns that differ. Raises AssertionError for others."""
        for mart in differing(before, after):
            pair = Pair(mart, raw)
            assert pair in self.pairs, f"{mart} changes with {raw}, and does not name it"
            assert pair not in self.explained, f"{mart} changes with {raw}: no {reason_of(*pair)}"
            self.left.discard(pair)

    def through(self, lab: Laboratory) -> None:
        """Change each raw column of which a pair is left, until none is or no change is left."""
        for table in RAW_TABLES:
            before = lab.marts({})
            for raw in sorted({pair.raw for pair in self.left if pair.raw.table == table}):
                self._change(lab, raw, before)

    def _change(self, lab: Laboratory, raw: Place, before: Marts) -> None:
        for one, other in _changes(lab, raw, before):
            self.shows(raw, one, other)
            if not self.wants(raw):
                return
        left = sum(pair.raw == raw for pair in self.left)
        print(f"{raw.table}.{raw.column}: {left} not shown yet", flush=True)


def _changes(lab: Laboratory, raw: Place, before: Marts) -> Iterator[tuple[Marts, Marts]]:
    """Yield all mart columns before and after a change of a raw column."""
    for loses, wins in twins_of(raw):
        yield lab.twins(raw.table, loses), lab.twins(raw.table, wins)
    for other in others_of(raw):
        for share in (1, 2):
            yield before, lab.marts({raw: other}, share)


def main() -> int:
    search = Search(lineage_of_marts())
    print(f"{len(search.pairs)} pairs, of which {len(search.explained)} cannot be shown")
    company = generate(5, days=40, developers=5)
    backend = loaded_world(merged([company, *some_worlds(WORLDS)]))
    add_hand_made(backend)
    add_earlier_run(backend)
    search.through(Laboratory(backend))
    shown = len(search.pairs) - len(search.explained) - len(search.left)
    print(f"{shown} pairs shown")
    for reason, number in Counter(search.explained.values()).items():
        print(f"{number} pairs not to be shown: {reason}")
    print(f"{len(search.left)} pairs neither shown nor explained")
    for mart, raw in sorted(search.left):
        print(f"  {mart.table}.{mart.column} by {raw.table}.{raw.column}")
    return 1 if search.left else 0


if __name__ == "__main__":
    sys.exit(main())
