"""The columns, data tests and measures that the two marts by band of AI use share."""

from __future__ import annotations

from collections.abc import Mapping

from ibis import Deferred, _

from cursor_marts.contracts import (
    Contract,
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
from cursor_marts.models.definitions import mean, share
from cursor_marts.models.intermediate.hotfixes import HOTFIX
from cursor_marts.models.intermediate.int_pr_with_commits import ROUNDS
from cursor_marts.models.marts.merged import merged_only, unreconciled
from cursor_marts.models.reference import band_names
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests


class AiImpact(Contract):
    """The measures of the pull requests in a band of AI use."""

    pr_count: int = Count("Merged pull requests.", unit="pull requests")
    avg_ai_ratio: float = Ratio("Mean AI share.")
    avg_coding_lead_time: float = Hours("Mean time from first commit to opening.")
    avg_review_cycle_time: float = Hours(
        "Mean time from opening to merge, if reviewed before the merge."
    )
    avg_total_cycle_time: float = Hours("Mean time from first commit, or opening, to merge.")
    avg_review_density: float = Mean("Mean comments per line changed.", unit="comments / line")
    avg_iterations: float = Mean(f"Mean rounds of review: {ROUNDS}.", unit="rounds")
    avg_reviewers: float = Mean(
        "Mean distinct reviewers; without a review, requested reviewers.", unit="people"
    )
    avg_pr_size: float = Mean("Mean lines added and deleted.", unit="lines")
    avg_files_changed: float = Mean("Mean files changed.", unit="files")
    revert_rate: float = Ratio("Share that was reverted.", nullable=False)
    bug_fix_rate: float = Ratio("Share that fixes a bug.", nullable=False)
    hotfix_rate: float = Ratio(f"Share {HOTFIX}.", nullable=False)

    @row_rule()
    def band_is_known(cls, rows: Rows) -> Truth:
        """The band is one of ai_ratio_bands.csv, or unknown."""
        return rows.ai_usage_band.isin(band_names())

    @data_test()
    def pr_count_reconcile(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The sum of pr_count is the number of merged pull requests in staging, without bots'."""
        return unreconciled(mart.pr_count.sum(), merged_only(pull_requests).count())


def measures() -> Mapping[str, Deferred]:
    """Return each measure as an aggregate of pull requests."""
    return {
        "pr_count": _.count(),
        "avg_ai_ratio": _.final_ai_ratio.mean(),
        "avg_coding_lead_time": _.coding_lead_time_hours.mean(),
        "avg_review_cycle_time": _.review_cycle_time_hours.mean(),
        "avg_total_cycle_time": _.total_cycle_time_hours.mean(),
        "avg_review_density": _.review_density.mean(),
        "avg_iterations": mean(_.iterations),
        "avg_reviewers": mean(_.distinct_reviewers),
        "avg_pr_size": mean(_.total_loc),
        "avg_files_changed": mean(_.changed_files),
        "revert_rate": share(_.is_reverted),
        "bug_fix_rate": share(_.is_bug_fix),
        "hotfix_rate": share(_.has_hotfix_followup),
    }
