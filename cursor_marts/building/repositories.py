"""The names of repositories as an ENUM in a build's own tables: numbers, to the engine.

Nearly every join, grouping and test of a build has the name of a repository in its key. The tables
that stay have texts, and so have the rows that fail a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cursor_marts.engines import ddl
from cursor_marts.engines.names import REPOSITORY
from cursor_marts.engines.quoting import identifier
from cursor_marts.engines.session import Session

#: The columns that hold a name as staging spells it.
COLUMNS = ("repo_name", "head_repo_name")


@dataclass
class Repositories:
    """The tables of a run in which names are numbers: each with these columns."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, names: str) -> Repositories:
        """Create the type whose values are those of the query `names`."""
        session.execute(ddl.create_enum(REPOSITORY, names))
        return cls()

    def numbered(self, table: str, query: str) -> str:
        """Return the SELECT of a table with names as numbers; note the table."""
        selected, _, source = query.partition(" FROM ")
        self.columns[table] = tuple(name for name in COLUMNS if _cast(name) in selected)
        for name in self.columns[table]:
            selected = selected.replace(_cast(name), _cast(name, identifier(REPOSITORY)))
        return f"{selected} FROM {source}"

    def as_texts(self, query: str) -> str:
        """Return a query of such tables that has names as texts."""
        for table, names in self.columns.items():
            if names:
                texts = ", ".join(map(_cast, names))
                query = query.replace(table, f"(SELECT * REPLACE ({texts}) FROM {table})")
        return query


def _cast(name: str, type_: str = "TEXT") -> str:
    """Return a column with a type, as the first SELECT of every created table has it."""
    return f"CAST({identifier(name)} AS {type_}) AS {identifier(name)}"
