"""Sets of Parquet files in a bucket: putting one there, and getting it back whole."""

from cursor_marts.raw.bucket.fetch import fetch, read_manifest
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.bucket.upload import upload

__all__ = ["Place", "fetch", "read_manifest", "upload"]
