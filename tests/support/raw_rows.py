"""Hand-written raw rows, loaded into an in-memory database; an omitted column is NULL."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from cursor_marts.building.run import build_all
from cursor_marts.contracts import Contract, schema_of
from cursor_marts.engines.dialect import DUCKDB
from cursor_marts.graph.definition import Model
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES

Row = dict[str, Any]

REPO = "acme/web"
MONDAY = datetime(2026, 9, 7)


def at(hours: float, day: datetime = MONDAY) -> datetime:
    """Return the time a number of hours after midnight of a fixed Monday."""
    return day + timedelta(hours=hours)


def pr(number: int | None = 1, **columns: Any) -> Row:
    """Return a pull request opened at 10:00 on Monday and merged at 20:00."""
    return {
        "number": number,
        "repo_name": REPO,
        "author_email": "ann@example.com",
        "state": "merged",
        "additions": 80,
        "deletions": 20,
        "changed_files": 2,
        "created_at": at(10),
        "merged_at": at(20),
        **columns,
    }


def review(id: int | None = 1, pr_number: int = 1, **columns: Any) -> Row:
    """Return an approval by Bob at noon on Monday."""
    return {
        "id": id,
        "pr_number": pr_number,
        "repo_name": REPO,
        "author_id": "bob@example.com",
        "state": "approved",
        "created_at": at(12),
        **columns,
    }


def comment(id: int = 1, **columns: Any) -> Row:
    """Return a comment by Bob in review 1 of pull request 1."""
    return {
        "id": id,
        "review_id": 1,
        "pr_number": 1,
        "repo_name": REPO,
        "author_id": "bob@example.com",
        "body": "why?",
        "created_at": at(12),
        **columns,
    }


def commit(hash_: str | None = "c1", **columns: Any) -> Row:
    """Return a commit of 8:00 on Monday: 10 lines by Tab, 20 by Composer, 70 by hand."""
    return {
        "commit_hash": hash_,
        "repo_name": REPO,
        "tab_lines_added": 10,
        "composer_lines_added": 20,
        "non_ai_lines_added": 70,
        "total_lines_added": 100,
        "commit_ts": at(8),
        "created_at": at(8),
        **columns,
    }


def link(commit_hash: str = "c1", pr_number: int = 1, repo_name: str = REPO, **columns: Any) -> Row:
    """Return the row of one commit of a pull request."""
    place = {"repo_name": repo_name, "pr_number": pr_number}
    return {**place, "commit_hash": commit_hash, **columns}


def as_arrow(contract: type[Contract], rows: list[Row]) -> pa.Table:
    """Return rows as a table of the contract's columns."""
    schema = schema_of(contract).to_pyarrow()
    return pa.Table.from_pylist(rows, pa.schema([field.with_nullable(True) for field in schema]))


def loaded(**tables: list[Row]) -> Any:
    """Return an in-memory backend with every raw table; a table that is not passed is empty."""
    backend = ibis.duckdb.connect()
    backend.raw_sql("CREATE SCHEMA main_raw")
    tables = {"repos": [{"full_name": REPO, "default_branch": "main"}], **tables}
    for name, contract in RAW_TABLES.items():
        rows = as_arrow(contract, tables.get(name, []))
        backend.con.register("given", rows)
        backend.raw_sql(f"CREATE TABLE main_raw.{name} AS SELECT * FROM given")
        backend.con.unregister("given")
    return backend


def add(backend: Any, table: str, rows: list[Row]) -> None:
    """Add rows to a raw table of a database."""
    backend.con.register("given", as_arrow(RAW_TABLES[table], rows))
    backend.raw_sql(f"INSERT INTO main_raw.{table} BY NAME SELECT * FROM given")
    backend.con.unregister("given")


def filed(backend: Any, folder: Path) -> Path:
    """Copy an in-memory database to the file of a data folder; return the folder."""
    backend.raw_sql(f"ATTACH '{folder / 'analytics.duckdb'}' AS filed")
    backend.raw_sql("COPY FROM DATABASE memory TO filed")
    backend.raw_sql("DETACH filed")
    return folder


def rows_of(backend: Any, table: str, order: str = "ALL") -> list[Row]:
    """Return a table's rows."""
    return backend.raw_sql(f"SELECT * FROM {table} ORDER BY {order}").to_arrow_table().to_pylist()


def computed(name: str, **tables: list[Row]) -> list[Row]:
    """Return a model's rows on the given raw rows, in order of all columns, without any test.

    The models that it reads are created before; statements are compiled once a process.
    """
    backend = loaded(**tables)
    for each in needed_for(name):
        backend.raw_sql(f"CREATE TEMP TABLE {each.name} AS {select_of(each)}")
    return rows_of(backend, name)


@cache
def select_of(model: Model) -> str:
    """Return a model's SELECT over the raw tables and the temporary tables of other models."""
    raw = DUCKDB.unqualified().tables(())
    models = {
        each.contract: ibis.table(schema_of(each.contract), each.name) for each in all_models()
    }
    return DUCKDB.select(model, raw | models)


def needed_for(name: str) -> list[Model]:
    """Return a model and all that it reads, directly or not, in build order."""
    needed: list[Model] = []
    for each in reversed(all_models()):
        read = {contract for other in needed for contract in other.reads.values()}
        if each.name == name or each.contract in read:
            needed.insert(0, each)
    return needed


def built(table: str, **tables: list[Row]) -> list[Row]:
    """Build from raw rows; return the rows of one table, sorted by all columns."""
    backend = loaded(**tables)
    build_all(backend)
    return rows_of(backend, table)


def one(table: str, **tables: list[Row]) -> Row:
    """Build from raw rows; return the only row of a table."""
    (row,) = built(table, **tables)
    return row
