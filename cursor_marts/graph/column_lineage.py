"""The lineage of columns across models: which column is read by which, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cursor_marts.errors import NextCommand, UsageError, did_you_mean
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.selection import entry_of, reachable
from cursor_marts.graph.steps import ORDER, ROWS, Place, Step


def steps(entries: Catalog, names: Iterable[str]) -> tuple[Step, ...]:
    """Return every step from columns of some tables to those that they read, or to their rows.

    Raises ContractError if a model among them breaks its contract.
    """
    from cursor_marts.graph.conformance import check_contracts

    wanted = [entry for entry in entries.values() if entry.name in set(names) and entry.model]
    check_contracts(entry.model for entry in wanted if entry.model)
    return tuple(step for entry in wanted for step in _steps_of(entries, entry))


def tables_around(entries: Catalog, table: str, *, downstream: bool = False) -> set[str]:
    """Return a table and all tables that it reads, directly or not, or that read it."""

    def following(name: str) -> tuple[str, ...]:
        return readers(entries, name) if downstream else entries[name].reads

    return reachable([table], following)


def related(entries: Catalog, start: Place, *, downstream: bool = False) -> tuple[Step, ...]:
    """Return the steps of all tables that a column's table reads, directly or not, or that read it.

    Raises ContractError as `steps` does.
    """
    return steps(entries, tables_around(entries, start.table, downstream=downstream))


def _steps_of(entries: Catalog, entry: Entry) -> Iterator[Step]:
    from cursor_marts.graph.analysis.origins import origins

    assert entry.model
    names = {entries[name].contract: name for name in entry.reads}
    for column, found in origins(entry.model).items():
        reader = Place(entry.name, column)
        places = [Step(reader, Place(names[o.table], o.column), o.how) for o in found]
        yield from sorted(places, key=lambda step: (ORDER.index(step.how), *step.read))
        if column != ROWS:
            yield Step(reader, Place(entry.name, ROWS), "rows")


def place_of(entries: Catalog, name: str) -> Place:
    """Return the column that a name means: mart_quality.revert_rate, raw.commits.message.

    Raises UsageError for a table without a column, and for a table or a column that is not there.
    """
    table, _, column = name.rpartition(".")
    if not table or column in entries:
        entry = _entry(entries, name)
        raise UsageError(
            f"{name} is a table, not a column",
            hint=f"name a column of it, as in {entry.name}.{entry.columns[0]}, or "
            f"select the table, --select +{entry.name}",
            next_command=NextCommand("describe", (entry.name,)),
        )
    entry = _entry(entries, table)
    if column not in entry.columns:
        meant = did_you_mean(column, entry.columns)
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
