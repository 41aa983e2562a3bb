"""The weekly page: the marts as one file that a browser shows without network or server."""

from cursor_marts.reporting.weekly.content import content
from cursor_marts.reporting.weekly.markdown import as_markdown
from cursor_marts.reporting.weekly.page import render, write
from cursor_marts.reporting.weekly.snapshot import read

__all__ = ["as_markdown", "content", "read", "render", "write"]
