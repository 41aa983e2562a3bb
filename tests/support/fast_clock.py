"""A clock on which waiting takes no time."""

from __future__ import annotations

import time
from threading import Lock

from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.pacing import Pacer


class Hurry:
    """A clock that a client and its simulator share: sleeping moves it forward."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._moved = 0.0

    def now(self) -> float:
        """Return the seconds of the clock: real time, and the time that was slept."""
        with self._lock:
            return time.monotonic() + self._moved

    def sleep(self, seconds: float) -> None:
        """Move the clock to the end of the sleep, unless another thread has already done it."""
        until = self.now() + seconds
        time.sleep(0.0005)  # lets other threads start to sleep
        with self._lock:
            self._moved = max(self._moved, until - time.monotonic())

    @property
    def clock(self) -> Clock:
        """The clock as a pacer uses it."""
        return Clock(self.now, self.sleep)

    def pacer(self) -> Pacer:
        """Return a pacer that uses this clock."""
        return Pacer(clock=self.clock)
