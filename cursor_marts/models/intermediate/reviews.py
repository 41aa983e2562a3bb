"""What reviews and comments of a pull request come to, without those that are none."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Rows
from cursor_marts.models.definitions import has_text
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST
from cursor_marts.models.people import HUMAN

REVIEW = [*PULL_REQUEST, "review_id"]
#: What the marts say of these, too.
QUALIFYING = "submitted by a person other than the author, and no mere reply"


def by_others(rows: Rows, pull_requests: Rows) -> Rows:
    """Leave out what a pull request's own author wrote; a person unknown is not the author."""
    authors = pull_requests.select(*PULL_REQUEST, "author", "author_id")
    own = (_.reviewer == _.author).fill_null(False) | (_.reviewer == _.author_id).fill_null(False)
    return rows.join(authors, PULL_REQUEST).filter(~own)


def by_people(rows: Rows) -> Rows:
    """Leave out what agents and bots wrote."""
    return rows.filter(_.reviewer_kind == HUMAN)


def mere_replies(reviews: Rows, comments: Rows) -> Rows:
    """Return the reviews that say nothing but replies to comments: a service makes one of each."""
    silent = reviews.filter((_.state == "commented") & ~has_text(_.body))
    points = comments.group_by(REVIEW).agg(points=(~_.is_reply).sum())
    return silent.semi_join(points.filter(_.points == 0), REVIEW)


def reviews_by_others(reviews: Rows, comments: Rows, pull_requests: Rows) -> Rows:
    """Return the submitted reviews by others than the author that are no mere replies."""
    submitted = reviews.filter(_.is_submitted)
    return by_others(submitted.anti_join(mere_replies(submitted, comments), REVIEW), pull_requests)


def of_reviews(reviews: Rows, comments: Rows, pull_requests: Rows) -> Rows:
    """Return what the reviews of each pull request come to: those of people, and how many else."""
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


def of_comments(comments: Rows, pull_requests: Rows) -> Rows:
    """Return how many comments other people have left on each pull request."""
    others = by_others(by_people(comments), pull_requests)
    return others.group_by(PULL_REQUEST).agg(comment_count=_.count())
