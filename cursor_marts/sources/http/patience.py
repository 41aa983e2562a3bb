"""How long to put up with a source."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """How long to put up with a source. Times are seconds."""

    attempts: int = 8  #: tries of one request that meets faults
    time_limit_seconds: float = 4 * 3600.0  #: for a whole run
    answer: float = 30.0  #: for any part of an answer
    whole_answer: float = 180.0  #: for one answer from its first byte to its last
    first_backoff: float = 0.5  #: before the second try; doubled from try to try, with jitter
    longest_backoff: float = 30.0

    def backoff(self, faults: int) -> float:
        """Return the seconds to wait after so many faults in a row, with jitter."""
        doubled = self.first_backoff * 2 ** max(0, faults - 1)
        return random.uniform(0.5, 1) * min(self.longest_backoff, doubled)
