"""Names and values as SQL text, for statements that are written by hand."""

from __future__ import annotations


def identifier(name: str) -> str:
    """Return a name in quotes, so that no word is reserved."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as a literal that DuckDB and Snowflake read alike.

    Snowflake reads a backslash as the start of an escape, DuckDB does not: use `escaped` there.
    """
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """Return a text as a literal for Snowflake."""
    return literal(text.replace("\\", "\\\\"))
