"""The data of the page: pull requests, the extraction, and the findings of the last run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cursor_marts.contracts import columns_of
from cursor_marts.engines.engine import Engine
from cursor_marts.errors import DatabaseError, NextCommand
from cursor_marts.graph.catalog import catalog
from cursor_marts.models import all_models
from cursor_marts.raw.manifest import unreadable_lines
from cursor_marts.reporting.tables import Row, Tables, loaded_run
from cursor_marts.reporting.weekly.last_run import LastRun, last_run
from cursor_marts.reporting.weekly.own import OwnMart, own_marts
from cursor_marts.reporting.weekly.pulls import COLUMNS, PullRequest
from cursor_marts.reporting.weekly.weeks import SHOWN, Weeks, monday, whole_weeks

PULLS = "mart_pull_requests"
COVERAGE = "mart_coverage"
COVERAGE_COLUMNS = (
    "repo_name",
    "week",
    "pr_commits",
    "linked_commits",
    "tracked_commits",
    "known_until",
)


@dataclass(frozen=True)
class Snapshot:
    """All that the page shows, read at one moment.

    `pulls` were merged in one of `weeks` or are open; `extraction` is a row per resource of the
    loaded run, empty where something else has loaded the data; `rejects` says (resource, reason)
    → records; `unreadable` has a line for each repository or pull request that is left out; `run`
    is the last build or test, None where it has left no report. Times are naive UTC.
    """

    pulls: tuple[PullRequest, ...]
    weeks: Weeks
    read_at: datetime
    extraction: tuple[Row, ...] = ()
    coverage: tuple[Row, ...] = ()
    rejects: Sequence[tuple[tuple[str, str], int]] = ()
    unreadable: tuple[str, ...] = ()
    run: LastRun | None = None
    own: tuple[OwnMart, ...] = ()

    @property
    def invented(self) -> bool:
        """Whether a simulator generated the numbers."""
        if self.extraction:
            return any(row["invented"] for row in self.extraction)
        return self.run is not None and self.run.invented

    @property
    def end(self) -> date | None:
        """The first day that the extraction does not cover whole; None if nothing says it."""
        return covered(self.extraction)[1] if self.extraction else None


def read(engine: Engine, run_results: Path, shown: int = SHOWN) -> Snapshot:
    """Read the last `shown` whole weeks of a database, and the results of its last run.

    Raises DatabaseError and DatabaseLocked.
    """
    with engine.reading() as session:
        tables = Tables(session)
        _check(tables)
        read_at = datetime.now(UTC).replace(tzinfo=None)
        runs = tables.raw("extractions")
        extraction = loaded_run(runs)
        begin, end = _merges(tables, read_at)
        if extraction:
            begin, end = first_day(runs, extraction, begin), covered(extraction)[1]
        weeks = whole_weeks(begin, end, shown)
        since = f"week >= '{weeks.shown[0]}'" if weeks.shown else "week IS NULL"
        return Snapshot(
            pulls=tuple(_pulls(tables, since)),
            weeks=weeks,
            read_at=read_at,
            extraction=tuple(extraction),
            coverage=tuple(tables.rows("marts", COVERAGE, COVERAGE_COLUMNS, where=since)),
            rejects=_rejects(tables),
            unreadable=tuple(unreadable_lines(row["unreadable"] for row in extraction)),
            run=last_run(run_results),
            own=own_marts(tables),
        )


def covered(extraction: Sequence[Row]) -> tuple[date, date]:
    """Return the first day that a run covers, and the first one after that it does not."""
    ends = [_day(row["window_end"]) + timedelta(days=1) for row in extraction]
    starts = [row["started_at"].date() for row in extraction]
    return min(_day(row["window_start"]) for row in extraction), min(*ends, *starts)


def first_day(runs: Sequence[Row], extraction: Sequence[Row], first_merge: date) -> date:
    """Return the first day of the history: earlier runs of the same source may begin before this.

    What was pruned since leaves no merges.
    """
    sources = {row["source"] for row in extraction}
    own = covered(extraction)[0]
    earliest = min(_day(row["window_start"]) for row in runs if row["source"] in sources)
    return own if earliest >= own else max(earliest, min(first_merge, own))


def _merges(tables: Tables, read_at: datetime) -> tuple[date, date]:
    """Return the days from the first merge to the end of the week of the last, at most today."""
    first = _on_calendar(tables.value("marts", PULLS, "min(week)"))
    newest = _on_calendar(tables.value("marts", PULLS, "max(week)"))
    today = read_at.date()
    return first or today, min(today, monday(newest) + timedelta(days=7)) if newest else today


def _pulls(tables: Tables, since: str) -> list[PullRequest]:
    rows = tables.rows("marts", PULLS, COLUMNS, where=f"{since} OR state = 'open'")
    for row in rows:
        _on_calendar(row["week"])
    drafts = _drafts(tables)
    found = [
        PullRequest(**row, is_draft=(row["repo_name"].lower(), row["pr_number"]) in drafts)
        for row in rows
    ]
    return sorted(found, key=lambda pull: (pull.repo_name, pull.pr_number))


def _drafts(tables: Tables) -> set[tuple[str, int]]:
    """Return repository, in lower case, and number of the drafts; none if the source has no word.

    They come from the raw table: the view of staging would read and rank all pull requests.
    """
    needed = ("repo_name", "number", "is_draft")
    if not {*needed} <= {*tables.columns("raw", "pull_requests")}:
        return set()
    rows = tables.rows("raw", "pull_requests", needed, where="CAST(is_draft AS BOOLEAN)")
    return {(str(row["repo_name"]).lower(), row["number"]) for row in rows}


def _on_calendar(week: Any) -> date | None:
    """Return a week. Raises DatabaseError for one that no calendar has."""
    if week is not None and (not isinstance(week, date) or week.year in (1, 9999)):
        raise DatabaseError(
            f"{PULLS} has a week that is not on the calendar: {week}",
            hint="correct the time in the source, and build again",
        )
    return week


def _check(tables: Tables) -> None:
    """Raise DatabaseError if a mart is missing, or another version has built it."""
    entries = catalog(all_models())
    for name in (PULLS, COVERAGE):
        there = tables.columns("marts", name)
        if not there:
            built = bool(tables.columns("raw", "repos"))
            raise DatabaseError(
                f"{name} is not in the database",
                hint="build it first",
                next_command=NextCommand("transform" if built else "build"),
            )
        missing = [c for c in columns_of(entries[name].contract) if c not in there]
        if missing:
            raise DatabaseError(
                f"{name} has no column {', '.join(missing)}: another version has built it",
                hint="build it again",
                next_command=NextCommand("transform"),
            )


def _rejects(tables: Tables) -> list[tuple[tuple[str, str], int]]:
    rejected = tables.raw("rejects")
    return Counter((row["resource"], row["reason"]) for row in rejected).most_common()


def _day(text: str) -> date:
    return date.fromisoformat(str(text)[:10])
