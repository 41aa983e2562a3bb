"""Commits, with their lines by origin."""

from __future__ import annotations

from ibis import Deferred, _

from cursor_marts.contracts import (
    Contract,
    Count,
    Field,
    Rows,
    Table,
    Timestamp,
    Truth,
    columns_of,
    data_test,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.staging.cleaning import (
    clean_email,
    cleaned,
    first_line,
    key_known,
    latest_of,
)
from cursor_marts.models.staging.stg_repos import StgRepos
from cursor_marts.raw import RawCommits, RawExtractions, RawRepos

_BY_ORIGIN = (
    "tab_lines_added",
    "tab_lines_deleted",
    "composer_lines_added",
    "composer_lines_deleted",
    "non_ai_lines_added",
    "non_ai_lines_deleted",
)


def _lines(description: str) -> int:
    return Count(description, unit="lines")


class StgCommits(Contract):
    """One row per commit: its last version."""

    commit_hash: str = Field("The commit's hash.")
    user_id: str = Field("The author's id at the source.", nullable=True)
    user_email: str = Field("The author's email, lower case.", nullable=True)
    repo_name: str = Field("Owner and name of the repository.", nullable=True)
    branch_name: str = Field("The branch of the commit.", nullable=True)
    is_primary_branch: bool = Field("Whether this is the default branch.", nullable=True)
    tab_lines_added: int = _lines("Lines added by Tab.")
    tab_lines_deleted: int = _lines("Lines deleted by Tab.")
    composer_lines_added: int = _lines("Lines added by Composer.")
    composer_lines_deleted: int = _lines("Lines deleted by Composer.")
    non_ai_lines_added: int = _lines("Lines added by hand.")
    non_ai_lines_deleted: int = _lines("Lines deleted by hand.")
    ai_lines_added: int = _lines("Lines added by AI: Tab and Composer.")
    ai_lines_deleted: int = _lines("Lines deleted by AI: Tab and Composer.")
    total_lines_added: int = _lines("Lines added: the source's count, else the sum by origin.")
    total_lines_deleted: int = _lines("Lines deleted: the source's count, else the sum by origin.")
    pull_request_number: int = Field(
        "The number of its pull request, where the source knows it.", nullable=True
    )
    committed_at: Timestamp = Field("When it was committed.", nullable=True)
    created_at: Timestamp = Field("When this version of the record was created.", nullable=True)
    commit_source: str = Field("Where it was created: ide, cli or cloud.", nullable=True)
    subject: str = Field("The first line of its message.", nullable=True)

    @row_rule("warn")
    def ai_lines_within_total(cls, rows: Rows) -> Truth:
        """AI lines are at most all lines (a source may count the two differently)."""
        return rows.ai_lines_added <= rows.total_lines_added

    @data_test("warn")
    def repository_exists(cls, commits: Rows, repos: Table[StgRepos]) -> Rows:
        """A commit's repository, where it names one, is among the repositories."""
        return commits.filter(_.repo_name.notnull()).anti_join(repos, "repo_name")

    class Config:
        unique = ["commit_hash"]


@model
def stg_commits(
    commits: Table[RawCommits], repos: Table[RawRepos], extractions: Table[RawExtractions]
) -> Table[StgCommits]:
    """The last version of each commit; a count of lines that the source omits is 0."""
    rows = cleaned(key_known(commits, "commit_hash"), repos, extractions)
    return (
        latest_of(rows, ["commit_hash"], at="created_at", columns=columns_of(RawCommits))
        .mutate(
            user_email=clean_email(_.user_email),
            commit_source=_.commit_source.strip().lower(),
            subject=first_line(_.message),
            **{column: _[column].fill_null(0) for column in _BY_ORIGIN},
        )
        .mutate(
            ai_lines_added=_.tab_lines_added + _.composer_lines_added,
            ai_lines_deleted=_.tab_lines_deleted + _.composer_lines_deleted,
        )
        .mutate(**_total_lines())
        .rename(committed_at="commit_ts")
        .select(columns_of(StgCommits))
    )


def _total_lines() -> dict[str, Deferred]:
    """Return the source's counts of all lines, or the sums by origin where it has none."""
    return {
        "total_lines_added": _.total_lines_added.fill_null(_.ai_lines_added + _.non_ai_lines_added),
        "total_lines_deleted": _.total_lines_deleted.fill_null(
            _.ai_lines_deleted + _.non_ai_lines_deleted
        ),
    }
