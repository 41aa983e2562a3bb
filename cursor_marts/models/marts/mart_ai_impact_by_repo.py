"""Speed, review effort and quality by band of AI use within each repository."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Date, Field, Rows, Table, data_test
from cursor_marts.graph import model
from cursor_marts.models.definitions import week_of
from cursor_marts.models.intermediate.int_pr_with_commits import BAND, IntPrWithCommits
from cursor_marts.models.marts.ai_impact import AiImpact, measures
from cursor_marts.models.marts.merged import merged_only, miscounted

BY_REPO_AND_BAND = ["week", "repo_name", "ai_usage_band"]


class ByRepoAndBand(Contract):
    """The key of the mart."""

    week: Date = Field("Monday of the week of the merge (UTC).")
    repo_name: str = Field("Owner and name of the repository.")
    ai_usage_band: str = Field(BAND)


class MartAiImpactByRepo(AiImpact, ByRepoAndBand):
    """One row per week, repository and band with at least one merged pull request."""

    @data_test()
    def counts_every_merge(cls, mart: Rows, pull_requests: Table[IntPrWithCommits]) -> Rows:
        """Per week, repository and band, pr_count is the number of merges, without bots'."""
        return miscounted(mart, "pr_count", pull_requests, BY_REPO_AND_BAND)

    class Config:
        unique = BY_REPO_AND_BAND


@model
def mart_ai_impact_by_repo(pull_requests: Table[IntPrWithCommits]) -> Table[MartAiImpactByRepo]:
    """The measures of each band within one repository, so that similar work is compared."""
    by_repo_and_band = merged_only(pull_requests).group_by(
        week=week_of(_.merged_at), repo_name="repo_name", ai_usage_band="ai_usage_band"
    )
    return by_repo_and_band.agg(**measures())
