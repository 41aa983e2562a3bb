"""Choosing tables by name: `+mart_quality`, `stg_reviews+`, `marts`, `stg_*`.

A plus before a name adds all that it is made of, a plus after it all that is made of it. A name is
a table's, a layer's, or a pattern. Several, with blanks or commas between them or in a list, are
put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase

from cursor_marts.catalog import Catalog, Entry, readers
from cursor_marts.errors import UsageError
from cursor_marts.graph import LAYERS

#: One text, or several.
Names = str | Iterable[str]
SHOWN = "python -m cursor_marts ls shows all"


def selected(entries: Catalog, select: Names = (), exclude: Names = ()) -> tuple[Entry, ...]:
    """Return the chosen tables in the order of the catalog; without `select`, all of them.

    Raises UsageError for a name that fits nothing, and where nothing is left.
    """
    wanted = _fitting(entries, words(select)) if words(select) else set(entries)
    left = wanted - _fitting(entries, words(exclude))
    if not left:
        raise UsageError("nothing is selected", hint="exclude less than is selected")
    return tuple(entry for entry in entries.values() if entry.name in left)


def entry_of(entries: Catalog, name: str) -> Entry:
    """Return one table by its name. Raises UsageError that names the nearest."""
    if name not in entries:
        raise unknown(f"table {name!r}", name, entries)
    return entries[name]


def words(names: Names) -> tuple[str, ...]:
    """Return the single words of one text or of several."""
    texts = [names] if isinstance(names, str) else names
    return tuple(word for text in texts for word in re.split(r"[\s,]+", text) if word)


def _fitting(entries: Catalog, words: Iterable[str]) -> set[str]:
    return {name for word in words for name in _fitting_one(entries, word)}


def _fitting_one(entries: Catalog, word: str) -> set[str]:
    name = word.removeprefix("+").removesuffix("+")
    found = {e.name for e in entries.values() if e.layer == name or fnmatchcase(e.name, name)}
    if not found:
        raise unknown(f"table or layer {name!r}", name, [*entries, *LAYERS])
    upstream = reachable(found, lambda n: entries[n].reads) if word.startswith("+") else set()
    downstream = reachable(found, lambda n: readers(entries, n)) if word.endswith("+") else set()
    return found | upstream | downstream


def reachable(names: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the names, and all that can be come to from them step by step."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += following(name)
    return found


def unknown(what: str, name: str, known: Iterable[str], shown: str = SHOWN) -> UsageError:
    """Return the error that `what` is not there, with the known name that is nearest to `name`.

    `shown` says where all that is known can be seen.
    """
    nearest = get_close_matches(name, list(known), 1, cutoff=0.5)
    return UsageError(
        f"there is no {what}",
        hint=(f"did you mean {nearest[0]}? " if nearest else "") + shown,
    )
