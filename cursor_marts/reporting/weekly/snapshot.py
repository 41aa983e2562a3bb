"""The data of the page: the marts, the extraction, and the findings of the last run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from cursor_marts.contracts import columns_of, declared, described_columns, schema_of
from cursor_marts.errors import DatabaseError, NextCommand
from cursor_marts.graph.catalog import Entry, catalog
from cursor_marts.models import all_models
from cursor_marts.raw.extractions import loaded_run
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.reporting.database import Database, dated_by, open_database, rows
from cursor_marts.reporting.values import python_rows

Row = dict[str, Any]
MARTS = (
    "mart_velocity",
    "mart_ai_impact",
    "mart_quality",
    "mart_review_costs",
    "mart_coverage",
)
#: The package's marts that the page does not show, since they answer questions about single rows.
NOT_SHOWN = ("mart_ai_impact_by_repo", "mart_pull_requests")
OWN_ROWS = 30  # the shown rows of a mart that is not of the package


@dataclass(frozen=True)
class Finding:
    """A data test of the last build that found rows; `status` is 'warn' or 'fail'."""

    test: str
    status: str
    failures: int
    description: str


@dataclass(frozen=True)
class OwnMart:
    """A user's own mart: the first of its `count` rows, newest first `by` a date or time.

    `by` is empty without such a column; `missing` says why there are no rows to show.
    """

    name: str
    rows: list[Row]
    count: int
    by: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Snapshot:
    """All that the page shows, read at one moment.

    `marts` says name → rows by week and repository or band; `extraction` is a row per resource of
    the last run, empty where something else has loaded the data; `rejects` says (resource, reason)
    → records; `unreadable` has a line for each repository or pull request that is left out;
    `findings` is None where no build has left its report; `own` are the marts beside the four, in
    build order; `older_versions` those of commits that newer ones replaced; `untested` the models
    that the last run was not about. Times are naive UTC.
    """

    marts: dict[str, list[Row]]
    extraction: list[Row]
    rejects: dict[tuple[str, str], int]
    findings: list[Finding] | None
    built_at: str
    invented: bool
    read_at: datetime
    own: tuple[OwnMart, ...] = ()
    unreadable: tuple[str, ...] = ()
    older_versions: int = 0
    untested: tuple[str, ...] = ()
    cycle_times: dict[date, list[float]] = field(default_factory=dict)  #: hours, by week
    bug_fix_rules: tuple[str, ...] = ()  #: the rule of each bug fix that a rule names
    reverts_found: int = 0
    was_build: bool = True  #: whether that run was to be published, and not only tested

    @property
    def first_day(self) -> date | None:
        """The first day that the extraction covers."""
        return min((_day(row["window_start"]) for row in self.extraction), default=None)

    @property
    def end(self) -> date:
        """The first day that is not covered whole: of it, or of later ones, more may come."""
        if not self.extraction:
            return self.read_at.date()
        days = [_day(row["window_end"]) + timedelta(days=1) for row in self.extraction]
        return min(*days, *(row["started_at"].date() for row in self.extraction))


def read(path: Path, run_results: Path, *, lock_timeout: float = 30.0) -> Snapshot:
    """Read a database and the results of its last run. Raises DatabaseError, DatabaseLocked."""
    with open_database(path, lock_timeout=lock_timeout) as database:
        marts = {name: _mart(database, name) for name in MARTS}
        own = tuple(_own(database, entry) for entry in _own_marts())
        extraction = _raw(database, "extractions", loaded_run)
        unreadable = database.unreadable
        rejected = _raw(database, "rejects")
        merged = _merged(database)
    results = _results(run_results)
    return Snapshot(
        marts=marts,
        extraction=extraction,
        rejects=dict(Counter((row["resource"], row["reason"]) for row in rejected)),
        findings=None if results is None else _findings(results),
        built_at=(results or {}).get("metadata", {}).get("generated_at", "")[:16].replace("T", " "),
        invented=_invented(extraction, results),
        read_at=datetime.now(UTC).replace(tzinfo=None),
        own=own,
        unreadable=tuple(unreadable),
        older_versions=(results or {}).get("metadata", {}).get("older_versions", 0),
        cycle_times=_by_week(merged),
        bug_fix_rules=tuple(row["bug_fix_rule"] for row in merged if row["bug_fix_rule"]),
        reverts_found=sum(row["reverted_by"] is not None for row in merged),
        untested=() if results is None else _untested(results),
        was_build=results is None or results.get("args", {}).get("which") != "test",
    )


def _mart(database: Database, name: str) -> list[Row]:
    """Return a mart's rows by week, then by repository or band."""
    table = database[name]
    missing = _missing_columns(database, catalog(all_models())[name])
    if missing:
        raise DatabaseError(
            f"{name} has no column {', '.join(missing)}: another version has built it",
            hint="build it again",
            next_command=NextCommand("transform"),
        )
    rows = python_rows(table.to_pyarrow())
    if odd := [row["week"] for row in rows if not isinstance(row["week"], date)]:
        raise DatabaseError(
            f"{name} has a week that is not on the calendar: {odd[0]}",
            hint="correct the time in the source, and build again",
        )
    return sorted(rows, key=lambda row: [str(value) for value in list(row.values())[:2]])


def _merged(database: Database) -> list[Row]:
    """Return the shown columns of the merged pull requests of people and agents."""
    pull_requests = database["mart_pull_requests"]
    merged = pull_requests.filter(pull_requests.week.notnull(), pull_requests.author_kind != "bot")
    columns = ("week", "total_cycle_time_hours", "bug_fix_rule", "reverted_by")
    rows: list[Row] = merged.select(*columns).to_pyarrow().to_pylist()
    return rows


def _by_week(merged: list[Row]) -> dict[date, list[float]]:
    found: dict[date, list[float]] = {}
    for row in merged:
        if row["total_cycle_time_hours"] is not None:
            found.setdefault(row["week"], []).append(row["total_cycle_time_hours"])
    return found


def _missing_columns(database: Database, entry: Entry) -> list[str]:
    there = database[entry.name].columns
    return [column for column in columns_of(entry.contract) if column not in there]


def _own_marts() -> list[Entry]:
    entries = catalog(all_models()).values()
    return [
        entry
        for entry in entries
        if entry.layer == "marts" and entry.name not in (*MARTS, *NOT_SHOWN)
    ]


def _own(database: Database, entry: Entry) -> OwnMart:
    """Return a user's own mart, of which only the shown rows are read: it may be large."""
    if entry.name not in database.tables:
        return OwnMart(entry.name, [], 0, missing="it is not built yet")
    if _missing_columns(database, entry):
        return OwnMart(entry.name, [], 0, missing="another version of its model built it")
    schema = schema_of(entry.contract)
    found = rows(database, entry.name, columns=schema.names, limit=OWN_ROWS)
    count = int((found.schema.metadata or {}).get(b"of", found.num_rows))
    by = dated_by(declared(entry.contract).unique or (), schema)
    return OwnMart(entry.name, python_rows(found), count, by)


def _raw(
    database: Database, name: str, choose: Callable[[ir.Table], ir.Table] = lambda table: table
) -> list[Row]:
    """Return the chosen rows of a raw table; none if another tool has loaded the data."""
    columns = described_columns(RAW_TABLES[name])
    needed = {column.name for column in columns if not column.nullable}
    if name not in database.tables or not needed <= set(database[name].columns):
        return []
    return python_rows(choose(database[name]).to_pyarrow())


def _results(path: Path) -> dict[str, Any] | None:
    """Return the report of the last run; None if it is absent or cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _findings(results: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            test=entry["unique_id"].removeprefix("test.cursor_marts."),
            status=entry["status"],
            failures=entry["failures"],
            description=entry["message"] or "",
        )
        for entry in results.get("results", [])
        if entry["status"] in ("warn", "fail")
    ]


def _untested(results: dict[str, Any]) -> tuple[str, ...]:
    """Return the models without a test in a run; a test is called `test.<package>.<model>.…`."""
    ids = [entry["unique_id"].split(".") for entry in results.get("results", [])]
    tested = {parts[2] for parts in ids if parts[0] == "test"}
    return tuple(model.name for model in all_models() if model.name not in tested)


def _invented(extraction: list[Row], results: dict[str, Any] | None) -> bool:
    if extraction:
        return any(row["invented"] for row in extraction)
    return bool((results or {}).get("metadata", {}).get("invented"))


def _day(text: str) -> date:
    return date.fromisoformat(str(text)[:10])
