"""The commits that the source lists for each pull request."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import (
    Contract,
    Field,
    Rows,
    Table,
    Timestamp,
    columns_of,
    data_test,
)
from cursor_marts.graph import model
from cursor_marts.models.revert_words import revert_text
from cursor_marts.models.staging.cleaning import cleaned, first_line, key_known, latest_of
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.raw import RawExtractions, RawPullRequestCommits, RawRepos


class StgPullRequestCommits(Contract):
    """One row per commit of a pull request."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    commit_hash: str = Field("The hash of the commit.")
    authored_at: Timestamp = Field(
        "The author date: a rebase or an amend changes the hash, not this.", nullable=True
    )
    subject: str = Field("The first line of its message.", nullable=True)
    revert_text: str = Field("Its message, if it contains the words of a revert.", nullable=True)

    @data_test("warn")
    def pull_request_exists(cls, links: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The pull request of a commit was extracted."""
        return links.anti_join(pull_requests, ["repo_name", "pr_number"])

    class Config:
        unique = ["repo_name", "pr_number", "commit_hash"]


@model
def stg_pull_request_commits(
    pull_request_commits: Table[RawPullRequestCommits],
    repos: Table[RawRepos],
    extractions: Table[RawExtractions],
) -> Table[StgPullRequestCommits]:
    """Each link once, with the author date and subject that identify a rewritten commit."""
    key = ["repo_name", "pr_number", "commit_hash"]
    rows = cleaned(key_known(pull_request_commits, *key), repos, extractions)
    latest = latest_of(rows, key, at="authored_at", columns=columns_of(RawPullRequestCommits))
    return latest.select(
        *key,
        "authored_at",
        subject=first_line(_.message),
        revert_text=revert_text(_.message),
    )
