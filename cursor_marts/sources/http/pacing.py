"""The pace of requests: as fast as the source allows, once it has said how fast that is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from threading import Lock

from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.costs import Costs

#: A refusal that asks for more seconds than this is of a window, not of a bucket that refills.
LONG_WAIT = 5.0
#: What the interval shrinks by with each answer while there is only a guess at it.
PROBE = 0.95


@dataclass
class Pacer:
    """One limiter for all threads of a run, which learns the source's rate from its refusals.

    Nothing is held back before the first refusal, so that a burst that the source allows is spent.
    From then on requests keep an interval: first a guess that errs on the fast side, then what the
    source has granted since the first refusal, and one request more. That one more is refused in
    the end, which makes the figure twice as good: a thousand requests meet some ten refusals.
    """

    clock: Clock = field(default_factory=Clock)
    on_wait: Callable[[float, float], None] = lambda seconds, waited: None
    interval: float = 0.0
    refusals: int = 0
    answers: int = 0
    _granted: int = 0
    _since: float | None = None
    _next: float = 0.0
    _refused_until: float = 0.0
    _guessing: bool = True
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._waits = Costs(self.clock)

    def wait_for_turn(self, costs: Costs | None = None) -> None:
        """Sleep until this request may be sent; a refusal meanwhile makes it wait longer."""
        while wait := self._seconds_to_turn():
            self.pause(wait, costs)

    def _seconds_to_turn(self) -> float:
        """Take the turn and return 0, or say how long there is none."""
        with self._lock:
            now = self.clock.now()
            self._since = now if self._since is None else self._since
            if now < self._next:
                return self._next - now
            self._next = now + self.interval
            return 0.0

    def pause(self, seconds: float, costs: Costs | None = None) -> None:
        """Sleep, and count it, among the costs of a reader as well."""
        with self._waits.waiting(), costs.waiting() if costs else nullcontext():
            self.on_wait(seconds, self.waited)
            self.clock.sleep(seconds)

    @property
    def waited(self) -> float:
        """Seconds, until now, in which at least one request waited."""
        return self._waits.waited

    def answered(self) -> None:
        """Note that the source took a request."""
        with self._lock:
            self.answers += 1
            self._granted += 1
            if self._guessing:
                self.interval *= PROBE

    def refused(self, retry_after: float) -> None:
        """Note a refusal: nobody asks before `retry_after` seconds are over, then at a new pace."""
        with self._lock:
            now = self.clock.now()
            if self.refusals and now < self._refused_until:
                return  # sent before the refusal was known: the same one
            elapsed = now - (now if self._since is None else self._since)
            if self.refusals:
                self.interval = elapsed / (self._granted + 1)
                self._guessing = False
            else:
                self._guess(elapsed, retry_after)
                self._granted, self._since = 0, now
            self.refusals += 1
            self._refused_until = self._next = now + retry_after

    def _guess(self, elapsed: float, retry_after: float) -> None:
        if retry_after > LONG_WAIT:  # all that was granted so far was a window's worth
            self.interval = (elapsed + retry_after) / max(1, self._granted)
            self._guessing = False
        else:  # whole seconds, rounded up: the interval may be much shorter
            self.interval = retry_after / 4
