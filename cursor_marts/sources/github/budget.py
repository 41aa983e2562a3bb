"""The points that GitHub grants in an hour, and how many of them are left to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cursor_marts.sources.http.clock import Clock

#: Seconds after the announced reset, since clocks differ by a little.
AFTER_RESET = 2.0


@dataclass
class Budget:
    """The points of one token. Without limits, as on an Enterprise Server, there is no wait."""

    clock: Clock
    reserve: int  #: points of each hour that this run leaves to others
    limit: int | None = None
    remaining: int | None = None
    resets_at: float = 0.0  #: by the clock
    spent: int = 0  #: points that this run has spent
    dearest: int = 1  #: the highest price of a request so far

    def note_headers(self, headers: Mapping[str, str], sent_at: float) -> None:
        """Read the `x-ratelimit-…` headers of an answer."""
        limit, remaining, reset = (
            _number(headers.get(f"x-ratelimit-{name}")) for name in ("limit", "remaining", "reset")
        )
        if limit and remaining is not None and reset is not None:
            self._note(limit, remaining, reset - sent_at)

    def note_answer(self, said: Any, sent_at: float) -> None:
        """Read the `rateLimit` of an answer, which is null where limits are off."""
        if not isinstance(said, Mapping):
            return
        cost = said.get("cost") or 0
        self.spent += cost
        self.dearest = max(self.dearest, cost)
        if said.get("limit"):
            resets_at = datetime.fromisoformat(said["resetAt"]).timestamp()
            self._note(said["limit"], said["remaining"], resets_at - sent_at)

    def seconds_to_wait(self) -> float:
        """Return how long the next request must wait so that the reserve is left alone."""
        if self.remaining is None or self.limit is None:
            return 0.0
        if self.remaining - self.dearest >= min(self.reserve, self.limit // 2):
            return 0.0
        return self.seconds_to_reset()

    def seconds_to_reset(self) -> float:
        """Return the seconds until the hour's points are granted anew."""
        return max(0.0, self.resets_at - self.clock.now()) + AFTER_RESET

    def renew(self) -> None:
        """Forget what remained: a new hour has begun."""
        self.remaining = None

    def _note(self, limit: int, remaining: int, seconds: float) -> None:
        self.limit, self.remaining = limit, remaining
        self.resets_at = self.clock.now() + max(0.0, seconds)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None
