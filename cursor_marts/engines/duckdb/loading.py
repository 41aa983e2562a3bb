"""Loading a landing into the raw schema of a DuckDB file."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.contracts import columns_of
from cursor_marts.engines import ddl, loaded_files
from cursor_marts.engines.duckdb.raw_views import Files, kept_beside
from cursor_marts.engines.duckdb.session import DuckDBSession, writing
from cursor_marts.engines.inspection import Present, columns_in, tables_in
from cursor_marts.engines.loaded_files import Difference, difference
from cursor_marts.engines.quoting import literal
from cursor_marts.errors import DatabaseError, LandingError, NextCommand
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.landing import files_in
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED

VIEWS = (
    "SELECT view_name, sql FROM duckdb_views() "
    "WHERE database_name = current_database() AND schema_name = "
)
#: The share of rows above which a table is created anew: deleted rows leave gaps in the file.
MOST_REPLACED = 0.5


def load(
    landing: Path, session: DuckDBSession, raw: str = "table", *, whole: bool = False
) -> Manifest:
    """Make the raw tables those of a landing: call it in a transaction to have all or none.

    Only months whose files differ from the loaded ones are replaced, unless `whole`. With
    `raw="view"` the tables are views over the files, of which copies or links stay for them
    (`raw_views` says how). Raises LandingError where the landing is missing, incomplete or damaged,
    or where a table has another number of rows than the manifest says.
    """
    manifest = Manifest.read(landing)
    files = files_in(landing, manifest)
    missing = sorted(name for name in REQUIRED if not files[name])
    if missing:
        raise _damaged(landing, f"{', '.join(missing)} missing")
    session.execute(ddl.create_schema(session.names, "raw"))
    session.execute(loaded_files.create(session))
    with writing(session):
        if raw == "view":
            _create_views(session, landing, files, manifest)
        else:
            _Tables(session, landing, files, manifest).load(whole)
        for statement in loaded_files.replace(session, manifest.files_by_month):
            session.execute(statement)
    _load_extractions(session, manifest)
    return manifest


def _create_views(session: DuckDBSession, landing: Path, files: Files, manifest: Manifest) -> None:
    views = session.execute(VIEWS + literal(session.names.schema("raw"))).fetchall()
    linked = kept_beside(landing, files, in_use="".join(sql for _, sql in views))
    present = tables_in(session, "raw")
    for name, parts in linked.items():
        _drop(session, name, present)
        if parts:
            _create(session, name, parts, "VIEW")
            _check_count(session, name, manifest, parts[0])


class _Tables:
    """The raw tables of a file, and the set that they are to hold."""

    def __init__(
        self, session: DuckDBSession, landing: Path, files: Files, manifest: Manifest
    ) -> None:
        self.session, self.landing, self.files = session, landing, files
        self.manifest = manifest
        self.present = tables_in(session, "raw")
        self.columns = columns_in(session, "raw")

    def load(self, whole: bool) -> None:
        """Replace what differs. Raises LandingError."""
        loaded = {} if whole else loaded_files.read(self.session)
        for name, parts in self.files.items():
            if not parts:
                _drop(self.session, name, self.present)
            elif not self._update(name, loaded.get(name)):
                _drop(self.session, name, self.present)
                _create(self.session, name, parts, "TABLE")
                _check_count(self.session, name, self.manifest, parts[0])

    def _update(self, name: str, loaded: dict[str, str] | None) -> bool:
        """Replace the months that differ; return False if the table is to be created anew."""
        stored = self.manifest.files_by_month.get(name)
        if stored is None or loaded is None or not self._has_all_columns(name):
            return False
        found = difference(stored, loaded)
        if sum(file.rows or 0 for file in found.files) > MOST_REPLACED * stored.rows:
            return False
        if found:
            self._replace(name, found)
        return _count(self.session, name) == stored.rows

    def _has_all_columns(self, name: str) -> bool:
        there = self.columns.get(name, {})
        is_table = name in self.present and self.present[name].kind == "TABLE"
        return is_table and set(columns_of(RAW_TABLES[name])) <= there.keys()

    def _replace(self, name: str, found: Difference) -> None:
        table = self.session.names.table("raw", name)
        for statement in loaded_files.delete(self.session, name, found.months):
            self.session.execute(statement)
        if found.files:
            parts = [self.landing / file.name for file in found.files]
            _execute_on(self.session, f"INSERT INTO {table} BY NAME {_rows_of(parts)}", parts[0])


def _drop(session: DuckDBSession, name: str, present: dict[str, Present]) -> None:
    if name in present:
        session.execute(ddl.drop(session.names, "raw", name, present[name].kind))


def _create(session: DuckDBSession, name: str, files: list[Path], kind: str) -> None:
    create = ddl.create_view if kind == "VIEW" else ddl.create_table
    _execute_on(session, create(session.names, "raw", name, _rows_of(files)), files[0])


def _rows_of(files: list[Path]) -> str:
    listed = ", ".join(literal(ddl.glob_escaped(str(file))) for file in files)
    return f"SELECT * FROM read_parquet([{listed}])"


def _execute_on(session: DuckDBSession, statement: str, file: Path) -> None:
    try:
        session.execute(statement)
    except DatabaseError as error:
        raise _damaged(file, error.message) from None


def _check_count(session: DuckDBSession, name: str, manifest: Manifest, file: Path) -> None:
    """Raise LandingError where a loaded table has other rows than its manifest counts."""
    stored, tally = manifest.files_by_month.get(name), manifest.resources.get(name)
    if stored is None and tally is None:
        return
    said = stored.rows if stored is not None else tally.rows if tally is not None else 0
    rows = _count(session, name)
    if rows != said:
        raise _damaged(file, f"{rows:,} rows; the manifest says {said:,}")


def _count(session: DuckDBSession, name: str) -> int:
    table = session.names.table("raw", name)
    (rows,) = session.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(rows)


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
