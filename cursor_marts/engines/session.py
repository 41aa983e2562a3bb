"""What every engine lets a run do: execute statements, and fetch their rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from cursor_marts.engines.names import Names


class Cursor(Protocol):
    """The answer to a statement, as the DB-API describes it."""

    @property
    def description(self) -> Any:
        """Return a tuple for each column; its name comes first."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""


@dataclass(frozen=True)
class Statement:
    """One of several statements that do not depend on each other; `table` as in `execute`."""

    text: str
    table: str = ""


@dataclass(frozen=True)
class Answer:
    """The rows of a statement, and the seconds until they had arrived."""

    rows: list[Any]
    seconds: float

    @classmethod
    def of(cls, execute: Callable[[str, str], Cursor], statement: Statement) -> Answer:
        """Execute a statement and fetch all of its rows."""
        began = time.perf_counter()
        rows = execute(statement.text, statement.table).fetchall()
        return cls(rows, time.perf_counter() - began)


class Session(Protocol):
    """An open connection: `names` are those of published tables, `scratch` of a run's own.

    `tested_together` is how many tables one query tests: many where a query is a long way.
    `warnings` are lines on what failed after a run had done its work.
    """

    names: Names
    scratch: Names
    tested_together: int
    warnings: list[str]

    def execute(self, statement: str, table: str = "") -> Cursor:
        """Execute a statement; `table` names the one that it is for, in the engine's history."""

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query of what only the one writer changes: it is asked once."""

    def has_many(self, raw_tables: Iterable[str]) -> bool:
        """Return whether a raw table has so many rows that a run has other statements for them."""

    def expect(self, rows: int) -> None:
        """Prepare for statements over tables that have so many rows at most."""

    def execute_all(self, statements: Iterable[Statement]) -> list[Answer]:
        """Execute statements in any order, or at the same time; return their answers in order."""


@contextmanager
def tidying(session: Session, left: str) -> Iterator[None]:
    """Execute statements inside after the work is done; if one fails, warn of what is left."""
    try:
        yield
    except Exception as error:  # an engine's own, or one of ours
        number = getattr(error, "errno", None)
        session.warnings.append(f"{left} (error {number})" if number else left)
