"""Loading a landing into Snowflake: staged, then copied in one transaction."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from cursor_marts.errors import LandingError, UsageError
from cursor_marts.loading import copying
from cursor_marts.loading.duckdb import files_of, this_run
from cursor_marts.manifest import Manifest
from cursor_marts.raw import RAW_TABLES, REQUIRED

Files = dict[str, list[Path]]


def load(landing: Path, backend: Any) -> Manifest:
    """Replace the raw tables by a landing's, all of them or none; readers wait for nothing.

    Tables are made first, since DDL would commit what is under way. Raises LandingError where the
    landing is missing or incomplete, or a file of it cannot be loaded: file, row and column;
    UsageError where it holds what the embedded simulator has made up.
    """
    manifest = Manifest.read(landing)
    if manifest.invented:
        raise UsageError(
            f"{landing} holds invented data, which has no place in production",
            hint="extract from your own source: python -m cursor_marts extract --source …",
        )
    with TemporaryDirectory() as folder:
        files = {name: files_of(landing, name) for name in RAW_TABLES if name != "extractions"}
        missing = sorted(name for name in REQUIRED if not files[name])
        if missing:
            raise LandingError(
                f"cannot load {landing}: {', '.join(missing)} missing",
                hint="extract again: python -m cursor_marts extract",
            )
        file = Path(folder) / "extractions.parquet"
        pq.write_table(this_run(manifest), file)
        files["extractions"] = [file]
        make_tables(backend)
        stage = put(backend, files, manifest.run_id)
        replace_all(backend, files, stage, manifest.run_id)
    return manifest


def make_tables(backend: Any) -> None:
    """Make the raw tables that are not there, and add the columns that they lack."""
    backend.raw_sql(copying.create_schema())
    for name, contract in RAW_TABLES.items():
        backend.raw_sql(copying.create_raw(name, contract))
        for statement in copying.add_columns(name, contract, columns_there(backend, name)):
            backend.raw_sql(statement)


def columns_there(backend: Any, name: str) -> set[str]:
    """Return the columns of a raw table as the engine spells them."""
    return {row[0] for row in backend.raw_sql(copying.describe(name)).fetchall()}


def put(backend: Any, files: Files, run_id: str) -> str:
    """Upload all files to a stage that ends with the session; return its path of this run."""
    backend.raw_sql(copying.create_stage())
    stage = copying.stage_of(run_id)
    for name, parts in files.items():
        for part in parts:
            backend.raw_sql(copying.put(part, f"{stage}/{name}"))
    return stage


def replace_all(backend: Any, files: Files, stage: str, run_id: str) -> None:
    """Empty and fill every raw table in one transaction; of `extractions` this run's rows only."""
    backend.raw_sql("BEGIN")
    try:
        for name, parts in files.items():
            backend.raw_sql(copying.empty(name, run_id))
            if parts:
                copy(backend, name, f"{stage}/{name}")
    except BaseException:
        backend.raw_sql("ROLLBACK")
        raise
    backend.raw_sql("COMMIT")


def copy(backend: Any, name: str, stage: str) -> None:
    """Copy staged files into a raw table. Raises LandingError with what the service says."""
    from snowflake.connector.errors import ProgrammingError

    try:
        backend.raw_sql(copying.copy_into(name, stage))
    except ProgrammingError as error:
        if (error.errno or 0) in copying.REFUSALS:
            raise
        said = " ".join(str(error.raw_msg or error.msg).split())
        raise LandingError(
            f"cannot load {name}: {said}",
            hint="nothing was loaded; extract again: python -m cursor_marts extract",
        ) from None
