"""Writes a landing: the rows of a run into the files of the months that they change.

Files are never changed. A month without a change keeps its file, which the new landing shares with
the one before as a hard link.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cursor_marts.raw.changes import Changes, compared
from cursor_marts.raw.columns import KNOWN_UNTIL
from cursor_marts.raw.deduplicate import (
    PullRequest,
    belonging_to,
    once,
    once_in_order,
    without,
)
from cursor_marts.raw.files import File, Stored, linked, named_by_content
from cursor_marts.raw.history import History
from cursor_marts.raw.identity import IDENTITIES
from cursor_marts.raw.months import (
    ALL,
    NONE,
    NUMBERS,
    UNKNOWN,
    ByMonth,
    MonthsOfPullRequests,
    commit_times,
    months_of_times,
    pull_request_keys,
)
from cursor_marts.raw.scope import Committed, Scope
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.tables import RAW_TABLES


@dataclass
class Landed:
    """The rows of a table that a run has written and left out, and what they have changed."""

    rows: int = 0
    left_out: int = 0
    changes: Changes = field(default_factory=Changes)


@dataclass
class Store:
    """The files of a landing that is being written; pull requests come before what is theirs."""

    folder: Path  #: of the new landing
    scratch: Path
    history: History
    read_at: datetime  #: when the run began
    files: dict[str, Stored] = field(default_factory=dict)
    #: How many records of each resource this run has rejected for each reason.
    rejected: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _pruned: set[PullRequest] = field(default_factory=set)
    _months: MonthsOfPullRequests = field(default_factory=MonthsOfPullRequests)
    _replaced: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    _touched: set[str] = field(default_factory=set)

    def land(
        self,
        spool: Spool,
        source: str,
        scope: Scope | None = None,
        unreadable: Set[PullRequest] = frozenset(),
    ) -> Landed:
        """Write the rows of a spool, and the stored rows that they do not replace.

        Stored rows of another source are not kept. Rows of `unreadable` pull requests are left out,
        and those that are stored of them stay.
        """
        resource, landed = spool.resource, Landed()
        arrived = self._arrived(spool, unreadable, landed)
        if resource == "pull_requests":
            self._replace(arrived, source, scope, unreadable)
        before = self._before(resource, source)
        table = _Table(self, resource, spool.schema, arrived, scope, landed.changes)
        months = table.months(before) | set(arrived.rows)
        files = []
        for month in sorted(months | set(before)):
            if month in months:
                files += table.merge(month, before.get(month))
            else:
                files.append(self.link(before[month]))
        self.files[resource] = Stored(source, tuple(files or [table.empty()]))
        return landed

    def keep(self, resource: str) -> None:
        """Keep a raw table as it is stored: no source of this run fills it."""
        stored = self.history.of(resource)
        if stored is not None and resource != "repos" and not self.history.forgotten:
            self.files[resource] = Stored(stored.source, tuple(map(self.link, stored.files)))
            return
        self.land(Spool(self.scratch, resource), stored.source if stored else "")

    def in_order(self) -> dict[str, Stored]:
        """Return the files in the order of the raw tables."""
        return {name: self.files[name] for name in RAW_TABLES if name in self.files}

    def link(self, file: File) -> File:
        """Give a stored file a name in the new landing."""
        linked(self.history.folder / file.name, self.folder / file.name)
        return file

    def _arrived(self, spool: Spool, unreadable: Set[PullRequest], landed: Landed) -> ByMonth:
        arrived = ByMonth(self.scratch / f"{spool.resource}-by-month", spool.schema)
        for part in once_in_order(spool):
            self._note_pruned(spool.resource, part)
            rows = without(part, spool.resource, unreadable | self._pruned)
            landed.rows += rows.num_rows
            landed.left_out += part.num_rows - rows.num_rows
            arrived.put(rows, self._month_of(spool.resource, rows))
            if spool.resource == "rejects":
                self._count_reasons(rows)
        arrived.close()
        return arrived

    def _note_pruned(self, resource: str, rows: pa.Table) -> None:
        """Note pull requests that were dropped for their age, and have come again."""
        if resource == "pull_requests" and self.history.pruned is not None:
            old = rows.filter(self.history.pruned.holds(rows))
            columns = (old[name].to_pylist() for name in ("repo_name", "number"))
            self._pruned |= set(zip(*columns, strict=True))

    def _count_reasons(self, rejects: pa.Table) -> None:
        columns = (rejects[name].to_pylist() for name in ("resource", "reason"))
        for resource, reason in zip(*columns, strict=True):
            self.rejected[resource][reason] += 1

    def _month_of(self, resource: str, rows: pa.Table) -> pa.ChunkedArray:
        if resource == "commits":
            return months_of_times(commit_times(rows))
        if resource == "pull_requests":
            months = months_of_times(rows["created_at"])
            self._months.note(pull_request_keys(rows), months)
            return months
        if resource in NUMBERS:
            return self._months.of(rows)
        return pa.chunked_array([pa.repeat(ALL, rows.num_rows)])

    def _replace(
        self, arrived: ByMonth, source: str, scope: Scope | None, unreadable: Set[PullRequest]
    ) -> None:
        """Determine which stored pull requests this run has read again, or the source has lost."""
        if not self._before("pull_requests", source):
            return
        stored = self.history.pull_requests
        keys = pull_request_keys(stored)
        leaves = self._months.holds(keys)
        if scope is not None:
            leaves = pc.or_(leaves, scope.holds(stored))
        leaves = pc.and_(leaves, pc.invert(belonging_to(stored, unreadable)))
        self._replaced = keys.filter(leaves).combine_chunks()
        self._touched = set(stored["landed_month"].filter(leaves).to_pylist())
        self._touched |= self.history.months_to_rewrite()
        self._months.note(keys, stored["landed_month"])

    def _before(self, resource: str, source: str) -> dict[str, File]:
        stored = self.history.of(resource)
        if stored is None or stored.source != source:
            return {}
        return {file.month: file for file in stored.files if file.month != NONE}

    def touched(self) -> set[str]:
        """Return the months of the pull requests that change."""
        return self._touched | {UNKNOWN}

    def belongs_to_replaced(self, rows: pa.Table) -> pa.ChunkedArray:
        """Return whether each row is of a pull request that was read again."""
        return pc.is_in(pull_request_keys(rows), value_set=self._replaced)


@dataclass
class _Table:
    """One raw table on its way into a landing."""

    store: Store
    resource: str
    schema: pa.Schema
    arrived: ByMonth
    scope: Scope | None
    changes: Changes

    def months(self, before: dict[str, File]) -> set[str]:
        """Return the stored months that may change."""
        if self.resource in NUMBERS:
            return self.store.touched() & set(before)
        if isinstance(self.scope, Committed) and not self.store.history.forgotten:
            return {month for month in before if self.scope.touches(month)}
        return set(before)

    def merge(self, month: str, before: File | None) -> list[File]:
        """Write a month, if any row is left of it."""
        if before is None:
            self.changes.new += self.arrived.rows[month]
            parts = (self._landed(rows, month) for rows in self.arrived.read(month))
            return [self._write(month, parts)]
        stored = self.store.history.rows(before, self.schema)
        leaves = self._leaves(stored, month)
        arrived = self._landed(self.arrived.whole(month), month)
        arrived = compared(arrived, stored, leaves, IDENTITIES[self.resource], self.changes)
        kept = self._dated(stored.filter(pc.invert(leaves)))
        rows = once(pa.concat_tables([kept, arrived]), IDENTITIES[self.resource])
        if rows.equals(stored) and not self.store.history.renamed:
            return [self.store.link(before)]
        return [self._write(month, [rows])] if rows.num_rows else []

    def empty(self) -> File:
        """Write the file of a table without rows."""
        return self._write(NONE, [self.schema.empty_table()])

    def _landed(self, rows: pa.Table, month: str) -> pa.Table:
        values = {"landed_month": month, "extracted_at": self.store.read_at}
        for name, value in values.items():
            place, type_ = rows.column_names.index(name), rows.schema.field(name).type
            column = pa.repeat(pa.scalar(value, type_), rows.num_rows)
            rows = rows.set_column(place, rows.schema.field(name), column)
        return rows

    def _dated(self, kept: pa.Table) -> pa.Table:
        """Note until when repositories are known that this run has not read."""
        before = self.store.history.manifest
        if self.resource != "repos" or before is None:
            return kept
        place, times = kept.column_names.index(KNOWN_UNTIL), kept[KNOWN_UNTIL]
        dated = pc.fill_null(times, pa.scalar(before.started_at, times.type))
        return kept.set_column(place, kept.schema.field(place), dated)

    def _leaves(self, stored: pa.Table, month: str) -> pa.ChunkedArray:
        """Return which stored rows of a month the run replaces, or forgets."""
        if self.resource in NUMBERS:
            leaves = self.store.belongs_to_replaced(stored)
        elif self.resource == "repos":
            names = self.arrived.whole(month)["full_name"]
            leaves = pc.is_in(stored["full_name"], value_set=names.combine_chunks())
        elif self.scope is not None:
            leaves = self.scope.holds(stored)
        else:
            leaves = pa.chunked_array([pa.repeat(False, stored.num_rows)])
        return pc.or_(leaves, self._forgotten(stored))

    def _forgotten(self, stored: pa.Table) -> pa.ChunkedArray:
        column = "full_name" if self.resource == "repos" else "repo_name"
        names = pa.array(sorted(self.store.history.forgotten), pa.string())
        if column not in stored.column_names:
            return pa.chunked_array([pa.repeat(False, stored.num_rows)])
        return pc.is_in(pc.utf8_lower(stored[column]), value_set=names)

    def _write(self, month: str, parts: Iterable[pa.Table]) -> File:
        folder = self.store.folder / self.resource
        folder.mkdir(exist_ok=True)
        written, rows = folder / "next", 0
        with pq.ParquetWriter(written, self.schema) as target:
            for part in parts:
                target.write_table(part)
                rows += part.num_rows
        return named_by_content(written, self.resource, month, rows)
