"""The bands of AI use: named ranges that together cover all shares of AI lines."""

from __future__ import annotations

from dataclasses import dataclass

#: The band of a pull request with an unknown share of AI lines.
UNKNOWN_BAND = "unknown"


@dataclass(frozen=True)
class Band:
    """One band of AI use: its name and its limits, None where it is open."""

    name: str
    from_ratio: float | None
    from_inclusive: bool
    to_ratio: float | None
    to_inclusive: bool

    @property
    def limits(self) -> str:
        """Its limits in words, as in `30 to 60 %`."""
        low, high = (v if v is None else f"{100 * v:g}" for v in (self.from_ratio, self.to_ratio))
        if low is None:
            ends = "up to" if self.to_inclusive else "under"
            return "any" if high is None else f"{ends} {high} %"
        if high is None:
            return f"{low} % or more" if self.from_inclusive else f"over {low} %"
        begins = low if self.from_inclusive else f"over {low}"
        return f"{begins} to {high} %" if self.to_inclusive else f"{begins} to under {high} %"

    def holds(self, ratio: float) -> bool:
        """Return whether a ratio is in the band."""
        low, high = self.from_ratio, self.to_ratio
        above = low is None or (ratio >= low if self.from_inclusive else ratio > low)
        return above and (high is None or (ratio <= high if self.to_inclusive else ratio < high))

    def continues(self, before: Band | None) -> bool:
        """Return whether it begins where `before` ends, or without one at the lowest ratio."""
        if before is None:
            return self.from_ratio is None
        meets = self.from_ratio is not None and self.from_ratio == before.to_ratio
        return meets and self.from_inclusive != before.to_inclusive
