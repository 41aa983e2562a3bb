"""Speed, review effort and quality by week and band of AI use."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Date, Field, Rows, Table, data_test
from cursor_marts.graph import model
from cursor_marts.models.definitions import week_of
from cursor_marts.models.intermediate.int_pr_with_commits import BAND, IntPrWithCommits
from cursor_marts.models.marts.ai_impact import AiImpact, measures
from cursor_marts.models.marts.merged import merged_only, miscounted

BY_BAND = ["week", "ai_usage_band"]


class ByBand(Contract):
    """The key of the mart."""

    week: Date = Field("Monday of the week of the merge (UTC).")
    ai_usage_band: str = Field(BAND)


class MartAiImpact(AiImpact, ByBand):
    """One row per week and band with at least one merged pull request."""

    @data_test()
    def counts_every_merge(cls, mart: Rows, pull_requests: Table[IntPrWithCommits]) -> Rows:
        """Per week and band, pr_count is the number of merged pull requests, without bots'."""
        return miscounted(mart, "pr_count", pull_requests, BY_BAND)

    class Config:
        unique = BY_BAND


@model
def mart_ai_impact(pull_requests: Table[IntPrWithCommits]) -> Table[MartAiImpact]:
    """The measures of the merged pull requests in each band of AI use."""
    merged = merged_only(pull_requests)
    by_band = merged.group_by(week=week_of(_.merged_at), ai_usage_band="ai_usage_band")
    return by_band.agg(**measures())
