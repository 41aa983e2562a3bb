"""Reads published tables through a session, on any engine, by columns that are named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.session import Session

Row = dict[str, Any]


class Tables:
    """The tables of an open session; names are in lower case, as the contracts have them."""

    def __init__(self, session: Session) -> None:
        """Read through an open session."""
        self.session = session
        self._columns = cache(self._columns_of_layer)

    def columns(self, layer: str, name: str) -> tuple[str, ...]:
        """Return the columns of a table; none if it does not exist."""
        return self._columns(layer).get(name, ())

    def rows(
        self,
        layer: str,
        name: str,
        columns: Sequence[str],
        *,
        where: str = "",
        order_by: str = "",
        limit: int | None = None,
    ) -> list[Row]:
        """Return rows with some columns; `where` and `order_by` are SQL that both engines read."""
        parts = [f"SELECT {', '.join(columns)} FROM {self.session.names.table(layer, name)}"]
        parts += [f"WHERE {where}"] * bool(where) + [f"ORDER BY {order_by}"] * bool(order_by)
        parts += [f"LIMIT {limit}"] * (limit is not None)
        found = self.session.execute(" ".join(parts)).fetchall()
        return [dict(zip(columns, values, strict=True)) for values in found]

    def value(self, layer: str, name: str, expression: str) -> Any:
        """Return the value of an aggregate over a table."""
        statement = f"SELECT {expression} FROM {self.session.names.table(layer, name)}"
        (value,) = self.session.execute(statement).fetchone()
        return value

    def _columns_of_layer(self, layer: str) -> dict[str, tuple[str, ...]]:
        return {
            table.lower(): tuple(column.lower() for column in columns)
            for table, columns in columns_in(self.session, layer).items()
        }
