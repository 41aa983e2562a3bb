"""The rows that failed a data test in the last run, in one table for each test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cursor_marts.engines import ddl
from cursor_marts.engines.inspection import Tables, tables_in
from cursor_marts.engines.names import Names
from cursor_marts.engines.session import Session, Statement

LAYER = "audit"
EXAMPLES = 5
Examples = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Failure:
    """The rows that fail a data test: the name of their table, their query, the columns to show."""

    name: str
    query: str
    shown: tuple[str, ...]


def clear(session: Session, present: Tables) -> None:
    """Create the schema if it does not exist; drop the tables of earlier runs."""
    session.execute(ddl.create_schema(session.names, LAYER))
    session.execute_all(
        Statement(ddl.drop(session.names, LAYER, name, found.kind))
        for name, found in of_tests(present).items()
    )


def of_tests(present: Tables) -> Tables:
    """Return those tables of the schema that are named like a table and its test."""
    return {name: found for name, found in present.items() if "__" in name}


def store(session: Session, names: Names, failures: Sequence[Failure]) -> list[Examples]:
    """Store the rows of each failure as a table; return some columns of the first few of them."""
    session.execute_all(
        Statement(ddl.create_table(names, LAYER, each.name, each.query), each.name)
        for each in failures
    )
    answers = session.execute_all(
        Statement(ddl.first_rows(names, LAYER, each.name, each.shown, EXAMPLES))
        for each in failures
    )
    return [
        tuple(dict(zip(each.shown, row, strict=True)) for row in answer.rows)
        for each, answer in zip(failures, answers, strict=True)
    ]


@contextmanager
def preserved(session: Session) -> Iterator[None]:
    """Carry the stored rows over the rollback that happens inside (DuckDB)."""
    with TemporaryDirectory() as folder:
        files = {
            name: Path(folder) / f"{number}.parquet"
            for number, name in enumerate(of_tests(tables_in(session, LAYER)))
        }
        for name, file in files.items():
            session.execute(ddl.export(session.names, LAYER, name, file))
        yield
        session.execute("BEGIN")
        clear(session, tables_in(session, LAYER))
        for name, file in files.items():
            session.execute(ddl.restore(session.names, LAYER, name, file))
        session.execute("COMMIT")
