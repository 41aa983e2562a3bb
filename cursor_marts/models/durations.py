"""The four cycle times of a pull request, and the data tests of each table that has them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.contracts import Contract, Rows, Truth, row_rule
from cursor_marts.models.definitions import MICROSECONDS_PER_HOUR, microseconds_between, ratio


def opened_at(created: ir.Column, ready: ir.Column, merged: ir.Column) -> ir.Column:
    """Return when a pull request was opened for review: its creation, or when a draft was ready.

    A `ready` time before the creation or after the merge is ignored.
    """
    counts = (ready > created) & (merged.isnull() | (ready <= merged))
    return ibis.ifelse(counts.fill_null(False), ready, created)


def cycle_times(
    opened: ir.Column, first_commit: ir.Column, first_review: ir.Column, merged: ir.Column
) -> dict[str, ir.Column]:
    """Return the four cycle times of a pull request, in hours.

    A commit after the opening, or a review before it, counts at the time of the opening. A review
    after the merge does not count. Thus the three parts, where all exist, add up to the total.
    """
    in_time = merged.isnull() | (first_review <= merged)
    open_to_merge = microseconds_between(merged, opened)
    coding = microseconds_between(opened, first_commit).clip(lower=0)
    pickup = ibis.ifelse(in_time, microseconds_between(first_review, opened).clip(lower=0), None)
    parts = {
        "coding_lead_time_hours": coding,
        "pickup_time_hours": pickup,
        "review_lead_time_hours": open_to_merge - pickup,
        "total_cycle_time_hours": open_to_merge + coding.fill_null(0),
    }
    return {name: ratio(part, MICROSECONDS_PER_HOUR) for name, part in parts.items()}


class WithCycleTimes(Contract):
    """The data tests of a table that has the four cycle times and the times that they come from."""

    @row_rule()
    def merged_after_opening(cls, rows: Rows) -> Truth:
        """No pull request is merged before it is opened."""
        return rows.merged_at >= rows.opened_at

    @row_rule()
    def parts_add_up(cls, rows: Rows) -> Truth:
        """Coding, pickup and review lead time add up to the total, to the microsecond."""
        parts = rows.coding_lead_time_hours + rows.pickup_time_hours + rows.review_lead_time_hours
        return (parts - rows.total_cycle_time_hours).abs() < 1 / MICROSECONDS_PER_HOUR

    @row_rule("warn")
    def first_commit_not_after_opening(cls, rows: Rows) -> Truth:
        """The first commit is not after the opening (a later one counts at the opening)."""
        return rows.first_commit_at <= rows.opened_at

    @row_rule("warn")
    def first_review_not_before_opening(cls, rows: Rows) -> Truth:
        """The first review is not before the opening (an earlier one counts at the opening)."""
        return rows.first_review_at >= rows.opened_at

    @row_rule("warn")
    def first_review_not_after_merge(cls, rows: Rows) -> Truth:
        """The first review is not after the merge (a later one does not count)."""
        return rows.first_review_at <= rows.merged_at
