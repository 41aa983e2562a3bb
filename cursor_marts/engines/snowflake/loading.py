"""Loading a landing into Snowflake: staged, then copied in one transaction."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.engines.session import Session
from cursor_marts.engines.snowflake import statements as copying
from cursor_marts.errors import LandingError, NextCommand, UsageError
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.landing import files_of
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED

#: Paths in a stage, by raw table.
Places = dict[str, str]


def load(landing: Path, session: Session) -> Manifest:
    """Replace the raw tables by a landing's, all of them or none; readers wait for nothing.

    Raises LandingError where the landing is missing or incomplete, or a file of it cannot be
    loaded: file, row and column; UsageError where it holds what a simulator has made up.
    """
    manifest = Manifest.read(landing)
    files = {name: files_of(landing, name) for name in RAW_TABLES if name != "extractions"}
    check(manifest, {name for name, parts in files.items() if parts}, str(landing))
    make_tables(session)
    replace_all(session, put(session, files, manifest.run_id), manifest)
    return manifest


def load_staged(manifest: Manifest, stage: str, session: Session) -> Manifest:
    """Do the same with the files that a manifest names, which lie in a stage over their bucket.

    `stage` is the path of the set's prefix in it. Nothing is uploaded.
    """
    check(manifest, set(manifest.files), stage)
    make_tables(session)
    prefix = stage.rstrip("/")
    files = {name: file for name, file in manifest.files.items() if name in RAW_TABLES}
    places = {name: f"{prefix}/raw/{file.name}" for name, file in files.items()}
    replace_all(session, places, manifest)
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


def make_tables(session: Session) -> None:
    """Make the raw tables that are not there, and add the columns that they lack."""
    session.execute(copying.create_schema())
    for name, contract in RAW_TABLES.items():
        session.execute(copying.create_raw(name, contract))
        for statement in copying.add_columns(name, contract, columns_there(session, name)):
            session.execute(statement)


def columns_there(session: Session, name: str) -> set[str]:
    """Return the columns of a raw table as the engine spells them."""
    return {row[0] for row in session.execute(copying.describe(name)).fetchall()}


def put(session: Session, files: dict[str, list[Path]], run_id: str) -> Places:
    """Upload all files to a stage that ends with the session; return where each table's are."""
    session.execute(copying.create_stage())
    stage = copying.stage_of(run_id)
    places = {name: f"{stage}/{name}/" for name, parts in files.items() if parts}
    for name, place in places.items():
        for part in files[name]:
            session.execute(copying.put(part, place))
    return places


def replace_all(session: Session, places: Places, manifest: Manifest) -> None:
    """Empty and fill every raw table in one transaction; of `extractions` this run's rows only.

    Tables have to be there: DDL would commit what is under way.
    """
    session.execute("BEGIN")
    try:
        for name in RAW_TABLES:
            session.execute(copying.empty(name, manifest.run_id))
        session.execute(copying.outdate_extractions())
        for name, place in places.items():
            copy(session, name, place)
        if rows := rows_of_run(manifest).to_pylist():
            session.execute(copying.insert("extractions", rows))
    except BaseException:
        session.execute("ROLLBACK")
        raise
    session.execute("COMMIT")


def copy(session: Session, name: str, place: str) -> None:
    """Copy staged files into a raw table. Raises LandingError with what the service says.

    Where there are no files, the service calls that a success, whose answer has one column only.
    """
    from snowflake.connector.errors import ProgrammingError

    try:
        answer = session.execute(copying.copy_into(name, place)).fetchall()
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
