"""Time that passes at once: waits are as long as ever, and nobody has to sit through them."""

from __future__ import annotations

import time
from threading import Lock

from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.pacing import Pacer


class Hurry:
    """A clock for a client and the simulator it talks to: to sleep is to move it forward."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._moved = 0.0

    def now(self) -> float:
        """Return the seconds of a clock that runs on while it is slept."""
        with self._lock:
            return time.monotonic() + self._moved

    def sleep(self, seconds: float) -> None:
        """Let the time pass that is left until then, if no other thread has done it already."""
        until = self.now() + seconds
        time.sleep(0.0005)  # others get a chance to go to sleep, too
        with self._lock:
            self._moved = max(self._moved, until - time.monotonic())

    @property
    def clock(self) -> Clock:
        """The same, for a pacer."""
        return Clock(self.now, self.sleep)

    def pacer(self) -> Pacer:
        """A pacer that goes by this clock."""
        return Pacer(clock=self.clock)
