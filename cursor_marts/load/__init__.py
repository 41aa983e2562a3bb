"""Loading: from the landed Parquet set into the raw schema."""

from cursor_marts.load.duckdb import load, opened

__all__ = ["load", "opened"]
