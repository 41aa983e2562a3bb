"""DuckDB: connection, load, publication."""

from cursor_marts.engines.duckdb.connection import connected, opened
from cursor_marts.engines.duckdb.loading import load

__all__ = ["connected", "load", "opened"]
