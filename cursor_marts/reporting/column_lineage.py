"""The lineage of one column as text, as a Mermaid flowchart, or as data."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from cursor_marts.graph.catalog import Catalog
from cursor_marts.graph.column_lineage import related
from cursor_marts.graph.steps import ORDER, ROWS, How, Place, Step, followed

WIDTH = 100


@dataclass(frozen=True)
class ColumnLineage:
    """What a column comes from, or with `downstream` what reads it."""

    entries: Catalog
    start: Place
    downstream: bool = False
    #: Every step between the tables around the column, if it is known already.
    known: tuple[Step, ...] | None = None

    @cached_property
    def places(self) -> Mapping[Place, frozenset[How]]:
        """Every column upstream or downstream, and how it is read on the way."""
        return followed(self._all, self.start, downstream=self.downstream)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step between the column and the places: a column, one that it reads, and how."""
        near = {self.start, *self.places}
        return tuple(
            step for step in self._all if (step.read if self.downstream else step.reader) in near
        )

    @cached_property
    def ends(self) -> Mapping[How, tuple[Place, ...]]:
        """The raw columns upstream, or the columns of marts downstream, by how they are read."""
        layer = "marts" if self.downstream else "raw"
        columns = [
            Place(entry.name, column)
            for entry in self.entries.values()
            if entry.layer == layer
            for column in entry.columns
        ]
        by_how = {
            how: tuple(place for place in columns if how in self.places.get(place, ()))
            for how in ORDER
            if how != "rows"
        }
        return {how: places for how, places in by_how.items() if places}

    @cached_property
    def _all(self) -> tuple[Step, ...]:
        if self.known is not None:
            return self.known
        return related(self.entries, self.start, downstream=self.downstream)

    @cached_property
    def _after(self) -> Mapping[Place, list[tuple[How, Place]]]:
        """Return for each place those that follow it, in the order in which they are shown."""
        after: dict[Place, list[tuple[How, Place]]] = {}
        for reader, read, how in self.steps:
            source, target = (read, reader) if self.downstream else (reader, read)
            if not (self.downstream and source == Place(target.table, ROWS)):
                after.setdefault(source, []).append((how, target))
        return {place: sorted(found, key=self._rank) for place, found in after.items()}

    def _rank(self, found: tuple[How, Place]) -> tuple[int, int, str]:
        how, place = found
        return ORDER.index(how), list(self.entries).index(place.table), place.column

    def text(self) -> str:
        """Return the raw columns (downstream: the columns of marts) by how, then each step."""
        said = "read by" if self.downstream else "comes from"
        lines = [self.name(self.start), "", said, *self._summary(), "", "step by step"]
        tree = self._tree(self.start, "", set())
        return "\n".join([*lines, self.name(self.start), *tree]) + "\n"

    def _summary(self) -> Iterator[str]:
        if not self.ends:
            yield f"  {self._nothing()}"
        for how, places in self.ends.items():
            for n, (table, some) in enumerate(groupby(places, key=lambda place: place.table)):
                names = self._named(table, [place.column for place in some])
                head = f"  {how if n == 0 else '':<10}"
                yield textwrap.fill(
                    names, WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
                )

    def _nothing(self) -> str:
        if self.downstream:
            return "no mart"
        is_raw = self.entries[self.start.table].layer == "raw"
        return "the source" if is_raw else "no raw column: only which rows there are"

    def _named(self, table: str, columns: list[str]) -> str:
        every = len(columns) > 1 and len(columns) == len(self.entries[table].columns)
        return f"{self.table(table)}: {'all columns' if every else ', '.join(columns)}"

    def _tree(self, place: Place, indent: str, seen: set[Place]) -> Iterator[str]:
        seen.add(place)
        branches = list(self._branches(place))
        for how, table, columns in branches:
            last = (how, table, columns) == branches[-1]
            stem, under = ("└── ", "    ") if last else ("├── ", "│   ")
            following = Place(table, columns[0])
            goes_on = len(columns) == 1 and following in self._after
            again = " …" if goes_on and following in seen else ""
            yield f"{indent}{stem}{how}: {self._columns(table, columns)}{again}"
            if goes_on and not again:
                yield from self._tree(following, indent + under, seen)

    def _branches(self, place: Place) -> Iterator[tuple[How, str, list[str]]]:
        """Yield how, table and columns of each branch: columns that end there are one branch."""

        def branch(found: tuple[How, Place]) -> tuple[How, str, str]:
            how, following = found
            return how, following.table, following.column if following in self._after else ""

        for (how, table, _), some in groupby(self._after.get(place, ()), key=branch):
            yield how, table, [following.column for _how, following in some]

    def _columns(self, table: str, columns: list[str]) -> str:
        if columns == [ROWS]:
            return self.table(table)
        return f"{self.table(table)}.{', '.join(columns)}"

    def mermaid(self) -> str:
        """Return a Mermaid flowchart with a box for each table; an arrow says how, if not value."""
        lines = ["flowchart LR"]
        for table, places in groupby(self._drawn(), key=lambda place: place.table):
            lines += [f"  subgraph {table}", *(f"    {_box(place)}" for place in places), "  end"]
        lines += [
            f"  {_id(read)} -->{_arrow(how)} {_id(reader)}" for reader, read, how in self.steps
        ]
        return "\n".join(lines) + "\n"

    def _drawn(self) -> list[Place]:
        names = list(self.entries)
        return sorted(
            {self.start, *self.places}, key=lambda place: (names.index(place.table), place.column)
        )

    def data(self) -> dict[str, Any]:
        """Return it as JSON-compatible data; `*` stands for the rows of a table."""
        return {
            "column": self.name(self.start),
            "direction": "downstream" if self.downstream else "upstream",
            "columns": {how: self._names(places) for how, places in self.ends.items()},
            "steps": [
                {"from": self.name(read), "to": self.name(reader), "how": how}
                for reader, read, how in self.steps
            ],
        }

    def _names(self, places: Iterable[Place]) -> list[str]:
        return [self.name(place) for place in places]

    def name(self, place: Place) -> str:
        """Return a column with its table, as in raw.commits.message or mart_quality.week."""
        return f"{self.table(place.table)}.{place.column}"

    def table(self, name: str) -> str:
        """Return the name of a table; that of a raw one with its layer."""
        return f"raw.{name}" if self.entries[name].layer == "raw" else name


def value_sources(entries: Catalog, table: str) -> Mapping[str, tuple[str, ...]]:
    """Return column → the raw columns whose values make it, as in raw.commits.message.

    Without any, only which rows there are makes it. Raises ContractError if a model that the table
    comes from breaks its contract.
    """
    found: dict[Place, set[Place]] = defaultdict(set)
    for reader, read, how in related(entries, Place(table, ROWS)):  # in build order
        if how == "value":
            found[reader] |= {read} if entries[read.table].layer == "raw" else found[read]
    raw = [
        Place(entry.name, column)
        for entry in entries.values()
        if entry.layer == "raw"
        for column in entry.columns
    ]
    return {
        column: tuple(f"raw.{each.table}.{each.column}" for each in raw if each in found[place])
        for place in list(found)
        if place.table == table
        for column in [place.column]
    }


def by_table(names: Iterable[str]) -> str:
    """Return columns with their tables as one text: raw.reviews: state, body; raw.commits: …."""
    parts = [name.rpartition(".") for name in names]
    return "; ".join(
        f"{table}: {', '.join(column for _table, _dot, column in some)}"
        for table, some in groupby(parts, key=lambda part: part[0])
    )


def _id(place: Place) -> str:
    return f"{place.table}__{'rows' if place.column == ROWS else place.column}"


def _box(place: Place) -> str:
    return f'{_id(place)}["{"(rows)" if place.column == ROWS else place.column}"]'


def _arrow(how: How) -> str:
    return "" if how in ("value", "rows") else f"|{how}|"
