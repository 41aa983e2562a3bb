"""What goes with AI use: by week and band of the AI share."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import (
    Contract,
    Count,
    Date,
    Field,
    Hours,
    Mean,
    Ratio,
    Rows,
    Table,
    data_test,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import mean, share, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import HOTFIX, ROUNDS, IntPrWithCommits
from cursor_marts.models.marts.merged import merged_only, miscounted, unreconciled
from cursor_marts.models.reference import band_limits, band_names
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests


class MartAiImpact(Contract):
    """One row per week and band with at least one merged pull request."""

    week: Date = Field("Monday of the week of the merge (UTC).")
    ai_usage_band: str = Field(
        f"Band of the pull requests' AI share ({band_limits()}).", isin=band_names()
    )
    pr_count: int = Count("Merged pull requests.", unit="pull requests")
    avg_ai_ratio: float = Ratio("Mean AI share.")
    avg_coding_lead_time: float = Hours("Mean time from first commit to opening.")
    avg_review_cycle_time: float = Hours("Mean time from opening to merge, if reviewed in time.")
    avg_total_cycle_time: float = Hours("Mean time from first commit, or opening, to merge.")
    avg_review_density: float = Mean("Mean comments per line changed.", unit="comments / line")
    avg_iterations: float = Mean(f"Mean rounds of review: {ROUNDS}.", unit="rounds")
    avg_reviewers: float = Mean(
        "Mean distinct reviewers; without a review, those asked.", unit="people"
    )
    avg_pr_size: float = Mean("Mean lines added and deleted.", unit="lines")
    avg_files_changed: float = Mean("Mean files touched.", unit="files")
    revert_rate: float = Ratio("Share that was reverted.", nullable=False)
    bug_fix_rate: float = Ratio("Share that mends a bug.", nullable=False)
    hotfix_rate: float = Ratio(f"Share {HOTFIX}.", nullable=False)

    @data_test()
    def counts_every_merge(cls, mart: Rows, pull_requests: Table[IntPrWithCommits]) -> Rows:
        """Per week and band, pr_count is the number of merged pull requests."""
        return miscounted(mart, "pr_count", pull_requests, ["week", "ai_usage_band"])

    @data_test()
    def pr_count_reconcile(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """All pr_count together are the merged pull requests of staging."""
        return unreconciled(mart.pr_count.sum(), merged_only(pull_requests).count())

    class Config:
        unique = ["week", "ai_usage_band"]


@model
def mart_ai_impact(pull_requests: Table[IntPrWithCommits]) -> Table[MartAiImpact]:
    """Speed, review effort and quality of the pull requests of each band, side by side."""
    return (
        merged_only(pull_requests)
        .group_by(week=week_of(_.merged_at), ai_usage_band="ai_usage_band")
        .agg(
            pr_count=_.count(),
            avg_ai_ratio=_.final_ai_ratio.mean(),
            avg_coding_lead_time=_.coding_lead_time_hours.mean(),
            avg_review_cycle_time=_.review_cycle_time_hours.mean(),
            avg_total_cycle_time=_.total_cycle_time_hours.mean(),
            avg_review_density=_.review_density.mean(),
            avg_iterations=mean(_.iterations),
            avg_reviewers=mean(_.distinct_reviewers),
            avg_pr_size=mean(_.total_loc),
            avg_files_changed=mean(_.changed_files),
            revert_rate=share(_.is_reverted),
            bug_fix_rate=share(_.is_bug_fix),
            hotfix_rate=share(_.has_hotfix_followup),
        )
    )
