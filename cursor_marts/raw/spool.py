"""The rows of one raw table on their way to Parquet, written to disk in batches."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from cursor_marts.raw.records import Row
from cursor_marts.raw.schemas import arrow_schema
from cursor_marts.raw.sorting import writer
from cursor_marts.raw.tables import RAW_TABLES

ROWS_IN_MEMORY = 5_000


class Spool:
    """A file written in batches, so that memory holds a few thousand rows at most."""

    def __init__(self, folder: Path, resource: str) -> None:
        """Open the file for the rows of a resource."""
        self.resource = resource
        self.file = folder / resource
        self.schema = schema_in_file(resource)
        self._writer = writer(self.file, self.schema)
        self._rows: list[Row] = []

    def put(self, row: Row) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) >= ROWS_IN_MEMORY:
            self._write()

    def put_table(self, rows: pa.Table) -> None:
        """Add rows that are in columns already."""
        self._write()
        self._writer.write_table(rows)

    def close(self) -> None:
        """Write the last batch."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, self.schema))
        self._rows.clear()


def schema_in_file(resource: str) -> pa.Schema:
    """Return the schema of the Parquet files of a raw table, in which every column may be NULL."""
    schema = arrow_schema(RAW_TABLES[resource])
    return pa.schema([column.with_nullable(True) for column in schema])
