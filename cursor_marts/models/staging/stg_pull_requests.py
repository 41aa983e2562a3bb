"""Pull requests."""

from __future__ import annotations

import ibis
from ibis import Deferred, _

from cursor_marts.contracts import (
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
from cursor_marts.models.durations import WithCycleTimes, cycle_times, opened_at
from cursor_marts.models.people import KIND_SAYS, kind_of, normalized_name
from cursor_marts.models.reference import KINDS, RULES
from cursor_marts.models.revert_words import declares_revert, revert_text
from cursor_marts.models.staging.bug_fixes import bug_fix_rule
from cursor_marts.models.staging.cleaning import (
    cleaned,
    key_known,
    latest_of,
    spelled_as_in,
)
from cursor_marts.models.staging.stg_repos import StgRepos
from cursor_marts.raw import PULL_REQUEST_STATES, RawExtractions, RawPullRequests, RawRepos


class StgPullRequests(WithCycleTimes):
    """One row per pull request: repository and number."""

    pr_number: int = Field("The number, unique in its repository.")
    repo_name: str = Field("Owner and name of the repository.")
    title: str = Field("The title.", nullable=True)
    url: str = Field("Its page at the source.", nullable=True)
    author_email: str = Field("The author's email, lower case.", nullable=True)
    author_id: str = Field("The author's login or id, lower case.", nullable=True)
    author: str = Field("The author's email, else the login or id.", nullable=True)
    author_kind: str = Field(f"The author is {KIND_SAYS}.", isin=KINDS)
    head_repo_name: str = Field("The repository of its head branch.", nullable=True)
    head_branch: str = Field("Its head branch.", nullable=True)
    merge_commit_hash: str = Field("The hash of the merge commit, lower case.", nullable=True)
    revert_text: str = Field("Its body, if it contains the words of a revert.", nullable=True)
    state: str = Field("open, closed or merged.", isin=PULL_REQUEST_STATES)
    is_draft: bool = Field("Whether it is a draft now.", nullable=True)
    additions: int = Count("Lines added.", unit="lines", nullable=True)
    deletions: int = Count("Lines deleted.", unit="lines", nullable=True)
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files changed.", unit="files", nullable=True)
    commit_count: int = Count("Commits, by the source.", unit="commits", nullable=True)
    tab_lines: int = Count("Lines by Tab.", unit="lines", nullable=True)
    composer_lines: int = Count("Lines by Composer.", unit="lines", nullable=True)
    ai_ratio: float = Ratio("Share of lines by AI, by the source.")
    is_reverted: bool = Field(
        "Whether it was reverted later, by the source; NULL where unknown.", nullable=True
    )
    is_bug_fix: bool = Field("Whether it fixes a bug: by the source, else by the rules.")
    bug_fix_rule: str = Field(
        "The kind of rule that matches; NULL without one, or where the source decides.",
        nullable=True,
        isin=RULES,
    )
    reviewer_count: int = Count("Requested reviewers.", unit="people")
    created_at: Timestamp = Field("When it was created.", nullable=True)
    opened_at: Timestamp = Field(
        "When it was opened for review: its creation, or when a draft was ready.", nullable=True
    )
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    closed_at: Timestamp = Field("When it was closed.", nullable=True)
    first_commit_at: Timestamp = Field("Its first commit, by the source.", nullable=True)
    first_review_at: Timestamp = Field("Its first review, by the source.", nullable=True)
    last_commit_at: Timestamp = Field("Its last commit, by the source.", nullable=True)
    extraction_ended_at: Timestamp = Field("The end of the extraction.", nullable=True)
    coding_lead_time_hours: float = Hours("First commit to opening; 0 if it came after.")
    pickup_time_hours: float = Hours("Opening to first review; 0 if that came before.")
    review_lead_time_hours: float = Hours("First review, or opening if later, to merge.")
    total_cycle_time_hours: float = Hours("First commit, or opening if earlier, to merge.")

    @row_rule("warn")
    def merged_has_its_time(cls, rows: Rows) -> Truth:
        """A merged pull request has a merge time (no mart counts it without one)."""
        return (rows.state != "merged") | rows.merged_at.notnull()

    @data_test("warn")
    def repository_exists(cls, pull_requests: Rows, repos: Table[StgRepos]) -> Rows:
        """A pull request's repository is among the repositories."""
        return pull_requests.anti_join(repos, "repo_name")

    class Config:
        unique = ["repo_name", "pr_number"]


@model
def stg_pull_requests(
    pull_requests: Table[RawPullRequests],
    repos: Table[RawRepos],
    extractions: Table[RawExtractions],
) -> Table[StgPullRequests]:
    """Pull requests with one spelling of each name; those with a merge time are merged."""
    key = ["repo_name", "number"]
    rows = cleaned(key_known(pull_requests, *key), repos, extractions)
    rows = spelled_as_in(repos, rows, "head_repo_name")
    return (
        latest_of(rows, key, at="updated_at", columns=columns_of(RawPullRequests))
        .mutate(
            author_email=normalized_name(_.author_email),
            author_id=normalized_name(_.author_id),
            merge_commit_hash=_.merge_commit_hash.strip().lower(),
            revert_text=revert_text(_.body),
            state=_state(),
            total_loc=_.additions + _.deletions,
            is_reverted=_.was_reverted,
            reviewer_count=_.reviewers.length().fill_null(0),
            opened_at=opened_at(_.created_at, _.ready_at, _.merged_at),
            rule=bug_fix_rule(_.title, _.head_branch, _.labels),
        )
        .mutate(
            author=_.author_email.fill_null(_.author_id),
            author_kind=kind_of(_.author_type, _.author_id, _.author_email),
            bug_fix_rule=_bug_fix_rule(),
            **cycle_times(_.opened_at, _.first_commit_at, _.first_review_at, _.merged_at),
        )
        .mutate(is_bug_fix=_.is_bug_fix.fill_null(_.bug_fix_rule.notnull()))
        .rename(pr_number="number")
        .select(columns_of(StgPullRequests))
    )


def _state() -> Deferred:
    """Return open, closed or merged; a pull request with a merge time is always merged."""
    known = _.state.strip().lower()
    guessed = ibis.ifelse(_.closed_at.notnull(), "closed", "open")
    return ibis.cases(
        (_.merged_at.notnull(), "merged"),
        (known.isin(PULL_REQUEST_STATES), known),
        else_=guessed,
    )


def _bug_fix_rule() -> Deferred:
    """Return the rule that marks a bug fix; NULL for a revert, or where the source decides."""
    reverts = declares_revert(_.title, _.head_branch, _.revert_text)
    return ibis.ifelse(_.is_bug_fix.notnull() | reverts, None, _.rule)
