"""What a run has to know of a database before it changes it, asked for at once."""

from __future__ import annotations

from collections.abc import Iterable

from cursor_marts.engines import loaded_files, record
from cursor_marts.engines.inspection import (
    columns_in,
    columns_query,
    tables_by_layer,
    tables_query,
)
from cursor_marts.engines.publisher import LASTING
from cursor_marts.engines.snowflake import publishing
from cursor_marts.engines.snowflake.session import SnowflakeSession


def read_catalog(session: SnowflakeSession, *, meanwhile: Iterable[str] = ()) -> None:
    """Ask what exists, and execute other statements meanwhile; then read the records there are."""
    session.learn(
        columns_query(session, session.names, "raw"),
        tables_query(session, LASTING),
        publishing.schemas(),
        meanwhile=meanwhile,
    )
    records = []
    if loaded_files.is_recorded(session, columns_in(session, "raw")):
        records.append(loaded_files.query(session))
    if record.TABLE in tables_by_layer(session, LASTING)[record.LAYER]:
        records.append(record.query(session))
    session.learn(*records)
