"""One row per pull request."""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import (
    Contract,
    Count,
    Field,
    Hours,
    Ratio,
    Rows,
    Table,
    Timestamp,
    Truth,
    columns_of,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import clean_email, cycle_times, latest_of
from cursor_marts.models.staging.stg_repos import StgRepos
from cursor_marts.raw import PULL_REQUEST_STATES, RawPullRequests


class StgPullRequests(Contract):
    """One row per pull request: repository and number."""

    pr_number: int = Field("The number, unique in its repository.")
    repo_name: str = Field("Owner and name of the repository.")
    title: str = Field("The title.", nullable=True)
    author_email: str = Field("The author's email, lower case.", nullable=True)
    state: str = Field("open, closed or merged.", isin=PULL_REQUEST_STATES)
    additions: int = Count("Lines added.", unit="lines", nullable=True)
    deletions: int = Count("Lines deleted.", unit="lines", nullable=True)
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files touched.", unit="files", nullable=True)
    commit_count: int = Count("Commits in it, by the source.", unit="commits", nullable=True)
    tab_lines: int = Count("Lines by Tab.", unit="lines", nullable=True)
    composer_lines: int = Count("Lines by Composer.", unit="lines", nullable=True)
    ai_ratio: float = Ratio("Share of lines by AI, by the source; NULL if it has none.")
    is_reverted: bool = Field("Whether it was reverted later.")
    is_bug_fix: bool = Field("Whether it mends a bug.")
    reviewer_count: int = Count("How many were asked for a review.", unit="people")
    created_at: Timestamp = Field("When it was opened.")
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    closed_at: Timestamp = Field("When it was closed.", nullable=True)
    first_commit_at: Timestamp = Field("Its first commit, by the source.", nullable=True)
    first_review_at: Timestamp = Field("Its first review, by the source.", nullable=True)
    last_commit_at: Timestamp = Field("Its last commit, by the source.", nullable=True)
    coding_lead_time_hours: float = Hours("First commit to opening; 0 if it came after.")
    pickup_time_hours: float = Hours("Opening to first review; 0 if that came before.")
    review_lead_time_hours: float = Hours("First review, or opening if later, to merge.")
    total_cycle_time_hours: float = Hours("First commit, or opening if earlier, to merge.")

    @row_rule()
    def merged_after_opening(cls, rows: Rows) -> Truth:
        """No pull request is merged before it is opened."""
        return rows.merged_at >= rows.created_at

    @row_rule("warn")
    def merged_has_its_time(cls, rows: Rows) -> Truth:
        """A pull request that the source calls merged says when: without, no mart counts it."""
        return (rows.state != "merged") | rows.merged_at.notnull()

    @row_rule("warn")
    def first_commit_not_after_opening(cls, rows: Rows) -> Truth:
        """The first commit is not after the opening (else it counts as at it)."""
        return rows.first_commit_at <= rows.created_at

    @row_rule("warn")
    def first_review_not_before_opening(cls, rows: Rows) -> Truth:
        """The first review is not before the opening (else it counts as at it)."""
        return rows.first_review_at >= rows.created_at

    @row_rule("warn")
    def first_review_not_after_merge(cls, rows: Rows) -> Truth:
        """The first review is not after the merge (else it does not count)."""
        return rows.first_review_at <= rows.merged_at

    @data_test("warn")
    def repository_exists(cls, pull_requests: Rows, repos: Table[StgRepos]) -> Rows:
        """A pull request's repository is among the repositories."""
        return pull_requests.anti_join(repos, "repo_name")

    class Config:
        unique = ["repo_name", "pr_number"]


@model
def stg_pull_requests(pull_requests: Table[RawPullRequests]) -> Table[StgPullRequests]:
    """Pull requests in our own words; whatever has a merge time is merged."""
    known = _.state.strip().lower()
    guessed = ibis.ifelse(_.closed_at.notnull(), "closed", "open")
    return (
        latest_of(pull_requests, ["repo_name", "number"], at="updated_at")
        .mutate(
            author_email=clean_email(_.author_email),
            state=ibis.cases(
                (_.merged_at.notnull(), "merged"),
                (known.isin(PULL_REQUEST_STATES), known),
                else_=guessed,
            ),
            total_loc=_.additions + _.deletions,
            is_reverted=_.was_reverted.fill_null(False),
            is_bug_fix=_.is_bug_fix.fill_null(False),
            reviewer_count=_.reviewers.length().fill_null(0),
            **cycle_times(_.created_at, _.first_commit_at, _.first_review_at, _.merged_at),
        )
        .rename(pr_number="number")
        .select(columns_of(StgPullRequests))
    )
