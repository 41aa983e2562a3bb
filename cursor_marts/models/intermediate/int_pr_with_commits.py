"""Pull requests with the counts of their commits and reviews, their revert and their hotfix."""

from __future__ import annotations

import ibis
from ibis import Deferred, _

from cursor_marts.contracts import (
    Count,
    Field,
    Hours,
    Mean,
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
from cursor_marts.models.definitions import ai_usage_band, ratio
from cursor_marts.models.durations import WithCycleTimes, cycle_times
from cursor_marts.models.intermediate.hotfixes import HOTFIX, hotfixed
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST, IntLinkedCommits
from cursor_marts.models.intermediate.int_reverts import IntReverts, reverted
from cursor_marts.models.intermediate.reviews import QUALIFYING, comment_counts, review_counts
from cursor_marts.models.people import AGENT, KIND_SAYS
from cursor_marts.models.reference import KINDS, RULES, band_limits, band_names, shipped
from cursor_marts.models.staging.stg_pull_request_commits import StgPullRequestCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.models.staging.stg_review_comments import StgReviewComments
from cursor_marts.models.staging.stg_reviews import StgReviews
from cursor_marts.raw import PULL_REQUEST_STATES

MINUTES_PER_REVIEW = 15
MINUTES_PER_HUNDRED_LINES = 5

#: Descriptions of columns, which the marts share.
BAND = f"The band of its AI share, by ai_ratio_bands.csv ({band_limits(shipped())})."
ROUNDS = "0 without a qualifying review, else 1 plus the requests for changes"
REVIEW_HOURS = (
    f"{MINUTES_PER_REVIEW} minutes and {MINUTES_PER_HUNDRED_LINES} per 100 lines "
    "for each qualifying review"
)

#: Columns of the joined tables, NULL where a pull request has no row there.
_COUNTS = (
    *("listed_commit_count", "linked_commit_count", "rewritten_commit_count"),
    *("linked_ai_lines", "linked_total_lines"),
    *("review_count", "bot_review_count", "approval_count", "change_request_count"),
)


class IntPrWithCommits(WithCycleTimes):
    """One row per pull request, including open ones and those of bots, for all marts."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The number, unique in its repository.")
    title: str = Field("The title.", nullable=True)
    url: str = Field("Its page at the source.", nullable=True)
    author_email: str = Field("The author's email, lower case.", nullable=True)
    author_id: str = Field("The author's login or id, lower case.", nullable=True)
    author: str = Field("The author's email, else the login or id.", nullable=True)
    author_kind: str = Field(f"The author is {KIND_SAYS}.", isin=KINDS)
    state: str = Field("open, closed or merged.", isin=PULL_REQUEST_STATES)
    is_reverted: bool = Field("Whether it was reverted: by the source, else by a later merge.")
    reverted_by: int = Field(
        "The pull request that reverted it, the latest of several; NULL if the source decides.",
        nullable=True,
    )
    is_bug_fix: bool = Field("Whether it fixes a bug: by the source, else by the rules.")
    bug_fix_rule: str = Field(
        "The kind of rule that matches; NULL without one, or where the source decides.",
        nullable=True,
        isin=RULES,
    )
    additions: int = Count("Lines added.", unit="lines", nullable=True)
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files changed.", unit="files", nullable=True)
    commit_count: int = Count("Commits, by the source.", unit="commits", nullable=True)
    created_at: Timestamp = Field("When it was created.", nullable=True)
    opened_at: Timestamp = Field(
        "When it was opened for review: its creation, or when a draft was ready.", nullable=True
    )
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    extraction_ended_at: Timestamp = Field("The end of the extraction.", nullable=True)
    first_commit_at: Timestamp = Field(
        "Its first commit: by the source, else the earliest author date, else linked commit.",
        nullable=True,
    )
    first_review_at: Timestamp = Field(
        "Its first review: by the source, else the earliest qualifying one.", nullable=True
    )
    last_review_at: Timestamp = Field("Its last qualifying review.", nullable=True)
    coding_lead_time_hours: float = Hours("First commit to opening; 0 if it came after.")
    pickup_time_hours: float = Hours("Opening to first review; 0 if that came before.")
    review_lead_time_hours: float = Hours("First review, or opening if later, to merge.")
    total_cycle_time_hours: float = Hours("First commit, or opening if earlier, to merge.")
    listed_commit_count: int = Count("Commits that the source lists for it.", unit="commits")
    linked_commit_count: int = Count("AI-tracked commits linked to it.", unit="commits")
    rewritten_commit_count: int = Count(
        "Of these, matched by author date and subject: their hash has changed.", unit="commits"
    )
    linked_ai_lines: int = Count("Lines that AI added in these commits.", unit="lines")
    linked_total_lines: int = Count("Lines added in these commits.", unit="lines")
    review_count: int = Count(f"Qualifying reviews: {QUALIFYING}.", unit="reviews")
    bot_review_count: int = Count(
        "Reviews by agents and bots, without mere replies.", unit="reviews"
    )
    approval_count: int = Count("Qualifying reviews that approve.", unit="reviews")
    change_request_count: int = Count("Qualifying reviews that request changes.", unit="reviews")
    distinct_reviewers: int = Count(
        "People who submitted them; without any, the requested reviewers.", unit="people"
    )
    review_comment_count: int = Count(
        "Comments by other people, and qualifying reviews with a text.", unit="comments"
    )
    final_ai_ratio: float = Ratio(
        "Share of AI lines: by the source, else 1 for an agent's, else the AI lines of the linked "
        "commits / lines added; NULL where nothing is known."
    )
    ai_lines: int = Count(
        "Lines by AI: by the source, else all lines added by an agent, else of the linked commits.",
        unit="lines",
        nullable=True,
    )
    ai_usage_band: str = Field(BAND)
    iterations: int = Count(f"Rounds of review: {ROUNDS}.", unit="rounds")
    review_cycle_time_hours: float = Hours("Pickup and review lead time together.")
    review_density: float = Mean("Review comments per line changed.", unit="comments / line")
    has_hotfix_followup: bool = Field(f"Whether it was {HOTFIX}.")
    review_hours_estimate: float = Hours(f"Estimate of the reviewers' work: {REVIEW_HOURS}.")

    @row_rule()
    def band_is_known(cls, rows: Rows) -> Truth:
        """The band of the AI share is one of ai_ratio_bands.csv, or unknown."""
        return rows.ai_usage_band.isin(band_names())

    @data_test()
    def every_pull_request_is_here(
        cls, enriched: Rows, pull_requests: Table[StgPullRequests]
    ) -> Rows:
        """Every pull request of staging is in this table."""
        return pull_requests.anti_join(enriched, PULL_REQUEST)

    class Config:
        unique = PULL_REQUEST


def linked_commit_totals(linked: Rows) -> Rows:
    """Return the counts, lines and earliest time of the linked commits of each pull request."""
    return linked.group_by(PULL_REQUEST).agg(
        linked_commit_count=_.count(),
        rewritten_commit_count=_.is_rewritten.sum(),
        linked_ai_lines=_.ai_lines_added.sum(),
        linked_total_lines=_.total_lines_added.sum(),
        earliest_commit_at=_.committed_at.min(),
    )


def listed_commit_totals(links: Rows) -> Rows:
    """Return the count and earliest author date of the listed commits of each pull request."""
    return links.group_by(PULL_REQUEST).agg(
        listed_commit_count=_.count(), earliest_authored_at=_.authored_at.min()
    )


@model
def int_pr_with_commits(
    pull_requests: Table[StgPullRequests],
    links: Table[StgPullRequestCommits],
    linked_commits: Table[IntLinkedCommits],
    reviews: Table[StgReviews],
    comments: Table[StgReviewComments],
    reverts: Table[IntReverts],
) -> Table[IntPrWithCommits]:
    """Pull requests joined with their commits, reviews, comments, reverts and the next bug fix."""
    joined = (
        pull_requests.left_join(listed_commit_totals(links), PULL_REQUEST, rname="links_{name}")
        .left_join(linked_commit_totals(linked_commits), PULL_REQUEST, rname="commits_{name}")
        .left_join(
            review_counts(reviews, comments, pull_requests), PULL_REQUEST, rname="reviews_{name}"
        )
        .left_join(comment_counts(comments, pull_requests), PULL_REQUEST, rname="comments_{name}")
        .left_join(reverted(reverts), PULL_REQUEST, rname="reverts_{name}")
        .left_join(hotfixed(pull_requests), PULL_REQUEST, rname="hotfixed_{name}")
    )
    return (
        joined.mutate(**_counts(), **_by_source_else_derived())
        .mutate(
            **cycle_times(_.opened_at, _.first_commit_at, _.first_review_at, _.merged_at),
            **_measures(),
        )
        .mutate(
            ai_usage_band=ai_usage_band(_.final_ai_ratio),
            review_cycle_time_hours=_.pickup_time_hours + _.review_lead_time_hours,
        )
        .select(columns_of(IntPrWithCommits))
    )


def _counts() -> dict[str, Deferred]:
    """Return the counts of the joined rows, 0 where a pull request has none."""
    return {
        **{name: _[name].fill_null(0) for name in _COUNTS},
        "distinct_reviewers": ibis.ifelse(_.review_count > 0, _.known_reviewers, _.reviewer_count),
        "review_comment_count": _.comment_count.fill_null(0) + _.review_texts.fill_null(0),
    }


def _by_source_else_derived() -> dict[str, Deferred]:
    """Return the first commit and review, the revert and the hotfix: by the source, if it knows."""
    return {
        "first_commit_at": _.first_commit_at.fill_null(_.earliest_authored_at).fill_null(
            _.earliest_commit_at
        ),
        "first_review_at": _.first_review_at.fill_null(_.earliest_review_at),
        "reverted_by": ibis.ifelse(_.is_reverted.isnull(), _.reverted_by, None),
        "is_reverted": _.is_reverted.fill_null(_.reverted_by.notnull()),
        "has_hotfix_followup": _.is_hotfixed.fill_null(False),
    }


def _measures() -> dict[str, Deferred]:
    """Return the AI use and the review effort of a pull request."""
    minutes_per_review = MINUTES_PER_REVIEW + MINUTES_PER_HUNDRED_LINES * ratio(_.total_loc, 100)
    return {
        "final_ai_ratio": _ai_ratio(),
        "ai_lines": _ai_lines(),
        "iterations": ibis.ifelse(_.review_count > 0, 1 + _.change_request_count, 0),
        "review_density": ratio(_.review_comment_count, _.total_loc),
        "review_hours_estimate": _.review_count * minutes_per_review / 60,
    }


def _ai_ratio() -> Deferred:
    """Return the share of AI lines. A commit that the AI source does not know has no AI lines.

    The lines of such commits are in the additions, which are the whole if they are more.
    """
    whole = ibis.greatest(_.linked_total_lines, _.additions.fill_null(0))
    share_in_commits = ratio(_.linked_ai_lines, whole).clip(upper=1.0)
    return ibis.cases(
        (_.ai_ratio.notnull(), _.ai_ratio),
        (_.author_kind == AGENT, 1.0),
        (_.linked_commit_count > 0, share_in_commits),
    )


def _ai_lines() -> Deferred:
    """Return the lines by AI, NULL where they are unknown."""
    return ibis.cases(
        ((_.tab_lines + _.composer_lines).notnull(), _.tab_lines + _.composer_lines),
        (_.author_kind == AGENT, _.additions),
        (_.linked_commit_count > 0, _.linked_ai_lines),
    )
