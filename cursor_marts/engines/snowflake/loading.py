"""Loading a landing into Snowflake: staged, then copied in one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cursor_marts.engines import loaded_files
from cursor_marts.engines.inspection import Columns, columns_in
from cursor_marts.engines.loaded_files import Difference, difference
from cursor_marts.engines.names import Names
from cursor_marts.engines.session import Session, Statement
from cursor_marts.engines.snowflake import statements as copying
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.errors import LandingError, NextCommand, UsageError
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.files import Stored
from cursor_marts.raw.landing import files_in
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED


@dataclass(frozen=True)
class Staged:
    """Files in a stage, by raw table; their paths go on from the place."""

    place: str
    files: Mapping[str, Sequence[str]]


def load(landing: Path, session: Session, *, whole: bool = False) -> Manifest:
    """Make the raw tables those of a landing, all of them or none; readers wait for nothing.

    Only months whose files differ from the loaded ones are uploaded and replaced, unless `whole`.
    Raises LandingError where the landing is missing or incomplete, or a file of it cannot be
    loaded: file, row and column; UsageError where it holds what a simulator has made up.
    """
    assert isinstance(session, SnowflakeSession)
    manifest = Manifest.read(landing)
    files = files_in(landing, manifest)
    check(manifest, {name for name, parts in files.items() if parts}, str(landing))
    found = differences(session, files, manifest, whole)
    changed = {
        name: files[name] if each.months is None else [landing / f.name for f in each.files]
        for name, each in found.items()
    }
    replace_all(session, found, put(session, changed, manifest.run_id), manifest)
    return manifest


def load_staged(
    manifest: Manifest, stage: str, session: Session, *, whole: bool = False
) -> Manifest:
    """Do the same with the files that a manifest names, which lie in a stage over their bucket.

    `stage` is the path of the set's prefix in it. Nothing is uploaded.
    """
    assert isinstance(session, SnowflakeSession)
    check(manifest, set(manifest.files), stage)
    place = f"{stage.rstrip('/')}/raw/"
    files = {name: list[Path]() for name in manifest.files if name in RAW_TABLES}
    found = differences(session, files, manifest, whole)
    files_of = {name: [file.name for file in each.files] for name, each in found.items()}
    replace_all(session, found, Staged(place, files_of), manifest)
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
    session: SnowflakeSession, files: Mapping[str, list[Path]], manifest: Manifest, whole: bool
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


def make_tables(session: SnowflakeSession) -> set[str]:
    """Create the raw tables that are missing, and add the columns that others lack.

    Return the names of those that were created.
    """
    there = columns_in(session, "raw")
    missing = {name for name in RAW_TABLES if name.upper() not in there}
    statements = list(_made(session, there, missing))
    for statement in statements:
        session.execute(statement)
    if statements:
        session.forget()
    return missing


def _made(session: SnowflakeSession, there: Columns, missing: set[str]) -> Iterator[str]:
    """Give the statements that create what is missing, and that add columns."""
    names = session.names
    if not there:
        yield copying.create_schema(names)
    for name, contract in RAW_TABLES.items():
        if name in missing:
            yield copying.create_raw(names, name, contract)
        else:
            yield from copying.add_columns(names, name, contract, set(there[name.upper()]))
    if not loaded_files.is_recorded(session, there):
        yield loaded_files.create(session)


def put(session: SnowflakeSession, files: Mapping[str, list[Path]], run_id: str) -> Staged:
    """Upload files to a stage that ends with the session, all by one command."""
    place = f"{copying.stage_of(session.names, run_id)}/"
    names = {part: f"{name}__{part.name}" for name, parts in files.items() for part in parts}
    if names:
        session.execute(copying.create_stage(session.names))
        with TemporaryDirectory() as folder:
            for part, name in names.items():
                linked(part, Path(folder) / name)
            session.execute(copying.put(Path(folder), place))
    return Staged(place, {name: [names[part] for part in parts] for name, parts in files.items()})


def linked(file: Path, target: Path) -> None:
    """Give a file a second name that lasts for an upload; where there are no links, copy it."""
    try:
        target.symlink_to(file.resolve())
    except OSError:
        shutil.copyfile(file, target)


def replace_all(
    session: SnowflakeSession, found: Mapping[str, Difference], staged: Staged, manifest: Manifest
) -> None:
    """Replace what differs in one transaction; of `extractions` this run's rows only.

    It is sent at once, with the COMMIT at its end: whether this process dies or not, all of it
    happens or nothing. Tables have to be there: DDL would commit what is under way. If the service
    refuses a statement, its answer does not tell which and why as the answer to that statement
    alone does: then they are sent one by one. Raises LandingError.
    """
    from snowflake.connector.errors import ProgrammingError

    statements = list(_transaction(session, found, staged, manifest))
    try:
        session.execute_in_turn([each.text for each in statements])
    except ProgrammingError:
        roll_back(session)
        one_by_one(session, statements)
    except BaseException:
        roll_back(session)
        raise
    if found:
        rows = loaded_files.rows_of(manifest.files_by_month)
        session.know(loaded_files.query(session), rows)


def _transaction(
    session: SnowflakeSession, found: Mapping[str, Difference], staged: Staged, manifest: Manifest
) -> Iterator[Statement]:
    """Give the statements of a load; `table` of each that copies files into one."""
    names = session.names
    yield Statement("BEGIN")
    for name, each in found.items():
        yield from map(Statement, loaded_files.delete(session, name, each.months))
    for name, files in staged.files.items():
        for text in copying.copy_into(names, name, staged.place, files):
            yield Statement(text, name)
    if found:
        yield from map(Statement, loaded_files.replace(session, manifest.files_by_month))
    yield from map(Statement, record(names, manifest))
    yield Statement("COMMIT")


def one_by_one(session: SnowflakeSession, statements: Iterable[Statement]) -> None:
    """Execute a transaction; raise what the service says of the statement that it refuses."""
    try:
        for each in statements:
            copy(session, each) if each.table else session.execute(each.text)
    except BaseException:
        roll_back(session)
        raise


def roll_back(session: SnowflakeSession) -> None:
    """Roll back; if that fails, end the session, whose next DDL would commit what is under way."""
    try:
        session.execute("ROLLBACK")
    except Exception:
        session.has_ended = True


def record(names: Names, manifest: Manifest) -> Iterator[str]:
    """Give the statements that add the run to the record of extractions, as the one that is loaded.

    The raw tables are of it.
    """
    yield copying.delete(names, "extractions", copying.of_run(manifest.run_id))
    yield copying.outdate_extractions(names)
    if rows := rows_of_run(manifest).to_pylist():
        yield copying.insert(names, "extractions", rows)


def copy(session: SnowflakeSession, statement: Statement) -> None:
    """Copy staged files into a raw table. Raises LandingError with what the service says."""
    from snowflake.connector.errors import ProgrammingError

    try:
        session.execute(statement.text)
    except ProgrammingError as error:
        if (error.errno or 0) in copying.REFUSALS:
            raise
        said = " ".join(str(error.raw_msg or error.msg).split())
        missing = error.errno == copying.NO_FILE
        what_to_do = "see that the stage is over the prefix that --input names"
        raise LandingError(
            f"cannot load {statement.table}: {said}",
            hint=f"nothing was loaded; {what_to_do if missing else 'extract again'}",
            next_command=None if missing else NextCommand("extract"),
        ) from None
