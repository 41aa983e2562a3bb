"""Rows of a table of a DuckDB file, and what is wrong with a question for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.engines.quoting import identifier
from cursor_marts.errors import (
    CursorMartsError,
    DatabaseError,
    NextCommand,
    UsageError,
    did_you_mean,
)
from cursor_marts.graph.catalog import Catalog, Entry, readers
from cursor_marts.graph.selection import check_schema, unknown, without_schema
from cursor_marts.graph.words import Names, words
from cursor_marts.reporting.tables import Tables, provenance
from cursor_marts.reporting.values import python_rows

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

#: The layers in which a name is searched, in this order.
LAYERS = ("marts", "staging", "raw", "audit")
#: The types that Arrow has as integers or floating-point numbers.
NUMBERS = frozenset(
    f"{sign}{size}" for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT") for sign in ("", "U")
) | {"FLOAT", "DOUBLE"}


@dataclass(frozen=True)
class Found:
    """Rows that were found: their columns, values, and those columns that are `numbers`.

    `noted` says what their reader has to know: `invented` if the data is invented, `unreadable`
    with the records that are missing, and if rows were left out `of`, the count of all rows.
    """

    columns: list[str]
    values: list[tuple[Any, ...]]
    numbers: frozenset[str]
    noted: Mapping[str, str]

    @classmethod
    def of(cls, table: pa.Table) -> Found:
        """Return the rows of an Arrow table, whose metadata says what is noted."""
        import pyarrow as pa

        numbers = frozenset(
            name
            for name, type_ in zip(table.column_names, table.schema.types, strict=True)
            if pa.types.is_integer(type_) or pa.types.is_floating(type_)
        )
        values = [tuple(row.values()) for row in python_rows(table)]
        return cls(table.column_names, values, numbers, noted_in(table))


@dataclass(frozen=True)
class Question:
    """A question for rows of a table: all columns or the named ones; the texts are SQL over them.

    Without `order_by`, the newest rows come first; without `limit`, all rows are meant.
    """

    table: str
    columns: Names = ()
    where: str | None = None
    order_by: str | None = None
    limit: int | None = None


def rows(session: DuckDBSession, entries: Catalog, question: Question) -> pa.Table:
    """Return the rows that a question asks for.

    The metadata of the schema, also in a file written from it, is what `Found` calls noted. Raises
    UsageError for a table that is not stored, an invalid expression or an unknown column, and
    DatabaseError for a table that is not built yet.
    """
    found, _, said = _read(session, entries, question, fetch=_as_arrow)
    return found.replace_schema_metadata(said) if said else found


def found_rows(session: DuckDBSession, entries: Catalog, question: Question) -> Found:
    """Return the same rows without Arrow; dates and times are the text that DuckDB has for them."""
    values, relation, said = _read(session, entries, question, fetch=_as_values)
    kinds = zip(relation.columns, relation.types, strict=True)
    numbers = frozenset(name for name, type_ in kinds if str(type_) in NUMBERS)
    return Found(relation.columns, values, numbers, said)


def _read(
    session: DuckDBSession,
    entries: Catalog,
    question: Question,
    *,
    fetch: Callable[[duckdb.DuckDBPyRelation], Sized],
) -> tuple[Any, duckdb.DuckDBPyRelation, dict[str, str]]:
    import duckdb

    tables, entry = Tables(session), entries.get(without_schema(question.table))
    relation = session.connection.sql(f"FROM {_place(tables, question.table, entries)}")
    shown = map(identifier, chosen_columns(question, relation.columns))
    dated, everything = _dated(relation), relation
    try:
        if question.where:
            relation = everything = relation.filter(question.where)
        order = question.order_by or newest_first(entry, relation.columns, dated)
        if order:
            relation = relation.order(order)
        if question.limit is not None:
            relation = relation.limit(question.limit)
        relation = relation.project(", ".join(shown))
        found = fetch(relation)
        total = len(found)
        if total == question.limit:
            ((total,),) = everything.count("*").fetchall()
    except duckdb.Error as error:
        said = str(error).partition("\n\nLINE")[0]  # without the query
        raise not_evaluated(question, everything.columns, said) from None
    return found, relation, noted(len(found), total, tables)


def _as_arrow(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    return relation.to_arrow_table()


def _as_values(relation: duckdb.DuckDBPyRelation) -> list[tuple[Any, ...]]:
    """Return the values; Python has no infinite date, nor one of the year 10000."""
    dated, names = _dated(relation), {name: identifier(name) for name in relation.columns}
    read = [f"CAST({n} AS VARCHAR)" if name in dated else n for name, n in names.items()]
    return relation.project(", ".join(read)).fetchall()


def _place(tables: Tables, name: str, entries: Catalog) -> str:
    """Return where a table is, as FROM has it. Raises UsageError, and DatabaseError."""
    plain, names = without_schema(name), tables.session.names
    for layer in LAYERS:
        if plain.lower() in tables.listed(layer):
            check_schema(name, (names.schema(layer),))
            return f"{names.schema(layer)}.{identifier(plain)}"
    raise not_there(plain, [each for layer in LAYERS for each in tables.listed(layer)], entries)


def _dated(relation: duckdb.DuckDBPyRelation) -> list[str]:
    """Return the columns that are dates or times."""
    types = zip(relation.columns, relation.types, strict=True)
    return [column for column, type_ in types if str(type_).startswith(("DATE", "TIMESTAMP"))]


def noted(shown: int, total: int, tables: Tables) -> dict[str, str]:
    """Return what the reader of some rows has to know."""
    invented, unreadable = provenance(tables)
    said = {"invented": "true"} if invented else {}
    if unreadable:
        said["unreadable"] = "\n".join(unreadable)
    if total > shown:
        said["of"] = str(total)
    return said


def noted_in(table: pa.Table) -> dict[str, str]:
    """Return what is noted in the metadata of an Arrow table."""
    return {name.decode(): text.decode() for name, text in (table.schema.metadata or {}).items()}


def newest_first(
    entry: Entry | None,
    there: Sequence[str],
    dated: Collection[str],
    spelled: Callable[[str], str] = lambda column: column,
) -> str:
    """Return the ORDER BY of a table: its date or time, newest first, then its key.

    `dated` are its columns that are dates or times; `spelled` gives a name as the engine stores it.
    """
    key = (entry.key or there) if entry else ()
    named = [column for column in key if column in there]
    by = dated_by(named, dated)
    order = [f'"{spelled(by)}" DESC NULLS LAST'] if by else []
    return ", ".join([*order, *(f'"{spelled(column)}"' for column in named if column != by)])


def dated_by(key: Iterable[str], dated: Collection[str]) -> str:
    """Return the first date or time, preferably of the key; '' without one."""
    return next((name for name in (*key, *dated) if name in dated), "")


def chosen_columns(question: Question, there: Sequence[str]) -> tuple[str, ...]:
    """Return the named columns, each once, in the order in which they are named."""
    chosen = tuple(dict.fromkeys(words(question.columns)))
    for column in chosen:
        if column not in there:
            listed = f"its columns: {', '.join(there)}"
            raise UsageError(
                f"there is no column {column!r} in {question.table}",
                hint=f"{did_you_mean(column, there)} {listed}".strip(),
            )
    return chosen or tuple(there)


def not_evaluated(question: Question, columns: Iterable[str], said: str) -> UsageError:
    """Return the error for an expression that the engine cannot evaluate."""
    given = {"--where": question.where, "--order-by": question.order_by}
    options = " ".join(f"{option} {text!r}" for option, text in given.items() if text)
    return UsageError(
        f"cannot show {question.table} with {options}: {' '.join(said.split())}",
        hint=f"write SQL over its columns: {', '.join(columns)}",
    )


def not_there(name: str, tables: Collection[str], entries: Catalog) -> CursorMartsError:
    """Return the error for a table that is not in a database with these tables."""
    if name not in entries:
        return unknown(f"table {name!r}", name, [*tables, *entries])
    if entries[name].kind == "ephemeral":
        return UsageError(
            f"{name} is not stored: a build computes it for the tables that read it",
            hint=f"read {', '.join(readers(entries, name))}, or execute its query",
            next_command=NextCommand("sql", (name,)),
        )
    return DatabaseError(
        f"{name} is not in the database",
        hint="build it first",
        next_command=NextCommand("transform" if "repos" in tables else "build"),
    )
