"""The rows of earlier extractions, which the next one adds to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cursor_marts.errors import LandingError
from cursor_marts.raw.files import File, Stored
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.scope import ClosedBefore
from cursor_marts.raw.window import Window

#: What an index of pull requests knows of each.
INDEXED = {
    "repo_name": pa.string(),
    "number": pa.int64(),
    "created_at": pa.timestamp("us"),
    "updated_at": pa.timestamp("us"),
    "merged_at": pa.timestamp("us"),
    "closed_at": pa.timestamp("us"),
    "landed_month": pa.string(),
}
#: The name of the note by which `prune` tells later runs what it has dropped.
PRUNED = "pruned"
#: The columns that hold the name of a repository.
NAMES = ("full_name", "repo_name", "head_repo_name")


@dataclass
class History:
    """A landing as the next extraction finds it: complete, and never changed.

    `renamed` are repositories that have another name now, by their old one.
    """

    folder: Path
    manifest: Manifest | None = None
    renamed: dict[str, str] = field(default_factory=dict)
    pruned: ClosedBefore | None = None  #: pull requests that are not to come again
    forgotten: frozenset[str] = frozenset()  #: names, in lower case, whose rows are not kept

    def respect_pruning(self, window: Window) -> dict[str, Any]:
        """Leave out what was pruned, unless a window begins before it; then the note is void."""
        note = self.manifest.states.get(PRUNED) if self.manifest else None
        if note is None:
            return {}
        day = date.fromisoformat(note["before"])
        if window.start < day:
            return {PRUNED: None}
        self.pruned = ClosedBefore(day)
        return {}

    def of(self, resource: str) -> Stored | None:
        """Return what is stored of a raw table."""
        return self.manifest.files.get(resource) if self.manifest else None

    def state(self, kind: str, name: str) -> dict[str, Any]:
        """Return what a source has noted for its next run; nothing of a source of another name."""
        found: dict[str, Any] = self.manifest.states.get(kind, {}) if self.manifest else {}
        return found if found.get("name") == name else {}

    def rows(self, file: File, schema: pa.Schema) -> pa.Table:
        """Return the rows of a file, with repositories as they are called now."""
        with readable(self.folder / file.name):
            table = pq.read_table(self.folder / file.name, partitioning=None)
        return self._renamed(conformed(table, schema))

    @property
    def pull_requests(self) -> pa.Table:
        """All stored pull requests: repository, number, times, and the month of their file."""
        return self._renamed(self._index)

    @cached_property
    def _index(self) -> pa.Table:
        stored = self.of("pull_requests")
        schema = pa.schema(INDEXED)
        parts = [schema.empty_table()]
        for file in stored.files if stored else ():
            path = self.folder / file.name
            with readable(path):
                found = pq.read_table(path, columns=list(INDEXED), partitioning=None)
            parts.append(found.cast(schema))
        return pa.concat_tables(parts)

    def versions_of(self, repo: str) -> dict[int, Any]:
        """Return the last update of each stored pull request of a repository, by number.

        The repository is called as it was when they were stored.
        """
        found = self._index
        mine = found.filter(pc.equal(found["repo_name"], repo))
        pairs = zip(mine["number"].to_pylist(), mine["updated_at"].to_pylist(), strict=True)
        return dict(pairs)

    def months_to_rewrite(self) -> set[str]:
        """Return the months with pull requests of repositories to forget; all if one is renamed.

        A pull request may come from a branch of another repository, whose name it has as well.
        """
        found = self._index
        names = pa.array(sorted(self.forgotten), pa.string())
        leaves = pc.is_in(pc.utf8_lower(found["repo_name"]), value_set=names)
        of_these = found if self.renamed else found.filter(leaves)
        return set(of_these["landed_month"].to_pylist())

    def _renamed(self, rows: pa.Table) -> pa.Table:
        for name in NAMES if self.renamed else ():
            if name in rows.column_names:
                place = rows.column_names.index(name)
                rows = rows.set_column(place, name, self._new_names(rows[name]))
        return self._with_new_addresses(rows) if "url" in rows.column_names else rows

    def _with_new_addresses(self, rows: pa.Table) -> pa.Table:
        addresses = rows["url"]
        for old, new in self.renamed.items():
            addresses = pc.replace_substring(addresses, f"/{old}/pull/", f"/{new}/pull/")
        return rows.set_column(rows.column_names.index("url"), "url", addresses)

    def _new_names(self, names: pa.ChunkedArray) -> pa.ChunkedArray:
        old = pa.array(list(self.renamed), pa.string())
        new = pa.array(list(self.renamed.values()), pa.string())
        return pc.coalesce(pc.take(new, pc.index_in(names, value_set=old)), names)


def conformed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with the columns of a schema; what an earlier version lacks is NULL."""
    columns = [
        table[column.name].cast(column.type)
        if column.name in table.column_names
        else pa.nulls(table.num_rows, column.type)
        for column in schema
    ]
    return pa.table(columns, schema=schema)


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Turn what Arrow says of a missing or damaged file into a LandingError that names it."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise LandingError(
            f"cannot read {file}: {error}",
            hint="restore the folder from a backup or a bucket, or remove it to begin anew",
        ) from None
