"""The speed of work by week and repository."""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import (
    Count,
    Hours,
    Mean,
    Ratio,
    Rows,
    Table,
    Truth,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import mean, ratio, share, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits
from cursor_marts.models.marts.merged import (
    BY_REPOSITORY,
    ByRepository,
    merged_only,
    unreconciled,
)
from cursor_marts.models.people import AGENT, HUMAN
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests


class MartVelocity(ByRepository):
    """One row per week and repository with at least one merged pull request."""

    active_developers: int = Count("Distinct authors that are people.", unit="people")
    total_prs: int = Count("Merged pull requests.", unit="pull requests")
    total_commits: int = Count(
        "Commits of these: the source's count, else the linked ones.", unit="commits"
    )
    avg_pr_size: float = Mean("Mean lines added and deleted.", unit="lines")
    avg_files_changed: float = Mean("Mean files changed.", unit="files")
    coding_lead_time: float = Hours("Mean time from first commit to opening.")
    pickup_time: float = Hours("Mean time from opening to first review.")
    review_lead_time: float = Hours("Mean time from first review to merge.")
    total_cycle_time: float = Hours("Sum of the three means above; a missing one adds 0.")
    avg_total_cycle_time: float = Hours("Mean time from first commit, or opening, to merge.")
    p50_cycle_time: float = Hours(
        "Median time from first commit, or opening, to merge; interpolated."
    )
    p90_cycle_time: float = Hours("90th percentile of the same time, interpolated.")
    avg_ai_ratio: float = Ratio("Mean AI share of the pull requests that have one.")
    ai_coverage: float = Ratio("Share of pull requests whose AI share is known.", nullable=False)
    total_ai_lines: int = Count(
        "Lines by AI: by the source, else all lines of an agent, else of the linked commits.",
        unit="lines",
    )
    total_lines: int = Count("Lines added.", unit="lines")
    ai_line_share: float = Ratio("total_ai_lines / total_lines, at most 1.")
    p50_coding_lead_time: float = Hours("Median time from first commit to opening.")
    p50_pickup_time: float = Hours("Median time from opening to first review.")
    p50_review_lead_time: float = Hours("Median time from first review to merge.")
    agent_prs: int = Count("Of total_prs, those by coding agents.", unit="pull requests")

    @row_rule()
    def parts_within_total(cls, rows: Rows) -> Truth:
        """Each mean part is at most total_cycle_time."""
        parts = (rows.coding_lead_time, rows.pickup_time, rows.review_lead_time)
        return ibis.and_(*((part <= rows.total_cycle_time).fill_null(True) for part in parts))

    @row_rule()
    def median_within_p90(cls, rows: Rows) -> Truth:
        """The median is at most the 90th percentile."""
        return rows.p50_cycle_time <= rows.p90_cycle_time

    @row_rule()
    def agents_within_total(cls, rows: Rows) -> Truth:
        """agent_prs is at most total_prs."""
        return rows.agent_prs <= rows.total_prs

    @data_test()
    def total_lines_reconcile(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The sum of total_lines is the lines added by the merged pull requests in staging."""
        return unreconciled(mart.total_lines.sum(), merged_only(pull_requests).additions.sum())

    class Config:
        unique = BY_REPOSITORY


def sum_of_known(*means: ibis.Value) -> ibis.Value:
    """Return the sum of the means that are not NULL; NULL if all are NULL."""
    known = ibis.or_(*(mean.notnull() for mean in means))
    return ibis.ifelse(known, sum(mean.fill_null(0) for mean in means), None)


@model
def mart_velocity(pull_requests: Table[IntPrWithCommits]) -> Table[MartVelocity]:
    """Counts, sizes, cycle times and AI shares of the pull requests merged in a week."""
    return (
        merged_only(pull_requests)
        .group_by(week=week_of(_.merged_at), repo_name="repo_name")
        .agg(
            active_developers=_.author.nunique(where=_.author_kind == HUMAN),
            total_prs=_.count(),
            total_commits=_.commit_count.fill_null(_.linked_commit_count).sum(),
            avg_pr_size=mean(_.total_loc),
            avg_files_changed=mean(_.changed_files),
            coding_lead_time=_.coding_lead_time_hours.mean(),
            pickup_time=_.pickup_time_hours.mean(),
            review_lead_time=_.review_lead_time_hours.mean(),
            total_cycle_time=sum_of_known(
                _.coding_lead_time_hours.mean(),
                _.pickup_time_hours.mean(),
                _.review_lead_time_hours.mean(),
            ),
            avg_total_cycle_time=_.total_cycle_time_hours.mean(),
            p50_cycle_time=_.total_cycle_time_hours.quantile(0.5),
            p90_cycle_time=_.total_cycle_time_hours.quantile(0.9),
            avg_ai_ratio=_.final_ai_ratio.mean(),
            ai_coverage=share(_.final_ai_ratio.notnull()),
            total_ai_lines=_.ai_lines.sum().fill_null(0),
            total_lines=_.additions.sum().fill_null(0),
            p50_coding_lead_time=_.coding_lead_time_hours.quantile(0.5),
            p50_pickup_time=_.pickup_time_hours.quantile(0.5),
            p50_review_lead_time=_.review_lead_time_hours.quantile(0.5),
            agent_prs=(_.author_kind == AGENT).sum(),
        )
        .mutate(ai_line_share=ratio(_.total_ai_lines, _.total_lines).clip(upper=1.0))
        .relocate("ai_line_share", after="total_lines")
    )
