"""The raw tables: extraction writes them, loading loads them, and staging reads them.

Names are the API's fields in snake_case. A NOT NULL column is required: a record without it is
rejected, and a raw table without it is refused. Every other column, and every table that is not in
`REQUIRED`, may be missing if another tool has loaded the data.
"""

from __future__ import annotations

from cursor_marts.contracts import (
    Contract,
    Count,
    Field,
    Rows,
    Table,
    TextList,
    Timestamp,
    Truth,
    data_test,
    row_rule,
)
from cursor_marts.raw.columns import extra_fields, month_of_file, time_of_extraction
from cursor_marts.raw.columns import snake_case as snake_case  # noqa: PLC0414 (a public name)

PULL_REQUEST_STATES = ["open", "closed", "merged"]


class RawTable(Contract):
    """A table as the source sent it: further columns are allowed, and its tests only warn."""

    class Config:
        strict = False


class RawTableWithTimes(RawTable):
    """A raw table with times: those that cannot be right are NULL from staging on."""

    @data_test("warn")
    def times_are_possible(cls, rows: Rows, extractions: Table[RawExtractions]) -> Rows:
        """No time is before 1990, or more than a day after the end of the extraction."""
        from cursor_marts.raw.times import with_impossible_times  # which needs Ibis

        return with_impossible_times(rows, extractions)


class RawRepos(RawTable):
    """One row per repository."""

    full_name: str = Field("Owner and name, as in `acme/web-app`.")
    default_branch: str = Field("The branch that work is merged into.", nullable=True)
    known_until: Timestamp = Field(
        "When the last run began that read it; NULL if that is the loaded run.", nullable=True
    )
    extra: str = extra_fields()
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "repos"
        unique = ["full_name"]


class RawCommits(RawTableWithTimes):
    """One row per version of a commit: after an amend the source sends the hash again."""

    commit_hash: str = Field("The commit's hash; comes again, with a later created_at, if amended.")
    user_id: str = Field("The author's id at the source.", nullable=True)
    user_email: str = Field("The author's email, as sent.", nullable=True)
    user_name: str = Field("The author's name.", nullable=True)
    repo_name: str = Field("Owner and name of the repository.", nullable=True)
    branch_name: str = Field("The branch of the commit.", nullable=True)
    is_primary_branch: bool = Field("Whether this is the default branch.", nullable=True)
    total_lines_added: int = Field("Lines added.", unit="lines", nullable=True)
    total_lines_deleted: int = Field("Lines deleted.", unit="lines", nullable=True)
    tab_lines_added: int = Field("Lines added by Tab.", unit="lines", nullable=True)
    tab_lines_deleted: int = Field("Lines deleted by Tab.", unit="lines", nullable=True)
    composer_lines_added: int = Field("Lines added by Composer.", unit="lines", nullable=True)
    composer_lines_deleted: int = Field("Lines deleted by Composer.", unit="lines", nullable=True)
    non_ai_lines_added: int = Field("Lines added by hand.", unit="lines", nullable=True)
    non_ai_lines_deleted: int = Field("Lines deleted by hand.", unit="lines", nullable=True)
    message: str = Field("The commit message.", nullable=True)
    commit_source: str = Field("Where it was created: ide, cli or cloud.", nullable=True)
    commit_ts: Timestamp = Field("When it was committed.", nullable=True)
    created_at: Timestamp = Field("When this version of the record was created.", nullable=True)
    pull_request_number: int = Field(
        "The number of its pull request, where the source knows it.", nullable=True
    )
    extra: str = extra_fields()
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "commits"


class RawPullRequests(RawTableWithTimes):
    """One row per pull request."""

    id: int = Field("The source's own id.", nullable=True)
    number: int = Field("The number, unique in its repository.")
    repo_name: str = Field("Owner and name of the repository.")
    title: str = Field("The title.", nullable=True)
    body: str = Field("The description.", nullable=True)
    state: str = Field("The state, as sent.", nullable=True)
    author_id: str = Field("The author's login or id at the source.", nullable=True)
    author_email: str = Field("The author's email, as sent.", nullable=True)
    author_name: str = Field("The author's name.", nullable=True)
    author_type: str = Field("The kind of account, as in User, Bot or Mannequin.", nullable=True)
    is_draft: bool = Field("Whether it is a draft now.", nullable=True)
    ready_at: Timestamp = Field(
        "When it was first ready for review, if it was created as a draft.", nullable=True
    )
    merge_commit_hash: str = Field("The hash of the merge commit.", nullable=True)
    head_repo_name: str = Field(
        "The repository of its head branch: not repo_name for a fork.", nullable=True
    )
    url: str = Field("Its page at the source.", nullable=True)
    base_branch: str = Field("The branch that it is merged into.", nullable=True)
    head_branch: str = Field("Its head branch.", nullable=True)
    additions: int = Field("Lines added.", unit="lines", nullable=True)
    deletions: int = Field("Lines deleted.", unit="lines", nullable=True)
    changed_files: int = Field("Files changed.", unit="files", nullable=True)
    commit_count: int = Field("Commits.", unit="commits", nullable=True)
    tab_lines: int = Field("Lines by Tab.", unit="lines", nullable=True)
    composer_lines: int = Field("Lines by Composer.", unit="lines", nullable=True)
    ai_ratio: float = Field("Share of lines by AI.", unit="ratio 0–1", nullable=True)
    was_reverted: bool = Field("Whether it was reverted later.", nullable=True)
    is_bug_fix: bool = Field("Whether it fixes a bug.", nullable=True)
    reviewers: TextList = Field("The requested reviewers.", nullable=True)
    labels: TextList = Field("Its labels.", nullable=True)
    created_at: Timestamp = Field("When it was created.")
    updated_at: Timestamp = Field("When it last changed.", nullable=True)
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    closed_at: Timestamp = Field("When it was closed.", nullable=True)
    first_commit_at: Timestamp = Field("When its first commit was created.", nullable=True)
    first_review_at: Timestamp = Field("When it was first reviewed.", nullable=True)
    last_commit_at: Timestamp = Field("When its last commit was created.", nullable=True)
    extra: str = extra_fields()
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    @row_rule("warn")
    def state_is_known(cls, rows: Rows) -> Truth:
        """The source calls a pull request open, closed or merged."""
        return rows.state.lower().isin(PULL_REQUEST_STATES)

    class Config:
        name = "pull_requests"


class RawPullRequestCommits(RawTableWithTimes):
    """One row per commit of a pull request: the source's `commit_ids`."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    commit_hash: str = Field("The hash of the commit.")
    authored_at: Timestamp = Field(
        "The author date: a rebase or an amend changes the hash, not this.", nullable=True
    )
    committed_at: Timestamp = Field("The committer date: when it got this hash.", nullable=True)
    author_email: str = Field("The commit author's email, as sent.", nullable=True)
    author_id: str = Field("The commit author's login at the source.", nullable=True)
    message: str = Field("The commit message.", nullable=True)
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "pull_request_commits"


class RawReviews(RawTableWithTimes):
    """One row per review of a pull request."""

    id: int = Field("The review's id.")
    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    author_id: str = Field("The reviewer's email or login.", aliases=("reviewer",), nullable=True)
    author_type: str = Field("The kind of account, as in User, Bot or Mannequin.", nullable=True)
    state: str = Field("The state, as sent.", nullable=True)
    previous_state: str = Field(
        "The state of a dismissed review before its dismissal.", nullable=True
    )
    body: str = Field("The text of the review.", nullable=True)
    created_at: Timestamp = Field(
        "When it was submitted.", aliases=("submitted_at",), nullable=True
    )
    extra: str = extra_fields()
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "reviews"


class RawReviewComments(RawTableWithTimes):
    """One row per comment in a review: the source's nested `comments`."""

    id: int = Field("The comment's id.")
    review_id: int = Field("The id of its review; old comments have none.", nullable=True)
    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    author_id: str = Field("The author's email or login.", nullable=True)
    author_type: str = Field("The kind of account, as in User, Bot or Mannequin.", nullable=True)
    in_reply_to_id: int = Field("The id of the comment that it replies to.", nullable=True)
    body: str = Field("The text of the comment.", nullable=True)
    path: str = Field("The file that it is about.", nullable=True)
    line: int = Field("The line that it is about.", nullable=True)
    state: str = Field("The state of its review.", nullable=True)
    created_at: Timestamp = Field("When it was written.", nullable=True)
    extra: str = extra_fields()
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "review_comments"


class RawRejects(RawTable):
    """One row per rejected record, with the whole record."""

    resource: str = Field("The raw table that it was meant for.")
    reason: str = Field("What is wrong with it.")
    record: str = Field("The record as JSON.")
    extracted_at: Timestamp = time_of_extraction()
    landed_month: str = month_of_file()

    class Config:
        name = "rejects"


class RawExtractions(RawTable):
    """One row per resource and run: the records that the source claimed and those that arrived."""

    run_id: str = Field("The run; its raw tables are those of the last one.")
    resource: str = Field("The raw table.")
    source: str = Field("The address of the source.")
    invented: bool = Field("Whether a simulator generated the data.")
    is_current: bool = Field("Whether the raw tables are of this run.", nullable=True)
    window_start: str = Field("The first day of the window (UTC).")
    window_end: str = Field("The last day of the window (UTC), whole.")
    started_at: Timestamp = Field("When the extraction began.")
    finished_at: Timestamp = Field("When it ended.")
    expected: int = Count("Records that the source claims to have.", unit="records", nullable=True)
    received: int = Count("Distinct records that arrived.", unit="records")
    outside_window: int = Count(
        "Of these, dropped since their pull request is outside the window.", unit="records"
    )
    rejected: int = Count("Of these, records that broke the contract.", unit="records")
    duplicates: int = Count("Repeated records, which were dropped.", unit="records")
    requests: int = Count("HTTP requests sent, retries included.", unit="requests")
    retries: int = Count("Requests that were sent again after a fault.", unit="requests")
    waited_seconds: float = Field("Waits for the rate limit and between attempts.", unit="s", ge=0)
    bytes: int = Count("Bytes of the responses.", unit="bytes")
    unreadable: str = Field(
        "The repositories and pull requests that could not be read, a line each, with the status "
        "of the response and the next step.",
        nullable=True,
    )

    class Config:
        name = "extractions"
        unique = ["run_id", "resource"]


RAW_TABLES: dict[str, type[Contract]] = {
    contract.Config.name: contract
    for contract in (
        RawRepos,
        RawCommits,
        RawPullRequests,
        RawPullRequestCommits,
        RawReviews,
        RawReviewComments,
        RawRejects,
        RawExtractions,
    )
}

#: Without these there is nothing to build from; the others may be missing and count as empty.
REQUIRED = frozenset({"repos", "commits", "pull_requests", "reviews"})
