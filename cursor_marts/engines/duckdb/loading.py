"""Loading a landing into the raw schema of a DuckDB file."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.engines import ddl
from cursor_marts.engines.duckdb.raw_views import Files, kept_beside
from cursor_marts.engines.duckdb.session import DuckDBSession, writing
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.quoting import literal
from cursor_marts.errors import DatabaseError, LandingError, NextCommand
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.landing import files_of
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED

VIEWS = (
    "SELECT view_name, sql FROM duckdb_views() "
    "WHERE database_name = current_database() AND schema_name = 'main_raw'"
)


def load(landing: Path, session: DuckDBSession, raw: str = "table") -> Manifest:
    """Replace the raw tables by a landing's: call it inside a transaction to have all or none.

    With `raw="view"` they are views over the files, of which copies or links stay for them
    (`raw_views` says how). Raises LandingError where the landing is missing, incomplete or damaged,
    or where a table has another number of rows than the manifest says.
    """
    manifest = Manifest.read(landing)
    files: Files = {name: files_of(landing, name) for name in RAW_TABLES if name != "extractions"}
    missing = sorted(name for name in REQUIRED if not files[name])
    if missing:
        raise _damaged(landing, f"{', '.join(missing)} missing")
    session.execute(ddl.create_schema(session.names, "raw"))
    if raw == "view":
        views = session.execute(VIEWS).fetchall()
        files = kept_beside(landing, files, in_use="".join(sql for _, sql in views))
    present = tables_in(session, "raw")
    with writing(session):
        for name, parts in files.items():
            if name in present:
                session.execute(ddl.drop(session.names, "raw", name, present[name].kind))
            if parts:
                _load_files(session, name, parts, raw)
                _check_count(session, name, manifest, parts[0])
    _load_extractions(session, manifest)
    return manifest


def _load_files(session: DuckDBSession, name: str, files: list[Path], raw: str) -> None:
    listed = ", ".join(literal(ddl.glob_escaped(str(file))) for file in files)
    query = f"SELECT * FROM read_parquet([{listed}])"
    create = ddl.create_view if raw == "view" else ddl.create_table
    try:
        session.execute(create(session.names, "raw", name, query))
    except DatabaseError as error:
        raise _damaged(files[0], error.message) from None


def _check_count(session: DuckDBSession, name: str, manifest: Manifest, file: Path) -> None:
    """Raise LandingError where a loaded table has other rows than its manifest counts."""
    if name not in manifest.resources:
        return
    table = session.names.table("raw", name)
    (rows,) = session.execute(f"SELECT count(*) FROM {table}").fetchone()
    if rows != manifest.resources[name].rows:
        raise _damaged(file, f"{rows:,} rows; the manifest says {manifest.resources[name].rows:,}")


def _load_extractions(session: DuckDBSession, manifest: Manifest) -> None:
    """Add the run to the record of extractions, as the one that the raw tables are of."""
    table = session.names.table("raw", "extractions")
    session.connection.register("this_run", rows_of_run(manifest))
    session.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM this_run LIMIT 0")
    # A table that an earlier version has made lacks columns.
    for column, type_, *_ in session.execute("DESCRIBE this_run").fetchall():
        session.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {type_}")
    session.execute(f"DELETE FROM {table} WHERE run_id = {literal(manifest.run_id)}")
    session.execute(f"UPDATE {table} SET is_current = FALSE")
    session.execute(f"INSERT INTO {table} BY NAME SELECT * FROM this_run")
    session.connection.unregister("this_run")


def _damaged(what: Path, why: str) -> LandingError:
    return LandingError(
        f"cannot load {what}: {why}", hint="extract again", next_command=NextCommand("extract")
    )
