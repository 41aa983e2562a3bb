"""Reading the rows of a table."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cursor_marts.commands.database import connected
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ShowOptions
from cursor_marts.commands.project import target_of
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.settings import Settings
from cursor_marts.reporting.database import rows
from cursor_marts.reporting.published import published_rows


@accepts(ShowOptions)
def show(options: ShowOptions) -> pa.Table:
    """Return rows of a table as it is published, as an Arrow table; `limit=None` for all.

    `show("mart_velocity", where="total_prs > 9", order_by="week DESC").to_pandas()`: `where` and
    `order_by` are SQL over its columns, `columns` the ones to return ("week,total_prs", or a list).
    Unless ordered otherwise, the newest rows come first.
    The database of the target is opened for reading, and closed at once. Raises UsageError for an
    expression that cannot be evaluated, an unknown column or a table that is not stored,
    DatabaseError and DatabaseLocked.
    """
    chosen: dict[str, Any] = {
        name: getattr(options, name) for name in ("columns", "where", "order_by", "limit")
    }
    if target_of(options).type != "duckdb":
        with files_of(options), Settings.of(options).engine.reading() as session:
            return published_rows(session, options.model, **chosen)
    with files_of(options), connected(options) as database:
        return rows(database, options.model, **chosen)
