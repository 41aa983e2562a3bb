"""Definitions that several models share, each a small function of columns."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.models.reference import UNKNOWN_BAND, Band, current

MICROSECONDS_PER_HOUR = 3_600_000_000
A_MONDAY = ibis.date("1970-01-05")


def microseconds_between(later: ir.Column, earlier: ir.Column) -> ir.Column:
    """Return whole microseconds from `earlier` to `later`: exact, and NULL if either is."""
    return later.delta(earlier, unit="microsecond")


def cycle_times(
    opened: ir.Column, first_commit: ir.Column, first_review: ir.Column, merged: ir.Column
) -> dict[str, ir.Column]:
    """Return the four cycle times of a pull request, in hours.

    A commit after the opening and a review before it count as at the opening, a review after the
    merge does not count; so the three parts add up to the total wherever all of them exist.
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


def week_of(moment: ir.Column) -> ir.Column:
    """Return the Monday on or before `moment`, whatever the session thinks a week starts with."""
    day = moment.date()
    days_since_monday = (day.delta(A_MONDAY, unit="day") % 7 + 7) % 7
    return day - days_since_monday.as_interval("D")


def clean_email(email: ir.Column) -> ir.Column:
    """Return an email as it is compared: lower case, no blanks around it."""
    return email.strip().lower()


def key_known(table: ir.Table, *key: str) -> ir.Table:
    """Leave out the rows whose key is NULL: nothing can be said of them."""
    return table.filter(*(table[column].notnull() for column in key))


def latest_of(table: ir.Table, key: list[str], at: str) -> ir.Table:
    """Keep one row a known key: the one with the latest `at`."""
    newest_first = ibis.row_number().over(group_by=key, order_by=_[at].desc(nulls_first=False))
    return key_known(table, *key).filter(newest_first == 0)


def mean(count: ir.Column, where: ir.Column | None = None) -> ir.Column:
    """Return the mean of a whole number as a float: some engines round it to a few decimals."""
    return count.cast("float64").mean(where=where)


def share(condition: ir.Column) -> ir.Column:
    """Return the share of rows for which `condition` is true, 0.0 to 1.0."""
    return mean(ibis.ifelse(condition, 1, 0))


def ratio(part: ir.Column, whole: ir.Column | int) -> ir.Column:
    """Return part / whole as a float; NULL where the whole is 0 or unknown."""
    divisor = whole if isinstance(whole, int) else whole.nullif(0)
    return part.cast("float64") / divisor


def ai_usage_band(ai_ratio: ir.Column) -> ir.Column:
    """Return the name of the band that a ratio lies in; 'unknown' where it is NULL."""
    return ibis.cases(
        *((_within(ai_ratio, band), band.name) for band in current().bands), else_=UNKNOWN_BAND
    )


def _within(value: ir.Column, band: Band) -> ir.Column:
    bounds = []
    if band.from_ratio is not None:
        low = band.from_ratio
        bounds.append(value >= low if band.from_inclusive else value > low)
    if band.to_ratio is not None:
        high = band.to_ratio
        bounds.append(value <= high if band.to_inclusive else value < high)
    return ibis.and_(*bounds)
