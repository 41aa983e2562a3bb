"""What all marts share: merged pull requests only, and every one of them counted."""

from __future__ import annotations

from collections.abc import Sequence

from ibis import Value, _

from cursor_marts.contracts import Rows
from cursor_marts.models.definitions import week_of


def merged_only(pull_requests: Rows) -> Rows:
    """Keep the pull requests that have a merge time."""
    return pull_requests.filter(_.merged_at.notnull())


def unreconciled(mart_total: Value, staging_total: Value) -> Rows:
    """Return one row with both totals if they differ, none if they agree."""
    ours = mart_total.fill_null(0).name("mart_total").as_table()
    theirs = staging_total.fill_null(0).name("staging_total").as_table()
    return ours.cross_join(theirs).filter(_.mart_total != _.staging_total)


def miscounted(mart: Rows, column: str, pull_requests: Rows, key: Sequence[str]) -> Rows:
    """Return the groups whose `column` is not the number of merged pull requests in them."""
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
