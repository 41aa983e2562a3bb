"""The catalogue of all tables, read from the cache where an earlier command has written it.

What a table is follows from the code and from a project's files. To import the models takes ten
times as long as to read a file, so that the tables, their descriptions, and the steps between their
columns are one file of the cache each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from cursor_marts.building import cache
from cursor_marts.errors import ContractError
from cursor_marts.graph.catalog import Catalog, Definition, Entry, catalog
from cursor_marts.graph.column_lineage import steps, tables_around
from cursor_marts.graph.layers import Schemas
from cursor_marts.graph.selection import entry_of
from cursor_marts.graph.steps import Place, Step
from cursor_marts.graph.variant import current_variant
from cursor_marts.reporting.column_lineage import ColumnLineage
from cursor_marts.reporting.descriptions import Description

#: The fields of a table in the cache; its definition is found again by its name.
FIELDS = ("name", "layer", "meaning", "columns", "key", "file", "reads", "compares")
LISTS = ("columns", "key", "reads", "compares")


def tables() -> Catalog:
    """Return the catalogue of the package's models and those of the project in use.

    Raises ContractError, as `all_models` does.
    """
    if not cache.is_enabled():
        return _whole()
    found = _cached("tables", lambda: [_data(entry) for entry in _whole().values()])
    return {data["name"]: _entry(data) for data in found}


def description(name: str, schemas: Schemas) -> Description:
    """Return the description of a table in schemas. Raises UsageError for a name that is none."""
    entry = entry_of(tables(), name)
    if not cache.is_enabled():
        return _described(_whole(), entry.name, schemas)
    found = _cached("descriptions", partial(_descriptions, schemas), schemas)
    return Description.of(found[entry.name])


def column_lineage(entries: Catalog, place: Place, *, downstream: bool) -> ColumnLineage:
    """Return the lineage of a column. Its steps raise ContractError where a model is broken."""
    if not cache.is_enabled():
        return ColumnLineage(entries, place, downstream)
    try:
        found = _cached("steps", lambda: steps(_whole(), entries))
    except ContractError:  # perhaps of a model that has nothing to do with the column
        return ColumnLineage(_whole(), place, downstream)
    around = tables_around(entries, place.table, downstream=downstream)
    return ColumnLineage(entries, place, downstream, tuple(_steps(found, around)))


def _cached(kind: str, find: Callable[[], Any], *parts: object) -> Any:
    """Return a value of the cache as JSON knows it; find it, and cache it, if it is not there."""
    key = cache.key(kind, cache.PACKAGE, current_variant(), *parts)
    with suppress(ValueError, TypeError):  # a damaged file is as good as none
        return json.loads(cache.get(key) or "")
    found = find()
    cache.put(key, json.dumps(found))
    return found


def _whole() -> Catalog:
    from cursor_marts.models import all_models

    return catalog(all_models())


def _data(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FIELDS}


def _entry(data: dict[str, Any]) -> Entry:
    lists = {name: tuple(data[name]) for name in LISTS}
    return Entry(**data | lists, definition=partial(_definition, data["name"]))


def _definition(name: str) -> Definition:
    return _whole()[name].definition()


def _descriptions(schemas: Schemas) -> dict[str, Any]:
    entries = _whole()
    return {name: _described(entries, name, schemas).data() for name in entries}


def _described(entries: Catalog, name: str, schemas: Schemas) -> Description:
    from cursor_marts.reporting.describing import described

    return described(entries, entries[name], schemas)


def _steps(found: list[Any], around: set[str]) -> Iterator[Step]:
    for reader, read, how in found:
        if reader[0] in around:
            yield Step(Place(*reader), Place(*read), how)
