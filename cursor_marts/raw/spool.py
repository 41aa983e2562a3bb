"""The rows of one raw table on their way to Parquet, written to disk in batches."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from cursor_marts.raw.shaping import schema_in_file
from cursor_marts.raw.sorting import writer
from cursor_marts.raw.tables import RAW_TABLES

ROWS_IN_MEMORY = 5_000


class Spool:
    """A file written in batches, so that memory holds a few thousand rows at most."""

    def __init__(self, folder: Path, resource: str) -> None:
        """Open the file for the rows of a resource."""
        self.resource = resource
        self.file = folder / resource
        self.schema = schema_in_file(RAW_TABLES[resource])
        self._writer = writer(self.file, self.schema)
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def put(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(rows)
        self._rows += rows.num_rows
        if self._rows >= ROWS_IN_MEMORY:
            self._write()

    def close(self) -> None:
        """Write the last batch."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._rows = [], 0
