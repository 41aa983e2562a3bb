"""The Arrow schemas of raw tables, from their contracts."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyarrow as pa

from cursor_marts.contracts import Contract, Date, TextList, Timestamp, columns_as_written

TYPES: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    Date: pa.date32(),
    Timestamp: pa.timestamp("us"),
    TextList: pa.list_(pa.string()),
}


@cache
def arrow_schema(contract: type[Contract]) -> pa.Schema:
    """Return the Arrow schema of a contract's columns, in order."""
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.kind], nullable=column.nullable)
            for column in columns_as_written(contract)
        ]
    )
