"""Every pull request with what its commits, reviews and successors say of it."""

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
from cursor_marts.models.intermediate.reviews import QUALIFYING, of_comments, of_reviews
from cursor_marts.models.people import AGENT, KIND_SAYS
from cursor_marts.models.reference import KINDS, RULES, band_limits, band_names, shipped
from cursor_marts.models.staging.stg_pull_request_commits import StgPullRequestCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.models.staging.stg_review_comments import StgReviewComments
from cursor_marts.models.staging.stg_reviews import StgReviews
from cursor_marts.raw import PULL_REQUEST_STATES

MINUTES_PER_REVIEW = 15
MINUTES_PER_HUNDRED_LINES = 5

#: What the marts say of these, too.
BAND = f"The band of its AI share, by ai_ratio_bands.csv ({band_limits(shipped())})."
ROUNDS = "0 without a qualifying review, else 1 plus the requests for changes"
REVIEW_HOURS = (
    f"{MINUTES_PER_REVIEW} minutes and {MINUTES_PER_HUNDRED_LINES} per 100 lines "
    "for each qualifying review"
)


class IntPrWithCommits(WithCycleTimes):
    """One row per pull request, open ones and those of bots included, with all that marts use."""

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
        "The kind of rule that says so; NULL where none does, or the source decides.",
        nullable=True,
        isin=RULES,
    )
    additions: int = Count("Lines added.", unit="lines", nullable=True)
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files touched.", unit="files", nullable=True)
    commit_count: int = Count("Commits in it, by the source.", unit="commits", nullable=True)
    created_at: Timestamp = Field("When it was opened.", nullable=True)
    opened_at: Timestamp = Field(
        "When it was up for review: opened, or ready if it was a draft.", nullable=True
    )
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    extracted_at: Timestamp = Field("The end of the extraction.", nullable=True)
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
    listed_commit_count: int = Count("Commits that the source lists in it.", unit="commits")
    linked_commit_count: int = Count("AI-tracked commits that belong to it.", unit="commits")
    rewritten_commit_count: int = Count(
        "Of these, found by author date and subject: their hash has changed.", unit="commits"
    )
    linked_ai_lines: int = Count("Lines that AI added in these commits.", unit="lines")
    linked_total_lines: int = Count("Lines added in these commits.", unit="lines")
    review_count: int = Count(f"Qualifying reviews: {QUALIFYING}.", unit="reviews")
    bot_review_count: int = Count("Reviews by agents and bots, no mere replies.", unit="reviews")
    approval_count: int = Count("Qualifying reviews that approve.", unit="reviews")
    change_request_count: int = Count("Qualifying reviews that ask for changes.", unit="reviews")
    distinct_reviewers: int = Count(
        "People who left them; without any, how many were asked.", unit="people"
    )
    review_comment_count: int = Count(
        "Comments by other people, and qualifying reviews with a text.", unit="comments"
    )
    final_ai_ratio: float = Ratio(
        "Share of AI lines: by the source, else 1 for an agent's, else of the lines added, by its "
        "linked commits; NULL where nothing is known."
    )
    ai_lines: int = Count(
        "Lines by AI: by the source, else all added for an agent's, else its linked commits'.",
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
        """Each pull request of staging is here."""
        return pull_requests.anti_join(enriched, PULL_REQUEST)

    class Config:
        unique = PULL_REQUEST


def of_commits(linked: Rows) -> Rows:
    """Return what the linked commits of each pull request come to."""
    return linked.group_by(PULL_REQUEST).agg(
        linked_commit_count=_.count(),
        rewritten_commit_count=_.is_rewritten.sum(),
        linked_ai_lines=_.ai_lines_added.sum(),
        linked_total_lines=_.total_lines_added.sum(),
        earliest_commit_at=_.committed_at.min(),
    )


def of_links(links: Rows) -> Rows:
    """Return how many commits the source lists in each pull request, and the first author date."""
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
        pull_requests.left_join(of_links(links), PULL_REQUEST, rname="links_{name}")
        .left_join(of_commits(linked_commits), PULL_REQUEST, rname="commits_{name}")
        .left_join(
            of_reviews(reviews, comments, pull_requests), PULL_REQUEST, rname="reviews_{name}"
        )
        .left_join(of_comments(comments, pull_requests), PULL_REQUEST, rname="comments_{name}")
        .left_join(reverted(reverts), PULL_REQUEST, rname="reverts_{name}")
        .left_join(hotfixed(pull_requests), PULL_REQUEST, rname="hotfixed_{name}")
    )
    counts = (
        *("listed_commit_count", "linked_commit_count", "rewritten_commit_count"),
        *("linked_ai_lines", "linked_total_lines"),
        *("review_count", "bot_review_count", "approval_count", "change_request_count"),
    )
    return (
        joined.mutate(
            **{name: _[name].fill_null(0) for name in counts},
            distinct_reviewers=ibis.ifelse(_.review_count > 0, _.known_reviewers, _.reviewer_count),
            review_comment_count=_.comment_count.fill_null(0) + _.review_texts.fill_null(0),
            first_commit_at=_.first_commit_at.fill_null(_.earliest_authored_at).fill_null(
                _.earliest_commit_at
            ),
            first_review_at=_.first_review_at.fill_null(_.earliest_review_at),
            reverted_by=ibis.ifelse(_.is_reverted.isnull(), _.reverted_by, None),
            is_reverted=_.is_reverted.fill_null(_.reverted_by.notnull()),
            has_hotfix_followup=_.is_hotfixed.fill_null(False),
        )
        .mutate(
            **cycle_times(_.opened_at, _.first_commit_at, _.first_review_at, _.merged_at),
            final_ai_ratio=_ai_ratio(),
            ai_lines=_ai_lines(),
            iterations=ibis.ifelse(_.review_count > 0, 1 + _.change_request_count, 0),
            review_density=ratio(_.review_comment_count, _.total_loc),
            review_hours_estimate=_.review_count
            * (MINUTES_PER_REVIEW + MINUTES_PER_HUNDRED_LINES * ratio(_.total_loc, 100))
            / 60,
        )
        .mutate(
            ai_usage_band=ai_usage_band(_.final_ai_ratio),
            review_cycle_time_hours=_.pickup_time_hours + _.review_lead_time_hours,
        )
        .select(columns_of(IntPrWithCommits))
    )


def _ai_ratio() -> Deferred:
    """Return the share of AI lines; commits that the AI source does not know were not made with AI.

    Their lines are in the additions, so that these are the whole where they are more.
    """
    whole = ibis.greatest(_.linked_total_lines, _.additions.fill_null(0))
    of_commits = ratio(_.linked_ai_lines, whole).clip(upper=1.0)
    return ibis.cases(
        (_.ai_ratio.notnull(), _.ai_ratio),
        (_.author_kind == AGENT, 1.0),
        (_.linked_commit_count > 0, of_commits),
    )


def _ai_lines() -> Deferred:
    """Return the lines by AI, NULL where nothing is known of them."""
    return ibis.cases(
        ((_.tab_lines + _.composer_lines).notnull(), _.tab_lines + _.composer_lines),
        (_.author_kind == AGENT, _.additions),
        (_.linked_commit_count > 0, _.linked_ai_lines),
    )
