"""Loading a landing into Snowflake: staged, then copied in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cursor_marts.engines.duckdb.loading import files_of, this_run
from cursor_marts.engines.snowflake import statements as copying
from cursor_marts.errors import LandingError, NextCommand, UsageError
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED

#: Paths in a stage, by raw table.
Places = dict[str, str]


def load(landing: Path, backend: Any) -> Manifest:
    """Replace the raw tables by a landing's, all of them or none; readers wait for nothing.

    Raises LandingError where the landing is missing or incomplete, or a file of it cannot be
    loaded: file, row and column; UsageError where it holds what a simulator has made up.
    """
    manifest = Manifest.read(landing)
    files = {name: files_of(landing, name) for name in RAW_TABLES if name != "extractions"}
    check(manifest, {name for name, parts in files.items() if parts}, str(landing))
    make_tables(backend)
    replace_all(backend, put(backend, files, manifest.run_id), manifest)
    return manifest


def load_staged(manifest: Manifest, stage: str, backend: Any) -> Manifest:
    """Do the same with the files that a manifest names, which lie in a stage over their bucket.

    `stage` is the path of the set's prefix in it. Nothing is uploaded.
    """
    check(manifest, set(manifest.files), stage)
    make_tables(backend)
    prefix = stage.rstrip("/")
    files = {name: file for name, file in manifest.files.items() if name in RAW_TABLES}
    places = {name: f"{prefix}/raw/{file.name}" for name, file in files.items()}
    replace_all(backend, places, manifest)
    return manifest


def check(manifest: Manifest, there: set[str], where: str) -> None:
    """Raise LandingError for a set that lacks tables, UsageError for one that is made up."""
    if manifest.invented:
        raise UsageError(
            f"{where} holds invented data, which has no place in production",
            hint="extract from your own source",
            next_command=NextCommand("extract", options={"source": "…"}),
        )
    missing = sorted(REQUIRED - there)
    if missing:
        raise LandingError(
            f"cannot load {where}: {', '.join(missing)} missing",
            hint="extract again",
            next_command=NextCommand("extract"),
        )


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


def put(backend: Any, files: dict[str, list[Path]], run_id: str) -> Places:
    """Upload all files to a stage that ends with the session; return where each table's are."""
    backend.raw_sql(copying.create_stage())
    stage = copying.stage_of(run_id)
    places = {name: f"{stage}/{name}/" for name, parts in files.items() if parts}
    for name, place in places.items():
        for part in files[name]:
            backend.raw_sql(copying.put(part, place))
    return places


def replace_all(backend: Any, places: Places, manifest: Manifest) -> None:
    """Empty and fill every raw table in one transaction; of `extractions` this run's rows only.

    Tables have to be there: DDL would commit what is under way.
    """
    backend.raw_sql("BEGIN")
    try:
        for name in RAW_TABLES:
            backend.raw_sql(copying.empty(name, manifest.run_id))
        for name, place in places.items():
            copy(backend, name, place)
        if rows := this_run(manifest).to_pylist():
            backend.raw_sql(copying.insert("extractions", rows))
    except BaseException:
        backend.raw_sql("ROLLBACK")
        raise
    backend.raw_sql("COMMIT")


def copy(backend: Any, name: str, place: str) -> None:
    """Copy staged files into a raw table. Raises LandingError with what the service says.

    Where there are no files, the service calls that a success, whose answer has one column only.
    """
    from snowflake.connector.errors import ProgrammingError

    try:
        answer = backend.raw_sql(copying.copy_into(name, place)).fetchall()
    except ProgrammingError as error:
        if (error.errno or 0) in copying.REFUSALS:
            raise
        said = " ".join(str(error.raw_msg or error.msg).split())
        raise LandingError(
            f"cannot load {name}: {said}",
            hint="nothing was loaded; extract again",
            next_command=NextCommand("extract"),
        ) from None
    if not any(len(file) > 1 for file in answer):
        raise LandingError(
            f"cannot load {name}: there is no {place}",
            hint="nothing was loaded; see that the stage is over the prefix that --input names",
        )
