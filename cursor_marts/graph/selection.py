"""Selection of tables: `+mart_quality`, `stg_reviews+`, `marts`, `stg_*`, `state:modified`.

A plus before a name adds its ancestors, a plus after it its descendants, `2+` and `+1` as many
steps of them; `@` adds its descendants and all of their ancestors. A name is a table, with or
without its schema (main_mart.mart_quality), a layer, or a pattern. `path:` selects by the file of a
model, `state:modified` what was published by other SQL. Several selectors, separated by blanks or
in a list, select the union; parts that a comma joins, the intersection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from cursor_marts.errors import NextCommand, NothingModified, UsageError, did_you_mean
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.layers import LAYERS, is_schema_of
from cursor_marts.graph.words import MODIFIED, Names, depends_on_state, selectors

#: A selector without its commas: how far up, the name, how far down.
SELECTOR = re.compile(r"(?:(?P<at>@)|(?P<up>\d*)\+)?(?P<name>[^@+].*?)(?:\+(?P<down>\d*))?")
#: The tables that were published by other SQL; None where that is not known.
Modified = Collection[str] | None


def selected(
    entries: Catalog, select: Names = (), exclude: Names = (), modified: Modified = None
) -> tuple[Entry, ...]:
    """Return the selected tables in the order of the catalog; without `select`, all tables.

    `modified` is what `state:modified` selects. Raises UsageError for a name without a match, and
    if no table is left.
    """
    wanted = _matching(entries, selectors(select), modified) if selectors(select) else set(entries)
    left = wanted - _matching(entries, selectors(exclude), modified)
    if not left and depends_on_state(select):
        raise NothingModified(
            f"{MODIFIED} selects nothing", hint="all tables are published as their models are"
        )
    if not left:
        raise UsageError("nothing is selected", hint="exclude less than is selected")
    return tuple(entry for entry in entries.values() if entry.name in left)


def entry_of(entries: Catalog, name: str) -> Entry:
    """Return one table by its name. Raises UsageError that suggests the most similar name."""
    plain = without_schema(name)
    if plain not in entries:
        raise _no_table(entries, f"table {name!r}", plain, ())
    _check_layer(name, entries[plain])
    return entries[plain]


def _matching(entries: Catalog, selectors: Iterable[str], modified: Modified) -> set[str]:
    return {name for each in selectors for name in _intersection(entries, each, modified)}


def _intersection(entries: Catalog, selector: str, modified: Modified) -> set[str]:
    """Return what fits each part of a selector. Raises UsageError if nothing fits all of them."""
    parts = [part for part in selector.split(",") if part]
    found = set.intersection(*(_matching_one(entries, part, modified) for part in parts))
    if not found and len(parts) > 1:
        raise UsageError(
            f"no table fits all of {selector}",
            hint="a comma selects what fits each part; separate names by blanks to select all",
        )
    return found


def _matching_one(entries: Catalog, part: str, modified: Modified) -> set[str]:
    match = SELECTOR.fullmatch(part)
    if match is None:
        raise UsageError(f"{part!r} selects nothing", hint="name a table after the plus or the @")
    found = _named(entries, match["name"], modified)

    def up(names: set[str], steps: str) -> set[str]:
        return within(names, lambda name: entries[name].reads, steps)

    def down(names: set[str], steps: str) -> set[str]:
        return within(names, lambda name: readers(entries, name), steps)

    if match["at"]:
        return up(down(found, ""), "")
    ancestors = set() if match["up"] is None else up(found, match["up"])
    descendants = set() if match["down"] is None else down(found, match["down"])
    return found | ancestors | descendants


def _named(entries: Catalog, name: str, modified: Modified) -> set[str]:
    """Return the tables of a name, a layer, a pattern or a method such as `path:`."""
    method, colon, value = name.partition(":")
    if not colon:
        return _called(entries, name)
    if method == "path" and value:
        return _in_path(entries, value)
    if name == MODIFIED:
        if modified is None:
            raise UsageError(
                f"{MODIFIED} is not known here",
                hint="transform, test, diff and ls compare the models with what is published",
            )
        return set(modified)
    raise UsageError(
        f"there is no selector {name!r}", hint=f"write path:models/marts, or {MODIFIED}"
    )


def _called(entries: Catalog, name: str) -> set[str]:
    plain = without_schema(name)
    called = [e for e in entries.values() if e.layer == name or fnmatchcase(e.name, plain)]
    if not called:
        raise _no_table(entries, f"table or layer {name!r}", plain, LAYERS)
    schema = name.rpartition(".")[0]
    found = {e.name for e in called if not schema or is_schema_of(e.layer, schema)}
    if not found:
        _check_layer(name, called[0])
    return found


def _in_path(entries: Catalog, path: str) -> set[str]:
    """Return the models whose file has a path, or is in a folder of it, from any folder on.

    The path may be a pattern. Raises UsageError if there is none.
    """
    wanted = path.removeprefix("./").rstrip("/")
    patterns = [f"{start}{wanted}{end}" for start in ("", "*/") for end in ("", "/*")]
    found = {
        entry.name
        for entry in entries.values()
        if entry.file and any(fnmatchcase(Path(entry.file).as_posix(), each) for each in patterns)
    }
    if not found:
        raise UsageError(
            f"no model is in {path}", hint="name a file or a folder: path:models/marts"
        )
    return found


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


def _check_layer(name: str, entry: Entry) -> None:
    """Raise UsageError for a name whose schema is that of another layer, with any prefix."""
    schema = name.rpartition(".")[0]
    if schema and not is_schema_of(entry.layer, schema):
        check_schema(name, schemas_of(entry))


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


def within(names: Iterable[str], following: Callable[[str], Iterable[str]], steps: str) -> set[str]:
    """Return some names and those that follow in as many steps, in any number of them if ''."""
    if not steps:
        return reachable(names, following)
    found = set(names)
    for _ in range(int(steps)):
        found |= {after for name in found for after in following(name)}
    return found


def unknown(what: str, name: str, known: Iterable[str]) -> UsageError:
    """Return the error that `what` does not exist, with the known name most similar to `name`."""
    meant = did_you_mean(name, known)
    return UsageError(
        f"there is no {what}",
        hint=f"{meant} list all tables".strip(),
        next_command=NextCommand("ls"),
    )
