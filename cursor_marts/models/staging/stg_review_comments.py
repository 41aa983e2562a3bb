"""One row per comment in a review."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Field, Rows, Table, Timestamp, data_test
from cursor_marts.graph import model
from cursor_marts.models.definitions import clean_email, latest_of
from cursor_marts.models.staging.stg_reviews import StgReviews
from cursor_marts.raw import RawReviewComments


class StgReviewComments(Contract):
    """One row per comment: repository, pull request, review, id."""

    comment_id: int = Field("The comment's id.")
    review_id: int = Field("The review that it belongs to.")
    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    reviewer: str = Field("Email of who wrote it, lower case.", nullable=True)
    body: str = Field("What was written.", nullable=True)
    commented_at: Timestamp = Field("When it was written.", nullable=True)

    @data_test("warn")
    def review_exists(cls, comments: Rows, reviews: Table[StgReviews]) -> Rows:
        """A comment's review was extracted."""
        return comments.anti_join(reviews, ["repo_name", "pr_number", "review_id"])

    class Config:
        unique = ["repo_name", "pr_number", "review_id", "comment_id"]


@model
def stg_review_comments(review_comments: Table[RawReviewComments]) -> Table[StgReviewComments]:
    """Comments by the name and email that the other tables use."""
    key = ["repo_name", "pr_number", "review_id", "id"]
    return latest_of(review_comments, key, at="created_at").select(
        comment_id="id",
        review_id="review_id",
        repo_name="repo_name",
        pr_number="pr_number",
        reviewer=clean_email(_.author_id),
        body="body",
        commented_at="created_at",
    )
