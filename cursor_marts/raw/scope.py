"""Which stored rows an extraction has read again, so that what arrived takes their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.raw.months import commit_times
from cursor_marts.raw.window import Window

DAY = timedelta(days=1)


class Scope(Protocol):
    """Rows that were read again, by what is known of stored ones.

    Of pull requests that is an index (`History.pull_requests`): all that belongs to a pull request
    goes with it. Of commits, it is their rows.
    """

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return for each row whether the source was asked for it again."""


@dataclass(frozen=True)
class Opened:
    """Pull requests of some repositories that were opened in a window."""

    window: Window
    repos: Collection[str]

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return whether each was opened in the window, in a repository that was read."""
        named = pc.is_in(stored["repo_name"], value_set=pa.array(sorted(self.repos), pa.string()))
        return pc.and_(_between(stored["created_at"], *bounds(self.window)), named)


@dataclass(frozen=True)
class Updated:
    """Pull requests that were updated since a time, by repository, but for some numbers."""

    since: Mapping[str, datetime]
    kept: Mapping[str, Collection[int]] = field(default_factory=dict)

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return whether each was updated since the time that its repository was read from."""
        found = pa.chunked_array([pa.repeat(False, stored.num_rows)])
        for repo, since in self.since.items():
            mine = pc.and_(
                pc.equal(stored["repo_name"], repo),
                pc.fill_null(pc.greater_equal(stored["updated_at"], pa.scalar(since)), False),
            )
            kept = pa.array(self.kept.get(repo, ()), pa.int64())
            is_kept = pc.is_in(stored["number"], value_set=kept)
            found = pc.or_(found, pc.and_(mine, pc.invert(is_kept)))
        return found


@dataclass(frozen=True)
class ClosedBefore:
    """Pull requests that were merged or closed before a day; open ones are not."""

    day: date

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return whether each was closed before the day."""
        closed = pc.coalesce(stored["merged_at"], stored["closed_at"])
        return pc.fill_null(pc.less(closed, pa.scalar(midnight(self.day))), False)


@dataclass(frozen=True)
class Committed:
    """Commits of some stretches of time.

    With `by_both`, only those whose two times lie in one stretch: of the others it is not known
    whether the source was asked for them.
    """

    stretches: Sequence[tuple[datetime, datetime]]
    by_both: bool = False

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return whether each was made in one of the stretches."""
        times = [commit_times(stored), *([stored["created_at"]] if self.by_both else [])]
        found = pa.chunked_array([pa.repeat(False, stored.num_rows)])
        for start, end in self.stretches:
            inside = [_between(each, start, end) for each in times]
            found = pc.or_(found, inside[0] if len(inside) == 1 else pc.and_(*inside))
        return found

    def touches(self, month: str) -> bool:
        """Return whether commits of a month may be in it."""
        ends = ((f"{start:%Y-%m}", f"{end:%Y-%m}") for start, end in self.stretches)
        return month[:1].isdigit() and any(start <= month <= end for start, end in ends)


@dataclass(frozen=True)
class Rejected:
    """Rejected records of some resources, which were read whole."""

    resources: Collection[str]

    def holds(self, stored: pa.Table) -> pa.ChunkedArray:
        """Return whether each reject is of one of the resources."""
        return pc.is_in(stored["resource"], value_set=pa.array(sorted(self.resources), pa.string()))


def bounds(window: Window) -> tuple[datetime, datetime]:
    """Return the first moment of a window and the first one after it."""
    return midnight(window.start), midnight(window.end) + DAY


def midnight(day: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, datetime.min.time())


def _between(times: pa.ChunkedArray, start: datetime, end: datetime) -> pa.ChunkedArray:
    after = pc.greater_equal(times, pa.scalar(start, pa.timestamp("us")))
    before = pc.less(times, pa.scalar(end, pa.timestamp("us")))
    return pc.fill_null(pc.and_(after, before), False)
