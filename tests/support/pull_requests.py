"""Rows of mart_pull_requests as the weekly page reads them, drawn or written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from cursor_marts.reporting.weekly.pulls import PullRequest
from cursor_marts.reporting.weekly.snapshot import Snapshot
from cursor_marts.reporting.weekly.weeks import Weeks, whole_weeks

FIRST = date(2026, 8, 31)  # a Monday
SIX_WEEKS = whole_weeks(FIRST, FIRST + timedelta(days=43), 13)
LAST = SIX_WEEKS.shown[-1]
BANDS = {0.0: "low", 0.1: "low", 0.4: "medium", 0.9: "high", 1.0: "high", None: "unknown"}
HOURS = st.floats(0, 400, allow_subnormal=False)


def pull(number: int = 1, **fields: Any) -> PullRequest:
    """Return a merged pull request of the last week."""
    known: dict[str, Any] = {"repo_name": "acme/web", "state": "merged", "week": LAST}
    known |= {"author": "ann@example.com", "total_cycle_time_hours": 10.0}
    known |= {"total_loc": 100, "review_count": 1}
    return PullRequest(pr_number=number, **(known | fields))


def pulls_of(weeks: Weeks = SIX_WEEKS) -> st.SearchStrategy[list[PullRequest]]:
    """Draw pull requests of some weeks, many of the last: open ones, agents and bots as well."""
    week = st.sampled_from((weeks.shown[-1], *weeks.shown, None))
    rows = st.tuples(week, st.sampled_from(sorted(BANDS, key=str)), st.integers(0, 5), HOURS)
    more = st.tuples(
        st.sampled_from(("human", "human", "human", "agent", "bot")),
        st.sampled_from(("ann@example.com", "bo@example.com", None)),
        st.sampled_from(("acme/web", "acme/web", "acme/api")),
        st.sampled_from((0, 0, 1, 2)),
        st.booleans(),
    )
    each = st.tuples(rows, more)
    # By itself a list is mostly too short to compare anything.
    many = [st.lists(each, min_size=least, max_size=least + 20) for least in (0, 25, 50)]
    return st.one_of(many).map(_numbered)


def _numbered(drawn: list[Any]) -> list[PullRequest]:
    return [_drawn(number, *each) for number, each in enumerate(drawn, 1)]


def _drawn(number: int, row: Any, more: Any) -> PullRequest:
    week, ratio, size, hours = row
    kind, author, repo, reviews, reverted = more
    if week is None:
        return pull(
            number,
            repo_name=repo,
            state="open",
            week=None,
            author_kind=kind,
            total_cycle_time_hours=None,
            waiting_hours=hours * 3,
            review_count=reviews,
            is_draft=reverted and size == 0,
        )
    return pull(
        number,
        repo_name=repo,
        week=week,
        author_kind=kind,
        author=author,
        total_cycle_time_hours=hours,
        final_ai_ratio=ratio,
        ai_usage_band=BANDS[ratio],
        total_loc=size * 60,
        review_count=reviews,
        iterations=reviews,
        is_reverted=reverted and number % 5 == 0,
        has_hotfix_followup=number % 7 == 0,
    )


def snapshot(pulls: list[PullRequest], weeks: Weeks = SIX_WEEKS, **fields: Any) -> Snapshot:
    """Return what a database with these pull requests says on the Monday after the last week."""
    read_at = datetime.combine(weeks.running or LAST, datetime.min.time())
    return Snapshot(tuple(pulls), weeks, **({"read_at": read_at} | fields))
