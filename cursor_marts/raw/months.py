"""Rows by month: that of the opening of their pull request, or of their commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.raw.sorting import reader, writer

ALL = "all"  #: the only file of a table whose rows belong to no month
UNKNOWN = "unknown"  #: rows whose month nothing tells
NONE = "none"  #: the file of a table without rows
#: Rows of a Parquet file that are written at once.
ROWS_AT_ONCE = 20_000

#: The columns of a key of each table that belongs to pull requests.
NUMBERS = {
    "pull_requests": "number",
    "pull_request_commits": "pr_number",
    "reviews": "pr_number",
    "review_comments": "pr_number",
}


def months_of_times(times: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the month of each time, as text such as `2026-10`."""
    spelled = times.cast(pa.string())  # ISO 8601; strftime takes ten times as long
    return pc.fill_null(pc.utf8_slice_codeunits(spelled, 0, len("2026-10")), UNKNOWN)


def commit_times(rows: pa.Table) -> pa.ChunkedArray:
    """Return when each commit was made, or recorded where that is not known."""
    return pc.coalesce(rows["commit_ts"], rows["created_at"])


def pull_request_keys(rows: pa.Table) -> pa.ChunkedArray:
    """Return `owner/repo#number` of the pull request that each row is of, or belongs to."""
    number = next(name for name in ("pr_number", "number") if name in rows.column_names)
    return pc.binary_join_element_wise(rows["repo_name"], rows[number].cast(pa.string()), "#")


class MonthsOfPullRequests:
    """Knows the month of each pull request, by which the rows that belong to it are stored."""

    def __init__(self) -> None:
        self._keys: list[pa.Array] = []
        self._months: list[pa.Array] = []
        self._found: tuple[pa.Array, pa.Array] | None = None

    def note(self, keys: pa.ChunkedArray, months: pa.ChunkedArray) -> None:
        """Note pull requests; of several months of one, the first that was noted counts."""
        self._keys += keys.chunks
        self._months += months.chunks
        self._found = None

    def holds(self, keys: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return whether each key is of a pull request that was noted."""
        return pc.is_in(keys, value_set=self._all()[0])

    def of(self, rows: pa.Table) -> pa.ChunkedArray:
        """Return the month of the pull request that each row belongs to."""
        keys, months = self._all()
        places = pc.index_in(pull_request_keys(rows), value_set=keys)
        return pc.fill_null(pc.take(months, places), UNKNOWN)

    def _all(self) -> tuple[pa.Array, pa.Array]:
        if self._found is None:
            arrays = (self._keys, self._months)
            keys, months = (pa.chunked_array(each, pa.string()) for each in arrays)
            self._found = (keys.combine_chunks(), months.combine_chunks())
        return self._found


class ByMonth:
    """Rows on disk, in one file for each month, in the order in which they came."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        """Keep the files in a folder of their own."""
        folder.mkdir()
        self._folder, self._schema = folder, schema
        self._open = ExitStack()
        self._writers: dict[str, pa.ipc.RecordBatchStreamWriter] = {}
        self.rows: dict[str, int] = {}  #: the number of rows of each month

    def put(self, rows: pa.Table, months: pa.ChunkedArray) -> None:
        """Add rows, each to its month."""
        for month in pc.unique(months).to_pylist():
            some = rows.filter(pc.equal(months, month))
            if month not in self._writers:
                opened = writer(self._folder / month, self._schema)
                self._writers[month] = self._open.enter_context(opened)
            self._writers[month].write_table(some)
            self.rows[month] = self.rows.get(month, 0) + some.num_rows

    def close(self) -> None:
        """End the writing."""
        self._open.close()

    def read(self, month: str) -> Iterator[pa.Table]:
        """Yield the rows of a month in their order, in parts of the same size but for the last.

        Equal rows thus become equal files, however they were divided to be sorted.
        """
        waiting = self._schema.empty_table()
        if month in self.rows:
            with reader(self._folder / month) as batches:
                for batch in batches:
                    waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
                    while waiting.num_rows >= ROWS_AT_ONCE:
                        yield waiting.slice(0, ROWS_AT_ONCE).combine_chunks()
                        waiting = waiting.slice(ROWS_AT_ONCE)
        if waiting.num_rows:
            yield waiting.combine_chunks()

    def whole(self, month: str) -> pa.Table:
        """Return all rows of a month."""
        parts = [self._schema.empty_table(), *self.read(month)]
        return pa.concat_tables(parts).combine_chunks()
