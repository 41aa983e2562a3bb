"""The record of what builds have published, by which a later build knows what is its own.

It is one small table, read and written whole: another program may put tables into the same schemas,
and a copy or a renamed table of ours keeps its comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cursor_marts.engines.inspection import Tables, tables_in
from cursor_marts.engines.quoting import escaped, identifier, literal
from cursor_marts.engines.session import Session

LAYER = "build"
TABLE = "published"
COLUMNS = ("project", "kind", "name", "content")
#: The kind of the rows that say what the published tables follow from, and their names: all that
#: they do, and the loaded files alone.
NOTE = "note"
STATE, DATA = "state", "data"
#: The kind of the rows that say what each table held.
PROFILE = "profile"
TEXTS = {"duckdb": literal, "snowflake": escaped}

#: The layer and the name of a published table.
Place = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One row: a table that a project has published in the layer `kind`, or another note."""

    project: str
    kind: str
    name: str = ""
    content: str = ""


@dataclass(frozen=True)
class Record:
    """What builds of all projects have published in these schemas."""

    entries: frozenset[Entry] = frozenset()

    @property
    def notes(self) -> dict[str, str]:
        """What the published tables follow from, as far as that is known."""
        return {each.name: each.content for each in self.entries if each.kind == NOTE}

    @property
    def profiles(self) -> dict[str, str]:
        """What each table held when it was published."""
        return {each.name: each.content for each in self.entries if each.kind == PROFILE}

    def has(self, place: Place) -> bool:
        """Return whether a build has published a table."""
        return any((each.kind, each.name) == place for each in self.entries)

    def is_only_of(self, project: str, place: Place) -> bool:
        """Return whether builds of this project have published a table, and no others."""
        return {e.project for e in self.entries if (e.kind, e.name) == place} == {project}

    def with_tables(self, project: str, places: Iterable[Place]) -> Record:
        """Return the record with tables that a build is about to publish, and without notes."""
        stays = {each for each in self.entries if each.kind != NOTE}
        return Record(frozenset(stays | {Entry(project, *place) for place in places}))

    def after(
        self, dropped: Iterable[Place], notes: Mapping[str, str], profiles: Mapping[str, str]
    ) -> Record:
        """Return the record after a publication: its notes, and what the tables hold now."""
        gone = {*dropped, *((PROFILE, name) for name in profiles)}
        stays = {each for each in self.entries if (each.kind, each.name) not in gone}
        stays |= {Entry("", PROFILE, *each) for each in profiles.items()}
        return Record(frozenset(stays | {Entry("", NOTE, *each) for each in notes.items()}))


def read(session: Session, present: Tables) -> Record:
    """Return the record, by the tables of its schema; an empty one before the first build."""
    if TABLE not in present:
        return Record()
    return Record(frozenset(Entry(*row) for row in session.ask(query(session))))


def present(session: Session) -> Record:
    """Return the record as it is now."""
    return read(session, tables_in(session, LAYER))


def query(session: Session) -> str:
    """Return the query of all rows."""
    return f"SELECT {_columns(session)} FROM {session.names.table(LAYER, TABLE)}"


def write(session: Session, record: Record) -> str:
    """Return the statement that replaces the record, which is not empty, at once."""
    text = TEXTS[session.names.dialect]
    rows = sorted((each.project, each.kind, each.name, each.content) for each in record.entries)
    values = ", ".join(f"({', '.join(map(text, row))})" for row in rows)
    table = session.names.table(LAYER, TABLE)
    listed = _columns(session)
    return f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM (VALUES {values}) AS noted ({listed})"


def _columns(session: Session) -> str:
    return ", ".join(identifier(session.names.spelled(name)) for name in COLUMNS)
