"""The lineage of columns across models: which column is read by which, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cursor_marts.contracts import columns_of
from cursor_marts.errors import NextCommand, UsageError, did_you_mean
from cursor_marts.graph.analysis.origins import ROWS, How, origins, through
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.selection import entry_of, reachable


class Place(NamedTuple):
    """A column of a table, or its ROWS."""

    table: str
    column: str


class Step(NamedTuple):
    """A column of a model, and one that it reads."""

    reader: Place
    read: Place
    how: How


def steps(entries: Catalog, names: Iterable[str]) -> tuple[Step, ...]:
    """Return every step from columns of some tables to those that they read, or to their rows.

    Raises ContractError if a model among them breaks its contract.
    """
    wanted = [entry for entry in entries.values() if entry.name in set(names) and entry.model]
    check_contracts(entry.model for entry in wanted if entry.model)
    return tuple(step for entry in wanted for step in _steps_of(entries, entry))


def related(entries: Catalog, start: Place, *, downstream: bool = False) -> tuple[Step, ...]:
    """Return the steps of all tables that a column's table reads, directly or not, or that read it.

    Raises ContractError as `steps` does.
    """

    def following(name: str) -> tuple[str, ...]:
        return readers(entries, name) if downstream else entries[name].reads

    return steps(entries, reachable([start.table], following))


def _steps_of(entries: Catalog, entry: Entry) -> Iterator[Step]:
    assert entry.model
    names = {entries[name].contract: name for name in entry.reads}
    for column, found in origins(entry.model).items():
        reader = Place(entry.name, column)
        places = [Step(reader, Place(names[o.table], o.column), o.how) for o in found]
        yield from sorted(places, key=lambda step: (ORDER.index(step.how), *step.read))
        if column != ROWS:
            yield Step(reader, Place(entry.name, ROWS), "rows")


#: The kinds of reading in the order in which they are shown.
ORDER: tuple[How, ...] = ("value", "filter", "join key", "grouping", "order", "rows")


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


def place_of(entries: Catalog, name: str) -> Place:
    """Return the column that a name means: mart_quality.revert_rate, raw.commits.message.

    Raises UsageError for a table without a column, and for a table or a column that is not there.
    """
    table, _, column = name.rpartition(".")
    if not table or column in entries:
        entry = _entry(entries, name)
        raise UsageError(
            f"{name} is a table, not a column",
            hint=f"name a column of it, as in {entry.name}.{columns_of(entry.contract)[0]}, or "
            f"select the table, --select +{entry.name}",
            next_command=NextCommand("describe", (entry.name,)),
        )
    entry = _entry(entries, table)
    columns = columns_of(entry.contract)
    if column not in columns:
        meant = did_you_mean(column, columns)
        raise UsageError(
            f"{entry.name} has no column {column!r}",
            hint=f"{meant} list its columns".strip(),
            next_command=NextCommand("describe", (entry.name,)),
        )
    return Place(entry.name, column)


def _entry(entries: Catalog, name: str) -> Entry:
    """Return a table by its name, with or without its schema or its layer."""
    layer, _, plain = name.rpartition(".")
    if layer in LAYERS and plain in entries and entries[plain].layer == layer:
        return entries[plain]
    return entry_of(entries, name)
