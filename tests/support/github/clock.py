"""A clock that a test moves: a wait of an hour takes no time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

#: When the emulated worlds' runs begin.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()


@dataclass
class MovedClock:
    """Seconds since 1970 that pass only where somebody sleeps."""

    seconds: float = NOON
    slept: float = 0.0

    def now(self) -> float:
        """Return the time."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept += seconds
        self.seconds += seconds

    def pass_by(self, seconds: float) -> None:
        """Let time pass that nobody has slept."""
        self.seconds += seconds

    def date(self) -> str:
        """Return the time as the Date header of an answer."""
        return formatdate(self.seconds, usegmt=True)


def as_text(seconds: float) -> str:
    """Return a time as GitHub writes it: UTC, in whole seconds."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
