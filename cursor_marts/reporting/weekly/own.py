"""Marts of a user: their newest rows, formatted by the units of their contracts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cursor_marts.contracts import columns_of, schema_of
from cursor_marts.graph.catalog import Catalog, Entry, catalog
from cursor_marts.models import all_models
from cursor_marts.reporting.describing import described
from cursor_marts.reporting.descriptions import DescribedColumn
from cursor_marts.reporting.rows import dated_by
from cursor_marts.reporting.tables import Row, Tables
from cursor_marts.reporting.weekly.words import UNKNOWN, duration, number, percent

ROWS = 10  # shown of each
#: The package's own marts.
SHIPPED = frozenset(
    {
        "mart_velocity",
        "mart_ai_impact",
        "mart_ai_impact_by_repo",
        "mart_quality",
        "mart_review_costs",
        "mart_coverage",
        "mart_pull_requests",
    }
)


@dataclass(frozen=True)
class OwnMart:
    """A mart of a user: the first of its `count` rows, newest first `by` a date or time.

    `by` is empty without such a column; `missing` says why there are no rows to show.
    """

    name: str
    meaning: str
    columns: tuple[DescribedColumn, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int = 0
    by: str = ""
    missing: str = ""

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Each row as texts, each with whether it is a number."""
        return [
            [(cell(row[c.name], c.unit), is_number(row[c.name])) for c in self.columns]
            for row in self.rows
        ]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The heading of each column, with its unit where cells do not show it."""
        numeric = [any(is_number(row[c.name]) for row in self.rows) for c in self.columns]
        return list(zip(map(_heading, self.columns), numeric, strict=True))

    @property
    def shown(self) -> str:
        """Which rows are shown, in words."""
        if self.count <= len(self.rows):
            return f"{self.count:,} rows"
        which = f"newest {len(self.rows)} by {self.by}" if self.by else f"first {len(self.rows)}"
        return f"the {which} of {self.count:,} rows"


def _heading(column: DescribedColumn) -> str:
    unit = column.unit if column.unit and not column.unit.startswith(("hours", "ratio")) else ""
    words = column.name.replace("_", " ")
    return f"{words}, {unit}" if unit and unit not in words else words


def is_number(value: Any) -> bool:
    """Return whether a value is a number and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def cell(value: Any, unit: str = "") -> str:
    """Return any value of a mart as text, by the unit of its column; times to the minute."""
    if value is None:
        return UNKNOWN
    if is_number(value):
        return _number(value, unit)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _number(value: float, unit: str) -> str:
    if unit.startswith("ratio"):
        return percent(value)
    if unit == "hours":
        return duration(value)
    digits = 2 if abs(value) < 10 else 1
    return number(value, 0 if isinstance(value, int) else digits)


def own_marts(tables: Tables) -> tuple[OwnMart, ...]:
    """Return the marts that are not the package's, in build order."""
    entries = catalog(all_models())
    found = [entry for entry in entries.values() if entry.layer == "marts"]
    return tuple(_own(tables, entries, entry) for entry in found if entry.name not in SHIPPED)


def _own(tables: Tables, entries: Catalog, entry: Entry) -> OwnMart:
    says = described(entries, entry)
    there, schema = tables.columns("marts", entry.name), schema_of(entry.contract)
    if not there:
        return OwnMart(entry.name, says.meaning, missing="it is not built yet")
    if not {*columns_of(entry.contract)} <= {*there}:
        missing = "another version of its model built it"
        return OwnMart(entry.name, says.meaning, missing=missing)
    dated = [name for name, type_ in schema.items() if type_.is_date() or type_.is_timestamp()]
    by = dated_by(says.grain, dated)
    rows = tables.rows(
        "marts", entry.name, schema.names, order_by=_order(by, says.grain), limit=ROWS
    )
    count = tables.value("marts", entry.name, "count(*)")
    return OwnMart(entry.name, says.meaning, says.columns, tuple(rows), count, by)


def _order(by: str, grain: Iterable[str]) -> str:
    """Return the ORDER BY of a mart: newest first, then by its key."""
    newest = [f"{by} DESC NULLS LAST"] if by else []
    return ", ".join([*newest, *(column for column in grain if column != by)])
