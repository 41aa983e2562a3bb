"""The DuckDB file: opening it, and loading a landing into its raw schema."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import sqlglot.expressions as sge

from cursor_marts.contracts import schema_of
from cursor_marts.errors import DatabaseError, DatabaseLocked, LandingError
from cursor_marts.loading.linked import Files, kept_beside
from cursor_marts.manifest import Manifest, Tally
from cursor_marts.raw import RAW_TABLES, REQUIRED, RawExtractions
from cursor_marts.session import writing
from cursor_marts.stopping import can_be_cut_off

RAW_SCHEMA = "main_raw"
VIEWS = f"SELECT view_name, sql FROM duckdb_views() WHERE schema_name = '{RAW_SCHEMA}'"
LOCK_POLL = 0.2  # seconds between two tries to open a file that is held
LOCK_SILENCE = 1.0  # seconds after which whoever waits is told for whom

log = logging.getLogger(__name__)


@contextmanager
def opened(path: Path, *, create: bool = True, lock_timeout: float = 30.0) -> Iterator[Any]:
    """Open the file as an Ibis backend, as `connected` does, and close it in the end.

    A file that this call has made is removed again if what was to be done in it fails.
    """
    existed = path.exists()
    backend = connected(path, create=create, lock_timeout=lock_timeout)
    try:
        yield backend
    except BaseException:
        backend.disconnect()
        if not existed:
            path.unlink(missing_ok=True)
        raise
    backend.disconnect()


def connected(
    path: Path, *, create: bool = True, read_only: bool = False, lock_timeout: float = 30.0
) -> Any:
    """Return an Ibis backend that has the file open.

    If another process has it open, wait for it up to `lock_timeout` seconds. Raises DatabaseLocked,
    naming the process, and DatabaseError.
    """
    if not create and not path.exists():
        raise DatabaseError(
            f"there is no database at {path}", hint="build it first: python -m cursor_marts build"
        )
    began, told = time.monotonic(), False
    while True:
        try:
            backend = _connected_now(path, read_only)
        except DatabaseLocked as locked:
            waited = time.monotonic() - began
            if waited >= lock_timeout:
                raise
            if waited >= LOCK_SILENCE and not told:
                log.warning("%s: waiting up to %.0f s", locked.message, lock_timeout)
                told = True
            time.sleep(LOCK_POLL)
            continue
        # Times are naive UTC throughout: no session setting may come in between.
        backend.raw_sql("SET TimeZone = 'UTC'")
        can_be_cut_off(backend.con)
        return backend


def _connected_now(path: Path, read_only: bool) -> Any:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return ibis.duckdb.connect(path, read_only=read_only)
    except OSError as error:
        raise DatabaseError(
            f"cannot write to {path.parent}: {error.strerror or error}",
            hint="give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None
    except duckdb.Error as error:
        raise _not_opened(path, str(error)) from None


def _not_opened(path: Path, said: str) -> DatabaseError:
    holder = re.search(r"held in (.*?) \(PID (\d+)\)", said)
    if "lock" in said:
        who = f"{holder[1]} (process {holder[2]})" if holder else "another process"
        return DatabaseLocked(
            f"{path} is held by {who}", hint="close it there, or stop that process, and run again"
        )
    if "different configuration" in said:
        return DatabaseError(
            f"this process has {path} open already, for reading or for writing",
            hint="close that first: close() of what connect() gave, or a with statement",
        )
    first_line = said.partition("\n")[0]
    return DatabaseError(
        f"cannot open {path}: {first_line}",
        hint="if it is not a DuckDB file of this version, move it away and build again",
    )


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
        "source": manifest.source,
        "invented": manifest.invented,
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
        f"cannot load {what}: {why}", hint="extract again: python -m cursor_marts extract"
    )
