"""Loading: from the landed Parquet set into the raw schema."""

from cursor_marts.loading.duckdb import connected, load, opened

__all__ = ["connected", "load", "opened"]
