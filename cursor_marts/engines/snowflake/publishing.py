"""The statements of a publication on Snowflake, each the text of a pure function."""

from __future__ import annotations

import re

from cursor_marts.engines.names import SNOWFLAKE, Names, scratch
from cursor_marts.engines.quoting import escaped, identifier, literal

BUILD = "build"


def create_schema(name: str) -> str:
    """Return the statement that creates a schema without fail-safe, unless it exists."""
    return f"CREATE TRANSIENT SCHEMA IF NOT EXISTS {_quoted(name)}"


def drop_schema(name: str) -> str:
    """Return the statement that drops a schema with all tables in it."""
    return f"DROP SCHEMA IF EXISTS {_quoted(name)}"


def schemas() -> str:
    """Return the query of the names of all schemas."""
    return "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA"


def is_of_run(names: Names, schema: str) -> bool:
    """Return whether a run has created a schema for itself: its id follows.

    Others may have schemas whose names merely begin like that.
    """
    return bool(re.fullmatch(f"{re.escape(names.schema(BUILD))}_[0-9A-F]{{12}}", schema))


def clone(names: Names, layer: str, name: str) -> str:
    """Return the statement that publishes a table at once.

    A copy of a transient table has to be transient, too; nothing is lost by that, since a build
    can be repeated.
    """
    target, source = names.table(layer, name), scratch(names).table(layer, name)
    return f"CREATE OR REPLACE TRANSIENT TABLE {target} CLONE {source}"


def create_view(names: Names, layer: str, name: str, comment: str, query: str) -> str:
    """Return the statement that creates or replaces a view with its comment."""
    view = names.table(layer, name)
    return f"CREATE OR REPLACE VIEW {view} COMMENT = {escaped(comment)} AS {query}"


def comment(names: Names, layer: str, name: str, kind: str, text: str) -> str:
    """Return the statement that comments a 'VIEW' or a 'TABLE'."""
    return f"COMMENT ON {kind} {names.table(layer, name)} IS {escaped(text)}"


def note(names: Names, run_id: str) -> str:
    """Return the statement that says which run writes; it fails while another one does."""
    made = f"SELECT {literal(run_id)} AS RUN_ID, CURRENT_TIMESTAMP() AS SINCE"
    return f"CREATE TRANSIENT TABLE {names.table(BUILD, 'writer')} AS {made}"


def read_note(names: Names) -> str:
    """Return the query of which run writes, and for how many minutes."""
    minutes = "DATEDIFF(MINUTE, SINCE, CURRENT_TIMESTAMP())"
    return f"SELECT RUN_ID, {minutes} AS MINUTES FROM {names.table(BUILD, 'writer')}"


def drop_note(names: Names) -> str:
    """Return the statement by which a writer ends."""
    return f"DROP TABLE IF EXISTS {names.table(BUILD, 'writer')}"


def _quoted(name: str) -> str:
    return identifier(SNOWFLAKE.spelled(name))
