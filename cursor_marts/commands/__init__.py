"""Every command as a function: the same names, the same options, the result as a value."""

from cursor_marts.commands.inspecting import describe, lineage, ls, show, sql
from cursor_marts.commands.reports import report
from cursor_marts.commands.setup import setup_sql
from cursor_marts.commands.steps import build, check, extract, load, test, transform

__all__ = [
    "build",
    "check",
    "describe",
    "extract",
    "lineage",
    "load",
    "ls",
    "report",
    "setup_sql",
    "show",
    "sql",
    "test",
    "transform",
]
