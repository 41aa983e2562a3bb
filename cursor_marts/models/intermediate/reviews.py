"""Counts of the reviews and comments of a pull request, and which of them qualify."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Rows
from cursor_marts.models.definitions import has_text
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST
from cursor_marts.models.people import HUMAN

REVIEW = [*PULL_REQUEST, "review_id"]
#: The description of a qualifying review, which the marts share.
QUALIFYING = "submitted by a person other than the author, and not a mere reply"


def by_other_accounts(rows: Rows, pull_requests: Rows) -> Rows:
    """Return the rows that the author did not write; an unknown reviewer is not the author."""
    authors = pull_requests.select(*PULL_REQUEST, "author", "author_id")
    own = (_.reviewer == _.author).fill_null(False) | (_.reviewer == _.author_id).fill_null(False)
    return rows.join(authors, PULL_REQUEST).filter(~own)


def by_people(rows: Rows) -> Rows:
    """Return the rows that people wrote, not agents or bots."""
    return rows.filter(_.reviewer_kind == HUMAN)


def mere_replies(reviews: Rows, comments: Rows) -> Rows:
    """Return the reviews that consist of replies to comments: GitHub creates one for each reply."""
    silent = reviews.filter((_.state == "commented") & ~has_text(_.body))
    points = comments.group_by(REVIEW).agg(points=(~_.is_reply).sum())
    return silent.semi_join(points.filter(_.points == 0), REVIEW)


def reviews_by_others(reviews: Rows, comments: Rows, pull_requests: Rows) -> Rows:
    """Return the submitted reviews that are neither by the author nor mere replies."""
    submitted = reviews.filter(_.is_submitted)
    return by_other_accounts(
        submitted.anti_join(mere_replies(submitted, comments), REVIEW), pull_requests
    )


def review_counts(reviews: Rows, comments: Rows, pull_requests: Rows) -> Rows:
    """Return the counts and times of the reviews of each pull request, bots counted apart."""
    human = _.reviewer_kind == HUMAN
    return (
        reviews_by_others(reviews, comments, pull_requests)
        .group_by(PULL_REQUEST)
        .agg(
            review_count=human.sum(),
            bot_review_count=(~human).sum(),
            approval_count=(human & _.is_approval).sum(),
            change_request_count=(human & _.is_change_request).sum(),
            known_reviewers=_.reviewer.nunique(where=human),
            review_texts=(human & has_text(_.body)).sum(),
            earliest_review_at=_.submitted_at.min(where=human),
            last_review_at=_.submitted_at.max(where=human),
        )
    )


def comment_counts(comments: Rows, pull_requests: Rows) -> Rows:
    """Return the number of comments by other people on each pull request."""
    others = by_other_accounts(by_people(comments), pull_requests)
    return others.group_by(PULL_REQUEST).agg(comment_count=_.count())
