"""What a run looks at besides its data tests: the columns, weeks and window of its tables.

All of it is one query of whole numbers; `profiles` says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.building.profiles import COLUMNS, IN_WORDS, Profiled
from cursor_marts.contracts import Contract, declared, schema_of
from cursor_marts.engines.dialect import Dialect
from cursor_marts.graph.catalog import Entry
from cursor_marts.graph.checks import Check
from cursor_marts.models.definitions import week_of
from cursor_marts.raw.extractions import loaded_run
from cursor_marts.raw.times import EARLIEST

#: The raw tables that say nothing about the source, and columns that the extraction fills.
NOT_PROFILED = ("extractions", "rejects")
NOT_OF_SOURCE = ("extracted_at", "known_until")
#: Raw table → the column that says when something happened.
DATED = {
    "commits": "commit_ts",
    "pull_requests": "created_at",
    "pull_request_commits": "committed_at",
    "reviews": "created_at",
    "review_comments": "created_at",
}
LATEST = ibis.timestamp("2200-01-01 00:00:00")
#: A SELECT of whole numbers, and how many they are after the first.
Query = tuple[str, int]


def profiled(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Profiled]]:
    """Yield each raw table and mart with what is looked at."""
    for entry in entries:
        if entry.layer in ("raw", "marts") and entry.name not in NOT_PROFILED:
            columns = [c for c in schema_of(entry.contract) if c not in NOT_OF_SOURCE]
            yield entry, Profiled(entry.name, tuple(columns), _dated(entry) or "")


def tests_of(entry: Entry) -> Iterator[Check]:
    """Yield the tests of a table that compare what it holds, as its contract's tests are listed."""
    for _entry, found in profiled([entry]):
        for name, says in IN_WORDS.items():
            if name == COLUMNS or found.dated:
                yield Check(name, "warn", says)


def provenance(runs: ir.Table) -> ir.Table:
    """Return the sources of the loaded run, and what is known of each."""
    columns = ("source", "invented", "unreadable", "finished_at")
    return loaded_run(runs).select(*columns).distinct()


def queries(
    found: Iterable[tuple[Entry, Profiled]],
    tables: dict[type[Contract], ir.Table],
    runs: ir.Table,
    dialect: Dialect,
) -> Iterator[Query]:
    """Yield the query of the window, then of each table its columns, and its weeks."""
    found = list(found)
    if found:
        yield _text(_window(runs), dialect)
    for entry, each in found:
        table = tables[entry.contract]
        values = {f"column_{n}": _values(table[c]) for n, c in enumerate(each.columns)}
        yield _text(table.aggregate(in_all=_.count(), **values), dialect)
        if each.dated:
            yield _text(_weeks(table, each.dated), dialect)


def _text(query: ir.Table, dialect: Dialect) -> Query:
    return dialect.text(dialect.query(query)), len(query.columns) - 1


def _dated(entry: Entry) -> str | None:
    if entry.layer == "raw":
        return DATED.get(entry.name)
    key, schema = declared(entry.contract).unique or [], schema_of(entry.contract)
    named = (name for name in (*key, "week") if name in schema)
    return next((n for n in named if schema[n].is_date() or schema[n].is_timestamp()), None)


def _values(column: ir.Column) -> ir.Value:
    """Return about how many values a column has; of lists whether there are any."""
    if column.type().is_array():
        return (column.count() > 0).ifelse(2, 0)
    return column.approx_nunique()


def _weeks(table: ir.Table, dated: str) -> ir.Table:
    """Return a row per week: when it begins, its rows, and its newest time."""
    time = table[dated].cast("timestamp")
    # A time beyond these is a fault of its own, and has no place in a calendar.
    dates = table.filter(time >= EARLIEST, time < LATEST).group_by(week=week_of(time))
    weeks = dates.agg(in_week=_.count(), newest=_[dated].max())
    return weeks.select(
        week=_seconds(weeks.week), in_week=weeks.in_week, newest=_seconds(weeks.newest)
    )


def _window(runs: ir.Table) -> ir.Table:
    """Return when the window of the earliest run begins, and that of the loaded one ends."""
    loaded = loaded_run(runs).aggregate(ends=_day(_.window_end).min(), began=_.started_at.min())
    first = runs.aggregate(starts=_day(_.window_start).min())
    both = first.cross_join(loaded)
    return both.select(
        starts=_seconds(both.starts), ends=_seconds(both.ends), began=_seconds(both.began)
    )


def _day(text: Any) -> Any:
    """Return the day that a text begins with; NULL for another text, where the engine allows it."""
    return text.substr(0, 10).try_cast("date")


def _seconds(time: ir.Value) -> ir.Value:
    moment: ir.Value = time.cast("timestamp").epoch_seconds().cast("int64")
    return moment
