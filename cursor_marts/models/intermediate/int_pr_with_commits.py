"""Every pull request with what its commits, reviews and successors say of it."""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import (
    Contract,
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
from cursor_marts.models.definitions import (
    MICROSECONDS_PER_HOUR,
    ai_usage_band,
    cycle_times,
    microseconds_between,
    ratio,
)
from cursor_marts.models.reference import band_limits, band_names
from cursor_marts.models.staging.stg_commits import StgCommits
from cursor_marts.models.staging.stg_pull_request_commits import StgPullRequestCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.models.staging.stg_review_comments import StgReviewComments
from cursor_marts.models.staging.stg_reviews import StgReviews

PULL_REQUEST = ["repo_name", "pr_number"]
HOTFIX_HOURS = 48
MINUTES_PER_REVIEW = 15
MINUTES_PER_HUNDRED_LINES = 5

#: What the marts say of these, too.
QUALIFYING = "submitted, and not by the author"
ROUNDS = "0 without a qualifying review, else 1 plus the requests for changes"
HOTFIX = (
    "followed by a bug fix, whoever wrote it and whatever it mends, opened in the same repository "
    f"within {HOTFIX_HOURS} hours after the merge"
)
REVIEW_HOURS = (
    f"{MINUTES_PER_REVIEW} minutes and {MINUTES_PER_HUNDRED_LINES} per 100 lines "
    "for each qualifying review"
)


class IntPrWithCommits(Contract):
    """One row per pull request, open ones included, with all that the marts ask of it."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The number, unique in its repository.")
    author_email: str = Field("The author's email, lower case.", nullable=True)
    is_reverted: bool = Field("Whether it was reverted later.")
    is_bug_fix: bool = Field("Whether it mends a bug.")
    additions: int = Count("Lines added.", unit="lines", nullable=True)
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files touched.", unit="files", nullable=True)
    commit_count: int = Count("Commits in it, by the source.", unit="commits", nullable=True)
    tab_lines: int = Count("Lines by Tab.", unit="lines", nullable=True)
    composer_lines: int = Count("Lines by Composer.", unit="lines", nullable=True)
    created_at: Timestamp = Field("When it was opened.")
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    first_commit_at: Timestamp = Field(
        "Its first commit: the source's word, else its earliest linked commit.", nullable=True
    )
    first_review_at: Timestamp = Field(
        "Its first review: the source's word, else its earliest qualifying one.", nullable=True
    )
    coding_lead_time_hours: float = Hours("First commit to opening; 0 if it came after.")
    pickup_time_hours: float = Hours("Opening to first review; 0 if that came before.")
    review_lead_time_hours: float = Hours("First review, or opening if later, to merge.")
    total_cycle_time_hours: float = Hours("First commit, or opening if earlier, to merge.")
    linked_commit_count: int = Count("Commits that belong to it.", unit="commits")
    linked_ai_lines: int = Count("Lines that AI added in these commits.", unit="lines")
    linked_total_lines: int = Count("Lines added in these commits.", unit="lines")
    review_count: int = Count(f"Qualifying reviews: {QUALIFYING}.", unit="reviews")
    approval_count: int = Count("Qualifying reviews that approve.", unit="reviews")
    change_request_count: int = Count("Qualifying reviews that ask for changes.", unit="reviews")
    distinct_reviewers: int = Count(
        "Who left them; without any, how many were asked.", unit="people"
    )
    review_comment_count: int = Count(
        "Comments by others, and qualifying reviews with a text.", unit="comments"
    )
    final_ai_ratio: float = Ratio("Share of AI lines: the source's, else its commits'.")
    ai_usage_band: str = Field(f"Band of final_ai_ratio ({band_limits()}).", isin=band_names())
    iterations: int = Count(f"Rounds of review: {ROUNDS}.", unit="rounds")
    review_cycle_time_hours: float = Hours("Pickup and review lead time together.")
    review_density: float = Mean("Review comments per line changed.", unit="comments / line")
    has_hotfix_followup: bool = Field(f"Whether it was {HOTFIX}.")
    review_hours_estimate: float = Hours(f"Estimate of the reviewers' work: {REVIEW_HOURS}.")

    @row_rule()
    def parts_add_up(cls, rows: Rows) -> Truth:
        """Coding, pickup and review lead time add up to the total, to the microsecond."""
        parts = rows.coding_lead_time_hours + rows.pickup_time_hours + rows.review_lead_time_hours
        return (parts - rows.total_cycle_time_hours).abs() < 1 / MICROSECONDS_PER_HOUR

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

    @data_test()
    def every_pull_request_is_here(
        cls, enriched: Rows, pull_requests: Table[StgPullRequests]
    ) -> Rows:
        """Each pull request of staging is here."""
        return pull_requests.anti_join(enriched, PULL_REQUEST)

    class Config:
        unique = PULL_REQUEST


def linked_commits(links: Rows, commits: Rows) -> Rows:
    """Return one row per commit of a pull request, whether linked by hash or by number, once."""
    facts = ("ai_lines_added", "total_lines_added", "committed_at")
    linked = commits.join(links, "commit_hash", rname="link_{name}")
    same_number = (_.pull_request_number == _.pr_number).fill_null(False)
    # A link that says no more than its commit does is there by number already.
    by_hash = linked.filter(
        _.repo_name.isnull() | ((_.repo_name == _.link_repo_name) & ~same_number)
    ).select("pr_number", *facts, repo_name="link_repo_name")
    by_number = commits.filter(_.repo_name.notnull(), _.pull_request_number.notnull()).select(
        "repo_name", *facts, pr_number="pull_request_number"
    )
    # Of a join's columns Ibis does not know any more that they are never NULL.
    return by_hash.union(by_number.cast(by_hash.schema()).select(by_hash.columns))


def of_commits(links: Rows, commits: Rows) -> Rows:
    """Return what the commits of each pull request come to."""
    return (
        linked_commits(links, commits)
        .group_by(PULL_REQUEST)
        .agg(
            linked_commit_count=_.count(),
            linked_ai_lines=_.ai_lines_added.sum(),
            linked_total_lines=_.total_lines_added.sum(),
            earliest_commit_at=_.committed_at.min(),
        )
    )


def by_others(rows: Rows, pull_requests: Rows) -> Rows:
    """Leave out what a pull request's own author wrote; who is not known is not the author."""
    authors = pull_requests.select(*PULL_REQUEST, "author_email")
    own = (_.reviewer == _.author_email).fill_null(False)
    return rows.join(authors, PULL_REQUEST).filter(~own)


def has_text(body: ibis.Value) -> ibis.Value:
    """Return whether anything but blanks was written."""
    return (body.strip() != "").fill_null(False)


def of_reviews(reviews: Rows, pull_requests: Rows) -> Rows:
    """Return what the qualifying reviews of each pull request come to."""
    return (
        by_others(reviews.filter(_.is_submitted), pull_requests)
        .group_by(PULL_REQUEST)
        .agg(
            review_count=_.count(),
            approval_count=_.is_approval.sum(),
            change_request_count=_.is_change_request.sum(),
            known_reviewers=_.reviewer.nunique(),
            review_texts=has_text(_.body).sum(),
            earliest_review_at=_.submitted_at.min(),
        )
    )


def of_comments(comments: Rows, pull_requests: Rows) -> Rows:
    """Return how many comments others have left on each pull request."""
    return by_others(comments, pull_requests).group_by(PULL_REQUEST).agg(comment_count=_.count())


def hotfixed(pull_requests: Rows) -> Rows:
    """Return the keys of the merged pull requests that a bug fix followed in time."""
    merges = pull_requests.filter(_.merged_at.notnull()).select(*PULL_REQUEST, "merged_at")
    fixes = pull_requests.filter(_.is_bug_fix).select("repo_name", fix_opened_at="created_at")
    next_fix = merges.asof_join(
        fixes, _.merged_at < fixes.fix_opened_at, "repo_name", rname="fix_{name}"
    )
    delay = microseconds_between(_.fix_opened_at, _.merged_at)
    in_time = next_fix.filter(delay <= HOTFIX_HOURS * MICROSECONDS_PER_HOUR)
    return in_time.select(*PULL_REQUEST, is_hotfixed=True)


@model
def int_pr_with_commits(
    pull_requests: Table[StgPullRequests],
    links: Table[StgPullRequestCommits],
    commits: Table[StgCommits],
    reviews: Table[StgReviews],
    comments: Table[StgReviewComments],
) -> Table[IntPrWithCommits]:
    """Pull requests joined with their commits, reviews, comments and the next bug fix."""
    joined = (
        pull_requests.left_join(of_commits(links, commits), PULL_REQUEST, rname="commits_{name}")
        .left_join(of_reviews(reviews, pull_requests), PULL_REQUEST, rname="reviews_{name}")
        .left_join(of_comments(comments, pull_requests), PULL_REQUEST, rname="comments_{name}")
        .left_join(hotfixed(pull_requests), PULL_REQUEST, rname="hotfixed_{name}")
    )
    return (
        joined.mutate(
            linked_commit_count=_.linked_commit_count.fill_null(0),
            linked_ai_lines=_.linked_ai_lines.fill_null(0),
            linked_total_lines=_.linked_total_lines.fill_null(0),
            distinct_reviewers=ibis.ifelse(_.review_count > 0, _.known_reviewers, _.reviewer_count),
            review_count=_.review_count.fill_null(0),
            approval_count=_.approval_count.fill_null(0),
            change_request_count=_.change_request_count.fill_null(0),
            review_comment_count=_.comment_count.fill_null(0) + _.review_texts.fill_null(0),
            first_commit_at=_.first_commit_at.fill_null(_.earliest_commit_at),
            first_review_at=_.first_review_at.fill_null(_.earliest_review_at),
        )
        .mutate(
            **cycle_times(_.created_at, _.first_commit_at, _.first_review_at, _.merged_at),
            final_ai_ratio=_.ai_ratio.fill_null(ratio(_.linked_ai_lines, _.linked_total_lines)),
            iterations=ibis.ifelse(_.review_count > 0, 1 + _.change_request_count, 0),
            review_density=ratio(_.review_comment_count, _.total_loc),
            has_hotfix_followup=_.is_hotfixed.fill_null(False),
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
