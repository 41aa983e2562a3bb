"""The time, reviewers and comments that reviews take, by week and repository."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import (
    Count,
    Hours,
    Mean,
    Rows,
    Table,
    Truth,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import mean, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import (
    REVIEW_HOURS,
    ROUNDS,
    IntPrWithCommits,
)
from cursor_marts.models.intermediate.reviews import QUALIFYING, by_people, reviews_by_others
from cursor_marts.models.marts.merged import (
    BY_REPOSITORY,
    ByRepository,
    merged_only,
    unreconciled,
)
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.models.staging.stg_review_comments import StgReviewComments
from cursor_marts.models.staging.stg_reviews import StgReviews

LARGE_PR_LINES = 500


class MartReviewCosts(ByRepository):
    """One row per week and repository with at least one merged pull request."""

    total_prs: int = Count("Merged pull requests.", unit="pull requests")
    avg_review_cycle_time: float = Hours(
        "Mean time from opening to merge, if reviewed before the merge."
    )
    avg_review_rounds: float = Mean(
        f"Mean rounds of review: {ROUNDS}.", unit="rounds", nullable=False
    )
    avg_reviewers_per_pr: float = Mean(
        "Mean distinct reviewers; without a review, requested reviewers.",
        unit="people",
        nullable=False,
    )
    total_reviews: int = Count(f"Qualifying reviews: {QUALIFYING}.", unit="reviews")
    total_review_comments: int = Count(
        "Comments by other people, and qualifying reviews with a text.", unit="comments"
    )
    avg_review_density: float = Mean("Mean comments per line changed.", unit="comments / line")
    estimated_review_hours_per_pr: float = Hours(
        f"Mean estimate of the reviewers' work: {REVIEW_HOURS}."
    )
    estimated_total_review_hours: float = Hours(
        f"Sum of the estimates of the reviewers' work: {REVIEW_HOURS}."
    )
    avg_pr_size: float = Mean("Mean lines added and deleted.", unit="lines")
    large_prs: int = Count(
        f"Pull requests of more than {LARGE_PR_LINES} lines.", unit="pull requests"
    )
    avg_large_pr_size: float = Mean("Mean lines of large pull requests.", unit="lines")
    total_bot_reviews: int = Count(
        "Reviews by agents and bots, without mere replies.", unit="reviews"
    )

    @row_rule()
    def large_within_total(cls, rows: Rows) -> Truth:
        """large_prs is at most total_prs."""
        return rows.large_prs <= rows.total_prs

    @data_test()
    def total_reviews_reconcile(
        cls,
        mart: Rows,
        reviews: Table[StgReviews],
        comments: Table[StgReviewComments],
        pull_requests: Table[StgPullRequests],
    ) -> Rows:
        """The sum of total_reviews is the number of qualifying reviews of merges in staging."""
        qualifying = reviews_by_others(reviews, comments, merged_only(pull_requests))
        return unreconciled(mart.total_reviews.sum(), by_people(qualifying).count())

    class Config:
        unique = BY_REPOSITORY


@model
def mart_review_costs(pull_requests: Table[IntPrWithCommits]) -> Table[MartReviewCosts]:
    """Time, reviewers and comments that the reviews of the pull requests merged in a week took."""
    is_large = _.total_loc > LARGE_PR_LINES
    return (
        merged_only(pull_requests)
        .group_by(week=week_of(_.merged_at), repo_name="repo_name")
        .agg(
            total_prs=_.count(),
            avg_review_cycle_time=_.review_cycle_time_hours.mean(),
            avg_review_rounds=mean(_.iterations),
            avg_reviewers_per_pr=mean(_.distinct_reviewers),
            total_reviews=_.review_count.sum(),
            total_review_comments=_.review_comment_count.sum(),
            avg_review_density=_.review_density.mean(),
            estimated_review_hours_per_pr=_.review_hours_estimate.mean(),
            estimated_total_review_hours=_.review_hours_estimate.sum(),
            avg_pr_size=mean(_.total_loc),
            large_prs=is_large.sum().fill_null(0),
            avg_large_pr_size=mean(_.total_loc, where=is_large),
            total_bot_reviews=_.bot_review_count.sum(),
        )
    )
