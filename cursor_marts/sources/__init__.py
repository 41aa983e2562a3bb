"""Extraction: from the source's HTTP API into typed Parquet."""

from cursor_marts.sources.extraction import REJECTS_ALLOWED, extract
from cursor_marts.sources.http.client import Client, Patience
from cursor_marts.sources.http.pacing import Clock, Pacer
from cursor_marts.sources.progress import Progress, Silent

__all__ = [
    "REJECTS_ALLOWED",
    "Client",
    "Clock",
    "Pacer",
    "Patience",
    "Progress",
    "Silent",
    "extract",
]
