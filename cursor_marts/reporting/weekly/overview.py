"""The overview of the last whole week: all repositories together, and each one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

from cursor_marts.reporting.weekly.figures import REVIEWERS_HOURS, Column, Grid, Tile
from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.weeks import FEW, Weeks, during, share, total
from cursor_marts.reporting.weekly.words import APART, UNKNOWN, hours, number, percent

PER_REPOSITORY = (
    Column("Repository", "mart_velocity.repo_name"),
    Column("Merged", "mart_velocity.total_prs"),
    Column("before, a week", "mart_velocity.total_prs"),
    Column("Median", "mart_velocity.p50_cycle_time"),
    Column("before", "mart_velocity.p50_cycle_time"),
    Column("p90", "mart_velocity.p90_cycle_time"),
    Column("AI lines", "mart_velocity.ai_line_share"),
    Column("Reverted", "mart_quality.reverted_prs"),
    Column("Unreviewed", "mart_quality.unreviewed_prs"),
    REVIEWERS_HOURS,
)


def tiles(snapshot: Snapshot, weeks: Weeks) -> list[Tile]:
    """Return the numbers of the last whole week, over all repositories."""
    now, then = (_numbers(snapshot, chosen) for chosen in ([weeks.last], weeks.before))
    labels = (
        Column("Merged", "mart_velocity.total_prs"),
        Column("Median cycle time", "mart_velocity.p50_cycle_time"),
        Column("Lines by AI", "mart_velocity.ai_line_share"),
        Column("Reverted", "mart_quality.revert_rate"),
        REVIEWERS_HOURS,
    )
    notes = ("", "", "", "reverts still to come may raise it", "")
    return [Tile(*parts) for parts in zip(labels, now, then, notes, strict=True)]


def _numbers(snapshot: Snapshot, chosen: Sequence[date | None]) -> list[str]:
    velocity = during(snapshot.marts["mart_velocity"], chosen)
    quality = during(snapshot.marts["mart_quality"], chosen)
    reviews = during(snapshot.marts["mart_review_costs"], chosen)
    return [
        number(share(total(velocity, "total_prs"), len(chosen))),
        hours(_median(snapshot, chosen)),
        percent(share(total(velocity, "total_ai_lines"), total(velocity, "total_lines"))),
        percent(share(total(quality, "reverted_prs"), total(quality, "total_prs"))),
        hours(share(total(reviews, "estimated_total_review_hours"), len(chosen))),
    ]


def _median(snapshot: Snapshot, chosen: Sequence[date | None]) -> float | None:
    """Return the median cycle time of all pull requests of some weeks; None without any."""
    times = [hours for week in chosen if week for hours in snapshot.cycle_times.get(week, [])]
    return median(times) if times else None


def repositories(snapshot: Snapshot, weeks: Weeks) -> Grid:
    """Return a row per repository with a merge in the last whole week, most merges first."""
    now = during(snapshot.marts["mart_velocity"], [weeks.last])
    now.sort(key=lambda row: -row["total_prs"])
    few = frozenset(i for i, row in enumerate(now) if row["total_prs"] < FEW)
    return Grid(PER_REPOSITORY, [_cells(snapshot, weeks, row) for row in now], few)


def _cells(snapshot: Snapshot, weeks: Weeks, row: Row) -> list[str]:
    def beside(mart: str, chosen: Sequence[date]) -> list[Row]:
        rows = during(snapshot.marts[mart], chosen)
        return [each for each in rows if each["repo_name"] == row["repo_name"]]

    before = beside("mart_velocity", weeks.before)
    quality = beside("mart_quality", [row["week"]])
    costs = beside("mart_review_costs", [row["week"]])
    return [
        row["repo_name"],
        number(row["total_prs"]),
        number(share(total(before, "total_prs"), len(weeks.before)), 1),
        hours(row["p50_cycle_time"]),
        _range(before),
        hours(row["p90_cycle_time"]),
        percent(row["ai_line_share"]),
        number(total(quality, "reverted_prs")),
        number(total(quality, "unreviewed_prs")),
        hours(total(costs, "estimated_total_review_hours")),
    ]


def _range(rows: list[Row]) -> str:
    medians = [row["p50_cycle_time"] for row in rows if row["p50_cycle_time"] is not None]
    if not medians:
        return UNKNOWN
    low, high = min(medians), max(medians)
    return hours(low) if low == high else f"{low:,.0f}–{high:,.0f}{APART}h"
