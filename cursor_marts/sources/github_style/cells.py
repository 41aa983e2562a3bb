"""What a request for pull requests may ask for, and what its records say of others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from cursor_marts.raw.records import Record, Unfit, as_json, as_moment
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.endpoints import can_be_requested

DAY = timedelta(days=1)
#: What the source's filter by state knows.
STATES = ("merged", "open", "closed")


@dataclass(frozen=True)
class Cell:
    """What one request is to bring: pull requests of some days, of a state, of an author."""

    window: Window
    state: str = ""
    author: str = ""

    def query(self) -> dict[str, str]:
        """Return the query that asks for it."""
        said = {"status": self.state, "author": self.author}
        return days_of(self.window) | {name: value for name, value in said.items() if value}


def days_of(window: Window) -> dict[str, str]:
    """Return the query for a window's days, both ends included."""
    return {"start_date": str(window.start), "end_date": str(window.end)}


def day_of(record: Record) -> date | None:
    """Return the day that a pull request was opened; None where it does not say."""
    try:
        return as_moment(record.get("created_at")).date()
    except (Unfit, AttributeError):
        return None


def author_of(record: Record) -> str | None:
    """Return the author by which the source's filter finds a record."""
    named = (
        [record.get("author_email"), record.get("author_id")] if isinstance(record, dict) else []
    )
    return next((name for name in named if can_be_requested(name)), None)


def state_shares(records: list[Record]) -> dict[str, float]:
    """Return each state's share of a sample; none is without any."""
    counted = Counter(as_json(r.get("state")) for r in records if isinstance(r, dict))
    return {state: (counted[as_json(state)] + 1) / (len(records) + 3) for state in STATES}


def author_shares(records: list[Record]) -> dict[str, float]:
    """Return each author's share of a sample; none where a record names no author."""
    authors = [author_of(record) for record in records]
    if None in authors:
        return {}
    return {str(name): n / len(authors) for name, n in sorted(Counter(authors).items())}
