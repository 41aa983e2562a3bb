"""The statements of a load into Snowflake, each made by a function of names and contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlglot.expressions as sge
from ibis.backends.sql.compilers import SnowflakeCompiler

from cursor_marts.contracts import Column, Contract, described_columns
from cursor_marts.engines.names import Names
from cursor_marts.engines.quoting import escaped, identifier

#: The service's limit of the files that one COPY names.
MOST_FILES = 1000
#: The error of a COPY that names a file which is not there.
NO_FILE = 91016
#: Errors of a COPY that are not about the rows: no such object, no right, no warehouse.
REFUSALS = frozenset({606, 2003, 2043, 3001})


def create_schema(names: Names) -> str:
    """Return the statement that makes the raw schema unless it is there."""
    return f"CREATE SCHEMA IF NOT EXISTS {names.quoted_schema('raw')}"


def create_raw(names: Names, name: str, contract: type[Contract]) -> str:
    """Return the statement that makes a raw table as its contract says, unless it is there.

    Transient: what is lost can be extracted again.
    """
    columns = ",\n".join(f"  {_column(column)}" for column in described_columns(contract))
    comment = escaped((contract.__doc__ or "").partition("\n")[0])
    table = f"CREATE TRANSIENT TABLE IF NOT EXISTS {names.table('raw', name)}"
    return f"{table} (\n{columns}\n) COMMENT = {comment}"


def add_columns(
    names: Names, name: str, contract: type[Contract], there: set[str]
) -> Iterator[str]:
    """Return the statements that add what a table made by an earlier version lacks."""
    for column in described_columns(contract):
        if column.name.upper() not in there:
            added = f"{_quoted(column.name)} {_type(column)} COMMENT {escaped(column.description)}"
            yield f"ALTER TABLE {names.table('raw', name)} ADD COLUMN {added}"


def create_stage(names: Names) -> str:
    """Return the statement that makes a stage for as long as the session lasts."""
    return f"CREATE TEMPORARY STAGE IF NOT EXISTS {names.table('raw', 'landing')}"


def stage_of(names: Names, run_id: str) -> str:
    """Return the place in the stage where a run's files go."""
    return f"@{names.table('raw', 'landing')}/{run_id}"


def put(folder: Path, place: str) -> str:
    """Return the command that uploads the files of a folder as they are."""
    source = escaped(f"file://{folder.absolute().as_posix()}/*")
    return f"PUT {source} {place} AUTO_COMPRESS = FALSE OVERWRITE = TRUE"


def delete(names: Names, name: str, where: str = "") -> str:
    """Return the statement that deletes the rows of a raw table that fit a condition."""
    return f"DELETE FROM {names.table('raw', name)}{where}"


def of_run(run_id: str) -> str:
    """Return the condition of the rows of one run in the record of extractions."""
    return f" WHERE RUN_ID = {escaped(run_id)}"


def outdate_extractions(names: Names) -> str:
    """Return the statement by which earlier runs are no longer those of the raw tables."""
    return f"UPDATE {names.table('raw', 'extractions')} SET IS_CURRENT = FALSE"


def insert(names: Names, name: str, rows: list[dict[str, Any]]) -> str:
    """Return the statement that adds rows, which have the same columns, to a raw table.

    Times are sent as text: what TIMESTAMP means, each account may set for itself.
    """
    columns = ", ".join(_quoted(column) for column in rows[0])
    plain = [[str(v) if isinstance(v, datetime) else v for v in row.values()] for row in rows]
    values = sge.values([tuple(row) for row in plain]).sql(dialect="snowflake")
    return f"INSERT INTO {names.table('raw', name)} ({columns}) {values}"


def copy_into(names: Names, name: str, place: str, files: Sequence[str]) -> Iterator[str]:
    """Give the statements that copy Parquet files into a raw table; each fails if one is missing.

    A place is a path in a stage, under which the files are.
    """
    for start in range(0, len(files), MOST_FILES):
        yield _copy_into(names, name, place, files[start : start + MOST_FILES])


def _copy_into(names: Names, name: str, place: str, files: Sequence[str]) -> str:
    """Return the statement that copies some of the files.

    FORCE, since a load is a replacement: what was loaded before is loaded again. Logical types,
    since a time is a number else.
    """
    return (
        f"COPY INTO {names.table('raw', name)} FROM {escaped(place)} "
        f"FILES = ({', '.join(map(escaped, files))}) "
        "FILE_FORMAT = (TYPE = PARQUET USE_LOGICAL_TYPE = TRUE USE_VECTORIZED_SCANNER = TRUE) "
        "MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE ON_ERROR = ABORT_STATEMENT FORCE = TRUE"
    )


def _quoted(name: str) -> str:
    return identifier(name.upper())


def _column(column: Column) -> str:
    needed = "" if column.nullable else " NOT NULL"
    return f"{_quoted(column.name)} {_type(column)}{needed} COMMENT {escaped(column.description)}"


def _type(column: Column) -> str:
    spelled = str(SnowflakeCompiler.type_mapper.to_string(column.type))
    # What TIMESTAMP means by itself, each account may set for itself.
    return re.sub(r"^TIMESTAMP\b", "TIMESTAMP_NTZ", spelled)
