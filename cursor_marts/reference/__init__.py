"""Reference data: small tables that people set and no source sends."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

UNKNOWN_BAND = "unknown"


@dataclass(frozen=True)
class Band:
    """One band of AI use: its name and the ratios that it covers; None where it has no end."""

    name: str
    from_ratio: float | None
    from_inclusive: bool
    to_ratio: float | None
    to_inclusive: bool


@cache
def ai_ratio_bands() -> tuple[Band, ...]:
    """Return the bands of `ai_ratio_bands.csv`, in its order."""
    text = files(__name__).joinpath("ai_ratio_bands.csv").read_text("utf-8")
    return tuple(
        Band(
            name=row["ai_usage_band"],
            from_ratio=float(row["from_ratio"]) if row["from_ratio"] else None,
            from_inclusive=row["from_inclusive"] == "true",
            to_ratio=float(row["to_ratio"]) if row["to_ratio"] else None,
            to_inclusive=row["to_inclusive"] == "true",
        )
        for row in csv.DictReader(text.splitlines())
    )


def band_names() -> list[str]:
    """Return every value that `ai_usage_band` can have."""
    return [band.name for band in ai_ratio_bands()] + [UNKNOWN_BAND]
