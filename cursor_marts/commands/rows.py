"""Reading the rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cursor_marts.commands.cached import tables
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ShowOptions
from cursor_marts.commands.project import target_of
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from cursor_marts.reporting.rows import Found


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
    if target_of(options).type == "duckdb":
        from cursor_marts.reporting.rows import rows as read
    else:
        from cursor_marts.reporting.published import published_rows as read
    found: pa.Table = _read(options, read)
    return found


@accepts(ShowOptions)
def found_rows(options: ShowOptions) -> Found:
    """Return the rows that `show` returns, as they are printed, with the same errors."""
    from cursor_marts.reporting import rows

    if target_of(options).type == "duckdb":
        found: Found = _read(options, rows.found_rows)
        return found
    return rows.Found.of(show(**dict(vars(options))))


def _read(options: ShowOptions, read: Callable[..., Any]) -> Any:
    from cursor_marts.reporting.rows import Question

    asked = Question(options.model, options.columns, options.where, options.order_by, options.limit)
    with files_of(options), Settings.of(options).engine.reading() as session:
        return read(session, tables(), asked)
