"""Changes of raw columns, and which mart columns they change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import isclose
from typing import Any

import ibis.expr.datatypes as dt

from cursor_marts.contracts import columns_of, declared, schema_of
from cursor_marts.graph.catalog import Catalog, catalog, readers
from cursor_marts.graph.column_lineage import related
from cursor_marts.graph.selection import reachable
from cursor_marts.graph.steps import ROWS, Place, followed
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES
from support.raw_rows import rows_of, select_of

Marts = dict[Place, list[Any]]
#: The order of rows changes the last digits of a sum.
TINY = 1e-9

#: SQL of another value of a column by its type; {c} is the column, {n} the number of the row.
OTHERS: Mapping[type[dt.DataType], tuple[str, ...]] = {
    dt.String: (
        *(
            "NULL",
            "lag({c}, 1, 'z') OVER (ORDER BY {n})",
            "{c} || 'x'",
            "'x' || {c}",
            "'zz' || {n}",
        ),
        *("'fix: ' || {c}", "'Revert \"' || {c} || '\"'", "'dependabot[bot]'", "'cursor'", "'Bot'"),
        *("'ann@example.com'", "'pending'", "'approved'", "'changes_requested'", "'commented'"),
        *(
            "''",
            "'Reverts #' || (({n} % 4) + 1)",
            "'revert-' || (({n} % 4) + 1) || '-x'",
            "'merged'",
        ),
        *("'open'", "'acme/web'", "'acme/api'", "'why'"),
    ),
    dt.Int64: ("NULL", "{c} + 1", "{c} * 10", "0", "lag({c}, 1, 7) OVER (ORDER BY {n})", "1", "2"),
    dt.Float64: ("NULL", "1 - {c}", "0.5", "0.9"),
    dt.Boolean: ("NULL", "NOT {c}", "TRUE", "FALSE"),
    dt.Timestamp: (
        *("NULL", "{c} + INTERVAL 1 HOUR", "{c} - INTERVAL 8 DAY", "{c} + INTERVAL 30 DAY"),
        *(
            "lag({c}) OVER (ORDER BY {n})",
            "TIMESTAMP '2026-09-09 10:00:00'",
            "TIMESTAMP '1970-01-01'",
        ),
        "TIMESTAMP '2026-12-01 10:00:00'",
    ),
    dt.Array: ("NULL", "['bug']", "[]", "list_append({c}, 'y')"),
}


#: Other values of one column: some names of repositories in capitals change their order.
OF_COLUMN: Mapping[Place, tuple[str, ...]] = {
    Place("repos", "full_name"): (
        "CASE WHEN {c} LIKE '%art' THEN {c} ELSE upper({c}) END",
        "upper({c})",
    ),
}


def others_of(place: Place) -> tuple[str, ...]:
    """Return SQL of other values of a raw column."""
    type_ = schema_of(RAW_TABLES[place.table])[place.column]
    return (*OF_COLUMN.get(place, ()), *OTHERS[type(type_)])


class Laboratory:
    """A database whose raw tables are changed; what reads them is built again."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        backend.raw_sql("SET threads = 1")  # the tables are small
        backend.raw_sql("CREATE SCHEMA given")
        for table in RAW_TABLES:
            backend.raw_sql(f"CREATE TABLE given.{table} AS FROM main_raw.{table}")
        #: The raw tables that are not as given.
        self.changed: set[str] = set()
        self.found = self._built({model.name for model in all_models()})

    def marts(self, changes: Mapping[Place, str], share: int = 1) -> Marts:
        """Return every mart column if raw columns hold other values in one row of `share`."""
        tables = {place.table for place in changes}
        for table in self.changed | tables:
            own = {place.column: sql for place, sql in changes.items() if place.table == table}
            self._fill(table, own, share)
        return self._after(tables)

    def twins(self, table: str, twin: Mapping[str, str]) -> Marts:
        """Return every mart column if each row of a table has a twin with other values."""
        for each in self.changed | {table}:
            self._fill(each, {}, 1)
        self.backend.raw_sql(
            f"INSERT INTO main_raw.{table} SELECT * EXCLUDE (n) {_replaced(twin, 1)}"
            f" FROM (SELECT *, row_number() OVER () AS n FROM given.{table})"
        )
        return self._after({table})

    def _after(self, tables: set[str]) -> Marts:
        """Return every mart column after changes of some tables."""
        self.found = {**self.found, **self._built(readers_of(self.changed | tables))}
        self.changed = tables
        return self.found

    def _fill(self, table: str, changes: Mapping[str, str], share: int) -> None:
        self.backend.raw_sql(
            f"CREATE OR REPLACE TABLE main_raw.{table} AS "
            f"SELECT * EXCLUDE (n) {_replaced(changes, share)} "
            f"FROM (SELECT *, row_number() OVER () AS n FROM given.{table})"
        )

    def _built(self, names: Collection[str]) -> Marts:
        """Build models without any test; return the marts' columns, in the order of the key."""
        found: Marts = {}
        for model in all_models():
            if model.name in names:
                self.backend.raw_sql(
                    f"CREATE OR REPLACE TEMP TABLE {model.name} AS {select_of(model)}"
                )
            if model.name in names and model.layer == "marts":
                key = ", ".join(declared(model.contract).unique or ())
                rows = rows_of(self.backend, model.name, key)
                for column in columns_of(model.contract):
                    found[Place(model.name, column)] = [row[column] for row in rows]
        return found


@cache
def _readers() -> Mapping[str, frozenset[str]]:
    """Return the models that read each raw table, directly or not."""
    entries = catalog(all_models())
    return {
        table: frozenset(reachable([table], lambda name: readers(entries, name))) - {table}
        for table in RAW_TABLES
    }


def readers_of(tables: Iterable[str]) -> set[str]:
    """Return the models that read one of some raw tables, directly or not."""
    return {name for table in tables for name in _readers()[table]}


def _replaced(changes: Mapping[str, str], share: int) -> str:
    values = [f"{_some(name, sql, share)} AS {name}" for name, sql in changes.items()]
    return f"REPLACE ({', '.join(values)})" if values else ""


def _some(name: str, sql: str, share: int) -> str:
    """Return SQL of a column that has another value in one row of `share`."""
    return f"CASE WHEN n % {share} = 0 THEN {sql.format(c=name, n='n')} ELSE {name} END"


def differing(before: Marts, after: Marts) -> set[Place]:
    """Return the mart columns that differ; of a mart with other keys, all: its rows are others."""
    other = {mart for mart, values in before.items() if differ(values, after[mart])}
    rows = {mart.table for mart in other if mart.column in _keys()[mart.table]}
    return {mart for mart in before if mart in other or mart.table in rows}


def differ(values: list[Any], others: list[Any]) -> bool:
    """Return whether values differ by more than the order in which a sum was made explains."""
    if values == others:
        return False
    pairs = zip(values, others, strict=False)
    return len(values) != len(others) or not all(_is_same(one, other) for one, other in pairs)


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=TINY, abs_tol=TINY)
    return bool(one == other)


@cache
def _keys() -> Mapping[str, Sequence[str]]:
    return {model.name: declared(model.contract).unique or () for model in all_models()}


def lineage_of_marts() -> dict[Place, frozenset[Place]]:
    """Return each mart column with the raw columns that its lineage names."""
    entries = catalog(all_models())
    return {
        Place(entry.name, column): _raw(entries, Place(entry.name, column))
        for entry in entries.values()
        if entry.layer == "marts"
        for column in columns_of(entry.contract)
    }


def _raw(entries: Catalog, column: Place) -> frozenset[Place]:
    found = followed(related(entries, column), column)
    return frozenset(p for p in found if p.table in RAW_TABLES and p.column != ROWS)


def twins_of(place: Place) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield the columns of a twin of each row that loses by a column, and of one that wins by it.

    The twins differ from the row in the columns that are compared later, and in all if the column
    is the time of the version.
    """
    key, at = VERSIONS.get(place.table, ((), ""))
    names = [name for name in columns_of(RAW_TABLES[place.table]) if name not in (*key, at)]
    if place.column not in (*names, at):
        return
    later = names if place.column == at else names[names.index(place.column) + 1 :]
    type_ = type(schema_of(RAW_TABLES[place.table])[place.column])
    for n in range(TWINS):
        rest = {name: _nth(Place(place.table, name), n) for name in later}
        yield {**rest, place.column: "NULL"}, {**rest, place.column: GREATER[type_]}


def _nth(place: Place, n: int) -> str:
    others = others_of(place)
    return others[n % len(others)]


#: How many kinds of twins there are.
TWINS = 8
#: The key of each raw table, and the time of a version.
VERSIONS = {
    "repos": (("full_name",), "default_branch"),
    "commits": (("commit_hash",), "created_at"),
    "pull_requests": (("repo_name", "number"), "updated_at"),
    "pull_request_commits": (("repo_name", "pr_number", "commit_hash"), "authored_at"),
    "reviews": (("repo_name", "pr_number", "id"), "created_at"),
    "review_comments": (("repo_name", "pr_number", "review_id", "id"), "created_at"),
}
#: SQL of a value that is greater than the column's.
GREATER: Mapping[type[dt.DataType], str] = {
    dt.String: "'~' || coalesce({c}, '')",
    dt.Int64: "coalesce({c}, 0) + 1",
    dt.Float64: "coalesce({c}, 0) + 0.001",
    dt.Boolean: "TRUE",
    dt.Timestamp: "coalesce({c}, TIMESTAMP '2026-09-01') + INTERVAL 1 SECOND",
    dt.Array: "['~']",
}
