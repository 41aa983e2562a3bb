"""Reference data: small tables that people set and no source sends.

The files beside this module are the package's own. A team's own folder may have files of the same
names: their lines are added, or replace the lines with the same key.
"""

from cursor_marts.models.reference.bands import UNKNOWN_BAND, Band
from cursor_marts.models.reference.current import current, using
from cursor_marts.models.reference.loading import load
from cursor_marts.models.reference.tables import (
    KINDS,
    RULES,
    Account,
    BugFixRule,
    Reference,
    same_person,
)

__all__ = [
    "KINDS",
    "RULES",
    "UNKNOWN_BAND",
    "Account",
    "Band",
    "BugFixRule",
    "Reference",
    "band_limits",
    "band_names",
    "current",
    "load",
    "same_person",
    "using",
]


def band_names() -> list[str]:
    """Return every value that `ai_usage_band` can have."""
    return [band.name for band in current().bands] + [UNKNOWN_BAND]


def band_limits() -> str:
    """Return what each value of `ai_usage_band` stands for, as in `low: under 30 %`."""
    known = [f"{band.name}: {band.limits}" for band in current().bands]
    return ", ".join([*known, f"{UNKNOWN_BAND}: no share known"])
