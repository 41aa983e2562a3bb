"""Writes rows as CSV, JSON and Parquet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from cursor_marts.reporting.values import python_rows

if TYPE_CHECKING:
    import pyarrow as pa

#: A spreadsheet treats a text that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTED = re.compile('[",\r\n]')


def write_csv(rows: pa.Table, out: BinaryIO) -> None:
    """Write CSV in UTF-8, with a header: times are ISO 8601, lists are JSON.

    NULL is empty, an empty text is quoted. A text that a spreadsheet would treat as a formula gets
    a leading apostrophe.
    """
    out.write(_line(rows.column_names))
    for batch in rows.to_batches():
        out.writelines(_line(row.values()) for row in python_rows(batch))


def _line(values: Iterable[Any]) -> bytes:
    return (",".join(map(_cell, values)) + "\n").encode()


def _cell(value: Any) -> str:
    """Return the CSV text of a value; booleans and lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool | list):
        value = json.dumps(value, ensure_ascii=False, default=_as_text)
    elif isinstance(value, str) and value.startswith(FORMULA):
        value = f"'{value}"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if text and not QUOTED.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def write_json(rows: pa.Table, out: BinaryIO) -> None:
    """Write one JSON array of objects in UTF-8; times are ISO 8601."""
    out.write((as_json(python_rows(rows)) + "\n").encode())


def write_parquet(rows: pa.Table, out: BinaryIO) -> None:
    """Write a Parquet file."""
    import pyarrow.parquet as pq

    pq.write_table(rows, out)


WRITERS = {"csv": write_csv, "json": write_json, "parquet": write_parquet}


def as_json(data: Any) -> str:
    """Return data as indented JSON; times and dates are ISO 8601, paths are text."""
    return json.dumps(data, indent=2, ensure_ascii=False, default=_as_text)


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
