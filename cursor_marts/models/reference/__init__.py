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

    @property
    def limits(self) -> str:
        """The ratios that it covers in words, as in `30 to 60 %`."""
        low, high = (v if v is None else f"{100 * v:g}" for v in (self.from_ratio, self.to_ratio))
        if low is None:
            ends = "up to" if self.to_inclusive else "under"
            return "any" if high is None else f"{ends} {high} %"
        if high is None:
            return f"{low} % or more" if self.from_inclusive else f"over {low} %"
        begins = low if self.from_inclusive else f"over {low}"
        return f"{begins} to {high} %" if self.to_inclusive else f"{begins} to under {high} %"


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


def band_limits() -> str:
    """Return what each value of `ai_usage_band` stands for, as in `low: under 30 %`."""
    known = [f"{band.name}: {band.limits}" for band in ai_ratio_bands()]
    return ", ".join([*known, f"{UNKNOWN_BAND}: no share known"])
