"""The pull requests that the marts count, and the data tests that none is missing."""

from __future__ import annotations

from collections.abc import Sequence

from ibis import Value, _

from cursor_marts.contracts import Contract, Date, Field, Rows, Table, data_test
from cursor_marts.models.definitions import week_of
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits
from cursor_marts.models.people import BOT
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

BY_REPOSITORY = ["week", "repo_name"]


def merged_only(pull_requests: Rows) -> Rows:
    """Return the pull requests of people and agents that have a merge time."""
    return pull_requests.filter(_.merged_at.notnull(), _.author_kind != BOT)


def unreconciled(mart_total: Value, other_total: Value) -> Rows:
    """Return one row with both totals if they differ, none if they agree."""
    ours = mart_total.fill_null(0).name("mart_total").as_table()
    theirs = other_total.fill_null(0).name("other_total").as_table()
    return ours.cross_join(theirs).filter(_.mart_total != _.other_total)


def miscounted(mart: Rows, column: str, pull_requests: Rows, key: Sequence[str]) -> Rows:
    """Return the groups whose `column` is not their number of merged pull requests."""
    counted = (
        merged_only(pull_requests)
        .mutate(week=week_of(_.merged_at))
        .group_by(key)
        .agg(merged=_.count())
    )
    claimed = mart.select(*key, claimed=column)
    return counted.outer_join(claimed, list(key)).filter(
        _.merged.fill_null(0) != _.claimed.fill_null(0)
    )


class ByRepository(Contract):
    """The key of a mart by week and repository, and the tests of its total_prs."""

    week: Date = Field("Monday of the week of the merge (UTC).")
    repo_name: str = Field("Owner and name of the repository.")

    @data_test()
    def counts_every_merge(cls, mart: Rows, pull_requests: Table[IntPrWithCommits]) -> Rows:
        """Per week and repository, total_prs is the number of merges, without bots'."""
        return miscounted(mart, "total_prs", pull_requests, BY_REPOSITORY)

    @data_test()
    def total_prs_reconcile(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The sum of total_prs is the number of merged pull requests in staging, without bots'."""
        return unreconciled(mart.total_prs.sum(), merged_only(pull_requests).count())
