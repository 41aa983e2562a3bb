"""Reviews of pull requests."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import (
    Contract,
    Field,
    Rows,
    Table,
    Timestamp,
    Truth,
    columns_of,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.people import KIND_SAYS, kind_of, normalized_name
from cursor_marts.models.reference import KINDS
from cursor_marts.models.staging.cleaning import cleaned, key_known, latest_of
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.raw import RawExtractions, RawRepos, RawReviews

REVIEW_STATES = ["pending", "approved", "changes_requested", "commented", "dismissed"]


class StgReviews(Contract):
    """One row per review: repository, pull request, id."""

    review_id: int = Field("The review's id.")
    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    reviewer: str = Field("The reviewer's email or login, lower case.", nullable=True)
    reviewer_kind: str = Field(f"The reviewer is {KIND_SAYS}.", isin=KINDS)
    state: str = Field("The state, lower case.", nullable=True)
    is_submitted: bool = Field("Whether it was submitted: its state is not pending.")
    is_approval: bool = Field("Whether it approves.")
    is_change_request: bool = Field("Whether it requests changes, or did until it was dismissed.")
    body: str = Field("The text of the review.", nullable=True)
    submitted_at: Timestamp = Field("When it was submitted.", nullable=True)

    @row_rule("warn")
    def state_is_known(cls, rows: Rows) -> Truth:
        """The state is one of the known states of a review."""
        return rows.state.isin(REVIEW_STATES)

    @data_test("warn")
    def pull_request_exists(cls, reviews: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The pull request of a review was extracted."""
        return reviews.anti_join(pull_requests, ["repo_name", "pr_number"])

    class Config:
        unique = ["repo_name", "pr_number", "review_id"]


@model
def stg_reviews(
    reviews: Table[RawReviews], repos: Table[RawRepos], extractions: Table[RawExtractions]
) -> Table[StgReviews]:
    """Reviews with one spelling of each repository, person and state."""
    key = ["repo_name", "pr_number", "id"]
    rows = cleaned(key_known(reviews, *key), repos, extractions)
    return (
        latest_of(rows, key, at="created_at", columns=columns_of(RawReviews))
        .mutate(
            reviewer=normalized_name(_.author_id),
            state=_.state.strip().lower(),
            previous_state=_.previous_state.strip().lower(),
        )
        .select(
            review_id="id",
            repo_name="repo_name",
            pr_number="pr_number",
            reviewer="reviewer",
            reviewer_kind=kind_of(_.author_type, _.reviewer),
            state="state",
            is_submitted=(_.state != "pending").fill_null(True),
            is_approval=(_.state == "approved").fill_null(False),
            is_change_request=(_.state == "changes_requested").fill_null(False)
            | (_.previous_state == "changes_requested").fill_null(False),
            body="body",
            submitted_at="created_at",
        )
    )
