"""DuckDB: connection, load, publication."""
