"""Rows in the formats that other programs read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def write_csv(rows: pa.Table, out: BinaryIO) -> None:
    """Write CSV in UTF-8, with a header: NULL is empty, times are ISO 8601, lists JSON."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches():
        writer.writerows([_plain(v) for v in row.values()] for row in batch.to_pylist())
    text.detach()


def write_json(rows: pa.Table, out: BinaryIO) -> None:
    """Write one JSON array of objects in UTF-8; times are ISO 8601."""
    out.write((as_json(rows.to_pylist()) + "\n").encode())


def write_parquet(rows: pa.Table, out: BinaryIO) -> None:
    """Write a Parquet file."""
    pq.write_table(rows, out)


WRITERS = {"csv": write_csv, "json": write_json, "parquet": write_parquet}


def as_json(data: Any) -> str:
    """Return data as JSON laid out for people; times and dates are ISO 8601, paths are text."""
    return json.dumps(data, indent=2, ensure_ascii=False, default=_in_words)


def _plain(value: Any) -> Any:
    """Return a value as CSV has it: true and false as JSON spells them, too."""
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _in_words(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
