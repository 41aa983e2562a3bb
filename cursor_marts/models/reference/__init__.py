"""Reference data: small tables that a team edits and no source sends.

The files beside this module are the package's own. A team's own folder may have files of the same
names: their lines are added, or replace the lines with the same key.
"""

from cursor_marts.models.reference.bands import UNKNOWN_BAND, Band
from cursor_marts.models.reference.current import current, shipped, using
from cursor_marts.models.reference.loading import load
from cursor_marts.models.reference.tables import (
    KINDS,
    RULES,
    Account,
    BugFixRule,
    Reference,
    normalized_name,
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
    "normalized_name",
    "shipped",
    "using",
    "with_current_bands",
]


def band_names() -> list[str]:
    """Return every value that `ai_usage_band` can have."""
    return [band.name for band in current().bands] + [UNKNOWN_BAND]


def band_limits(reference: Reference | None = None) -> str:
    """Return the limits of each value of `ai_usage_band`, as in `low: under 30 %`."""
    known = [f"{band.name}: {band.limits}" for band in (reference or current()).bands]
    return ", ".join([*known, f"{UNKNOWN_BAND}: no share known"])


def with_current_bands(text: str) -> str:
    """Return a description with the current bands in place of the package's own."""
    return text.replace(band_limits(shipped()), band_limits())
