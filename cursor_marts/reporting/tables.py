"""Reads published tables through a session, on any engine, by columns that are named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from cursor_marts.contracts import columns_as_written
from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.session import Session
from cursor_marts.raw.manifest import unreadable_lines
from cursor_marts.raw.tables import RAW_TABLES

Row = dict[str, Any]
#: What the record of an extraction says of its data.
OF_RUN = ("is_current", "invented", "unreadable")


class Tables:
    """The tables of an open session; names are in lower case, as the contracts have them."""

    def __init__(self, session: Session) -> None:
        """Read through an open session."""
        self.session = session
        self._columns = cache(self._columns_of_layer)

    def columns(self, layer: str, name: str) -> tuple[str, ...]:
        """Return the columns of a table; none if it does not exist."""
        return self._columns(layer).get(name, ())

    def listed(self, layer: str) -> tuple[str, ...]:
        """Return the names of a layer's tables."""
        return tuple(self._columns(layer))

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

    def raw(self, name: str) -> list[Row]:
        """Return the rows of a raw table; none if another tool has loaded the data."""
        columns = columns_as_written(RAW_TABLES[name])
        there = self.columns("raw", name)
        if not {column.name for column in columns if not column.nullable} <= {*there}:
            return []
        named = [column.name for column in columns if column.name in there]
        rows = self.rows("raw", name, named)
        return [dict.fromkeys(column.name for column in columns) | row for row in rows]

    def value(self, layer: str, name: str, expression: str, *, where: str = "") -> Any:
        """Return the value of an aggregate over a table, or over rows of it."""
        statement = f"SELECT {expression} FROM {self.session.names.table(layer, name)}"
        statement += f" WHERE {where}" * bool(where)
        (value,) = self.session.execute(statement).fetchone()
        return value

    def _columns_of_layer(self, layer: str) -> dict[str, tuple[str, ...]]:
        return {
            table.lower(): tuple(column.lower() for column in columns)
            for table, columns in columns_in(self.session, layer).items()
        }


def provenance(tables: Tables) -> tuple[bool, list[str]]:
    """Return whether the data is invented, and a line for each thing that it lacks.

    They are those of the loaded run, where the record of extractions has what is needed.
    """
    there = tables.columns("raw", "extractions")
    if not {"run_id", "finished_at"} <= {*there}:
        return False, []
    named = [name for name in ("run_id", "finished_at", *OF_RUN) if name in there]
    runs = tables.rows("raw", "extractions", named)
    loaded = loaded_run([dict.fromkeys(OF_RUN) | run for run in runs])
    return any(run["invented"] for run in loaded), unreadable_lines(r["unreadable"] for r in loaded)


def loaded_run(runs: list[Row]) -> list[Row]:
    """Return the rows of the run that is loaded: the current one, else the newest."""
    if not runs:
        return []
    loaded = max(runs, key=lambda row: (bool(row["is_current"]), row["finished_at"]))
    return [row for row in runs if row["run_id"] == loaded["run_id"]]
