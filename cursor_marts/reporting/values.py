"""Rows of Arrow tables as Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def python_rows(table: pa.Table | pa.RecordBatch) -> list[dict[str, Any]]:
    """Return a dict per row.

    A date or time that Python cannot represent, such as infinity or the year 290000, is the text
    that DuckDB writes for it.
    """
    columns = [_values(column) for column in table.columns]
    return [
        dict(zip(table.schema.names, values, strict=True)) for values in zip(*columns, strict=True)
    ]


def _values(column: Any) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        texts = _texts(column)
        return [_value(scalar, text) for scalar, text in zip(column, texts, strict=True)]
    return values


def _value(scalar: Any, text: str | None) -> Any:
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return text


def _texts(column: Any) -> list[str | None]:
    import duckdb
    import pyarrow as pa

    values = pa.table({"value": column})
    with duckdb.connect() as connection:
        cast = connection.from_arrow(values).select("CAST(value AS VARCHAR)")
        return [text for (text,) in cast.fetchall()]
