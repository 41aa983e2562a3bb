"""Loading a landing into Snowflake: staged, then copied in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cursor_marts.engines import loaded_files
from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.loaded_files import Difference, difference
from cursor_marts.engines.session import Session
from cursor_marts.engines.snowflake import statements as copying
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.errors import LandingError, NextCommand, UsageError
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.files import Stored
from cursor_marts.raw.landing import files_in
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED

#: Paths in a stage, by raw table: folders, or files.
Places = dict[str, list[str]]


def load(landing: Path, session: Session, *, whole: bool = False) -> Manifest:
    """Make the raw tables those of a landing, all of them or none; readers wait for nothing.

    Only months whose files differ from the loaded ones are uploaded and replaced, unless `whole`.
    Raises LandingError where the landing is missing or incomplete, or a file of it cannot be
    loaded: file, row and column; UsageError where it holds what a simulator has made up.
    """
    manifest = Manifest.read(landing)
    files = files_in(landing, manifest)
    check(manifest, {name for name, parts in files.items() if parts}, str(landing))
    found = differences(session, files, manifest, whole)
    changed = {
        name: files[name] if each.months is None else [landing / f.name for f in each.files]
        for name, each in found.items()
    }
    places = put(session, changed, manifest.run_id)
    replace_all(session, found, places, manifest)
    return manifest


def load_staged(
    manifest: Manifest, stage: str, session: Session, *, whole: bool = False
) -> Manifest:
    """Do the same with the files that a manifest names, which lie in a stage over their bucket.

    `stage` is the path of the set's prefix in it. Nothing is uploaded.
    """
    check(manifest, set(manifest.files), stage)
    prefix = f"{stage.rstrip('/')}/raw"
    files = {name: list[Path]() for name in manifest.files if name in RAW_TABLES}
    found = differences(session, files, manifest, whole)
    places = {
        name: [f"{prefix}/{file.name}" for file in each.files] for name, each in found.items()
    }
    replace_all(session, found, places, manifest)
    return manifest


def check(manifest: Manifest, there: set[str], where: str) -> None:
    """Raise LandingError for a set that lacks tables, UsageError for one that is made up."""
    if manifest.invented:
        raise UsageError(
            f"{where} holds invented data, which is not loaded into Snowflake",
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


def differences(
    session: Session, files: Mapping[str, list[Path]], manifest: Manifest, whole: bool
) -> dict[str, Difference]:
    """Create the raw tables that are missing; return what the others lack of a set."""
    created = make_tables(session)
    loaded = {} if whole else loaded_files.read(session)
    found = {}
    for name in files:
        stored = manifest.files.get(name, Stored("", ()))
        is_known = manifest.is_by_month and name not in created
        found[name] = difference(stored, loaded.get(name) if is_known else None)
    return {name: each for name, each in found.items() if each}


def make_tables(session: Session) -> set[str]:
    """Create the raw tables that are missing, and add the columns that others lack.

    Return the names of those that were created.
    """
    there = columns_in(session, "raw")
    if not there:
        session.execute(copying.create_schema(session.names))
    missing = {name for name in RAW_TABLES if name.upper() not in there}
    for name, contract in RAW_TABLES.items():
        if name in missing:
            session.execute(copying.create_raw(session.names, name, contract))
            continue
        has = set(there[name.upper()])
        for statement in copying.add_columns(session.names, name, contract, has):
            session.execute(statement)
    if loaded_files.RECORD.upper() not in there:
        session.execute(loaded_files.create(session))
    return missing


def put(session: Session, files: dict[str, list[Path]], run_id: str) -> Places:
    """Upload files to a stage that ends with the session; return where each table's are."""
    if not any(files.values()):
        return {}
    session.execute(copying.create_stage(session.names))
    stage = copying.stage_of(session.names, run_id)
    places = {name: f"{stage}/{name}/" for name, parts in files.items() if parts}
    for name, place in places.items():
        for part in files[name]:
            session.execute(copying.put(part, place))
    return {name: [place] for name, place in places.items()}


def replace_all(
    session: Session, found: dict[str, Difference], places: Places, manifest: Manifest
) -> None:
    """Replace what differs in one transaction; of `extractions` this run's rows only.

    Tables have to be there: DDL would commit what is under way.
    """
    session.execute("BEGIN")
    try:
        for name, each in found.items():
            for statement in loaded_files.delete(session, name, each.months):
                session.execute(statement)
        for name, parts in places.items():
            for place in parts:
                copy(session, name, place)
        for statement in loaded_files.replace(session, manifest.files_by_month) if found else ():
            session.execute(statement)
        record(session, manifest)
        session.execute("COMMIT")
    except BaseException:
        roll_back(session)
        raise


def roll_back(session: Session) -> None:
    """Roll back; if that fails, end the session, whose next DDL would commit what is under way."""
    assert isinstance(session, SnowflakeSession)
    try:
        session.execute("ROLLBACK")
    except Exception:
        session.has_ended = True


def record(session: Session, manifest: Manifest) -> None:
    """Add the run to the record of extractions, as the one that the raw tables are of."""
    session.execute(copying.delete(session.names, "extractions", copying.of_run(manifest.run_id)))
    session.execute(copying.outdate_extractions(session.names))
    if rows := rows_of_run(manifest).to_pylist():
        session.execute(copying.insert(session.names, "extractions", rows))


def copy(session: Session, name: str, place: str) -> None:
    """Copy staged files into a raw table. Raises LandingError with what the service says.

    Where there are no files, the service calls that a success, whose answer has one column only.
    """
    from snowflake.connector.errors import ProgrammingError

    try:
        answer = session.execute(copying.copy_into(session.names, name, place)).fetchall()
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
