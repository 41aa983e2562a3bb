"""The rate limit: a token bucket."""

from __future__ import annotations

import math
from collections.abc import Callable


class Bucket:
    """A bucket of `per_minute` requests that refills in a minute; not thread-safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._tokens, self._at = self._size, clock()

    def take(self) -> int:
        """Take a token and return 0, or return the whole seconds to wait for one."""
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._at) * self._size / 60)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0
        return max(1, math.ceil((1 - self._tokens) * 60 / self._size))
