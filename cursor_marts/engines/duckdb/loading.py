"""Loading a landing into the raw schema of a DuckDB file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlglot.expressions as sge

from cursor_marts.contracts import schema_of
from cursor_marts.engines.duckdb.raw_views import Files, kept_beside
from cursor_marts.engines.duckdb.session import writing
from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.manifest import Manifest, Tally
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED, RawExtractions

RAW_SCHEMA = "main_raw"
VIEWS = f"SELECT view_name, sql FROM duckdb_views() WHERE schema_name = '{RAW_SCHEMA}'"


def load(landing: Path, backend: Any, raw: str = "table") -> Manifest:
    """Replace the raw tables by a landing's: call it inside a transaction to have all or none.

    With `raw="view"` they are views over the files, which are kept for them (`linked` says how).
    Raises LandingError where the landing is missing, incomplete or damaged.
    """
    manifest = Manifest.read(landing)
    files: Files = {name: files_of(landing, name) for name in RAW_TABLES if name != "extractions"}
    missing = sorted(name for name in REQUIRED if not files[name])
    if missing:
        raise _damaged(landing, f"{', '.join(missing)} missing")
    backend.raw_sql(f"CREATE SCHEMA IF NOT EXISTS {RAW_SCHEMA}")
    views = dict(backend.raw_sql(VIEWS).fetchall())
    if raw == "view":
        files = kept_beside(landing, files, in_use="".join(views.values()))
    with writing(backend):
        for name, parts in files.items():
            kind = "VIEW" if name in views else "TABLE"
            backend.raw_sql(f"DROP {kind} IF EXISTS {RAW_SCHEMA}.{name}")
            _load_files(backend, name, parts, raw)
    _load_extractions(backend, manifest)
    return manifest


def files_of(landing: Path, resource: str) -> list[Path]:
    """Return a resource's Parquet files: one beside the others, or a folder of parts."""
    file = landing / f"{resource}.parquet"
    return [file] if file.exists() else sorted((landing / resource).glob("*.parquet"))


def _load_files(backend: Any, name: str, files: list[Path], raw: str) -> None:
    if not files:
        return
    listed = sge.array(*(sge.Literal.string(str(file)) for file in files)).sql("duckdb")
    query = f"SELECT * FROM read_parquet({listed})"
    try:
        backend.raw_sql(f"CREATE {raw.upper()} {RAW_SCHEMA}.{name} AS {query}")
    except duckdb.Error as error:
        raise _damaged(files[0], str(error).partition("\n")[0]) from None


def _load_extractions(backend: Any, manifest: Manifest) -> None:
    table = f"{RAW_SCHEMA}.extractions"
    backend.con.register("this_run", this_run(manifest))
    backend.raw_sql(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM this_run LIMIT 0")
    backend.con.execute(f"DELETE FROM {table} WHERE run_id = ?", [manifest.run_id])
    backend.raw_sql(f"INSERT INTO {table} BY NAME SELECT * FROM this_run")
    backend.con.unregister("this_run")


def this_run(manifest: Manifest) -> pa.Table:
    """Return what a run adds to `extractions`: a row per resource."""
    run = {
        "run_id": manifest.run_id,
        "window_start": str(manifest.window.start),
        "window_end": str(manifest.window.end),
    }
    rows = [{"resource": name, **run, **_counts(t)} for name, t in manifest.resources.items()]
    return pa.Table.from_pylist(rows, schema_of(RawExtractions).to_pyarrow())


def _counts(tally: Tally) -> dict[str, Any]:
    counts = asdict(tally)
    del counts["fields"]
    times = {name: datetime.fromisoformat(counts[name]) for name in ("started_at", "finished_at")}
    return counts | times


def _damaged(what: Path, why: str) -> LandingError:
    return LandingError(
        f"cannot load {what}: {why}", hint="extract again", next_command=NextCommand("extract")
    )
