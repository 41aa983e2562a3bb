"""Extraction: from the source's HTTP API into typed Parquet."""

from cursor_marts.extract.client import Client, Patience
from cursor_marts.extract.extraction import extract

__all__ = ["Client", "Patience", "extract"]
