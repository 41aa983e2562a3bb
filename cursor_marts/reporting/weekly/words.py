"""Formats of numbers and days on the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

UNKNOWN = "–"
APART = "\u00a0"  # a no-break space


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands separators; a dash for None."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}"


def hours(value: float | None) -> str:
    """Return hours with one decimal below ten."""
    return UNKNOWN if value is None else f"{value:,.{1 if 0 < value < 9.95 else 0}f}{APART}h"


def percent(value: float | None) -> str:
    """Return a share of 0.0 to 1.0 in percent, with one decimal below ten."""
    if value is None:
        return UNKNOWN
    return f"{value * 100:.{1 if 0 < value < 0.0995 else 0}f}{APART}%"


def rounds(value: float | None) -> str:
    """Return a mean number of rounds."""
    return number(value, 2)


def day(value: date) -> str:
    """Return a day as in `16 Nov`."""
    return f"{value.day} {value:%b}"


def plural(count: float, one: str, many: str = "") -> str:
    """Return `1 revert`, `3 reverts`."""
    return f"{count:,.0f} {one if count == 1 else many or one + 's'}"


def cell(value: Any) -> str:
    """Return any value of a mart as the text of a cell; times to the minute."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 1 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
