"""How large is what is merged: a mart of your own, by week, repository and size."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Count, Date, Field, Ratio, Table
from cursor_marts.graph import model
from cursor_marts.models.definitions import share, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits

from .sizes import Sizes


class MartSizes(Contract):
    """One row per week, repository and size with at least one merged pull request."""

    week: Date = Field("Monday of the week of the merge (UTC).")
    repo_name: str = Field("Owner and name of the repository.")
    size: str = Field("A size of sizes.csv, by lines added and deleted.")
    pull_requests: int = Count("Merged pull requests.", unit="pull requests")
    revert_rate: float = Ratio("Share that was reverted later.", nullable=False)

    class Config:
        unique = ["week", "repo_name", "size"]


@model
def mart_sizes(pull_requests: Table[IntPrWithCommits], sizes: Table[Sizes]) -> Table[MartSizes]:
    """Count merged pull requests by their size."""
    merged = pull_requests.filter(_.merged_at.notnull())
    fits = [
        merged.total_loc >= sizes.from_lines,
        sizes.below_lines.isnull() | (merged.total_loc < sizes.below_lines),
    ]
    sized = merged.join(sizes, fits)
    return sized.group_by(week=week_of(_.merged_at), repo_name="repo_name", size="size").agg(
        pull_requests=_.count(), revert_rate=share(_.is_reverted)
    )
