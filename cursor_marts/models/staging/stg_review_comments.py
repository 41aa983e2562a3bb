"""Review comments: comments on the changes of a pull request."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Field, Rows, Table, Timestamp, columns_of, data_test
from cursor_marts.graph import model
from cursor_marts.models.people import KIND_SAYS, kind_of, normalized_name
from cursor_marts.models.reference import KINDS
from cursor_marts.models.staging.cleaning import cleaned, key_known, latest_of
from cursor_marts.models.staging.stg_reviews import StgReviews
from cursor_marts.raw import RawExtractions, RawRepos, RawReviewComments


class StgReviewComments(Contract):
    """One row per comment: repository, pull request, review, id."""

    comment_id: int = Field("The comment's id.")
    review_id: int = Field("The id of its review; old comments have none.", nullable=True)
    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    reviewer: str = Field("The author's email or login, lower case.", nullable=True)
    reviewer_kind: str = Field(f"The author is {KIND_SAYS}.", isin=KINDS)
    is_reply: bool = Field("Whether it is a reply to another comment.")
    body: str = Field("The text of the comment.", nullable=True)
    commented_at: Timestamp = Field("When it was written.", nullable=True)

    @data_test("warn")
    def review_exists(cls, comments: Rows, reviews: Table[StgReviews]) -> Rows:
        """The review of a comment, where it has one, was extracted."""
        in_review = comments.filter(_.review_id.notnull())
        return in_review.anti_join(reviews, ["repo_name", "pr_number", "review_id"])

    class Config:
        unique = ["repo_name", "pr_number", "review_id", "comment_id"]


@model
def stg_review_comments(
    review_comments: Table[RawReviewComments],
    repos: Table[RawRepos],
    extractions: Table[RawExtractions],
) -> Table[StgReviewComments]:
    """Review comments with one spelling of each repository and person."""
    rows = key_known(review_comments, "repo_name", "pr_number", "id")
    return (
        latest_of(
            cleaned(rows, repos, extractions),
            ["repo_name", "pr_number", "review_id", "id"],
            at="created_at",
            columns=columns_of(RawReviewComments),
        )
        .mutate(reviewer=normalized_name(_.author_id))
        .select(
            comment_id="id",
            review_id="review_id",
            repo_name="repo_name",
            pr_number="pr_number",
            reviewer="reviewer",
            reviewer_kind=kind_of(_.author_type, _.reviewer),
            is_reply=_.in_reply_to_id.notnull(),
            body="body",
            commented_at="created_at",
        )
    )
