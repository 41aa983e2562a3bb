"""The sections on quality (reverts, hotfixes, merges without a review) and review effort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from cursor_marts.reporting.weekly.charts import Bar, Bars, OverWeeks, Series
from cursor_marts.reporting.weekly.figures import (
    HOTFIX,
    REVIEWERS_HOURS,
    Column,
    Figure,
    Grid,
    Section,
    over_weeks,
)
from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.weeks import FEW, Weeks, during, mean, share, total
from cursor_marts.reporting.weekly.words import hours, number, rounds

COUNT = "Pull requests, by week of the merge"


def quality(snapshot: Snapshot, weeks: Weeks) -> Section:
    """Return the section with reverts, hotfixes and merges without a review."""
    caution = "Reverts and hotfixes come after the merge: the newest weeks may still get worse."
    return Section(
        "quality",
        "What went wrong?",
        caution,
        [
            _counted(snapshot, weeks, "reverted_prs", "reverted"),
            _hotfixes(snapshot, weeks),
            _counted(snapshot, weeks, "unreviewed_prs", "merged without a review"),
        ],
    )


def _counted(snapshot: Snapshot, weeks: Weeks, column: str, what: str) -> Figure:
    rows = snapshot.marts["mart_quality"]
    counts = [total(during(rows, [week]), column) for week in weeks.shown]
    of = Column(what, f"mart_quality.{column}")
    merged = total(during(rows, [weeks.last]), "total_prs")
    return _columns(weeks, counts, what, merged, of)


def _hotfixes(snapshot: Snapshot, weeks: Weeks) -> Figure:
    rows = snapshot.marts["mart_ai_impact"]

    def followed(some: list[Row]) -> float:
        return round(sum(row["hotfix_rate"] * row["pr_count"] for row in some))

    counts = [followed(during(rows, [week])) for week in weeks.shown]
    what = "followed by a bug fix within 48 hours"
    merged = total(during(rows, [weeks.last]), "pr_count")
    of = Column("hotfix", "mart_ai_impact.hotfix_rate")
    return replace(_columns(weeks, counts, what, merged, of), note=HOTFIX)


def _columns(weeks: Weeks, counts: list[float], what: str, merged: float, of: Column) -> Figure:
    now = counts[weeks.shown.index(weeks.last)] if weeks.last in weeks.shown else None
    title = what.capitalize() if now is None else f"{number(now)} of {number(merged)} {what}"
    chart = _by_week(weeks, Series(what, counts), number, top=2 * ceil(max(2, *counts) / 2))
    return over_weeks(title, COUNT, [of], chart)


def review_effort(snapshot: Snapshot, weeks: Weeks) -> Section:
    """Return the section with the estimated hours by week, and the rounds by repository."""
    caution = (
        "Reviewers' hours are an estimate of their work, from the number of reviews and the lines "
        "they went through: not measured, and not how long a pull request waits."
    )
    figures = [_hours(snapshot, weeks)]
    if last := during(snapshot.marts["mart_review_costs"], [weeks.last]):
        figures.append(_by_repository(last))
    return Section("review", "What do reviews cost?", caution, figures)


def _hours(snapshot: Snapshot, weeks: Weeks) -> Figure:
    column = REVIEWERS_HOURS.name
    rows = snapshot.marts["mart_review_costs"]
    sums = [total(during(rows, [week]), column) for week in weeks.shown]
    last = during(rows, [weeks.last])
    each = share(total(last, column), total(last, "total_prs"))
    title = f"About {hours(total(last, column))} of reviewers' work"
    if total(last, "total_prs") >= FEW:
        title += f", {hours(each)} for each pull request"
    chart = _by_week(weeks, Series("reviewers' hours", sums), hours)
    return over_weeks(title, "By week of the merge", [REVIEWERS_HOURS], chart)


def _by_repository(rows: list[Row]) -> Figure:
    column = Column("rounds", "mart_review_costs.avg_review_rounds")
    rows = sorted(rows, key=lambda row: -row["avg_review_rounds"])
    bars = [
        Bar(
            row["repo_name"],
            [("one", row["avg_review_rounds"])],
            number(row["avg_review_rounds"], 1),
            faint=row["total_prs"] < FEW,
        )
        for row in rows[:8]
    ]
    cells = [
        [row["repo_name"], number(row["avg_review_rounds"], 1), number(row["total_reviews"])]
        for row in rows
    ]
    heads = [Column("Repository"), column, Column("reviews", "mart_review_costs.total_reviews")]
    overall = number(mean(rows, "avg_review_rounds", "total_prs"), 1)
    title = f"{overall} rounds of review for each pull request"
    if total(rows, "total_prs") < FEW:
        title = "Rounds of review: too few pull requests to say"
    caption = "Mean rounds of review, last whole week"
    chart = Bars(bars, {"one": "rounds"}, rounds)
    return Figure(title, caption, [column], chart, Grid(heads, cells))


def _by_week(
    weeks: Weeks, series: Series, write: Callable[[float], str], top: float | None = None
) -> OverWeeks:
    return OverWeeks(
        weeks.shown,
        [series],
        write,
        faint=frozenset(set(weeks.shown) - weeks.whole),
        form="columns",
        top=top,
        running=weeks.running,
    )
