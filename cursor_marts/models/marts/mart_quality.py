"""Reverts, bug fixes and missing reviews by week and repository."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import (
    Count,
    Mean,
    Ratio,
    Rows,
    Table,
    Truth,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import mean, share, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits
from cursor_marts.models.intermediate.reviews import QUALIFYING
from cursor_marts.models.marts.merged import (
    BY_REPOSITORY,
    ByRepository,
    merged_only,
    unreconciled,
)
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests


class MartQuality(ByRepository):
    """One row per week and repository with at least one merged pull request."""

    total_prs: int = Count("Merged pull requests.", unit="pull requests")
    reverted_prs: int = Count("Of these, reverted later.", unit="pull requests")
    revert_rate: float = Ratio("Share that was reverted.", nullable=False)
    bug_fix_prs: int = Count("Pull requests that fix a bug.", unit="pull requests")
    bug_fix_rate: float = Ratio("Share that fixes a bug.", nullable=False)
    ai_ratio_high_reverts: int = Count(
        "Reverted, with AI use in the high band.", unit="pull requests"
    )
    ai_ratio_low_reverts: int = Count(
        "Reverted, with AI use in the low band.", unit="pull requests"
    )
    avg_reviews_per_pr: float = Mean(
        f"Mean qualifying reviews ({QUALIFYING}).", unit="reviews", nullable=False
    )
    avg_approvals_per_pr: float = Mean(
        "Mean qualifying reviews that approve.", unit="approvals", nullable=False
    )
    unreviewed_prs: int = Count(
        f"Merged without a qualifying review ({QUALIFYING}).", unit="pull requests"
    )
    avg_reverted_pr_size: float = Mean("Mean lines of reverted pull requests.", unit="lines")
    avg_successful_pr_size: float = Mean(
        "Mean lines of pull requests that were not reverted.", unit="lines"
    )

    @row_rule()
    def parts_within_total(cls, rows: Rows) -> Truth:
        """No part is larger than its whole."""
        return (
            (rows.ai_ratio_high_reverts + rows.ai_ratio_low_reverts <= rows.reverted_prs)
            & (rows.reverted_prs <= rows.total_prs)
            & (rows.bug_fix_prs <= rows.total_prs)
            & (rows.unreviewed_prs <= rows.total_prs)
        )

    @data_test()
    def reverted_prs_reconcile(cls, mart: Rows, pull_requests: Table[IntPrWithCommits]) -> Rows:
        """The sum of reverted_prs is the number of merged pull requests that were reverted."""
        return unreconciled(mart.reverted_prs.sum(), merged_only(pull_requests).is_reverted.sum())

    @data_test()
    def bug_fix_prs_reconcile(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The sum of bug_fix_prs is the number of merged bug fixes in staging."""
        return unreconciled(mart.bug_fix_prs.sum(), merged_only(pull_requests).is_bug_fix.sum())

    class Config:
        unique = BY_REPOSITORY


@model
def mart_quality(pull_requests: Table[IntPrWithCommits]) -> Table[MartQuality]:
    """Reverts, bug fixes and reviews of the pull requests merged in a week."""
    return (
        merged_only(pull_requests)
        .group_by(week=week_of(_.merged_at), repo_name="repo_name")
        .agg(
            total_prs=_.count(),
            reverted_prs=_.is_reverted.sum(),
            revert_rate=share(_.is_reverted),
            bug_fix_prs=_.is_bug_fix.sum(),
            bug_fix_rate=share(_.is_bug_fix),
            ai_ratio_high_reverts=(_.is_reverted & (_.ai_usage_band == "high")).sum(),
            ai_ratio_low_reverts=(_.is_reverted & (_.ai_usage_band == "low")).sum(),
            avg_reviews_per_pr=mean(_.review_count),
            avg_approvals_per_pr=mean(_.approval_count),
            unreviewed_prs=(_.review_count == 0).sum(),
            avg_reverted_pr_size=mean(_.total_loc, where=_.is_reverted),
            avg_successful_pr_size=mean(_.total_loc, where=~_.is_reverted),
        )
    )
