"""Definitions that several models share, each a small function of columns."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.models.reference import UNKNOWN_BAND, Band, current

MICROSECONDS_PER_HOUR = 3_600_000_000
A_MONDAY = ibis.date("1970-01-05")


def microseconds_between(later: ir.Column, earlier: ir.Column) -> ir.Column:
    """Return the whole microseconds from `earlier` to `later`; NULL if either is NULL."""
    return later.delta(earlier, unit="microsecond")


def hours_between(later: ir.Column, earlier: ir.Column) -> ir.Column:
    """Return the hours from `earlier` to `later`, at least 0; NULL if either is NULL."""
    return ratio(microseconds_between(later, earlier).clip(lower=0), MICROSECONDS_PER_HOUR)


def week_of(moment: ir.Column) -> ir.Column:
    """Return the Monday on or before `moment`, for any week start of the session."""
    day = moment.date()
    days_since_monday = (day.delta(A_MONDAY, unit="day") % 7 + 7) % 7
    return day - days_since_monday.as_interval("D")


def has_text(text: ir.Column) -> ir.Column:
    """Return whether a text contains more than whitespace; never NULL."""
    return (text.strip() != "").fill_null(False)


def matches(text: ir.Column, pattern: str) -> ir.Column:
    """Return whether a pattern matches a part of a text, across line ends; never NULL.

    On Snowflake `re_search` does not match across line ends, and group 0 may return the first
    group. Therefore the whole pattern is group 1.
    """
    return text.re_extract(f"({pattern})", 1).nullif("").notnull()


def mean(count: ir.Column, where: ir.Column | None = None) -> ir.Column:
    """Return the mean of an integer column; the cast keeps all decimals on every engine."""
    return count.cast("float64").mean(where=where)


def share(condition: ir.Column) -> ir.Column:
    """Return the share of rows for which `condition` is true, 0.0 to 1.0."""
    return mean(ibis.ifelse(condition, 1, 0))


def ratio(part: ir.Column, whole: ir.Column | int) -> ir.Column:
    """Return part / whole as a float; NULL where the whole is 0 or unknown."""
    divisor = whole if isinstance(whole, int) else whole.nullif(0)
    return part.cast("float64") / divisor


def ai_usage_band(ai_ratio: ir.Column) -> ir.Column:
    """Return the name of the band that contains a ratio; 'unknown' where the ratio is NULL."""
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
    return ibis.and_(value.notnull(), *bounds)
