"""How complete the data of the other marts is: AI shares, commits and AI-tracked commits."""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import (
    Count,
    Field,
    Ratio,
    Rows,
    Table,
    Timestamp,
    Truth,
    row_rule,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import ratio, week_of
from cursor_marts.models.intermediate.int_linked_commits import IntLinkedCommits
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits
from cursor_marts.models.marts.merged import BY_REPOSITORY, ByRepository
from cursor_marts.models.people import BOT
from cursor_marts.models.staging.stg_commits import StgCommits
from cursor_marts.models.staging.stg_repos import StgRepos

#: The repository of commits whose source names none.
NO_REPOSITORY = "(unknown)"
_TRACKED = ("tracked_commits", "tracked_commits_in_prs")
#: 0 with the type of a count: Ibis infers int8 for a plain 0.
ZERO = ibis.literal(0, "int64")


class MartCoverage(ByRepository):
    """One row per week and repository with a merged pull request or an AI-tracked commit."""

    total_prs: int = Count("Merged pull requests of people and agents.", unit="pull requests")
    bot_prs: int = Count("Merged pull requests of bots.", unit="pull requests")
    ai_known_prs: int = Count("Of total_prs, those whose AI share is known.", unit="pull requests")
    pr_commits: int = Count(
        "Commits of total_prs: the source's count, else the number that it lists.", unit="commits"
    )
    linked_commits: int = Count("AI-tracked commits linked to total_prs.", unit="commits")
    rewritten_commits: int = Count(
        "Of these, matched by author date and subject: their hash has changed.", unit="commits"
    )
    linked_commit_share: float = Ratio("linked_commits / pr_commits, at most 1.")
    tracked_commits: int = Count("AI-tracked commits made in the week.", unit="commits")
    tracked_commits_in_prs: int = Count(
        "Of these, linked to any pull request, merged or not.", unit="commits"
    )

    known_until: Timestamp = Field(
        "When the last extraction began that read the repository; NULL if none lists it.",
        nullable=True,
    )
    week_is_over: bool = Field(
        "Whether the week had ended by then: if not, its numbers will still grow.", nullable=True
    )

    @row_rule()
    def parts_within_total(cls, rows: Rows) -> Truth:
        """No part is larger than its whole."""
        return (
            (rows.ai_known_prs <= rows.total_prs)
            & (rows.rewritten_commits <= rows.linked_commits)
            & (rows.tracked_commits_in_prs <= rows.tracked_commits)
        )

    class Config:
        unique = BY_REPOSITORY


@model
def mart_coverage(
    pull_requests: Table[IntPrWithCommits],
    commits: Table[StgCommits],
    linked_commits: Table[IntLinkedCommits],
    repos: Table[StgRepos],
) -> Table[MartCoverage]:
    """The counts of the merged pull requests and of the AI-tracked commits of each week."""
    merges = merge_counts(pull_requests)
    tracked = tracked_commit_counts(commits, linked_commits)
    counts = merges.union(tracked.cast(merges.schema()))
    names = [name for name in counts.columns if name not in BY_REPOSITORY]
    summed = (
        counts.group_by(BY_REPOSITORY)
        .agg(**{name: _[name].sum() for name in names})
        .mutate(linked_commit_share=ratio(_.linked_commits, _.pr_commits).clip(upper=1.0))
        .relocate("linked_commit_share", after="rewritten_commits")
    )
    known = repos.select("repo_name", "known_until")
    return (
        summed.left_join(known, "repo_name")
        .select(*summed.columns, "known_until")
        .mutate(week_is_over=week_of(_.known_until) > _.week)
    )


def merge_counts(pull_requests: Rows) -> Rows:
    """Return the counts of the pull requests merged in each week."""
    counted = _.author_kind != BOT
    commits = _.commit_count.fill_null(_.listed_commit_count)
    return (
        pull_requests.filter(_.merged_at.notnull())
        .group_by(week=week_of(_.merged_at), repo_name="repo_name")
        .agg(
            total_prs=counted.sum(),
            bot_prs=(~counted).sum(),
            ai_known_prs=(counted & _.final_ai_ratio.notnull()).sum(),
            pr_commits=commits.sum(where=counted).fill_null(0),
            linked_commits=_.linked_commit_count.sum(where=counted).fill_null(0),
            rewritten_commits=_.rewritten_commit_count.sum(where=counted).fill_null(0),
        )
        .mutate(**dict.fromkeys(_TRACKED, ZERO))
    )


def tracked_commit_counts(commits: Rows, linked_commits: Rows) -> Rows:
    """Return the counts of the AI-tracked commits of each week, in the same columns."""
    linked = linked_commits.select("commit_hash").distinct().mutate(is_linked=True)
    dated = commits.filter(_.committed_at.notnull()).left_join(linked, "commit_hash")
    none = ("total_prs", "bot_prs", "ai_known_prs", "pr_commits", "linked_commits")
    return (
        dated.group_by(week=week_of(_.committed_at), repo_name=_.repo_name.fill_null(NO_REPOSITORY))
        .agg(tracked_commits=_.count(), tracked_commits_in_prs=_.is_linked.notnull().sum())
        .mutate(**dict.fromkeys((*none, "rewritten_commits"), ZERO))
        .select(*BY_REPOSITORY, *none, "rewritten_commits", *_TRACKED)
    )
