"""A build as a plain value: every statement of it, without ibis, sqlglot or pandera."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from cursor_marts.building.profiles import Profiled
from cursor_marts.engines.publisher import Publication, Published


@dataclass(frozen=True)
class CompiledTest:
    """One data test: the query of the rows that fail it, and the columns of them to show.

    `exact` counts the failures of a test whose first count may be too high.
    """

    name: str
    severity: Literal["error", "warn"]
    description: str
    is_key: bool
    rows: str
    shown: tuple[str, ...]
    exact: str = ""


@dataclass(frozen=True)
class CompiledTable:
    """One table of a run, in build order; `chosen` says whether the run is about it.

    `query` is its SELECT, which for a view that is not created is a copy of it; '' where the table
    is read as it exists. `count` gives its row count, then the failures of each test, in order;
    `count_without_key` the same without the test of its key, which need not be run where the keys
    of the tables `key_follows_from` hold. Tables of the same `wave` do not read each other, and
    all that its tests read exists after the wave `tested_after`. `stored_first` are the names and
    queries of tables that are stored before it, for its SELECT alone.
    """

    name: str
    layer: str
    is_model: bool
    created: bool
    chosen: bool = True
    wave: int = 0
    tested_after: int = 0
    query: str = ""
    reads: tuple[str, ...] = ()
    stored_first: tuple[tuple[str, str], ...] = ()
    tests: tuple[CompiledTest, ...] = ()
    count: str = ""
    count_without_key: str = ""
    key_follows_from: tuple[str, ...] = ()

    @property
    def key_may_follow(self) -> bool:
        """Whether the model's expression guarantees its key, if those of its inputs hold."""
        return bool(self.count_without_key)


@dataclass(frozen=True)
class CompiledBuild:
    """All statements of a run; `required` are the tables that must exist, with their columns.

    `provenance` is the query of the sources of the raw tables, and what is known of each; `profile`
    are queries about the `profiled` tables, each with the number of columns after its first.
    `repository_names` is the query of all names of repositories, where the tables of the run have
    them as an ENUM; else ''.
    """

    tables: tuple[CompiledTable, ...]
    publication: Publication
    required: tuple[tuple[str, str, tuple[str, ...]], ...]
    provenance: str
    profiled: tuple[Profiled, ...] = ()
    profile: tuple[tuple[str, int], ...] = ()
    repository_names: str = ""

    def with_fingerprints(self, fingerprints: Mapping[str, str]) -> CompiledBuild:
        """Return the same build, whose published tables have the fingerprints of their models."""
        tables = self.publication.tables
        marked = tuple(replace(each, fingerprint=fingerprints[each.name]) for each in tables)
        return replace(self, publication=replace(self.publication, tables=marked))

    def to_json(self) -> str:
        """Return the value as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> CompiledBuild:
        """Read what `to_json` returned. Raises ValueError, KeyError or TypeError."""
        found: dict[str, Any] = json.loads(text)
        published = found["publication"]
        return cls(
            tables=tuple(_table(each) for each in found["tables"]),
            publication=Publication(
                tuple(Published(**each) for each in published["tables"]),
                tuple((layer, name) for layer, name in published["temporary"]),
                published["whole"],
            ),
            required=tuple((n, layer, tuple(columns)) for n, layer, columns in found["required"]),
            provenance=found["provenance"],
            profiled=tuple(
                Profiled(**each | {"columns": tuple(each["columns"])}) for each in found["profiled"]
            ),
            profile=tuple((query, width) for query, width in found["profile"]),
            repository_names=found["repository_names"],
        )


def _table(found: dict[str, Any]) -> CompiledTable:
    tests = tuple(CompiledTest(**test | {"shown": tuple(test["shown"])}) for test in found["tests"])
    names = {field: tuple(found[field]) for field in ("key_follows_from", "reads")}
    first = tuple((name, query) for name, query in found["stored_first"])
    return CompiledTable(**found | names | {"tests": tests, "stored_first": first})
