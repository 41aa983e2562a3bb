"""What the requests of one reader cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from cursor_marts.sources.http.clock import Clock


@dataclass
class Costs:
    """Requests, retries, bytes and waits; safe between threads."""

    clock: Clock = field(default_factory=Clock)
    requests: int = 0  #: requests sent, retries included
    retries: int = 0  #: requests that were sent again
    bytes: int = 0  #: of the answers' bodies
    _waited: float = 0.0
    _waiting: int = 0
    _waiting_since: float = 0.0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, *, requests: int = 0, retries: int = 0, bytes: int = 0) -> None:
        """Count requests and what was received."""
        with self._lock:
            self.requests += requests
            self.retries += retries
            self.bytes += bytes

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time meanwhile as a wait."""
        with self._lock:
            if not self._waiting:
                self._waiting_since = self.clock.now()
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._waited += self.clock.now() - self._waiting_since

    @property
    def waited(self) -> float:
        """Seconds, until now, in which at least one request waited."""
        waiting = self.clock.now() - self._waiting_since if self._waiting else 0.0
        return self._waited + waiting
