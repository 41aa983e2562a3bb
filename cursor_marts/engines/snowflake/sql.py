"""The statements of a publication on Snowflake, each made by a function of names alone."""

from __future__ import annotations

import sqlglot.expressions as sge

from cursor_marts.engines.dialect import SNOWFLAKE, Engine

BUILD = "build"


def create_schema(name: str) -> str:
    """Return the statement that makes a schema without fail-safe, unless it is there."""
    return f"CREATE TRANSIENT SCHEMA IF NOT EXISTS {_quoted(name)}"


def drop_schema(name: str) -> str:
    """Return the statement that drops a schema with all that is in it."""
    return f"DROP SCHEMA IF EXISTS {_quoted(name)}"


def schemas_of_runs() -> str:
    """Return the query of the schemas that runs make for themselves."""
    return (
        "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA "
        f"WHERE STARTSWITH(SCHEMA_NAME, '{SNOWFLAKE.spelled(BUILD)}_')"
    )


def clone(layer: str, name: str, workshop: Engine) -> str:
    """Return the statement that publishes a table at once.

    A copy of a transient table has to be transient, too; nothing is lost by that, since a build
    can be repeated.
    """
    target, source = (_table(engine, layer, name) for engine in (SNOWFLAKE, workshop))
    return f"CREATE OR REPLACE TRANSIENT TABLE {target} CLONE {source}"


def note(run_id: str) -> str:
    """Return the statement that says who writes; it fails where somebody else does."""
    run = sge.Literal.string(run_id).sql(dialect="snowflake")
    made = f"SELECT {run} AS RUN_ID, CURRENT_TIMESTAMP() AS SINCE"
    return f"CREATE TRANSIENT TABLE {_table(SNOWFLAKE, BUILD, 'writer')} AS {made}"


def read_note() -> str:
    """Return the query of who writes, and for how many minutes."""
    minutes = "DATEDIFF(MINUTE, SINCE, CURRENT_TIMESTAMP())"
    return f"SELECT RUN_ID, {minutes} AS MINUTES FROM {_table(SNOWFLAKE, BUILD, 'writer')}"


def drop_note() -> str:
    """Return the statement by which a writer leaves."""
    return f"DROP TABLE IF EXISTS {_table(SNOWFLAKE, BUILD, 'writer')}"


def _table(engine: Engine, layer: str, name: str) -> str:
    return engine.text(engine.name(layer, name))


def _quoted(name: str) -> str:
    return sge.to_identifier(SNOWFLAKE.spelled(name), quoted=True).sql(dialect="snowflake")
