"""Formats of numbers, durations and days on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

UNKNOWN = "–"
APART = "\u00a0"  # a no-break space
MINUS = "\u2212"
#: Below this, a change is called the same.
SAME = 0.005


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands separators; a dash for None."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}"


def mean_count(value: float) -> str:
    """Return a mean of counts: with one decimal unless that is 0, or the number is above 20."""
    return number(value, 0 if value >= 20 or round(value, 1) == round(value) else 1)


def duration(hours: float | None) -> str:
    """Return hours in the unit that people would use: minutes, hours, or days from two on."""
    if hours is None:
        return UNKNOWN
    if hours < 0.995:
        return f"{hours * 60:.0f}{APART}min"
    if hours < 9.95:
        return f"{hours:.1f}{APART}h"
    if hours < 47.5:
        return f"{hours:.0f}{APART}h"
    return f"{hours / 24:,.{1 if hours < 239 else 0}f}{APART}days"


def percent(value: float | None) -> str:
    """Return a share of 0.0 to 1.0 in percent, with one decimal below ten."""
    if value is None:
        return UNKNOWN
    return f"{value * 100:.{1 if 0 < value < 0.0995 else 0}f}%"


def signed(change: float) -> str:
    """Return a relative change in percent with its sign."""
    if abs(change) < SAME:
        return "0%"
    return f"{'+' if change > 0 else MINUS}{abs(change) * 100:,.0f}%"


def size_of(change: float) -> str:
    """Return the size of a relative change in percent, without its sign."""
    return f"{abs(change) * 100:,.0f}%"


def change(now: float | None, before: float | None) -> float | None:
    """Return the relative change; None if either is unknown, or there was nothing before."""
    return None if now is None or not before else now / before - 1


def times(change: float) -> float:
    """Return the size of a relative change, by which a half and a double are as large."""
    return abs(math.log1p(max(change, -1 + 1e-9)))


def day(value: date) -> str:
    """Return a day as in `16 Nov`."""
    return f"{value.day} {value:%b}"


def span(week: date) -> str:
    """Return the days of a week, as in `16–22 November 2026`."""
    end = week + timedelta(days=6)
    if week.month == end.month:
        return f"{week.day}–{end.day} {end:%B %Y}"
    if week.year == end.year:
        return f"{week.day} {week:%B} – {end.day} {end:%B %Y}"
    return f"{week.day} {week:%B %Y} – {end.day} {end:%B %Y}"


def plural(count: float, one: str, many: str = "") -> str:
    """Return `1 revert`, `3 reverts`."""
    return f"{count:,.0f} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
