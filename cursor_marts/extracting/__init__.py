"""Extraction: from the source's HTTP API into typed Parquet."""

from cursor_marts.extracting.client import Client, Patience
from cursor_marts.extracting.extraction import REJECTS_ALLOWED, extract
from cursor_marts.extracting.pacing import Clock, Pacer
from cursor_marts.extracting.progress import Progress, Silent

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
