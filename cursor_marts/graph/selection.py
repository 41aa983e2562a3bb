"""Selection of tables by name: `+mart_quality`, `stg_reviews+`, `marts`, `stg_*`.

A plus before a name adds its ancestors, a plus after it its descendants. A name is a table, with or
without its schema (main_mart.mart_quality), a layer, or a pattern. Several names, separated by
blanks or commas or in a list, select the union.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

from cursor_marts.errors import NextCommand, UsageError, did_you_mean
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.words import Names, words


def selected(entries: Catalog, select: Names = (), exclude: Names = ()) -> tuple[Entry, ...]:
    """Return the selected tables in the order of the catalog; without `select`, all tables.

    Raises UsageError for a name without a match, and if no table is left.
    """
    wanted = _matching(entries, words(select)) if words(select) else set(entries)
    left = wanted - _matching(entries, words(exclude))
    if not left:
        raise UsageError("nothing is selected", hint="exclude less than is selected")
    return tuple(entry for entry in entries.values() if entry.name in left)


def entry_of(entries: Catalog, name: str) -> Entry:
    """Return one table by its name. Raises UsageError that suggests the most similar name."""
    plain = without_schema(name)
    if plain not in entries:
        raise _no_table(entries, f"table {name!r}", plain, ())
    check_schema(name, schemas_of(entries[plain]))
    return entries[plain]


def _matching(entries: Catalog, words: Iterable[str]) -> set[str]:
    return {name for word in words for name in _matching_one(entries, word)}


def _matching_one(entries: Catalog, word: str) -> set[str]:
    name = word.removeprefix("+").removesuffix("+")
    plain = without_schema(name)
    called = [e for e in entries.values() if e.layer == name or fnmatchcase(e.name, plain)]
    if not called:
        raise _no_table(entries, f"table or layer {name!r}", plain, LAYERS)
    found = {e.name for e in called if name.rpartition(".")[0] in ("", *schemas_of(e))}
    if not found:
        check_schema(name, schemas_of(called[0]))
    upstream = reachable(found, lambda n: entries[n].reads) if word.startswith("+") else set()
    downstream = reachable(found, lambda n: readers(entries, n)) if word.endswith("+") else set()
    return found | upstream | downstream


def _no_table(entries: Catalog, what: str, name: str, layers: Iterable[str]) -> UsageError:
    tested = name.partition("__")[0]
    if "__" in name and tested in entries:
        return UsageError(
            f"{name} is not a model: it holds the rows that failed a test of {tested}",
            hint="show these rows",
            next_command=NextCommand("show", (name,)),
        )
    return unknown(what, name, [*entries, *layers])


def without_schema(name: str) -> str:
    """Return the name of a table without its schema."""
    return name.rpartition(".")[2]


def schemas_of(entry: Entry) -> tuple[str, ...]:
    """Return the schemas of a table on all engines."""
    return tuple(filter(None, LAYERS[entry.layer].schemas.values()))


def check_schema(name: str, schemas: tuple[str, ...]) -> None:
    """Raise UsageError for a name with a schema in which the table is not."""
    schema, _, plain = name.rpartition(".")
    if schema and schema not in schemas:
        raise UsageError(
            f"{plain} is not in schema {schema}",
            hint=f"it is in {schemas[0]}: write {schemas[0]}.{plain}, or {plain} alone"
            if schemas
            else f"it is in no schema after a build: write {plain} alone",
        )


def reachable(names: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the names, and all names that follow from them, directly or indirectly."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += following(name)
    return found


def unknown(what: str, name: str, known: Iterable[str]) -> UsageError:
    """Return the error that `what` does not exist, with the known name most similar to `name`."""
    meant = did_you_mean(name, known)
    return UsageError(
        f"there is no {what}",
        hint=f"{meant} list all tables".strip(),
        next_command=NextCommand("ls"),
    )
