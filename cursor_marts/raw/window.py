"""The days that an extraction covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cursor_marts.errors import UsageError


@dataclass(frozen=True)
class Window:
    """Whole days in UTC, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise UsageError(
                f"the window ends ({self.end}) before it starts ({self.start})",
                hint="give a --start-date on or before --end-date",
            )

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"

    def __contains__(self, moment: datetime | None) -> bool:
        """Whether a naive UTC time is in the window; an unknown time is."""
        return moment is None or self.start <= moment.date() <= self.end

    @classmethod
    def parse(cls, start: str = "90d", end: str = "now", *, now: datetime | None = None) -> Window:
        """Read both ends as `day_of` reads one. Raises UsageError."""
        now = now or datetime.now(UTC)
        return cls(day_of(start, now, "--start-date"), day_of(end, now, "--end-date"))


def day_of(text: str, now: datetime, option: str) -> date:
    """Return the UTC day of `text`: `2026-08-01`, RFC 3339, `90d` (days back), `now`.

    Raises UsageError, naming `option`, for anything else.
    """
    if text in ("now", "today"):
        return now.date()
    try:
        if days := re.fullmatch(r"(\d+)d", text):
            return (now - timedelta(days=int(days[1]))).date()
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{option} {text!r} is not a date",
            hint="write 2026-08-01, 2026-08-01T12:00:00Z, 90d (days back) or now",
        ) from None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
