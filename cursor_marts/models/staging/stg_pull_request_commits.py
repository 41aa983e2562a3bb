"""Which commits belong to which pull request."""

from __future__ import annotations

from cursor_marts.contracts import Contract, Field, Rows, Table, data_test
from cursor_marts.graph import model
from cursor_marts.models.definitions import key_known
from cursor_marts.models.staging.stg_commits import StgCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.raw import RawPullRequestCommits


class StgPullRequestCommits(Contract):
    """One row per commit of a pull request."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request's number.")
    commit_hash: str = Field("The hash of a commit in it.")

    @data_test("warn")
    def pull_request_exists(cls, links: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """A commit is given to a pull request that was extracted."""
        return links.anti_join(pull_requests, ["repo_name", "pr_number"])

    @data_test("warn")
    def commit_exists(cls, links: Rows, commits: Table[StgCommits]) -> Rows:
        """A pull request's commit was extracted: outside the window it is not."""
        return links.anti_join(commits, "commit_hash")

    class Config:
        unique = ["repo_name", "pr_number", "commit_hash"]


@model
def stg_pull_request_commits(
    pull_request_commits: Table[RawPullRequestCommits],
) -> Table[StgPullRequestCommits]:
    """Each link once."""
    key = ["repo_name", "pr_number", "commit_hash"]
    return key_known(pull_request_commits, *key).select(key).distinct()
