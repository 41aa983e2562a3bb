"""Links from pull requests to commits of the AI source: by hash, by number, by author date.

A rebase or an amend changes the hash of a commit and keeps its author date and message. A listed
commit whose hash the AI source does not know is therefore matched by these two.
"""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import Contract, Count, Field, Rows, Table, Timestamp, columns_of
from cursor_marts.graph import model
from cursor_marts.models.definitions import has_text
from cursor_marts.models.staging.stg_commits import StgCommits
from cursor_marts.models.staging.stg_pull_request_commits import StgPullRequestCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

PULL_REQUEST = ["repo_name", "pr_number"]
#: The columns that a rewritten commit shares with the original: the author date in seconds, and the
#: subject.
SAME_COMMIT = ["second", "subject"]
FACTS = ("commit_hash", "ai_lines_added", "total_lines_added", "committed_at")


class IntLinkedCommits(Contract):
    """One row per pull request and linked commit of the AI source."""

    repo_name: str = Field("Owner and name of the pull request's repository.")
    pr_number: int = Field("The pull request's number.")
    commit_hash: str = Field("The commit's hash, as the AI source knows it.")
    is_rewritten: bool = Field("Whether it was matched by author date and subject only.")
    ai_lines_added: int = Count("Lines that AI added in it.", unit="lines")
    total_lines_added: int = Count("Lines added in it.", unit="lines")
    committed_at: Timestamp = Field("When it was committed.", nullable=True)

    class Config:
        unique = ["repo_name", "pr_number", "commit_hash"]


@model
def int_linked_commits(
    pull_requests: Table[StgPullRequests],
    links: Table[StgPullRequestCommits],
    commits: Table[StgCommits],
) -> Table[IntLinkedCommits]:
    """Commits linked by hash or by number, each once, then rewritten commits."""
    places = pull_requests.select(*PULL_REQUEST, "head_repo_name")
    listed = links.join(places, PULL_REQUEST)
    known = by_hash(listed, commits).union(by_number(places, commits))
    return (
        known.mutate(is_rewritten=False)
        .union(rewritten(listed, commits, known).mutate(is_rewritten=True))
        .select(columns_of(IntLinkedCommits))
    )


def by_hash(listed: Rows, commits: Rows) -> Rows:
    """Return the commits whose hash a pull request lists: of its repository or fork, or of none."""
    of_link = listed.select(
        "commit_hash", "pr_number", "head_repo_name", link_repo_name=listed.repo_name
    )
    found = commits.join(of_link, "commit_hash")
    own = _.repo_name == _.link_repo_name
    # `by_number` returns the commits that name this pull request themselves.
    by_number_too = (own & (_.pull_request_number == _.pr_number)).fill_null(False)
    theirs = _.repo_name.isnull() | own | (_.repo_name == _.head_repo_name).fill_null(False)
    return _linked(found.filter(theirs & ~by_number_too), repo_name=_.link_repo_name)


def by_number(places: Rows, commits: Rows) -> Rows:
    """Return the commits that name the number of a pull request in their repository."""
    numbered = commits.filter(_.pull_request_number.notnull())
    same = [
        numbered.repo_name == places.repo_name,
        numbered.pull_request_number == places.pr_number,
    ]
    return _linked(numbered.join(places.drop("head_repo_name"), same), repo_name=_.repo_name)


def rewritten(listed: Rows, commits: Rows, known: Rows) -> Rows:
    """Return for each listed commit with an unknown hash the latest commit that it became."""
    lost = listed.anti_join(commits, "commit_hash").filter(has_text(_.subject))
    lost = lost.mutate(second=_.authored_at.truncate("s"))
    at_home = lost.select(*PULL_REQUEST, *SAME_COMMIT, commit_repo_name=lost.repo_name)
    in_fork = lost.select(*PULL_REQUEST, *SAME_COMMIT, commit_repo_name=lost.head_repo_name)
    wanted = at_home.union(in_fork.cast(at_home.schema()), distinct=True)
    dated = commits.mutate(second=_.committed_at.truncate("s")).rename(commit_repo_name="repo_name")
    found = dated.join(wanted, ["commit_repo_name", *SAME_COMMIT])
    new = found.anti_join(known, [*PULL_REQUEST, "commit_hash"])
    latest_first = [_.created_at.desc(nulls_first=False), _.commit_hash]
    rank = ibis.row_number().over(group_by=[*PULL_REQUEST, *SAME_COMMIT], order_by=latest_first)
    return _linked(new.filter(rank == 0), repo_name=_.repo_name)


def _linked(found: Rows, repo_name: ibis.Deferred) -> Rows:
    """Return links in the same schema: Ibis calls each column of a join nullable."""
    rows = found.select(*FACTS, repo_name=repo_name, pr_number=_.pr_number)
    shape = {name: rows.schema()[name].copy(nullable=True) for name in rows.columns}
    return rows.cast(shape)
